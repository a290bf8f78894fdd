import { verify } from '@node-rs/argon2';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { askOrder, cancelBooking, rescheduleBooking } from '../commands/ask.ts';
import { checkKey } from '../commands/book.ts';
import { closeBusiness, reopenBusiness, setPrice, setQuota } from '../commands/operate.ts';
import { checkScanTime, scanTicket } from '../commands/scan.ts';
import { syncPayments } from '../commands/sync.ts';
import { redriveEvent } from '../commands/webhook.ts';
import { createToken, findStaff } from '../db/access.ts';
import { audit, listAudit } from '../db/audit.ts';
import { getBusiness } from '../db/businesses.ts';
import { listEvents } from '../db/events.ts';
import { listCodes, readFacts } from '../db/facts.ts';
import { checkLedger } from '../db/ledger.ts';
import { listSlots } from '../db/quotas.ts';
import { readStory } from '../db/story.ts';
import { verifyTicket } from '../documents/qr.ts';
import type { BookingRef } from '../domain/booking.ts';
import { DomainError } from '../domain/errors.ts';
import type { Weekday } from '../domain/price.ts';
import { type Right, requireRight, whoOf } from './auth.ts';
import type { ApiDeps } from './deps.ts';
import type { Limits } from './limits.ts';
import { parse } from './problems.ts';
import * as schemas from './schemas.ts';
import { bookingView } from './views.ts';

const PAGE = 50;

/** What staff, gates and auditors may do, each by a token of their business. */
export function createAdminRoutes(deps: ApiDeps, limits: Limits): Router {
  const router = Router({ mergeParams: true });
  const may = (right: Right, handler: (req: Request, res: Response) => Promise<void>) =>
    [requireRight(deps, right), handler] as RequestHandler[];

  router.post('/sign-in', (req, res) => signIn(deps, limits, req, res));
  router.get(
    '/quotas',
    may('read', (req, res) => quotas(deps, req, res)),
  );
  router.put(
    '/quotas',
    may('work', (req, res) => putQuota(deps, req, res)),
  );
  router.put(
    '/closures',
    may('work', (req, res) => putClosure(deps, req, res)),
  );
  router.delete(
    '/closures',
    may('work', (req, res) => deleteClosure(deps, req, res)),
  );
  router.put(
    '/prices',
    may('own', (req, res) => putPrice(deps, req, res)),
  );
  router.get(
    '/bookings',
    may('read', (req, res) => bookings(deps, req, res)),
  );
  router.get(
    '/bookings/:code',
    may('read', (req, res) => booking(deps, req, res)),
  );
  router.post(
    '/bookings/:code/cancel',
    may('work', (req, res) => cancel(deps, req, res)),
  );
  router.post(
    '/bookings/:code/refund',
    may('work', (req, res) => refund(deps, req, res)),
  );
  router.post(
    '/bookings/:code/reschedule',
    may('work', (req, res) => reschedule(deps, req, res)),
  );
  router.post(
    '/bookings/:code/repair-state',
    may('work', (req, res) => repair(deps, req, res)),
  );
  router.post(
    '/payments/sync',
    may('work', (req, res) => sync(deps, req, res)),
  );
  router.get(
    '/events',
    may('read', (req, res) => events(deps, req, res)),
  );
  router.post(
    '/events/:id/redrive',
    may('work', (req, res) => redrive(deps, req, res)),
  );
  router.post(
    '/tickets/scan',
    may('gate', (req, res) => scan(deps, req, res)),
  );
  router.get(
    '/audit',
    may('read', (req, res) => auditLog(deps, req, res)),
  );
  router.get(
    '/ledger',
    may('read', (req, res) => ledger(deps, req, res)),
  );
  return router;
}

const businessOf = (request: Request): string => String(request.params.business);

const SIGN_IN_MS = 12 * 3_600_000;

