import { type Request, type Response, Router } from 'express';
import { cancelBooking, rescheduleBooking } from '../commands/ask.ts';
import { checkKey, placeBooking } from '../commands/book.ts';
import { joinLine, leaveWait, readWait } from '../commands/wait.ts';
import { getBusiness } from '../db/businesses.ts';
import { findByToken, readFacts } from '../db/facts.ts';
import { dayPrice, findOffering, listOfferings } from '../db/offerings.ts';
import { listAvailability } from '../db/quotas.ts';
import { calendarFile } from '../documents/calendar.ts';
import { receiptPdf } from '../documents/receipt.ts';
import { ticketPdf } from '../documents/ticket.ts';
import type { BookingRef } from '../domain/booking.ts';
import { addDays, dateIn } from '../domain/calendar.ts';
import { DomainError, invalid } from '../domain/errors.ts';
import type { BookingFacts } from '../domain/facts.ts';
import type { ApiDeps } from './deps.ts';
import type { Limits } from './limits.ts';
import { parse } from './problems.ts';
import { AvailabilityQuery, BookingBody, RescheduleBody } from './schemas.ts';
import { bookingView } from './views.ts';

/** What anybody may ask for: what is sold, and with a link, what became of a booking. */
export function createCustomerRoutes(deps: ApiDeps, limits: Limits): Router {
  const router = Router();
  router.get('/businesses/:business/offerings', (req, res) => offerings(deps, req, res));
  router.get('/businesses/:business/availability', (req, res) => availability(deps, req, res));
  router.post('/businesses/:business/bookings', (req, res) => book(deps, limits, req, res));
  router.post('/businesses/:business/waiting-list', (req, res) => join(deps, limits, req, res));
  router.get('/waiting-list/:token', (req, res) => wait(deps, limits, req, res));
  router.delete('/waiting-list/:token', (req, res) => leave(deps, limits, req, res));
  router.get('/bookings/:token', (req, res) => show(deps, limits, req, res));
  router.post('/bookings/:token/cancel', (req, res) => cancel(deps, limits, req, res));
  router.post('/bookings/:token/reschedule', (req, res) => reschedule(deps, limits, req, res));
  router.get('/bookings/:token/tickets.pdf', (req, res) => tickets(deps, limits, req, res));
  router.get('/bookings/:token/receipt.pdf', (req, res) => receipt(deps, limits, req, res));
  router.get('/bookings/:token/calendar.ics', (req, res) => calendar(deps, limits, req, res));
  return router;
}

const param = (request: Request, name: string): string => String(request.params[name] ?? '');

async function offerings(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { business } = await getBusiness(deps.pool, param(request, 'business'));
  const offered = await listOfferings(deps.pool, business);
  response.json({
    offerings: offered.map((offering) => ({
      id: offering.offeringId,
      name: offering.name,
      about: offering.about,
      kind: offering.kind,
      priceIdr: offering.priceIdr,
      options: offering.options.map((option) => ({
        id: option.optionId,
        name: option.name,
        sort: option.sort,
        priceIdr: option.priceIdr,
      })),
      quotas: offering.quotas,
    })),
  });
}

/** How many days one question about availability may span. */
const MAX_SPAN_DAYS = 92;

async function availability(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const query = parse(AvailabilityQuery, request.query);
  const business = await getBusiness(deps.pool, param(request, 'business'));
  const offering = await findOffering(deps.pool, business.business, query.offering);
  if (!offering)
    throw invalid({ pointer: '/offering', message: 'There is no such offering here.' });
  const from = query.from ?? dateIn(business.timeZone, deps.now());
  const to = query.to ?? addDays(from, 30);
  if (to < from || to > addDays(from, MAX_SPAN_DAYS)) {
    throw invalid({ pointer: '/to', message: `At most ${MAX_SPAN_DAYS} days from "from" on.` });
  }
  const days = await listAvailability(deps.pool, business.business, offering.offeringId, from, to);
  response.json({
    days: days.map(({ date, time, capacity, left, closed }) => ({
      date,
      ...(time && { time }),
      capacity,
      left,
      closed,
      priceIdr: dayPrice(offering, date, 'local'),
    })),
  });
}

