import { getBusiness } from '../db/businesses.ts';
import { readMoney } from '../db/money/payments.ts';
import { planRefunds } from '../db/money/refunds.ts';
import { tell } from '../db/order/notices.ts';
import type { OrderRow } from '../db/order/orders.ts';
import { refuseOvertakenCancels } from '../db/order/requests.ts';
import { claimIdentities, releaseIdentities, sellPlaces, takePlaces } from '../db/places/places.ts';
import { isClosed, lockSlotsOf, room } from '../db/places/quotas.ts';
import { one, type Tx } from '../db/pool.ts';
import { REVIEW_MS } from '../domain/booking.ts';
import { visitReminder } from '../domain/rules.ts';
import type { Deps } from './deps.ts';
import { finishPaidMove } from './move.ts';

/**
 * Lets the money that is there decide about a locked order: money wins every race.
 *
 * Looks only at facts (what all attempts brought, what goes back, what the order is), so it may run
 * any number of times: the second run finds nothing left to do.
 */
export async function acceptMoney(deps: Deps, tx: Tx, order: OrderRow, now: Date): Promise<void> {
  switch (order.state) {
    case 'held':
    case 'review':
      return payHeld(tx, order, now);
    case 'expired':
    case 'cancelled':
    case 'refund_due':
    case 'refunded':
      return payLate(tx, order, now);
    case 'paid':
    case 'completed':
      return payAgain(deps, tx, order, now);
    case 'new':
    case 'refused':
    case 'waiting':
      return;
  }
}

async function payHeld(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const money = await readMoney(tx, order);
  if (money.paidIdr >= order.amountIdr) {
    await sellPlaces(tx, order, 'visit');
    return sell(tx, order, now);
  }
  if (money.reviewing !== (order.state === 'review')) await review(tx, order, money.reviewing, now);
  if (money.paidIdr > 0)
    await tell(tx, order, 'underpaid', String(money.paidIdr), ['email', 'operator']);
}

/** The provider checks the payment for fraud: the places stay held, at most for a day. */
async function review(tx: Tx, order: OrderRow, begins: boolean, now: Date): Promise<void> {
  order.state = begins ? 'review' : 'held';
  order.reviewUntil = begins ? new Date(now.getTime() + REVIEW_MS) : null;
  if (begins) await tell(tx, order, 'review', now.toISOString(), ['email', 'operator']);
}

/** The order stands: from here on its tickets are issued and the customer is told. */
async function sell(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  if (order.ending) await refuseOvertakenCancels(tx, order);
  const { rules } = await getBusiness(tx, order.business);
  Object.assign(order, {
    state: 'paid',
    owedIdr: order.amountIdr,
    paidAt: now,
    closedAt: null,
    ending: null,
    endingAt: null,
    reviewUntil: null,
    unconfirmed: false,
    visitRemindAt: visitReminder(order.visitAt, rules, now),
  } satisfies Partial<OrderRow>);
  if (order.kind === 'appointment') order.repairState ??= 'queued';
  await returnExtra(tx, order, now);
}

/**
 * Money after the end: the place is taken again if quota, line, identity, closure and cut-off allow
 * and the customer had not cancelled; otherwise all of it goes back.
 */
async function payLate(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const money = await readMoney(tx, order);
  const fresh = money.paidIdr - money.plannedRefundIdr - order.owedIdr;
  if (fresh <= 0) return finishRefunds(tx, order);
  const mayReturn = order.state === 'expired' && fresh >= order.amountIdr;
  if (mayReturn && (await retake(tx, order, now))) {
    await tell(tx, order, 'late_paid', '1', ['operator']);
    return sell(tx, order, now);
  }
  await planRefunds(tx, order, 'Money came after the order had ended.', now);
  order.state = 'refund_due';
  await tellOfRefund(tx, order, 'refund_due');
}

/** Tells customer and operator that money goes back: once for each time that more does. */
export async function tellOfRefund(
  tx: Tx,
  order: OrderRow,
  kind: 'refund_due' | 'overpaid',
): Promise<void> {
  const { plannedRefundIdr } = await readMoney(tx, order);
  await tell(tx, order, kind, String(plannedRefundIdr), ['email', 'operator']);
}

async function retake(tx: Tx, order: OrderRow, now: Date): Promise<boolean> {
  if (now >= order.cutOffAt) return false;
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, order.date, order.time);
  if (await isClosed(tx, order.business, order.offeringId, order.date)) return false;
  if (room(slots) < order.quantity) return false;
  const { rules } = await getBusiness(tx, order.business);
  if (rules.oneIdentityADay && !(await claimIdentities(tx, order, order.date))) {
    await releaseIdentities(tx, order, order.date);
    return false;
  }
  await takePlaces(tx, order, slots, 'sold');
  return true;
}

/** More money for an order that stands: the difference of a move, or too much. */
async function payAgain(deps: Deps, tx: Tx, order: OrderRow, now: Date): Promise<void> {
  if (order.moveExpiresAt) await finishPaidMove(deps, tx, order, now);
  // What was paid in part for a move waits for the rest, or for the move to lapse.
  if (!order.moveExpiresAt) await returnExtra(tx, order, now);
  await finishRefunds(tx, order);
}

async function returnExtra(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const backIdr = await planRefunds(tx, order, 'More was paid than was asked for.', now);
  if (backIdr > 0) await tellOfRefund(tx, order, 'overpaid');
}

/**
 * Once nothing is left to go back: tells the customer that it went, of this order or of one that
 * stands, and turns `refund_due` into `refunded`. The last refund names the notice: told once for each
 * time that all is done.
 */
export async function finishRefunds(tx: Tx, order: OrderRow): Promise<void> {
  const { last, undone } = await one<{ last: number | null; undone: number }>(
    tx,
    `select max(refund_no) as last, count(*) filter (where state <> 'done') as undone
     from refunds where business_id = $1 and code = $2`,
    [order.business, order.code],
  );
  if (last === null || undone > 0) return;
  if (order.state === 'refund_due') order.state = 'refunded';
  await tell(tx, order, 'refunded', String(last));
}