/** Verified against when nobody has that e-mail, so that both answers take as long. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$4Ya6fDhvQ2LZ1Cy0c4vUoEoPaZg7jVl9b3cEwJ1n4uA';

async function signIn(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const { email, password } = parse(schemas.SignInBody, request.body);
  await limits.signIn(`${request.ip} ${email.toLowerCase()}`);
  const { business } = await getBusiness(deps.pool, businessOf(request));
  const member = await findStaff(deps.pool, business, email);
  const right = await verify(member?.passwordHash ?? NOBODY, password).catch(() => false);
  if (!member || !right) {
    throw new DomainError('UNAUTHORIZED', 'E-mail or password is wrong.');
  }
  const expiresAt = new Date(deps.now().getTime() + SIGN_IN_MS);
  const token = await createToken(deps.pool, business, member.role, 'sign-in', expiresAt);
  await audit(deps.pool, business, member.role, 'sign-in', 'token');
  response.json({ token, role: member.role, expiresAt: expiresAt.toISOString() });
}

async function quotas(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { from, to } = parse(schemas.RangeQuery, request.query);
  const slots = await listSlots(deps.pool, businessOf(request), from, to);
  response.json({
    quotas: slots.map(({ quotaId, date, time, capacity, held, sold, waiting }) => ({
      quota: quotaId,
      date,
      ...(time && { time }),
      capacity,
      held,
      sold,
      keptForLine: waiting,
    })),
  });
}

async function putQuota(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const wish = parse(schemas.QuotaBody, request.body);
  const changed = await setQuota(deps, businessOf(request), whoOf(response), wish);
  response.json({ changed });
}

async function putClosure(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const closure = parse(schemas.ClosureBody, request.body);
  const concerned = await closeBusiness(deps, businessOf(request), whoOf(response), closure);
  response.json({ concerned });
}

async function deleteClosure(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const days = parse(schemas.ReopenQuery, request.query);
  const opened = await reopenBusiness(deps, businessOf(request), whoOf(response), days);
  response.json({ opened });
}

async function putPrice(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { days, ...wish } = parse(schemas.PriceBody, request.body);
  const weekdays = days as Weekday[] | undefined;
  await setPrice(deps, businessOf(request), whoOf(response), { ...wish, days: weekdays });
  response.json({ ok: true });
}

async function bookings(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const query = parse(schemas.BookingsQuery, request.query);
  const business = businessOf(request);
  const codes = await listCodes(deps.pool, business, query, PAGE + 1);
  const items = [];
  for (const { code } of codes.slice(0, PAGE)) {
    const facts = await readFacts(deps.pool, deps, { business, code });
    if (!facts) continue;
    // A list shows who and what; links that open a booking stay with its customer.
    const {
      statusUrl: _,
      paymentUrl: __,
      tickets: ___,
      ...view
    } = bookingView(facts, deps.publicUrl);
    items.push({ ...view, customer: facts.customer });
  }
  response.json({ items, next: codes.length > PAGE ? codes[PAGE - 1]!.code : null });
}

/** The order of a code in this business. Throws `NOT_FOUND`. */
async function refOf(deps: ApiDeps, request: Request): Promise<BookingRef> {
  const ref = { business: businessOf(request), code: String(request.params.code).toUpperCase() };
  if (await readFacts(deps.pool, deps, ref)) return ref;
  throw new DomainError('NOT_FOUND', 'There is no booking of this code here.');
}

async function booking(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const ref = await refOf(deps, request);
  const facts = (await readFacts(deps.pool, deps, ref))!;
  const { statusUrl: _, paymentUrl: __, ...view } = bookingView(facts, deps.publicUrl);
  response.json({ ...view, customer: facts.customer, story: await readStory(deps.pool, ref) });
}

