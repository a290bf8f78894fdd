import { type Db, many, maybeOne, run, type Tx } from '../pool.ts';

/** The days a quota opens by itself, or with `hours` the hours of weekdays. */
export interface Quota {
  quotaId: string;
  name: string;
  capacity: number;
  hours: Record<string, [from: string, to: string]> | null;
}

export interface Slot {
  slotId: number;
  quotaId: string;
  capacity: number;
  held: number;
  sold: number;
  waiting: number;
}

/** A local day, and the time of an appointment. */
export interface Day {
  date: string;
  time: string | null;
}

const SLOT = `slot_id as "slotId", quota_id as "quotaId", capacity, held, sold, waiting`;

export function listQuotas(db: Db, business: string): Promise<Quota[]> {
  return many(
    db,
    `select quota_id as "quotaId", name, capacity, hours from quotas
     where business_id = $1 order by quota_id`,
    [business],
  );
}

/** Locks a quota: nobody changes it or opens days by it until the transaction ends. */
export function lockQuota(tx: Tx, business: string, quotaId: string): Promise<Quota | undefined> {
  return maybeOne(
    tx,
    `select quota_id as "quotaId", name, capacity, hours from quotas
     where business_id = $1 and quota_id = $2 for update`,
    [business, quotaId],
  );
}

export async function saveQuota(db: Db, business: string, quota: Quota): Promise<void> {
  await run(
    db,
    `insert into quotas (business_id, quota_id, name, capacity, hours) values ($1, $2, $3, $4, $5)
     on conflict (business_id, quota_id) do update
       set name = excluded.name, capacity = excluded.capacity, hours = excluded.hours`,
    [business, quota.quotaId, quota.name, quota.capacity, quota.hours],
  );
}

/**
 * Locks the slots that an offering draws on at a day and time, in the order of their ids.
 *
 * This is the one written rule (docs/locking.md): every transaction that takes or gives back places
 * locks slots by ascending id before it changes any of them.
 */
export function lockSlotsOf(
  tx: Tx,
  business: string,
  offeringId: string,
  date: string,
  time: string | null,
): Promise<Slot[]> {
  return many(
    tx,
    `select ${SLOT} from quota_slots
     where business_id = $1 and date = $3 and time is not distinct from $4
       and quota_id in (select quota_id from offering_quotas
                        where business_id = $1 and offering_id = $2)
     order by slot_id for update`,
    [business, offeringId, date, time],
  );
}

/**
 * Locks every slot of one or two days (and their times) of a business, by ascending id.
 *
 * Who gives places back or joins the line needs them all: the next party in line may draw on other
 * slots of that day than the party that left.
 */
export function lockDays(tx: Tx, business: string, days: Day[]): Promise<Slot[]> {
  return many(
    tx,
    `select ${SLOT} from quota_slots s
     where business_id = $1 and exists (
       select from json_to_recordset($2) as d(date date, time text)
       where d.date = s.date and d.time is not distinct from s.time)
     order by slot_id for update`,
    [business, JSON.stringify(days)],
  );
}

/** Places that somebody who did not wait may take: the smallest of the slots, never negative. */
export function room(slots: readonly Slot[]): number {
  if (slots.length === 0) return 0;
  const left = slots.map((slot) => slot.capacity - slot.held - slot.sold - slot.waiting);
  return Math.max(0, Math.min(...left));
}

/** Places that the line may take: what `room` sets aside for it included. */
export function roomInLine(slots: readonly Slot[]): number {
  if (slots.length === 0) return 0;
  return Math.max(0, Math.min(...slots.map((slot) => slot.capacity - slot.held - slot.sold)));
}

/** Adds to held and sold of locked slots; the guard refuses what would oversell. */
export async function addToSlots(
  tx: Tx,
  business: string,
  slotIds: readonly number[],
  change: { held?: number; sold?: number },
): Promise<void> {
  await run(
    tx,
    `update quota_slots set held = held + $3, sold = sold + $4
     where business_id = $1 and slot_id = any($2)`,
    [business, slotIds, change.held ?? 0, change.sold ?? 0],
  );
}

/** Sets what each locked slot keeps back for the line: the largest party that waits for it. */
export async function keepForLine(tx: Tx, business: string, slotIds: number[]): Promise<void> {
  await run(
    tx,
    `update quota_slots s set waiting = w.wanted
     from (select s2.slot_id, coalesce(max(p.quantity) filter (where p.phase = 'waiting'), 0)
             as wanted
           from quota_slots s2 left join order_places p using (business_id, slot_id)
           where s2.business_id = $1 and s2.slot_id = any($2) group by s2.slot_id) w
     where s.business_id = $1 and s.slot_id = w.slot_id and s.waiting <> w.wanted`,
    [business, slotIds],
  );
}

export interface DayOfAvailability {
  date: string;
  time: string | null;
  capacity: number;
  left: number;
  closed: boolean;
}

