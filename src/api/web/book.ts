import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { h } from 'preact';
import { checkKey, placeBooking } from '../../commands/book.ts';
import { joinLine } from '../../commands/wait.ts';
import { findKeyUse } from '../../db/order/drafts.ts';
import { DomainError, ERROR_STATUS, type FieldError } from '../../domain/errors.ts';
import type { Refused } from '../../pages/booking.ts';
import type { Mistake, Typed } from '../../pages/field.tsx';
import type { Look } from '../../pages/look.ts';
import { WhenPage } from '../../pages/when.tsx';
import { WhoPage } from '../../pages/who.tsx';
import { guardIdentities } from '../customer/bookings.ts';
import { addressOf } from '../limits.ts';
import { readAgain } from './again.ts';
import { readTyped } from './bookform.ts';
import { alternativesTo, type Choice, choiceOf, reasonOf, refusalOf, wareOf } from './choice.ts';
import { sendPage, type WebDeps } from './deps.ts';
import { pathOf } from './door.ts';
import { mistakesOf } from './faults.ts';
import { formTokenFor, isFresh, refuseForeign } from './guard.ts';
import { forgetForm, type Kept, keepForm, readKept } from './kept.ts';
import { lookFor } from './look.ts';
import { findSeen, noteSeen } from './seen.ts';
import { readStock, type Stock } from './stock.ts';
import { wishOf } from './wish.ts';

/** One visit of the booking form. */
interface Visit {
  deps: WebDeps;
  request: Request;
  response: Response;
  look: Look;
  stock: Stock;
  typed: Typed;
}

async function visitOf(deps: WebDeps, request: Request, response: Response): Promise<Visit> {
  const look = lookFor(deps, request, response);
  const stock = await readStock(deps, String(request.params.business), look.language);
  const posted = request.method === 'POST';
  const said = readTyped(posted ? request.body : request.query);
  // A day that was pressed in the calendar counts more than the date that stands in the field.
  const typed = said.day ? { ...said, date: said.day } : said;
  return { deps, request, response, look, stock, typed };
}

/**
 * `GET /{business}/book`: what and when; once that is known and right, who. After a press that booked
 * nothing, what was typed then, and what is in the way.
 */
export async function showForm(deps: WebDeps, request: Request, response: Response): Promise<void> {
  const visit = await visitOf(deps, request, response);
  const { stock, typed } = visit;
  const { kind, business } = stock.business;
  if (kind === 'plan') return response.redirect(303, `/${business}`);
  const kept = readKept(deps, request, business);
  if (kept) return showKept({ ...visit, typed: kept.typed }, kept);
  const last = kind === 'permit' ? typed.quantity : typed.time;
  if (!typed.date || !last || typed.change) return sendWhen(visit, 200, []);
  const found = choiceOf(stock, typed, deps.now());
  if ('faults' in found) return sendFaults(visit, found.faults);
  const filled = { ...(await readAgain(deps, request, business)), ...typed, key: randomUUID() };
  sendWho({ ...visit, typed: filled }, 200, found.choice, { refused: refusalOf(found.choice) });
}

function showKept(visit: Visit, { refused, ...kept }: Kept): void {
  const found = choiceOf(visit.stock, visit.typed, visit.deps.now());
  // A day that was full or closed may have room by now.
  const still = refused === 'sold-out' || refused === 'closed' ? undefined : refused;
  if ('faults' in found) sendFaults(visit, found.faults);
  else sendKept(visit, 200, found.choice, { ...kept, refused: still });
}

/**
 * `POST /{business}/book` holds the places; `POST /{business}/wait` joins the line. Once a key. Every
 * press of a form of ours leads on to an address that can be opened again.
 */
export async function takeForm(
  deps: WebDeps,
  request: Request,
  response: Response,
  intent: 'book' | 'wait',
): Promise<void> {
  refuseForeign(deps, request);
  const visit = turned(await visitOf(deps, request, response));
  const found = choiceOf(visit.stock, visit.typed, deps.now());
  if ('faults' in found) return sendFaults(visit, found.faults);
  const { choice } = found;
  const { resize, other, formToken } = visit.typed;
  if (!isFresh(deps, request, formToken)) return sendWho(visit, 403, choice, { refused: 'stale' });
  if (resize || other) return leadBack(visit, choice, 200, {});
  try {
    const path = await (intent === 'book' ? book(visit, choice) : join(visit, choice));
    forgetForm(deps, request, response, visit.stock.business.business, visit.typed.key);
    response.redirect(303, path);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await refuse(visit, choice, intent, error);
  }
}

/** The address of a form about a choice: it names nobody, and may be shared. */
function addressFor({ stock }: Visit, { ware, date, time, quantity }: Choice): string {
  const { business, kind } = stock.business;
  const query = new URLSearchParams({ offering: ware.offeringId, date });
  if (time) query.set('time', time);
  if (kind === 'permit') query.set('quantity', String(quantity));
  return `/${business}/book?${query}`;
}

/**
 * Leads back to the form, with everything typed and what is in the way. Where a cookie cannot hold all
 * of it, the press itself is answered with the form.
 */
function leadBack(visit: Visit, choice: Choice, status: number, why: Omit<Kept, 'typed'>): void {
  const { deps, request, response, stock } = visit;
  const { formToken, resize, other, ...typed } = visit.typed;
  const kept = { typed, ...why };
  const id = keepForm(deps, request, response, stock.business.business, kept);
  if (id) response.redirect(303, `${addressFor(visit, choice)}&kept=${id}`);
  else sendKept(visit, status, choice, kept);
}

