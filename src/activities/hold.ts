import { type Business, getBusiness } from '../db/businesses.ts';
import { freeKeys } from '../db/drafts.ts';
import { tell } from '../db/notices.ts';
import { changeOrder, type OrderRow } from '../db/orders.ts';
import { claimIdentities, releaseIdentities, takePlaces } from '../db/places.ts';
import type { Tx } from '../db/pool.ts';
import { isClosed, lockSlotsOf, room } from '../db/quotas.ts';
import { type BookingRef, type Order, type Refusal, STALE_HOLD_MS } from '../domain/booking.ts';
import { holdTimes } from '../domain/rules.ts';
import type { Deps } from './deps.ts';
import { acceptMoney } from './money.ts';

/**
 * Answers a new order: held with all its places, or refused with none. Run again, or for an order
 * that was answered before, it changes nothing and tells how the order stands now: an execution that
 * was reset or replayed cannot bring back a hold that is over.
 *
 * Locks the order, then its quota slots by id, then the identities of its party.
 */
export function openBooking(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const now = new Date(nowMs);
  return changeOrder(deps.pool, ref, async (tx, order) => {
    order.openedAt ??= now;
    if (order.state !== 'new') return;
    const business = await getBusiness(tx, ref.business);
    const refusal = await tryHold(tx, order, business, now);
    if (refusal) await refuse(tx, order, refusal);
    else await hold(deps, tx, order, business, now);
  });
}

/** Takes all places of the party, or none. */
async function tryHold(
  tx: Tx,
  order: OrderRow,
  business: Business,
  now: Date,
): Promise<Refusal | undefined> {
  if (now.getTime() - order.requestedAt.getTime() > STALE_HOLD_MS) return 'STALE';
  if (now >= order.cutOffAt) return 'NOT_ALLOWED';
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, order.date, order.time);
  if (await isClosed(tx, order.business, order.offeringId, order.date)) return 'CLOSED';
  if (room(slots) < order.quantity) return 'SOLD_OUT';
  if (business.rules.oneIdentityADay && !(await claimIdentities(tx, order, order.date))) {
    return 'IDENTITY_ALREADY_BOOKED';
  }
  await takePlaces(tx, order, slots, 'held');
  return undefined;
}

async function hold(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  business: Business,
  now: Date,
): Promise<void> {
  Object.assign(order, {
    state: 'held',
    ...holdTimes(business.rules, 'hold', deps.holdMinutes, now),
  });
  if (order.amountIdr === 0) return acceptMoney(deps, tx, order, now);
  await tell(tx, order, 'held');
}

async function refuse(tx: Tx, order: OrderRow, refusal: Refusal): Promise<void> {
  await releaseIdentities(tx, order, order.date);
  await freeKeys(tx, order);
  Object.assign(order, { state: 'refused', refusal });
}
