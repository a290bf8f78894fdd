import { daysBetween } from '../../domain/calendar.ts';
import type { ProviderFigures, ProviderReport, Revenue } from '../../domain/report.ts';
import { type Db, many, one } from '../pool.ts';

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

/** How many payments brought the money of each offering; one subscription may have made several. */
export function countPayments(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<{ offering: string; payments: number }[]> {
  return many(
    db,
    `with range as (${RANGE})
     select coalesce(p.plan, o.offering_id) as offering, count(*) as payments
     from range r, payments p join orders o using (business_id, code)
     where p.business_id = $1 and p.paid_idr > 0 and p.paid_at >= r.from_at and p.paid_at < r.to_at
       and o.twin_of is null
     group by 1`,
    [business, from, to],
  );
}

const REFUNDED = `
  with range as (${RANGE})
  select coalesce(sum(f.amount_idr), 0)::bigint as "refundedIdr"
  from range r, refunds f join orders o using (business_id, code)
  where f.business_id = $1 and f.state = 'done' and f.done_at >= r.from_at and f.done_at < r.to_at
    and o.twin_of is null`;

type Figures = Partial<ProviderFigures> & { provider: string; date: string | null };

/**
 * How each provider did from one local day to another, both included: by the day on which a webhook
 * first came, and for payments by the day on which the money was known to be there. Rehearsals, which
 * reach nobody, are left out. A provider of which nothing is known in the range is not there.
 */
export async function readProviders(
  db: Db,
  business: string,
  from: string,
  to: string,
): Promise<ProviderReport[]> {
  const events = await many<Figures>(db, EVENTS, [business, from, to]);
  const payments = await many<Figures>(db, PAYMENTS, [business, from, to]);
  const found = [...events, ...payments];
  const providers = [...new Set(found.map(({ provider }) => provider))].sort();
  return providers.map((provider) => {
    const at = (date: string | null): ProviderFigures => {
      const parts = found.filter((part) => part.provider === provider && part.date === date);
      const { provider: _, date: __, ...figures } = Object.assign({}, NOTHING, ...parts);
      return figures;
    };
    const days = daysBetween(from, to).map((date) => ({ date, ...at(date) }));
    return { provider, total: at(null), days };
  });
}

const NOTHING: ProviderFigures = {
  payments: 0,
  amountIdr: 0,
  webhooks: 0,
  latencyP50Ms: null,
  latencyP95Ms: null,
  retries: 0,
  duplicates: 0,
  outOfOrder: 0,
  foundByAsking: 0,
  lost: 0,
};

/** Events of an attempt that came before; of what nobody knows here, no order is known either. */
const EARLIER = `select from payment_events b where b.business_id = e.business_id and b.code = e.code
  and b.provider_ref = e.provider_ref and b.event_id < e.event_id`;

/** Latency counts once an attempt: a later event of money (a refund, say) repeats the same instant. */
const EVENTS = `
  with range as (${RANGE}), events as (
    select e.provider, (e.received_at at time zone r.time_zone)::date as date, e.retries, e.duplicates,
      case when e.status = 'paid' and e.paid_at is not null
          and not exists (${EARLIER} and b.status = 'paid')
        then greatest(0, extract(epoch from e.received_at - e.paid_at) * 1000) end as latency_ms,
      exists (${EARLIER} and (
        (e.status = 'pending' and b.status in ('paid', 'expired', 'cancelled'))
        or (e.status in ('denied', 'expired') and b.status = 'paid'))) as is_late
    from range r, payment_events e
    where e.business_id = $1 and e.source = 'webhook'
      and e.received_at >= r.from_at and e.received_at < r.to_at)
  select provider, date, count(*) + sum(retries + duplicates) as webhooks,
    round(percentile_cont(0.5) within group (order by latency_ms))::int as "latencyP50Ms",
    round(percentile_cont(0.95) within group (order by latency_ms))::int as "latencyP95Ms",
    sum(retries) as retries, sum(duplicates) as duplicates,
    count(*) filter (where is_late) as "outOfOrder"
  from events group by grouping sets ((provider, date), (provider))`;

const PAYMENTS = `
  with range as (${RANGE}), paid as (
    select p.provider, (p.paid_at at time zone r.time_zone)::date as date, p.paid_idr, p.found,
      exists (select from payment_events e where e.business_id = p.business_id and e.code = p.code
        and e.attempt = p.attempt and e.status = 'paid') as is_told
    from range r, payments p join orders o using (business_id, code)
    where p.business_id = $1 and p.state = 'paid' and o.twin_of is null
      and p.paid_at >= r.from_at and p.paid_at < r.to_at)
  select provider, date, count(*) as payments, sum(paid_idr)::bigint as "amountIdr",
    count(*) filter (where found) as "foundByAsking",
    count(*) filter (where found and not is_told) as lost
  from paid group by grouping sets ((provider, date), (provider))`;