function sendKept(
  visit: Visit,
  status: number,
  choice: Choice,
  { typed, refused = refusalOf(choice), faults = [], earlierUrl }: Kept,
): void {
  const wrong = faults.map((pointer) => ({ pointer, message: '' }));
  const mistakes = mistakesOf(visit.look, visit.stock.shop, typed, wrong);
  sendWho({ ...visit, typed }, status, choice, { refused, mistakes, earlierUrl });
}

/** Buttons that change the form itself: another day, one member more or less. Nothing is sent. */
function turned(visit: Visit): Visit {
  const { typed } = visit;
  if (typed.resize) return { ...visit, typed: { ...typed, quantity: typed.resize } };
  if (!typed.other) return visit;
  const [date = '', time = ''] = typed.other.split(' ');
  return { ...visit, typed: { ...typed, date, time } };
}

async function book(visit: Visit, { ware }: Choice): Promise<string> {
  const { deps, request, response, look, stock, typed } = visit;
  const { business } = stock.business;
  await deps.limits.booking.take(addressOf(request));
  const wish = wishOf(typed, ware, stock.business.kind, look.language);
  const { booked } = await guardIdentities(visitCall(visit), () =>
    placeBooking(deps, business, checkKey(typed.key), wish),
  );
  noteSeen(deps, request, response, { business, code: booked.code });
  return `/b/${booked.token}`;
}

async function join(visit: Visit, { ware }: Choice): Promise<string> {
  const { deps, request, look, stock, typed } = visit;
  await deps.limits.booking.take(addressOf(request));
  const wish = wishOf(typed, ware, stock.business.kind, look.language);
  const { joined } = await joinLine(deps, stock.business.business, checkKey(typed.key), wish);
  return `/w/${joined.token}`;
}

const visitCall = ({ deps, request }: Visit) => ({ deps, limits: deps.limits, request });

const REFUSED: Partial<Record<DomainError['code'], Refused>> = {
  SOLD_OUT: 'sold-out',
  CLOSED: 'closed',
  IDENTITY_ALREADY_BOOKED: 'identity',
  IDEMPOTENCY_MISMATCH: 'used-key',
  SLOW_DOWN: 'slow-down',
  UNAVAILABLE: 'unavailable',
};

/** Leads back to the form, which says what is in the way. */
async function refuse(
  visit: Visit,
  choice: Choice,
  intent: 'book' | 'wait',
  error: DomainError,
): Promise<void> {
  const { look, stock, typed } = visit;
  const status = ERROR_STATUS[error.code];
  if (error.code === 'INVALID') {
    const mistakes = mistakesOf(look, stock.shop, typed, error.errors);
    // The day was right a moment ago: by now it is too late for it.
    const late = mistakes.some(({ field }) => field === 'date' || field === 'time');
    if (late) return leadBack(visit, choice, status, { refused: 'too-late' });
    const faults = error.errors.map(({ pointer }) => pointer);
    return leadBack(visit, choice, status, { faults });
  }
  const tooLate = intent === 'book' ? 'too-late' : 'not-allowed';
  const refused = error.code === 'NOT_ALLOWED' ? tooLate : REFUSED[error.code];
  if (!refused) throw error;
  if (refused !== 'used-key') return leadBack(visit, choice, status, { refused });
  const earlierUrl = await earlierUrlOf(visit);
  const renewed = { ...visit, typed: { ...typed, key: randomUUID() } };
  leadBack(renewed, choice, status, { refused, earlierUrl });
}

/** The booking that a used key made, if this browser has opened it. */
async function earlierUrlOf({ deps, request, stock, typed }: Visit): Promise<string | undefined> {
  const { business } = stock.business;
  const use = await findKeyUse(deps.pool, business, typed.key ?? '');
  const ref = use && findSeen(deps, request, { business, code: use.code });
  return ref && pathOf(deps, 'booking', ref);
}

function sendFaults(visit: Visit, faults: readonly FieldError[]): void {
  const { look, stock, typed } = visit;
  sendWhen(visit, 400, mistakesOf(look, stock.shop, typed, faults));
}

function sendWhen(visit: Visit, status: number, mistakes: Mistake[]): void {
  const { look, stock, response } = visit;
  const ware = wareOf(stock, visit.typed);
  const typed = { quantity: '1', ...visit.typed };
  const when = { shop: stock.shop, ware, form: { typed, mistakes } };
  sendPage(response, status, h(WhenPage, { look, when }));
}

function sendWho(
  visit: Visit,
  status: number,
  choice: Choice,
  answer: { refused?: Refused | undefined; mistakes?: Mistake[]; earlierUrl?: string | undefined },
): void {
  const { deps, request, response, look, stock, typed } = visit;
  const { refused, mistakes = [], earlierUrl } = answer;
  const needsOther = refused && ['sold-out', 'closed', 'too-late', 'identity'].includes(refused);
  const who = {
    ...choice,
    shop: stock.shop,
    form: { typed, mistakes },
    formToken: formTokenFor(deps, request, response),
    key: typed.key || randomUUID(),
    refused,
    reason: refused === 'closed' ? reasonOf(choice) : undefined,
    alternatives: needsOther ? alternativesTo(choice) : [],
    earlierUrl,
  };
  sendPage(response, status, h(WhoPage, { look, who }));
}
