import type { BookingRef } from '../domain/booking.ts';
import { type HoldTimes, holdTimes } from '../domain/rules.ts';
import { getBusiness } from './businesses.ts';
import { tell } from './notices.ts';
import { ORDER_COLUMNS, type OrderRow, saveOrder } from './orders.ts';
import { claimIdentities, releaseIdentities } from './places.ts';
import { type Db, many, maybeOne, one, run, type Tx } from './pool.ts';
import {
  addToSlots,
  type Day,
  isClosed,
  keepForLine,
  lockDays,
  roomInLine,
  type Slot,
} from './quotas.ts';

/** Offers what is free on these days to the line. Locks their slots by id, or finds them locked. */
export async function offerDays(
  tx: Tx,
  businessId: string,
  days: Day[],
  holdMinutes: number | undefined,
  now: Date,
): Promise<void> {
  const slots = await lockDays(tx, businessId, days);
  const { rules } = await getBusiness(tx, businessId);
  await offerPlaces(tx, businessId, slots, holdTimes(rules, 'offer', holdMinutes, now), now);
}

/**
 * Turns free places of locked days into holds for those who wait, in the order of the line: the
 * first that fits is offered, who does not fit keeps the place in line. Then each slot keeps back
 * what the largest party still in line needs, so that nobody else takes it.
 *
 * The caller holds the locks of all slots of these days. Somebody who is leaving the
 * line at this moment is skipped, not waited for.
 */
async function offerPlaces(
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
  Object.assign(order, { state: 'held', offeredAt: now, ...hold } satisfies Partial<OrderRow>);
  await saveOrder(tx, order);
  await tell(tx, order, 'offered');
}

/** Where an order stands in the line for its offering, day and time: 1 is next. */
export async function positionInLine(db: Db, ref: BookingRef): Promise<number> {
  const { before } = await one<{ before: number }>(
    db,
    `select count(b.code) as before from orders o left join orders b
       on b.business_id = o.business_id and b.offering_id = o.offering_id and b.date = o.date
       and b.time is not distinct from o.time and b.state = 'waiting'
       and b.waiting_no < o.waiting_no
     where o.business_id = $1 and o.code = $2`,
    [ref.business, ref.code],
  );
  return before + 1;
}

/**
 * Leaves the line and answers the day that was waited for; undefined when the order does not wait
 * (any more). Locks only the order: who offers places skips it (docs/locking.md).
 */
export async function leaveLine(tx: Tx, ref: BookingRef): Promise<Day | undefined> {
  const left = await maybeOne<Day>(
    tx,
    `update orders set state = 'cancelled', changed_at = clock_timestamp()
     where business_id = $1 and code = $2 and state = 'waiting' returning date, time`,
    [ref.business, ref.code],
  );
  if (!left) return undefined;
  await run(tx, `delete from order_places where business_id = $1 and code = $2`, [
    ref.business,
    ref.code,
  ]);
  return left;
}
