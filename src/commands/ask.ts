import { randomUUID } from 'node:crypto';
import { getBusiness } from '../db/businesses.ts';
import { findOffering } from '../db/offerings.ts';
import { fingerprint, freeKey, useKey } from '../db/order/drafts.ts';
import { findRequest, insertRequest, type RequestKind, type Wish } from '../db/order/requests.ts';
import { getSubject } from '../db/order/subjects.ts';
import { inTransaction, many, one } from '../db/pool.ts';
import type { BookingRef } from '../domain/booking.ts';
import { visitTimes } from '../domain/calendar.ts';
import { DomainError, type ErrorCode, invalid } from '../domain/errors.ts';
import type { IdentityType } from '../domain/identity.ts';
import { answered, findUse } from './book.ts';
import type { CommandDeps } from './deps.ts';
import { amountOf, dateFaults } from './draft.ts';

/** Who asks: a customer by the link, or an operator by the id of their token. */
export interface Asking {
  by: string;
  key?: string | undefined;
}

/**
 * Asks something of an order and waits until it is answered. The wish is written down first, so it is
 * done even if nobody is there to answer now; the same key asks once, and is free again after a
 * refusal. Throws `NOT_ALLOWED` and the codes of a refused move.
 */
export async function askOrder(
  deps: CommandDeps,
  ref: BookingRef,
  kind: RequestKind,
  wish: Wish,
  asking: Asking,
): Promise<void> {
  await ask(deps, ref, kind, { said: wish, wish: async () => wish }, asking);
}

/** What was said, by which a key knows its request again, and the wish that it means today. */
interface Said {
  said: object;
  wish(): Promise<Wish>;
}

async function ask(
  deps: CommandDeps,
  ref: BookingRef,
  kind: RequestKind,
  said: Said,
  asking: Asking,
): Promise<void> {
  const requestId = await writeDown(deps, ref, kind, said, asking);
  await answerRequest(deps, ref, requestId, asking.key);
}

/**
 * Has a request that is written down answered. Safe to repeat; upkeep does what nobody waits for. Throws
 * as `askOrder` does.
 */
export async function answerRequest(
  deps: CommandDeps,
  ref: BookingRef,
  requestId: string,
  key?: string,
): Promise<void> {
  const subject = await getSubject(deps.pool, ref);
  await answered(() => deps.workflows.request(subject, requestId));
  const request = await findRequest(deps.pool, ref.business, requestId);
  if (request?.state === 'refused') {
    if (key) await freeKey(deps.pool, ref.business, key, requestId);
    const { refused, detail } = request.answer ?? {};
    throw new DomainError(
      (refused ?? 'NOT_ALLOWED') as ErrorCode,
      detail ?? 'This is not allowed.',
    );
  }
}

async function writeDown(
  deps: CommandDeps,
  ref: BookingRef,
  kind: RequestKind,
  meant: Said,
  asking: Asking,
): Promise<string> {
  const { by, key } = asking;
  if (!key) return insertRequest(deps.pool, ref, { kind, askedBy: by, wish: await meant.wish() });
  const requestHash = fingerprint([kind, ref.code, by, meant.said]);
  const used = await findUse(deps, ref.business, key, requestHash);
  if (used?.requestId) return used.requestId;
  const wanted = { kind, askedBy: by, wish: await meant.wish() };
  const requestId = randomUUID();
  const mine = await inTransaction(deps.pool, async (tx) => {
    // The key first: who does not get it writes nothing down, or it would be done a second time.
    const use = { code: ref.code, requestHash, requestId };
    if (!(await useKey(tx, ref.business, key, use))) return false;
    await insertRequest(tx, ref, wanted, requestId);
    return true;
  });
  // Somebody used the key between our look and our write: theirs is the request.
  return mine ? requestId : writeDown(deps, ref, kind, meant, asking);
}

/** Cancels a booking by the rules of its business. */
export function cancelBooking(
  deps: CommandDeps,
  ref: BookingRef,
  reason: string,
  asking: Asking,
): Promise<void> {
  return askOrder(deps, ref, 'cancel', { reason }, asking);
}

/** Moves a booking to another date: at once, or when the difference is paid. */
export function rescheduleBooking(
  deps: CommandDeps,
  ref: BookingRef,
  to: { date: string; time?: string | undefined },
  asking: Asking,
): Promise<void> {
  const said = { date: to.date, time: to.time ?? null };
  return ask(deps, ref, 'reschedule', { said, wish: () => priceMove(deps, ref, to) }, asking);
}

/** The wish of a move: priced by today's prices and timed, so that the decision needs no calendar. */
async function priceMove(
  deps: CommandDeps,
  ref: BookingRef,
  to: { date: string; time?: string | undefined },
): Promise<Wish> {
  const order = await one<{
    offeringId: string;
    date: string;
    time: string | null;
    quantity: number;
  }>(
    deps.pool,
    `select offering_id as "offeringId", date, time, quantity from orders
     where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
  const business = await getBusiness(deps.pool, ref.business);
  const offering = (await findOffering(deps.pool, ref.business, order.offeringId))!;
  const faults = dateFaults(business, offering, to, deps.now());
  if (faults.length > 0) throw invalid(...faults);
  const time = to.time ?? null;
  if (to.date === order.date && time === order.time) {
    throw invalid({ pointer: '/date', message: 'The booking is on this date already.' });
  }
  const amountIdr = amountOf(
    offering,
    to.date,
    order.quantity,
    await listIdentityTypes(deps, ref),
    await listOptionPrices(deps, ref),
  );
  const times = visitTimes(business.timeZone, business.rules, to.date, time);
  return {
    date: to.date,
    time,
    amountIdr,
    visitAt: times.visitAt.toISOString(),
    endsAt: times.endsAt.toISOString(),
    cutOffAt: times.cutOffAt.toISOString(),
  };
}

function listIdentityTypes(
  deps: CommandDeps,
  ref: BookingRef,
): Promise<{ identityType: IdentityType }[]> {
  return many(
    deps.pool,
    `select identity_type as "identityType" from participants
     where business_id = $1 and code = $2 order by seat`,
    [ref.business, ref.code],
  );
}

function listOptionPrices(deps: CommandDeps, ref: BookingRef): Promise<{ priceIdr: number }[]> {
  return many(
    deps.pool,
    `select price_idr as "priceIdr" from order_options where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
}
