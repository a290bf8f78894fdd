import { getBusiness } from '../db/businesses.ts';
import { readMoney } from '../db/money/payments.ts';
import { planRefunds } from '../db/money/refunds.ts';
import { tell } from '../db/order/notices.ts';
import type { OrderRow } from '../db/order/orders.ts';
import {
  adoptMovedPlaces,
  claimIdentities,
  releaseIdentities,
  sellPlaces,
  takePlaces,
} from '../db/places/places.ts';
import { isClosed, lockDays, lockSlotsOf, room } from '../db/places/quotas.ts';
import { maybeOne, one, run, type Tx } from '../db/pool.ts';
import type { Refusal } from '../domain/booking.ts';
import { owedAt } from '../domain/payment.ts';
import { holdTimes, visitReminder } from '../domain/rules.ts';
import type { Deps } from './deps.ts';
import { closeMove, giveBack, voidTickets } from './release.ts';

/** Another date for a paid order, priced and timed by the command that asked for it. */
export interface Target {
  date: string;
  time: string | null;
  amountIdr: number;
  visitAt: Date;
  endsAt: Date;
  cutOffAt: Date;
}

/**
 * Moves a paid, locked order to another date: at once when that costs no more (what it costs less
 * goes back), else as soon as the difference is paid, for which the new places are held meanwhile.
 *
 * Locks the slots of both days together, by id. Answers why not, when it cannot be.
 */
export async function moveOrder(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  to: Target,
  now: Date,
): Promise<Refusal | 'moved' | 'difference'> {
  await lockDays(tx, order.business, [order, to]);
  const refusal = await refusalOf(tx, order, to, now);
  if (refusal) return refusal;
  if (to.amountIdr > order.amountIdr) {
    await openMove(deps, tx, order, to, now);
    return 'difference';
  }
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, to.date, to.time);
  await takePlaces(tx, order, slots, 'sold', 'move');
  await leaveOldDay(deps, tx, order, to, now);
  await arrive(tx, order, to, now);
  await planRefunds(tx, order, 'The new date costs less.', now);
  return 'moved';
}

async function refusalOf(
  tx: Tx,
  order: OrderRow,
  to: Target,
  now: Date,
): Promise<Refusal | undefined> {
  if (now >= to.cutOffAt) return 'NOT_ALLOWED';
  if (await isClosed(tx, order.business, order.offeringId, to.date)) return 'CLOSED';
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, to.date, to.time);
  if (room(slots) < order.quantity) return 'SOLD_OUT';
  const { rules } = await getBusiness(tx, order.business);
  if (!rules.oneIdentityADay || to.date === order.date) return undefined;
  if (await claimIdentities(tx, order, to.date)) return undefined;
  await releaseIdentities(tx, order, to.date);
  return 'IDENTITY_ALREADY_BOOKED';
}

/** Holds the new places until the difference is paid; the old ones stay sold. */
async function openMove(deps: Deps, tx: Tx, order: OrderRow, to: Target, now: Date): Promise<void> {
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, to.date, to.time);
  await takePlaces(tx, order, slots, 'held', 'move');
  const business = await getBusiness(tx, order.business);
  const { expiresAt } = holdTimes(business.rules, 'hold', deps.holdMinutes, now);
  const { moveNo } = await one<{ moveNo: number }>(
    tx,
    `insert into moves (business_id, code, move_no, date, time, amount_idr, difference_idr, state,
       expires_at, cut_off_at, visit_at, ends_at)
     select $1, $2, coalesce(max(move_no), 0) + 1, $3, $4, $5, $6, 'open', $7, $8, $9, $10
     from moves where business_id = $1 and code = $2 returning move_no as "moveNo"`,
    [
      order.business,
      order.code,
      to.date,
      to.time,
      to.amountIdr,
      to.amountIdr - order.amountIdr,
      expiresAt,
      to.cutOffAt,
      to.visitAt,
      to.endsAt,
    ],
  );
  order.moveExpiresAt = expiresAt;
  order.moveAmountIdr = to.amountIdr;
  await tell(tx, order, 'move_difference', String(moveNo));
}

/**
 * Completes an open move once its difference is there; where the new day was closed meanwhile it
 * lapses instead, and the difference is the caller's to give back.
 */
export async function finishPaidMove(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  now: Date,
): Promise<void> {
  const to = await findOpenMove(tx, order);
  const money = await readMoney(tx, order);
  if (!to || money.paidIdr - money.plannedRefundIdr < owedAt(to.amountIdr, order)) return;
  await lockDays(tx, order.business, [order, to]);
  if (await isClosed(tx, order.business, order.offeringId, to.date)) {
    return lapseMove(deps, tx, order, now);
  }
  await sellPlaces(tx, order, 'move');
  await leaveOldDay(deps, tx, order, to, now);
  await closeMove(tx, order, 'done');
  await arrive(tx, order, to, now);
}

/** What was taken for the new date becomes what the order draws on; the old day goes to the line. */
async function leaveOldDay(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  to: Target,
  now: Date,
): Promise<void> {
  const freed = to.date === order.date ? [] : [order.date];
  const days = [{ date: order.date, time: order.time }];
  await giveBack(deps, tx, order, { days, purposes: ['visit'], freed }, now);
  await adoptMovedPlaces(tx, order);
}

/** The difference was not paid in time, or for nothing: the order stays on its old date. */
export async function lapseMove(deps: Deps, tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const wanted = await closeMove(tx, order, 'lapsed');
  if (!wanted) return;
  const freed = wanted.date === order.date ? [] : [wanted.date];
  await giveBack(deps, tx, order, { days: [wanted], purposes: ['move'], freed }, now);
  await tell(tx, order, 'move_lapsed', String(wanted.moveNo));
}

/**
 * Brings the end of an open move forward: it is closed at the provider first, so that nobody pays for
 * a move of what has ended. Answers whether there was one to wait for.
 */
export async function giveUpMove(tx: Tx, order: OrderRow, now: Date): Promise<boolean> {
  if (!order.moveExpiresAt) return false;
  if (order.moveExpiresAt <= now) return true;
  await run(
    tx,
    `update moves set expires_at = $3 where business_id = $1 and code = $2 and state = 'open'`,
    [order.business, order.code, now],
  );
  order.moveExpiresAt = now;
  return true;
}

/** The order has its new date: old QR codes are void, new tickets and reminders follow. */
async function arrive(tx: Tx, order: OrderRow, to: Target, now: Date): Promise<void> {
  const { rules } = await getBusiness(tx, order.business);
  await voidTickets(tx, order);
  Object.assign(order, {
    date: to.date,
    time: to.time,
    amountIdr: to.amountIdr,
    owedIdr: owedAt(to.amountIdr, order),
    visitAt: to.visitAt,
    endsAt: to.endsAt,
    cutOffAt: to.cutOffAt,
    visitRemindAt: visitReminder(to.visitAt, rules, now),
    visitRemindedAt: null,
    issuedAt: null,
    reschedules: order.reschedules + 1,
  } satisfies Partial<OrderRow>);
}

function findOpenMove(tx: Tx, order: OrderRow): Promise<Target | undefined> {
  return maybeOne(
    tx,
    `select date, time, amount_idr as "amountIdr", visit_at as "visitAt", ends_at as "endsAt",
       cut_off_at as "cutOffAt"
     from moves where business_id = $1 and code = $2 and state = 'open'`,
    [order.business, order.code],
  );
}