async function book(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  await limits.booking(request.ip ?? 'unknown');
  const key = checkKey(request.get('Idempotency-Key'));
  const wish = parse(BookingBody, request.body);
  const { booked, replayed } = await guardIdentities(limits, request, () =>
    placeBooking(deps, param(request, 'business'), key, wish),
  );
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
  response.status(201).location(booked.statusUrl).json(booked);
}

/** "Already booked" tells whether somebody goes up that day: it is answered only so often. */
async function guardIdentities<T>(
  limits: Limits,
  request: Request,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const tells = error instanceof DomainError && error.code === 'IDENTITY_ALREADY_BOOKED';
    if (tells) await limits.identity(request.ip ?? 'unknown');
    throw error;
  }
}

async function join(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  await limits.booking(request.ip ?? 'unknown');
  const key = checkKey(request.get('Idempotency-Key'));
  const wish = parse(BookingBody, request.body);
  const { joined, replayed } = await joinLine(deps, param(request, 'business'), key, wish);
  if (replayed) response.setHeader('Idempotent-Replayed', 'true');
  response.status(201).json(joined);
}

async function wait(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  response.json(await readWait(deps, await open(deps, limits, request, 'waiting')));
}

async function leave(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const state = await leaveWait(deps, await open(deps, limits, request, 'waiting'));
  response.json({ state });
}

/** The order that the link opens. Throws `NOT_FOUND`; guessing is limited. */
async function open(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  capability: 'booking' | 'waiting',
): Promise<BookingRef> {
  const token = param(request, 'token');
  const ref = /^[\w-]{32}$/.test(token) && (await findByToken(deps.pool, capability, token));
  if (ref) return ref;
  await limits.guess(request.ip ?? 'unknown');
  throw new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
}

async function factsOf(deps: ApiDeps, limits: Limits, request: Request): Promise<BookingFacts> {
  const ref = await open(deps, limits, request, 'booking');
  const facts = await readFacts(deps.pool, deps, ref);
  if (!facts) throw new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
  return facts;
}

async function show(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  response.json(bookingView(await factsOf(deps, limits, request), deps.publicUrl));
}

const keyOf = (request: Request): string | undefined => {
  const key = request.get('Idempotency-Key');
  return key === undefined ? undefined : checkKey(key);
};

async function cancel(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const ref = await open(deps, limits, request, 'booking');
  const asking = { by: 'customer', key: keyOf(request) };
  const facts = await cancelBooking(deps, ref, 'Cancelled by the customer.', asking);
  response.json(bookingView(facts, deps.publicUrl));
}

async function reschedule(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const ref = await open(deps, limits, request, 'booking');
  const to = parse(RescheduleBody, request.body);
  const facts = await rescheduleBooking(deps, ref, to, { by: 'customer', key: keyOf(request) });
  response.json(bookingView(facts, deps.publicUrl));
}

/** Documents exist once the money is there, and as long as the booking stands. */
async function paidFacts(deps: ApiDeps, limits: Limits, request: Request): Promise<BookingFacts> {
  const facts = await factsOf(deps, limits, request);
  if (['paid', 'completed'].includes(facts.state)) return facts;
  throw new DomainError('NOT_PAID', 'Documents are there once the booking is paid.');
}

function sendFile(response: Response, type: string, filename: string, content: Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  response.setHeader('Cache-Control', 'private, no-store');
  response.send(content);
}

async function tickets(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const facts = await paidFacts(deps, limits, request);
  const only = typeof request.query.ticket === 'string' ? request.query.ticket : undefined;
  const chosen = only ? facts.tickets.filter((ticket) => ticket.id === only) : facts.tickets;
  if (chosen.length === 0) {
    throw new DomainError('NOT_FOUND', 'There is no such ticket, or it is still being issued.');
  }
  const pdf = await ticketPdf({ ...facts, tickets: chosen }, deps.texts);
  sendFile(response, 'application/pdf', `tickets-${facts.code}.pdf`, pdf);
}

async function receipt(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const facts = await paidFacts(deps, limits, request);
  const pdf = await receiptPdf(facts, deps.texts);
  sendFile(response, 'application/pdf', `receipt-${facts.code}.pdf`, pdf);
}

async function calendar(
  deps: ApiDeps,
  limits: Limits,
  request: Request,
  response: Response,
): Promise<void> {
  const facts = await paidFacts(deps, limits, request);
  const file = calendarFile(facts, deps.texts);
  sendFile(response, 'text/calendar; charset=utf-8', `${facts.code}.ics`, file);
}
