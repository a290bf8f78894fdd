import { daysBetween } from '../domain/calendar.ts';
import type { Revenue } from '../domain/report.ts';
import { type Db, many, one } from './pool.ts';

/** The days of a range as instants, in a business's own zone. */
const RANGE = `select time_zone, $2::date::timestamp at time zone time_zone as from_at,
    ($3::date + 1)::timestamp at time zone time_zone as to_at
  from businesses where business_id = $1`;

interface Sum {
  date: string | null;
  offering: string | null;
  name: string | null;
  amountIdr: number;
  orders: number;
}

/**
 * The money that came in from one local day to another, both included: of bookings and subscriptions,
 * by the day on which it was known to be there. What was refunded stays in the day on which it came. A
 * business that there is not has no money.
 */
export async function readRevenue(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<Revenue> {
  const sums = await many<Sum>(db, REVENUE, [business, from, to]);
  const refunded = await one<{ refundedIdr: number }>(db, REFUNDED, [business, from, to]);
  const byDate = new Map(sums.flatMap((sum) => (sum.date ? [[sum.date, sum] as const] : [])));
  return {
    totalIdr: [...byDate.values()].reduce((total, { amountIdr }) => total + amountIdr, 0),
    ...refunded,
    days: daysBetween(from, to).map((date) => {
      const { amountIdr = 0, orders = 0 } = byDate.get(date) ?? {};
      return { date, amountIdr, orders };
    }),
    offerings: sums.flatMap(({ offering, name, amountIdr, orders }) =>
      offering === null || name === null ? [] : [{ offering, name, amountIdr, orders }],
    ),
  };
}

/** An invoice is for the plan that it names, whatever its subscription has now. */
const REVENUE = `
  with range as (${RANGE})
  select (p.paid_at at time zone r.time_zone)::date as date, f.offering_id as offering,
    f.name, sum(p.paid_idr)::bigint as "amountIdr", count(distinct p.code) as orders
  from range r, payments p join orders o using (business_id, code)
    join offerings f on f.business_id = o.business_id
      and f.offering_id = coalesce(p.plan, o.offering_id)
  where p.business_id = $1 and p.paid_idr > 0 and p.paid_at >= r.from_at and p.paid_at < r.to_at
    and o.twin_of is null
  group by grouping sets ((1), (2, 3))
  order by "amountIdr" desc, offering`;

const REFUNDED = `
  with range as (${RANGE})
  select coalesce(sum(f.amount_idr), 0)::bigint as "refundedIdr"
  from range r, refunds f join orders o using (business_id, code)
  where f.business_id = $1 and f.state = 'done' and f.done_at >= r.from_at and f.done_at < r.to_at
    and o.twin_of is null`;
