import { daysBetween } from '../domain/calendar.ts';
import { type Db, many, one } from './pool.ts';

/** What came in over some local days, in rupiah. */
export interface Revenue {
  totalIdr: number;
  refundedIdr: number;
  /** Every day asked for, also those on which nothing came. */
  days: { date: string; amountIdr: number; orders: number }[];
  /** By what was sold, most first. */
  offerings: { offering: string; amountIdr: number; orders: number }[];
}

/**
 * What a business was paid from one local day to another, both included: money by the day on which it
 * came, bookings and subscriptions alike. Rehearsals count nothing.
 */
export async function readRevenue(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<Revenue> {
  const span = [business, from, to];
  const days = await many<Revenue['days'][number]>(
    db,
    `select date, sum(amount)::bigint as "amountIdr", count(distinct code)::int as orders
     from (${PAID}) paid group by date`,
    span,
  );
  const offerings = await many<Revenue['offerings'][number]>(
    db,
    `select offering, sum(amount)::bigint as "amountIdr", count(distinct code)::int as orders
     from (${PAID}) paid group by offering order by 2 desc, offering`,
    span,
  );
  const { refundedIdr } = await one<{ refundedIdr: number }>(
    db,
    `select coalesce(sum(r.amount_idr), 0)::bigint as "refundedIdr"
     from refunds r join orders o using (business_id, code) join businesses b using (business_id)
     where r.business_id = $1 and r.state = 'done' and o.twin_of is null
       and (r.done_at at time zone b.time_zone)::date between $2 and $3`,
    span,
  );
  const known = new Map(days.map((day) => [day.date, day]));
  return {
    totalIdr: days.reduce((sum, day) => sum + day.amountIdr, 0),
    refundedIdr,
    days: daysBetween(from, to).map((date) => known.get(date) ?? { date, amountIdr: 0, orders: 0 }),
    offerings,
  };
}

const PAID = `
  select (p.paid_at at time zone b.time_zone)::date as date, p.code, p.paid_idr as amount,
    f.name as offering
  from payments p join orders o using (business_id, code) join businesses b using (business_id)
    join offerings f on f.business_id = o.business_id
      and f.offering_id = coalesce(p.plan, o.offering_id)
  where p.business_id = $1 and p.state = 'paid' and p.paid_idr > 0 and o.twin_of is null
    and (p.paid_at at time zone b.time_zone)::date between $2 and $3`;
