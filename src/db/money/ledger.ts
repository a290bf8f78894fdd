import { inTransaction, many, maybeOne, type Pool, run } from '../pool.ts';

/** Something that does not add up: what, where, and both figures. Never repaired silently. */
export interface Difference {
  what: string;
  subject: string;
  expected: number | string;
  found: number | string;
}

export interface LedgerCheck {
  checkedAt: Date;
  differences: Difference[];
}

/**
 * Proves the books of a business in one snapshot: what each slot counts against the orders that draw
 * on it, what orders draw on against their states and open moves, identities against orders, and each order's money
 * against what it may keep. Twins hold nothing and are left out. Stores and answers the differences; none is the promise.
 */
export async function checkLedger(pool: Pool, business: string, now: Date): Promise<LedgerCheck> {
  const differences = await inTransaction(pool, async (tx) => {
    await tx.query('set transaction isolation level repeatable read, read only');
    const found: Difference[] = [];
    for (const sql of CHECKS) found.push(...(await many<Difference>(tx, sql, [business])));
    return found;
  });
  await run(
    pool,
    `insert into ledger_checks (business_id, checked_at, differences) values ($1, $2, $3)
     on conflict (business_id) do update
       set checked_at = excluded.checked_at, differences = excluded.differences`,
    [business, now, JSON.stringify(differences)],
  );
  return { checkedAt: now, differences };
}

/** The last check of a business, or undefined when none was made. */
export function findLedgerCheck(pool: Pool, business: string): Promise<LedgerCheck | undefined> {
  return maybeOne(
    pool,
    `select checked_at as "checkedAt", differences from ledger_checks where business_id = $1`,
    [business],
  );
}

const SLOTS_AGAINST_ORDERS = `
  select 'slot counts' as what, s.quota_id || ' ' || s.date || coalesce(' ' || s.time, '') as subject,
    format('held %s, sold %s, waiting %s', x.held, x.sold, x.waiting) as expected,
    format('held %s, sold %s, waiting %s', s.held, s.sold, s.waiting) as found
  from quota_slots s cross join lateral (
    select coalesce(sum(quantity) filter (where phase = 'held'), 0) as held,
      coalesce(sum(quantity) filter (where phase = 'sold'), 0) as sold,
      coalesce(max(quantity) filter (where phase = 'waiting'), 0) as waiting
    from order_places p where p.business_id = s.business_id and p.slot_id = s.slot_id) x
  where s.business_id = $1 and (s.held, s.sold, s.waiting) <> (x.held, x.sold, x.waiting)`;

const ORDERS_AGAINST_PLACES = `
  select 'places of an order' as what, o.code as subject,
    case when o.state in ('held', 'review') then 'held'
      when o.state in ('paid', 'completed') then 'sold'
      when o.state = 'waiting' then 'waiting' else 'none' end as expected,
    coalesce(string_agg(distinct p.phase, ', '), 'none') as found
  from orders o left join order_places p
    on p.business_id = o.business_id and p.code = o.code and p.purpose = 'visit'
  where o.business_id = $1 and o.twin_of is null
  group by o.business_id, o.code, o.state
  having coalesce(string_agg(distinct p.phase, ', '), 'none') <>
    case when o.state in ('held', 'review') then 'held'
      when o.state in ('paid', 'completed') then 'sold'
      when o.state = 'waiting' then 'waiting' else 'none' end`;

const MOVES_AGAINST_PLACES = `
  select 'places of a move' as what, o.code as subject,
    case when x.is_open and o.state = 'paid' then 'held' else 'none' end as expected,
    coalesce(x.phases, 'none') as found
  from (
    select code, bool_or(is_open) as is_open, string_agg(distinct phase, ', ') as phases
    from (select code, true as is_open, null as phase from moves
        where business_id = $1 and state = 'open'
      union all select code, false, phase from order_places
        where business_id = $1 and purpose = 'move') either
    group by code) x
  join orders o on o.business_id = $1 and o.code = x.code
  where coalesce(x.phases, 'none') <>
    case when x.is_open and o.state = 'paid' then 'held' else 'none' end`;

const MONEY_OF_ORDERS = `
  select 'money of an order' as what, o.code as subject,
    (o.owed_idr + r.planned)::text as expected, p.paid::text as found
  from orders o
  cross join lateral (select coalesce(sum(paid_idr), 0) as paid from payments
    where business_id = o.business_id and code = o.code) p
  cross join lateral (select coalesce(sum(amount_idr), 0) as planned from refunds
    where business_id = o.business_id and code = o.code) r
  where o.business_id = $1 and o.twin_of is null
    and o.state not in ('new', 'refused', 'waiting', 'held', 'review')
    and p.paid <> o.owed_idr + r.planned
    and not exists (select from moves m
      where m.business_id = o.business_id and m.code = o.code and m.state = 'open')
    and not exists (select from payment_events e
      where e.business_id = o.business_id and e.code = o.code and e.state = 'stored')`;

const REFUNDS_AGAINST_PROVIDER = `
  select 'refunds of a payment' as what, p.provider_ref as subject,
    coalesce(r.asked, 0)::text as expected, p.refunded_idr::text as found
  from payments p left join lateral (
    select sum(amount_idr) as asked from refunds r
    where r.business_id = p.business_id and r.code = p.code and r.attempt = p.attempt) r on true
  where p.business_id = $1 and p.refunded_idr > coalesce(r.asked, 0)`;

const STATE_AGAINST_REFUNDS = `
  select 'refund still to be made' as what, o.code as subject, 'refund_due' as expected,
    o.state as found
  from orders o
  where o.business_id = $1 and o.state = 'refunded' and exists (select from refunds r
    where r.business_id = o.business_id and r.code = o.code and r.state <> 'done')`;

const CLAIMS_AGAINST_ORDERS = `
  select 'identity claimed by an order that ended' as what, c.code as subject,
    'none' as expected, count(*)::text as found
  from identity_claims c join orders o using (business_id, code)
  where c.business_id = $1 and o.state not in ('held', 'review', 'paid', 'completed')
  group by c.code`;

const CHECKS = [
  SLOTS_AGAINST_ORDERS,
  ORDERS_AGAINST_PLACES,
  MOVES_AGAINST_PLACES,
  MONEY_OF_ORDERS,
  REFUNDS_AGAINST_PROVIDER,
  STATE_AGAINST_REFUNDS,
  CLAIMS_AGAINST_ORDERS,
];