async function answerWith(
  deps: ApiDeps,
  request: Request,
  response: Response,
  action: string,
  work: (ref: BookingRef, asking: { by: string; key?: string | undefined }) => Promise<unknown>,
): Promise<void> {
  const ref = await refOf(deps, request);
  const key = request.get('Idempotency-Key');
  await work(ref, { by: whoOf(response), key: key === undefined ? undefined : checkKey(key) });
  await audit(deps.pool, ref.business, whoOf(response), action, ref.code);
  const facts = (await readFacts(deps.pool, deps, ref))!;
  const { statusUrl: _, paymentUrl: __, ...view } = bookingView(facts, deps.publicUrl);
  response.json(view);
}

async function cancel(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { reason } = parse(schemas.CancelBody, request.body);
  await answerWith(deps, request, response, 'booking.cancel', (ref, asking) =>
    cancelBooking(deps, ref, reason, asking),
  );
}

async function refund(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { amountIdr, reason, byHand } = parse(schemas.RefundBody, request.body);
  const wish = { reason, ...(amountIdr && { amountIdr }), ...(byHand && { byHand }) };
  await answerWith(deps, request, response, 'booking.refund', (ref, asking) =>
    askOrder(deps, ref, 'refund', wish, asking),
  );
}

async function reschedule(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const to = parse(schemas.RescheduleBody, request.body);
  await answerWith(deps, request, response, 'booking.reschedule', (ref, asking) =>
    rescheduleBooking(deps, ref, to, asking),
  );
}

async function repair(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { state, note } = parse(schemas.RepairBody, request.body);
  await answerWith(deps, request, response, 'booking.repair-state', (ref, asking) =>
    askOrder(deps, ref, 'repair_state', { state, ...(note && { note }) }, asking),
  );
}

async function sync(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { code } = parse(schemas.SyncBody, request.body);
  const business = businessOf(request);
  const synced = await syncPayments(deps, business, code?.toUpperCase());
  await audit(deps.pool, business, whoOf(response), 'payments.sync', code ?? 'all');
  response.json(synced);
}

async function events(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const filter = parse(schemas.EventsQuery, request.query);
  const found = await listEvents(deps.pool, businessOf(request), filter, PAGE + 1);
  const items = found.slice(0, PAGE).map(({ eventId, business: _, ...event }) => ({
    id: eventId,
    ...event,
  }));
  response.json({ items, next: found.length > PAGE ? items.at(-1)!.id : null });
}

async function redrive(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const id = Number(request.params.id);
  const business = businessOf(request);
  const event = Number.isSafeInteger(id) ? await redriveEvent(deps, business, id) : undefined;
  if (!event) throw new DomainError('NOT_FOUND', 'There is no such event here.');
  await audit(deps.pool, business, whoOf(response), 'event.redrive', String(id));
  response.json({ id: event.eventId, state: event.state, code: event.code });
}

async function scan(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { qr, ticket, at, ...wish } = parse(schemas.ScanBody, request.body);
  const when = at ? new Date(at) : deps.now();
  checkScanTime(when, deps.now());
  const business = await getBusiness(deps.pool, businessOf(request));
  const ticketId = qr ? readQr(deps, business.business, qr) : ticket!.trim().toUpperCase();
  response.json(
    await scanTicket(deps.pool, business.business, business.timeZone, {
      ...wish,
      ticketId,
      at: when,
    }),
  );
}

/** The ticket that a QR code proves; one of another business is unknown here. */
function readQr(deps: ApiDeps, business: string, qr: string): string {
  const token = verifyTicket(deps.ticketKeys.publicKey, qr);
  if (token === 'forged') return 'forged';
  return token.business === business ? token.ticketId : 'UNKNOWN';
}

async function auditLog(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { after } = parse(schemas.AuditQuery, request.query);
  const found = await listAudit(deps.pool, businessOf(request), after, PAGE + 1);
  const items = found.slice(0, PAGE).map(({ auditId, ...entry }) => ({ id: auditId, ...entry }));
  response.json({ items, next: found.length > PAGE ? items.at(-1)!.id : null });
}

async function ledger(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  response.json(await checkLedger(deps.pool, businessOf(request), deps.now()));
}
