import { beforeAll, expect } from 'vitest';
import { cancelPayment, createPayment, readPayment } from '../../src/activities/collect.ts';
import type { Deps } from '../../src/activities/deps.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { meetDeadline, settleBooking } from '../../src/activities/settle.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { storeEvent } from '../../src/db/money/events.ts';
import { checkLedger, type Difference } from '../../src/db/money/ledger.ts';
import { type Attempt, listAttempts } from '../../src/db/money/payments.ts';
import { listRefunds, type Refund } from '../../src/db/money/refunds.ts';
import type { FactsDeps } from '../../src/db/order/facts.ts';
import { lockOrder, type OrderRow } from '../../src/db/order/orders.ts';
import {
  findRequest,
  insertRequest,
  type Request,
  type RequestKind,
  type Wish,
} from '../../src/db/order/requests.ts';
import { inTransaction, many, run } from '../../src/db/pool.ts';
import type { BookingRef, Order } from '../../src/domain/booking.ts';
import type { NoticeChannel } from '../../src/domain/facts.ts';
import type { ProviderWord } from '../../src/domain/payment.ts';
import { coreDeps, createToldProvider, newOrder, partyWish, type ToldProvider } from './core.ts';
import { type TestDatabase, useDatabase } from './database.ts';

/** A database of its own, what decisions need, and a provider whose word a test sets. */
export interface Core extends TestDatabase {
  deps: Deps & FactsDeps;
  provider: ToldProvider;
}

export function useCore(): Core {
  const core = useDatabase() as Core;
  beforeAll(() => {
    core.provider = createToldProvider();
    core.deps = coreDeps(core, core.provider);
  });
  return core;
}

/** A party that holds its places; its members pay 100,000 rupiah each on every day. */
export async function heldParty(
  core: Core,
  quantity: number,
  wish: Partial<BookingWish> = {},
): Promise<BookingRef & { endsMs: number }> {
  const ref = await newOrder(core, partyWish(quantity, wish));
  const order = await openBooking(core.deps, ref, Date.now());
  expect(order.state, order.refusal ?? '').toBe('held');
  return { ...ref, endsMs: order.expiresAtMs! };
}

/** A party that has paid. */
export async function paidParty(
  core: Core,
  quantity: number,
  wish: Partial<BookingWish> = {},
): Promise<BookingRef & { endsMs: number }> {
  const party = await heldParty(core, quantity, wish);
  await moneyArrives(core, party);
  return party;
}

let events = 0;

/** Stores an event about an attempt, as a webhook does, and answers its id. */
export async function eventArrives(
  core: Core,
  attempt: Attempt,
  word: Partial<ProviderWord>,
): Promise<number> {
  events += 1;
  const { eventId } = await storeEvent(core.pool, {
    business: attempt.business,
    provider: 'midtrans',
    identity: `event ${events}`,
    ref: attempt.ref,
    code: attempt.code,
    attempt: attempt.attempt,
    status: word.state ?? 'unknown',
    paidIdr: word.paidIdr ?? 0,
    payload: {},
    state: 'stored',
    reason: null,
  });
  return eventId;
}

/** The provider says something of an attempt (the newest, if none is named) and we decide on it. */
export async function wordArrives(
  core: Core,
  ref: BookingRef,
  word: Partial<ProviderWord>,
  at: { attempt?: Attempt; nowMs?: number } = {},
): Promise<Order> {
  const nowMs = at.nowMs ?? Date.now();
  const attempt = at.attempt ?? (await payableAttempt(core, ref, nowMs));
  core.provider.words.set(attempt.ref, { status: 'said', ...word });
  const eventId = await eventArrives(core, attempt, word);
  await readPayment(core.deps, ref, eventId, nowMs);
  return settleBooking(core.deps, ref, { kind: 'payment', eventId }, nowMs);
}

