import { getBusiness } from '../db/businesses.ts';
import { closeRefundsByHand, planRefunds } from '../db/money/refunds.ts';
import { tell } from '../db/order/notices.ts';
import { changeOrder, type OrderRow } from '../db/order/orders.ts';
import { listOpenRequests, noteLook, type Request } from '../db/order/requests.ts';
import { mayMoveFreely } from '../db/places/closures.ts';
import type { Tx } from '../db/pool.ts';
import type { BookingRef, Order } from '../domain/booking.ts';
import { cancelRefundIdr, rescheduleRefusal } from '../domain/rules.ts';
import { answerOnce, notAllowed, type Outcome } from './answer.ts';
import type { Deps } from './deps.ts';
import { finishRefunds } from './money.ts';
import { giveUpMove, moveOrder, type Target } from './move.ts';
import { releaseOrder } from './release.ts';

/** Answers what somebody asked of a locked order; a request that was answered keeps its answer. */
export async function answerRequest(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  requestId: string,
  now: Date,
): Promise<void> {
  await answerOnce(tx, order, order.isTwin, requestId, (request) =>
    answer(deps, tx, order, request, now),
  );
}

/**
 * Answers what was left open of an order, now that it may have ended or been paid, each in a
 * transaction of its own: each locks days, and one transaction locks days once (docs/locking.md).
 */
export async function answerOpenRequests(
  deps: Deps,
  order: Order,
  ref: BookingRef,
  now: Date,
): Promise<Order> {
  let latest = order;
  for (const { requestId } of await listOpenRequests(deps.pool, ref)) {
    latest = await changeOrder(deps.pool, ref, (tx, locked) =>
      answerRequest(deps, tx, locked, requestId, now),
    );
  }
  return latest;
}

function answer(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  switch (request.kind) {
    case 'cancel':
      return cancel(deps, tx, order, request, now);
    case 'reschedule':
      return reschedule(deps, tx, order, request, now);
    case 'refund':
      return refund(deps, tx, order, request, now);
    case 'repair_state':
      return setRepairState(tx, order, request, now);
  }
}

async function cancel(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  const byCustomer = request.askedBy === 'customer';
  if (order.state === 'held' || (order.state === 'review' && !byCustomer)) {
    // The deadline comes forward; the ordinary path asks the provider, closes there and releases.
    order.ending = request.askedBy === 'closure' ? 'closed' : 'cancelled';
    order.endingAt ??= now;
    return 'open';
  }
  if (order.state === 'review')
    return notAllowed('The payment is being checked: wait for its end.');
  if (order.state === 'paid') return cancelPaid(deps, tx, order, request, now);
  const ended = ['cancelled', 'expired', 'refund_due', 'refunded'].includes(order.state);
  return ended ? 'done' : notAllowed('This booking is over and cannot be cancelled.');
}

async function cancelPaid(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  const { rules } = await getBusiness(tx, order.business);
  // By when it was first looked at: giving up a move may take minutes of the provider's time.
  const askedAt = new Date(request.wish.lookedAt ?? now);
  const backIdr =
    request.askedBy === 'customer' && !(await mayMoveFreely(tx, order))
      ? cancelRefundIdr(rules, order.owedIdr, order.visitAt.getTime(), askedAt.getTime())
      : order.owedIdr;
  if (backIdr === undefined)
    return notAllowed('It is too late to cancel by the rules of the business.');
  if (await giveUpMove(tx, order, now)) {
    await noteLook(tx, request, askedAt);
    return 'open';
  }
  await end(deps, tx, order, order.owedIdr - backIdr, request.wish.reason ?? 'Cancelled.', now);
  await tell(tx, order, request.askedBy === 'closure' ? 'closed' : 'cancelled');
  return 'done';
}

/** Ends a paid order; the business keeps `keepIdr`, the rest goes back. */
async function end(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  keepIdr: number,
  reason: string,
  now: Date,
): Promise<void> {
  await releaseOrder(deps, tx, order, now);
  order.owedIdr = keepIdr;
  order.closedAt = now;
  const backIdr = await planRefunds(tx, order, reason, now);
  order.state = backIdr > 0 ? 'refund_due' : 'cancelled';
}

async function reschedule(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  if (order.state !== 'paid') return notAllowed('Only a paid booking can be moved.');
  if (order.moveExpiresAt)
    return notAllowed('A move of this booking waits for its payment already.');
  const { rules } = await getBusiness(tx, order.business);
  const freeMove = await mayMoveFreely(tx, order);
  const facts = { reschedules: order.reschedules, freeMove, visitAtMs: order.visitAt.getTime() };
  const refusal =
    request.askedBy === 'customer' ? rescheduleRefusal(rules, facts, now.getTime()) : undefined;
  if (refusal) return notAllowed(refusal);
  const moved = await moveOrder(deps, tx, order, readTarget(request), now);
  if (moved === 'moved' || moved === 'difference') return 'done';
  return { refused: moved, detail: MOVE_REFUSALS[moved] };
}

const MOVE_REFUSALS = {
  SOLD_OUT: 'That date has no room for this party.',
  CLOSED: 'That date is closed.',
  IDENTITY_ALREADY_BOOKED: 'Somebody of this party holds a place on that date already.',
  NOT_ALLOWED: 'That date can no longer be booked.',
  STALE: 'That date can no longer be booked.',
};

function readTarget({ wish }: Request): Target {
  return {
    date: wish.date!,
    time: wish.time ?? null,
    amountIdr: wish.amountIdr!,
    visitAt: new Date(wish.visitAt!),
    endsAt: new Date(wish.endsAt!),
    cutOffAt: new Date(wish.cutOffAt!),
  };
}

async function refund(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  const { amountIdr, reason = 'Refunded by the business.', byHand } = request.wish;
  if (byHand) {
    const closed = await closeRefundsByHand(tx, order, reason, now);
    if (closed === 0) return notAllowed('No refund of this booking waits to be made by hand.');
    await finishRefunds(tx, order);
    return 'done';
  }
  if (order.state !== 'paid' && order.state !== 'completed') {
    return notAllowed('Only a booking that is paid can be refunded.');
  }
  const wantedIdr = amountIdr ?? order.owedIdr;
  if (wantedIdr > order.owedIdr || wantedIdr <= 0) {
    return notAllowed(`At most ${order.owedIdr} rupiah of this booking can go back.`);
  }
  if (wantedIdr < order.owedIdr) {
    order.owedIdr -= wantedIdr;
    await planRefunds(tx, order, reason, now);
  } else {
    if (await giveUpMove(tx, order, now)) return 'open';
    await end(deps, tx, order, 0, reason, now);
    await tell(tx, order, 'cancelled');
  }
  return 'done';
}

async function setRepairState(
  tx: Tx,
  order: OrderRow,
  request: Request,
  now: Date,
): Promise<Outcome> {
  if (order.kind !== 'appointment') return notAllowed('Only a repair has a repair state.');
  if (!['paid', 'completed'].includes(order.state)) return notAllowed('This repair is not paid.');
  const changed = order.repairState !== request.wish.state;
  order.repairState = request.wish.state!;
  if (changed) await tell(tx, order, 'repair', `${request.wish.state} ${now.toISOString()}`);
  return 'done';
}
