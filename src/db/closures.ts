import { type Db, many, run, type Tx } from './pool.ts';

export interface Closure {
  /** None: the whole business. */
  offering?: string | undefined;
  from: string;
  to: string;
  reason: string;
  booked: 'refund' | 'reschedule' | 'keep';
}

/** Writes a closure down. Who holds places decides after this commits sees it (docs/locking.md). */
export async function closeDays(tx: Tx, business: string, closure: Closure): Promise<void> {
  // The slots first: a hold that is being made either commits before and is listed, or waits and
  // finds the closure.
  await tx.query(
    `select from quota_slots where business_id = $1 and date between $2 and $3
     order by slot_id for update`,
    [business, closure.from, closure.to],
  );
  await run(
    tx,
    `insert into closures (business_id, offering_id, from_date, to_date, reason, booked)
     values ($1, $2, $3, $4, $5, $6)`,
    [business, closure.offering ?? null, closure.from, closure.to, closure.reason, closure.booked],
  );
}

/** Ends the closures of an offering (or of the whole business) that lie within these days. */
export async function openDays(
  db: Db,
  business: string,
  days: { offering?: string | undefined; from: string; to: string },
): Promise<number> {
  return run(
    db,
    `delete from closures where business_id = $1 and offering_id is not distinct from $2
       and from_date >= $3 and to_date <= $4`,
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
     where business_id = $1 and date between $2 and $3
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