/** Money for an attempt, all that it asks for unless told otherwise. */
export async function moneyArrives(
  core: Core,
  ref: BookingRef,
  at: { amountIdr?: number; attempt?: Attempt; nowMs?: number } = {},
): Promise<Order> {
  const attempt = at.attempt ?? (await payableAttempt(core, ref, at.nowMs ?? Date.now()));
  const paidIdr = at.amountIdr ?? attempt.amountIdr;
  return wordArrives(core, ref, { state: 'paid', paidIdr }, { ...at, attempt });
}

/** The newest attempt of an order, with a page if the order wants one. */
export async function payableAttempt(core: Core, ref: BookingRef, nowMs: number): Promise<Attempt> {
  while ((await createPayment(core.deps, ref, nowMs)) === 'again');
  return (await listAttempts(core.pool, ref))[0]!;
}

/** How an order stands, looked at again. */
export function look(core: Core, ref: BookingRef, nowMs = Date.now()): Promise<Order> {
  return settleBooking(core.deps, ref, { kind: 'wake' }, nowMs);
}

/** Meets the deadlines of an order at their own time, up to an instant, as its workflow does. */
export async function liveUntil(core: Core, ref: BookingRef, untilMs: number): Promise<Order> {
  let order = await look(core, ref, Math.min(untilMs, Date.now()));
  for (let step = 0; step < 20; step += 1) {
    const due = order.nextDeadline;
    if (!due || due.atMs > untilMs) return order;
    const asked = ['expire', 'review', 'lapse_move'].includes(due.kind)
      ? await closeAtProvider(core, ref, due.atMs)
      : 'not-asked';
    order = await meetDeadline(core.deps, ref, due.kind, asked, due.atMs);
  }
  throw new Error('An order that has twenty deadlines in a row does not come to rest.');
}

async function closeAtProvider(core: Core, ref: BookingRef, nowMs: number): Promise<'closed'> {
  for (let step = 0; step < 20; step += 1) {
    const found = await readPayment(core.deps, ref, undefined, nowMs);
    if (found === 'paid' || found === 'review') return 'closed';
    if ((await cancelPayment(core.deps, ref, nowMs)) === 'closed') return 'closed';
  }
  throw new Error('The provider never closed the payment.');
}

/** Asks something of an order, lets it be decided, and answers the request as it stands then. */
export async function ask(
  core: Core,
  ref: BookingRef,
  kind: RequestKind,
  by: string,
  wish: Wish = {},
  nowMs = Date.now(),
): Promise<Request> {
  const requestId = await insertRequest(core.pool, ref, { kind, askedBy: by, wish });
  await settleBooking(core.deps, ref, { kind: 'request', requestId }, nowMs);
  return (await findRequest(core.pool, ref.business, requestId))!;
}

/** The row of an order, as decisions see it. */
export function rowOf(core: Core, ref: BookingRef): Promise<OrderRow> {
  return inTransaction(core.pool, (tx) => lockOrder(tx, ref));
}

/** What somebody was, or is about to be, told of an order, in the order of telling. */
export async function told(
  core: Core,
  ref: BookingRef,
  channel: NoticeChannel = 'email',
): Promise<string[]> {
  const rows = await many<{ kind: string }>(
    core.pool,
    `select kind from notices where business_id = $1 and code = $2 and channel = $3
     order by created_at, kind`,
    [ref.business, ref.code, channel],
  );
  return rows.map((row) => row.kind);
}

/** What goes back of an order: what has to be, and how far it is. */
export async function backOf(
  core: Core,
  ref: BookingRef,
): Promise<Pick<Refund, 'attempt' | 'amountIdr' | 'state'>[]> {
  const refunds = await listRefunds(core.pool, ref);
  return refunds.map(({ attempt, amountIdr, state }) => ({ attempt, amountIdr, state }));
}

export async function setCapacity(
  core: Core,
  quota: string,
  date: string,
  capacity: number,
): Promise<void> {
  await run(
    core.pool,
    `update quota_slots set capacity = $3
     where business_id = 'slamet' and quota_id = $1 and date = $2`,
    [quota, date, capacity],
  );
}

/** What does not add up in the books of a business. */
export async function ledgerOf(core: Core, business = 'slamet'): Promise<Difference[]> {
  return (await checkLedger(core.pool, business, new Date())).differences;
}
