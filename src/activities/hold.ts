import { getBusiness } from '../db/businesses.ts';
import { freeKeys } from '../db/order/drafts.ts';
import type { OrderRow } from '../db/order/orders.ts';
import { changeOrder } from '../db/order/orders.ts';
import { holdPlaces, Refused } from '../db/places/hold.ts';
import type { Tx } from '../db/pool.ts';
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
export async function openBooking(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const now = new Date(nowMs);
  try {
    return await changeOrder(deps.pool, ref, async (tx, order) => {
      order.openedAt ??= now;
      if (order.state === 'new') await hold(deps, tx, order, now);
    });
  } catch (error) {
    if (error instanceof Refused) return refuse(deps, ref, error.refusal);
    throw error;
  }
}

/** Takes all places of the party; throws `Refused` when that cannot be. */
async function hold(deps: Deps, tx: Tx, order: OrderRow, now: Date): Promise<void> {
  if (now.getTime() - order.requestedAt.getTime() > STALE_HOLD_MS) throw new Refused('STALE');
  if (now >= order.cutOffAt) throw new Refused('NOT_ALLOWED');
  const { rules } = await getBusiness(tx, order.business);
  await holdPlaces(tx, order, rules.oneIdentityADay);
  const times = holdTimes(rules, 'hold', deps.holdMinutes, now);
  Object.assign(order, { state: 'held', ...times } satisfies Partial<OrderRow>);
  if (order.amountIdr === 0) await acceptMoney(deps, tx, order, now);
}

/** Nothing was taken. The key is free again: a refusal is not remembered. */
function refuse(deps: Deps, ref: BookingRef, refusal: Refusal): Promise<Order> {
  return changeOrder(deps.pool, ref, async (tx, order) => {
    if (order.state !== 'new') return;
    await freeKeys(tx, order);
    Object.assign(order, { state: 'refused', refusal } satisfies Partial<OrderRow>);
  });
}
