import { getBusiness } from '../db/businesses.ts';
import { findEvent, finishEvent, listUnfinishedEvents } from '../db/money/events.ts';
import { planRefunds } from '../db/money/refunds.ts';
import { tell } from '../db/order/notices.ts';
import { changeOrder, type OrderRow } from '../db/order/orders.ts';
import { insertRequest } from '../db/order/requests.ts';
import { run, type Tx } from '../db/pool.ts';
import {
  type BookingRef,
  type DeadlineKind,
  type Nudge,
  nextDeadline,
  type Order,
} from '../domain/booking.ts';
import { lastReminder } from '../domain/rules.ts';
import type { Deps } from './deps.ts';
import { acceptMoney, tellOfRefund } from './money.ts';
import { lapseMove } from './move.ts';
import { releaseOrder } from './release.ts';
import { answerOpenRequests, answerRequest } from './requests.ts';

/**
 * Applies a nudge to its order: the one transaction that decides. Asked twice it answers the same:
 * what the nudge names is done then, and money counts by what is there, not by how often it was told.
 * Requests that were left open are answered after that.
 *
 * Locks the order, then slots by id, then identities.
 */
export async function settleBooking(
  deps: Deps,
  ref: BookingRef,
  nudge: Nudge,
  nowMs: number,
): Promise<Order> {
  const now = new Date(nowMs);
  const settled = await changeOrder(deps.pool, ref, async (tx, order) => {
    if (nudge.kind === 'operator') await askToCancel(tx, order);
    if (nudge.kind === 'request') await answerRequest(deps, tx, order, nudge.requestId, now);
    await acceptMoney(deps, tx, order, now);
    if (nudge.kind === 'payment') await finishNudge(tx, order, nudge.eventId);
  });
  return answerOpenRequests(deps, settled, ref, now);
}

/** Temporal's own cancellation is an operator's wish: it gives places back on the ordinary path. */
async function askToCancel(tx: Tx, order: OrderRow): Promise<void> {
  if (order.state === 'new' || order.state === 'refused') return;
  const wish = { reason: 'Cancelled in Temporal.' };
  await insertRequest(tx, order, { kind: 'cancel', askedBy: 'operator', wish });
}

/** Tells of a refused payment, and marks the event as taken up. */
async function finishNudge(tx: Tx, order: OrderRow, eventId: number): Promise<void> {
  const event = await findEvent(tx, order.business, eventId);
  if (event?.status === 'denied' && event.state !== 'done' && order.state === 'held') {
    await tell(tx, order, 'denied', String(eventId));
  }
  await finishEvent(tx, order.business, eventId);
}

/** What the provider answered when the workflow asked before a deadline; `closed`: unpayable now. */
export type Asked = 'closed' | 'unreachable' | 'not-asked';

/**
 * Meets a deadline that Postgres named. One that is not due (met before, moved, or overtaken by
 * money) changes nothing: the answer is how the order stands. Requests that waited for it are answered
 * after that.
 *
 * Locks the order, then slots by id, then identities.
 */
export async function meetDeadline(
  deps: Deps,
  ref: BookingRef,
  kind: DeadlineKind,
  asked: Asked,
  nowMs: number,
): Promise<Order> {
  const now = new Date(nowMs);
  const met = await changeOrder(deps.pool, ref, async (tx, order) => {
    if (asked === 'unreachable') await trustSignedEvents(tx, order);
    await acceptMoney(deps, tx, order, now);
    const due = nextDeadline(order);
    if (due?.kind === kind && due.atMs <= nowMs) await meet(deps, tx, order, kind, asked, now);
  });
  return answerOpenRequests(deps, met, ref, now);
}

async function meet(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  kind: DeadlineKind,
  asked: Asked,
  now: Date,
): Promise<void> {
  switch (kind) {
    case 'remind':
      return remind(tx, order, now);
    case 'expire':
    case 'review':
      return expire(deps, tx, order, asked, now);
    case 'lapse_move':
      await lapseMove(deps, tx, order, now);
      return acceptMoney(deps, tx, order, now);
    case 'visit':
      order.visitRemindedAt = now;
      if (now < order.visitAt) await tell(tx, order, 'visit', order.visitAt.toISOString());
      return;
    case 'complete':
      order.state = 'completed';
      order.closedAt = now;
  }
}

/** First the link by mail (an offer was told of already), then once more before the hold ends. */
async function remind(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const { rules } = await getBusiness(tx, order.business);
  const first = order.reminders === 0;
  if (now < order.expiresAt! && !(first && order.offeredAt)) {
    await tell(tx, order, first ? 'held' : 'remind');
  }
  order.reminders += 1;
  order.remindAt = first ? lastReminder(rules, order.expiresAt!, now) : null;
}

/** The hold is over: places go back, and so does what was paid in part. */
async function expire(deps: Deps, tx: Tx, order: OrderRow, asked: Asked, now: Date): Promise<void> {
  await releaseOrder(deps, tx, order, now);
  order.state = order.ending ? 'cancelled' : 'expired';
  order.closedAt = now;
  order.unconfirmed = asked === 'unreachable';
  await tell(tx, order, order.ending ?? 'expired');
  const backIdr = await planRefunds(tx, order, 'The order ended before it was paid in full.', now);
  if (backIdr === 0) return;
  order.state = 'refund_due';
  await tellOfRefund(tx, order, 'refund_due');
}

/**
 * The provider cannot be asked, but it told us of a settlement by a signed webhook before: its word
 * counts, so that an outage of its API never gives a paid place away.
 */
export async function trustSignedEvents(tx: Tx, order: BookingRef): Promise<void> {
  for (const event of await listUnfinishedEvents(tx, order)) {
    if (event.paidIdr === 0) continue;
    await run(
      tx,
      `update payments set state = 'paid', paid_idr = greatest(paid_idr, $4),
         paid_at = coalesce(paid_at, now()),
         came_at = coalesce(came_at, (select paid_at from payment_events
           where business_id = $1 and event_id = $5))
       where business_id = $1 and code = $2 and attempt = $3`,
      [order.business, order.code, event.attempt, event.paidIdr, event.eventId],
    );
    await finishEvent(tx, order.business, event.eventId);
  }
}
