import type { BookingRef } from '../../domain/booking.ts';
import { type HoldTimes, holdTimes, type Rules } from '../../domain/rules.ts';
import { getBusiness } from '../businesses.ts';
import { tell } from '../order/notices.ts';
import {
  NO_MOVE,
  type OpenMove,
  ORDER_COLUMNS,
  type OrderRow,
  saveOrder,
} from '../order/orders.ts';
import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';
import { claimIdentities, releaseIdentities } from './places.ts';
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
  const terms = { rules, hold: holdTimes(rules, 'offer', holdMinutes, now) };
  await offerPlaces(tx, businessId, slots, terms, now);
}

/** By which rules places are offered, and for how long. */
interface Terms {
  rules: Rules;
  hold: HoldTimes;
}

/**
 * Turns free places of locked days into holds for those who wait, in the order of the line: the
 * first that fits is offered, who does not fit keeps the place in line. Then each slot keeps back
 * what the largest party still in line needs, so that nobody else takes it.
 *
 * The caller holds the locks of all slots of these days. An order that somebody looks at at this
 * moment is skipped, not waited for.
 */
async function offerPlaces(
  tx: Tx,
  business: string,
  slots: readonly Slot[],
  { rules, hold }: Terms,
  now: Date,
): Promise<void> {
  const slotIds = slots.map((slot) => slot.slotId);
  for (const { order, drawsOn } of await lockLine(tx, business, slotIds)) {
    const own = slots.filter((slot) => drawsOn.includes(slot.slotId));
    if (await fits(tx, order, own, rules, now)) await offer(tx, order, own, hold, now);
  }
  await keepForLine(tx, business, slotIds);
}

async function lockLine(
  tx: Tx,
  business: string,
  slotIds: number[],
): Promise<{ order: OrderRow; drawsOn: number[] }[]> {
  const rows = await many<Omit<OrderRow, keyof OpenMove> & { drawsOn: number[] }>(
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
  return rows.map(({ drawsOn, ...order }) => ({ order: { ...order, ...NO_MOVE }, drawsOn }));
}

async function fits(
  tx: Tx,
  order: OrderRow,
  own: Slot[],
  rules: Rules,
  now: Date,
): Promise<boolean> {
  if (roomInLine(own) < order.quantity || now >= order.cutOffAt) return false;
  if (await isClosed(tx, order.business, order.offeringId, order.date)) return false;
  if (!rules.oneIdentityADay) return true;
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
 * Leaves the line, and lets others have what was kept back for it. Answers false when the order does
 * not wait (any more). Locks all slots of the day by id, then the order: while the slots are locked
 * nobody can offer it anything.
 */
export async function leaveLine(
  tx: Tx,
  ref: BookingRef,
  holdMinutes: number | undefined,
  now: Date,
): Promise<boolean> {
  const day = await maybeOne<Day>(
    tx,
    `select date, time from orders where business_id = $1 and code = $2 and state = 'waiting'`,
    [ref.business, ref.code],
  );
  if (!day) return false;
  await lockDays(tx, ref.business, [day]);
  const left = await run(
    tx,
    `with gone as (
       update orders set state = 'cancelled', closed_at = $3, changed_at = clock_timestamp()
       where business_id = $1 and code = $2 and state = 'waiting' returning business_id, code
     )
     delete from order_places p using gone
     where p.business_id = gone.business_id and p.code = gone.code`,
    [ref.business, ref.code, now],
  );
  if (left > 0) await offerDays(tx, ref.business, [day], holdMinutes, now);
  return left > 0;
}

/**
 * The days on which there is room, from slot to slot, for somebody who waits: an offer that a crash
 * left out, or that follows the end of a closure.
 */
export function listOfferable(
  db: Db,
  business: string,
  days: { from: string; to: string },
): Promise<Day[]> {
  return many(
    db,
    `select distinct o.date, o.time from orders o
     where o.business_id = $1 and o.state = 'waiting' and o.date between $2 and $3
       and not exists (select from order_places p join quota_slots s using (business_id, slot_id)
         where p.business_id = o.business_id and p.code = o.code
           and s.capacity - s.held - s.sold < o.quantity)
       and not exists (select from closures c
         where c.business_id = o.business_id and o.date between c.from_date and c.to_date
           and (c.offering_id is null or c.offering_id = o.offering_id))
     order by o.date, o.time`,
    [business, days.from, days.to],
  );
}

/** The days for which somebody waits although they can no longer be booked. */
export function listOverdueWaits(db: Db, now: Date): Promise<(Day & { business: string })[]> {
  return many(
    db,
    `select distinct business_id as business, date, time from orders
     where state = 'waiting' and cut_off_at <= $1 order by business_id, date, time`,
    [now],
  );
}

/**
 * Ends the waits for a day that can no longer be booked, with what was kept back for them. Locks all
 * slots of the day by id, then those orders.
 */
export async function lapseWaits(
  tx: Tx,
  business: string,
  day: Day,
  holdMinutes: number | undefined,
  now: Date,
): Promise<void> {
  await lockDays(tx, business, [day]);
  await run(
    tx,
    `with lapsed as (
       update orders set state = 'expired', closed_at = $4, changed_at = clock_timestamp()
       where business_id = $1 and date = $2 and time is not distinct from $3
         and state = 'waiting' and cut_off_at <= $4 returning business_id, code
     )
     delete from order_places p using lapsed
     where p.business_id = lapsed.business_id and p.code = lapsed.code`,
    [business, day.date, day.time, now],
  );
  await offerDays(tx, business, [day], holdMinutes, now);
}
