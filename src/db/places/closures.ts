import { type Db, many, one, run, type Tx } from '../pool.ts';
import { lockRange } from './quotas.ts';

export interface Closure {
  /** None: the whole business. */
  offering?: string | undefined;
  from: string;
  to: string;
  reason: string;
  booked: 'refund' | 'reschedule' | 'keep';
}

/**
 * Writes a closure down and answers its id. Who holds places either commits before this, and is
 * listed, or waits and finds the closure. Locks the slots of those days by id.
 */
export async function closeDays(tx: Tx, business: string, closure: Closure): Promise<number> {
  await lockRange(tx, business, closure);
  const { id } = await one<{ id: number }>(
    tx,
    `insert into closures (business_id, offering_id, from_date, to_date, reason, booked)
     values ($1, $2, $3, $4, $5, $6) returning closure_id as id`,
    [business, closure.offering ?? null, closure.from, closure.to, closure.reason, closure.booked],
  );
  return id;
}

/**
 * Ends what an offering's closures (or those of the whole business) have of these days, and answers
 * how many closures that were; what they have before and after stays closed. Locks the slots of those
 * days by id.
 */
export async function openDays(
  tx: Tx,
  business: string,
  days: { offering?: string | undefined; from: string; to: string },
): Promise<number> {
  await lockRange(tx, business, days);
  return run(
    tx,
    `with ended as (
       delete from closures where business_id = $1 and offering_id is not distinct from $2
         and from_date <= $4 and to_date >= $3 returning *
     ), stays as (
       insert into closures (business_id, offering_id, from_date, to_date, reason, booked)
       select business_id, offering_id, from_date, $3::date - 1, reason, booked from ended
         where from_date < $3
       union all
       select business_id, offering_id, $4::date + 1, to_date, reason, booked from ended
         where to_date > $4
     )
     select from ended`,
    [business, days.offering ?? null, days.from, days.to],
  );
}

/** Orders that hold or have bought places on closed days. */
export function listBookedOn(
  db: Db,
  business: string,
  closure: Closure,
): Promise<{ code: string; state: string }[]> {
  return many(
    db,
    `select code, state from orders
     where business_id = $1 and twin_of is null and date between $2 and $3
       and ($4::text is null or offering_id = $4) and state in ('held', 'review', 'paid')
     order by code`,
    [business, closure.from, closure.to, closure.offering ?? null],
  );
}

/** The closures of a business that reach into these days. */
export function listClosures(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<Closure[]> {
  return many(
    db,
    `select offering_id as offering, from_date as "from", to_date as "to", reason, booked
     from closures where business_id = $1 and from_date <= $3 and to_date >= $2
     order by from_date`,
    [business, from, to],
  );
}

/** Whether a closure of its day lets an order move, or end, outside the ordinary rules. */
export async function mayMoveFreely(
  db: Db,
  order: { business: string; offeringId: string; date: string },
): Promise<boolean> {
  const closures = await many(
    db,
    `select 1 from closures where business_id = $1 and booked = 'reschedule'
       and (offering_id is null or offering_id = $2) and $3 between from_date and to_date limit 1`,
    [order.business, order.offeringId, order.date],
  );
  return closures.length > 0;
}