/** What is left of an offering from day to day: the smallest of the quotas that it draws on. */
export function listAvailability(
  db: Db,
  business: string,
  offeringId: string,
  from: string,
  to: string,
): Promise<DayOfAvailability[]> {
  return many(
    db,
    `select s.date, s.time, min(s.capacity) as capacity,
       greatest(0, min(s.capacity - s.held - s.sold - s.waiting)) as left,
       bool_or(c.closure_id is not null) as closed
     from offering_quotas q
     join quota_slots s on s.business_id = q.business_id and s.quota_id = q.quota_id
     left join closures c on c.business_id = q.business_id
       and (c.offering_id is null or c.offering_id = q.offering_id)
       and s.date between c.from_date and c.to_date
     where q.business_id = $1 and q.offering_id = $2 and s.date between $3 and $4
     group by s.date, s.time
     having count(distinct s.quota_id) =
       (select count(*) from offering_quotas
        where business_id = $1 and offering_id = $2)
     order by s.date, s.time`,
    [business, offeringId, from, to],
  );
}

/** Whether a day of an offering is closed, by its own closure or the whole business's. */
export async function isClosed(
  db: Db,
  business: string,
  offeringId: string,
  date: string,
): Promise<boolean> {
  const closure = await maybeOne(
    db,
    `select 1 from closures where business_id = $1 and (offering_id is null or offering_id = $2)
       and $3 between from_date and to_date limit 1`,
    [business, offeringId, date],
  );
  return closure !== undefined;
}

/** Sets the capacity of slots, making those that do not exist yet. Safe to run twice. */
export async function saveSlots(
  db: Db,
  business: string,
  slots: { quotaId: string; date: string; time: string | null; capacity: number }[],
  existing: 'keep' | 'change',
): Promise<void> {
  const conflict =
    existing === 'keep' ? 'do nothing' : 'do update set capacity = excluded.capacity';
  await run(
    db,
    `insert into quota_slots (business_id, quota_id, date, time, capacity)
     select $1, s."quotaId", s.date, s.time, s.capacity
     from json_to_recordset($2) as s("quotaId" text, date date, time text, capacity int)
     order by s.date, s.time, s."quotaId"
     on conflict (business_id, quota_id, date, time) ${conflict}`,
    [business, JSON.stringify(slots)],
  );
}

/** Locks every slot of a business from one day to another, by ascending id. */
export async function lockRange(
  tx: Tx,
  business: string,
  days: { from: string; to: string },
): Promise<void> {
  await run(
    tx,
    `select from quota_slots where business_id = $1 and date between $2 and $3
     order by slot_id for update`,
    [business, days.from, days.to],
  );
}

/** What a quota opens on a day by itself. */
type OwnSlot = { time: string | null; capacity: number };

/**
 * Gives a quota's locked day other times. A time that is gone and on which nobody counts is deleted;
 * one on which somebody does stays with room for nobody else. A time that stays keeps the capacity
 * that an operator set, else it gets the new one.
 */
export async function replaceSlots(
  tx: Tx,
  business: string,
  { quotaId, date }: { quotaId: string; date: string },
  was: readonly OwnSlot[],
  wanted: readonly OwnSlot[],
): Promise<void> {
  const day = [business, quotaId, date, JSON.stringify(wanted)];
  await run(
    tx,
    `with gone as (
       select s.slot_id, exists (select from order_places p
           where p.business_id = s.business_id and p.slot_id = s.slot_id) as taken
       from quota_slots s where s.business_id = $1 and s.quota_id = $2 and s.date = $3
         and not exists (select from json_to_recordset($4) as w(time text)
           where w.time is not distinct from s.time)
     ), shut as (
       update quota_slots s set capacity = 0 from gone
       where s.business_id = $1 and s.slot_id = gone.slot_id and gone.taken
     )
     delete from quota_slots s using gone
     where s.business_id = $1 and s.slot_id = gone.slot_id and not gone.taken`,
    day,
  );
  await run(
    tx,
    `insert into quota_slots as s (business_id, quota_id, date, time, capacity)
     select $1, $2, $3, w.time, w.capacity
     from json_to_recordset($4) as w(time text, capacity int) order by w.time
     on conflict (business_id, quota_id, date, time) do update set capacity = excluded.capacity
       where not exists (select from json_to_recordset($5) as o(time text, capacity int)
         where o.time is not distinct from s.time and o.capacity <> s.capacity)`,
    [...day, JSON.stringify(was)],
  );
}

/** The slots of a business from day to day, for operators. */
export function listSlots(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<(Slot & { date: string; time: string | null })[]> {
  return many(
    db,
    `select ${SLOT}, date, time from quota_slots
     where business_id = $1 and date between $2 and $3 order by date, time, quota_id`,
    [business, from, to],
  );
}
