import { tell } from './notices.ts';
import { ORDER_COLUMNS, type OrderRow, saveOrder } from './orders.ts';
import { claimIdentities, releaseIdentities } from './places.ts';
import { many, run, type Tx } from './pool.ts';
import { addToSlots, isClosed, keepForLine, roomInLine, type Slot } from './quotas.ts';

/** The instants of a hold: when it ends and when its customer is reminded. */
export interface HoldTimes {
  expiresAt: Date;
  remindAt: Date;
}

/**
 * Turns free places of locked days into holds for those who wait, in the order of the line: the
 * first that fits is offered, who does not fit keeps the place in line. Then each slot keeps back
 * what the largest party still in line needs, so that nobody else takes it.
 *
 * The caller holds the locks of all slots of these days (`lockDays`). Somebody who is leaving the
 * line at this moment is skipped, not waited for.
 */
export async function offerPlaces(
  tx: Tx,
  business: string,
  slots: readonly Slot[],
  hold: HoldTimes,
  now: Date,
): Promise<void> {
  const slotIds = slots.map((slot) => slot.slotId);
  for (const { order, drawsOn } of await lockLine(tx, business, slotIds)) {
    const own = slots.filter((slot) => drawsOn.includes(slot.slotId));
    if (await fits(tx, order, own, now)) await offer(tx, order, own, hold, now);
  }
  await keepForLine(tx, business, slotIds);
}

async function lockLine(
  tx: Tx,
  business: string,
  slotIds: number[],
): Promise<{ order: OrderRow; drawsOn: number[] }[]> {
  const rows = await many<OrderRow & { drawsOn: number[] }>(
    tx,
    `select ${ORDER_COLUMNS},
       array(select p.slot_id::int from order_places p
         where p.business_id = o.business_id and p.code = o.code) as "drawsOn"
     from orders o
     where o.business_id = $1 and o.state = 'waiting' and exists (
       select from order_places p
       where p.business_id = o.business_id and p.code = o.code and p.slot_id = any($2))
     order by o.waiting_no for no key update of o skip locked`,
    [business, slotIds],
  );
  return rows.map(({ drawsOn, ...order }) => ({ order, drawsOn }));
}

async function fits(tx: Tx, order: OrderRow, own: Slot[], now: Date): Promise<boolean> {
  if (roomInLine(own) < order.quantity || now >= order.cutOffAt) return false;
  if (await isClosed(tx, order.business, order.offeringId, order.date)) return false;
  if (await claimIdentities(tx, order, order.date)) return true;
  await releaseIdentities(tx, order, order.date);
  return false;
}

async function offer(
  tx: Tx,
  order: OrderRow,
  own: Slot[],
  hold: HoldTimes,
  now: Date,
): Promise<void> {
  const slotIds = own.map((slot) => slot.slotId);
  await addToSlots(tx, order.business, slotIds, { held: order.quantity });
  for (const slot of own) slot.held += order.quantity;
  await run(tx, `update order_places set phase = 'held' where business_id = $1 and code = $2`, [
    order.business,
    order.code,
  ]);
  Object.assign(order, { state: 'held', offeredAt: now, ...hold });
  await saveOrder(tx, order);
  await tell(tx, order, 'offered');
}

/** Who stands before an order in the line for the same offering, day and time. */
export function countBefore(tx: Pick<Tx, 'query'>, order: OrderRow): Promise<{ count: number }[]> {
  return many(
    tx,
    `select count(*) as count from orders
     where business_id = $1 and offering_id = $2 and date = $3 and time is not distinct from $4
       and state = 'waiting' and waiting_no < $5`,
    [order.business, order.offeringId, order.date, order.time, order.waitingNo],
  );
}
