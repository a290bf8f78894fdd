import type { BookingRef, Kind } from '../domain/booking.ts';
import { ATTEMPT_COLUMNS, type Attempt } from './money/payments.ts';
import { many, one, type Pool, run, type Tx } from './pool.ts';

/** Orders that were offered freed places and whose workflow has not begun. */
export function listUnopened(pool: Pool, business: string, limit: number): Promise<BookingRef[]> {
  return many(
    pool,
    `select business_id as business, code from orders
     where business_id = $1 and state = 'held' and opened_at is null limit $2`,
    [business, limit],
  );
}

/**
 * Orders for which something is overdue: a deadline passed, a request unanswered, a notice unsent, a
 * refund not asked for, tickets not issued, an offer not begun, money not decided on. Each has had half a minute of the
 * workflow's own time, except `refund by hand`, which waits for a person.
 */
export function listUndone(pool: Pool, now: Date, limit: number): Promise<BookingRef[]> {
  const late = new Date(now.getTime() - 30_000);
  return many(
    pool,
    `select distinct business_id as business, code from (
       (select business_id, code from orders where next_deadline_at < $1
          order by next_deadline_at limit $2)
       union all
       (select business_id, code from orders
          where state = 'held' and opened_at is null and offered_at < $1 limit $2)
       union all
       (select business_id, code from requests
          where state = 'open' and created_at < $1 order by created_at limit $2)
       union all
       (select business_id, code from notices
          where state = 'due' and created_at < $1 and next_try_at < $3
          order by next_try_at limit $2)
       union all
       (select business_id, code from refunds
          where state = 'due' and created_at < $1 order by created_at limit $2)
       union all
       (select business_id, code from orders
          where state = 'paid' and issued_at is null and paid_at < $1 limit $2)
       union all
       (select business_id, code from payments
          where state = 'new' and purpose = 'period' and created_at < $1 - interval '5 minutes'
          order by created_at limit $2)
       union all
       (select business_id, code from service_events
          where state = 'due' and created_at < $1 and next_try_at < $3
          order by next_try_at limit $2)
       union all
       (${MONEY_NOBODY_DECIDED_ON} limit $2)
       union all
       (${REFUNDS_NOBODY_TOLD_OF} limit $2)
     ) undone
     -- A rehearsal that was left in the middle stays where it is.
     where not exists (select from orders t where t.business_id = undone.business_id
       and t.code = undone.code and t.twin_of is not null)
     limit $2`,
    [late, limit, now, new Date(now.getTime() - FOUND_WITHIN_MS)],
  );
}

/** How far back upkeep looks for money that was written down and never decided on. */
const FOUND_WITHIN_MS = 7 * 86_400_000;

/** Money that reconciliation wrote down before its worker died, say: more than the order accounts for. */
const MONEY_NOBODY_DECIDED_ON = `
  select p.business_id, p.code from payments p join orders o using (business_id, code)
  left join moves m on m.business_id = p.business_id and m.code = p.code and m.state = 'open'
  where p.state = 'paid' and p.asked_at between $4 and $1
    and (select sum(paid_idr) from payments
         where business_id = p.business_id and code = p.code)
      - coalesce((select sum(amount_idr) from refunds
         where business_id = p.business_id and code = p.code), 0)
      > case when o.state in ('held', 'review') then o.amount_idr - 1
          when m.move_no is not null then m.amount_idr - (o.amount_idr - o.owed_idr) - 1
          else o.owed_idr end`;

/** Refunds that are done: of a booking all, told by the number of the last; of a subscription each. */
const REFUNDS_NOBODY_TOLD_OF = `
  select r.business_id, r.code from refunds r join orders o using (business_id, code)
  where r.state = 'done' and r.done_at between $4 and $1
    and (o.kind = 'plan' or not exists (select from refunds other where other.business_id = r.business_id
      and other.code = r.code and (other.state <> 'done' or other.refund_no > r.refund_no)))
    and not exists (select from notices n where n.business_id = r.business_id
      and n.code = r.code and n.kind in ('refunded', 'money_returned') and n.occurrence = r.refund_no::text)`;

/** Open orders, in the order of their codes, after a code. */
export function listOpenOrders(
  pool: Pool,
  after: string,
  limit: number,
): Promise<(BookingRef & { kind: Kind })[]> {
  return many(
    pool,
    `select business_id as business, code, kind from orders
     where code > $1 and twin_of is null and next_deadline_at is not null and changed_at < now() - interval '30 seconds'
     order by code limit $2`,
    [after, limit],
  );
}

/**
 * Takes the payments that a provider should be asked about now: open ones not asked for `seconds`, and ones that
 * ended unpaid in the last three days ten times more seldom (money comes late), and refunds that the
 * provider has not confirmed. They count as asked from here on, so that one that cannot be asked never
 * stands in the way of the others, and two replicas never ask for the same.
 *
 * A provider that is opening many invoices is not asked meanwhile: Xendit allows so many calls a minute,
 * and before it opens one it is asked for what it has.
 */
export function takeUnasked(
  pool: Pool,
  seconds: number,
  now: Date,
  limit: number,
): Promise<Attempt[]> {
  const ago = (factor: number) => new Date(now.getTime() - factor * seconds * 1000);
  return many(
    pool,
    `update payments set asked_at = $5
     where (business_id, code, attempt) in (
       select p.business_id, p.code, p.attempt from payments p
       where p.page_url is not null and p.provider not in (
         select provider from payments
         where state = 'new' and purpose = 'period' and created_at > $6
         group by provider having count(*) > ${RUSH}) and (
         (p.state in ('pending', 'denied', 'review') and coalesce(p.asked_at, p.created_at) < $1)
         or (p.state in ('expired', 'cancelled')
           and greatest(p.created_at, p.page_expires_at) > $3
           and coalesce(p.asked_at, p.created_at) < $2)
         or (coalesce(p.asked_at, p.created_at) < $1 and exists (select from refunds r
           where r.business_id = p.business_id and r.code = p.code and r.attempt = p.attempt
             and r.state = 'requested')))
       order by coalesce(p.asked_at, p.created_at) limit $4
       for no key update of p skip locked)
     returning ${ATTEMPT_COLUMNS}`,
    [
      ...[ago(1), ago(10), new Date(now.getTime() - 3 * 86_400_000), limit, now],
      new Date(now.getTime() - RUSH_MS),
    ],
  );
}

/** So many invoices that wait to be opened are a midnight's; a few are what every minute brings. */
const RUSH = 20;
/** Invoices that are not opened for this long wait for a provider that is away, not for their turn. */
const RUSH_MS = 10 * 60_000;

/** Refuses holds whose answer never came, and lets their keys be used again. */
export async function refuseStale(tx: Tx, before: Date, limit: number): Promise<number> {
  return run(
    tx,
    `with stale as (
       select business_id, code from orders where state = 'new' and requested_at < $1
       order by requested_at limit $2 for no key update skip locked
     ), freed as (
       delete from idempotency_keys k using stale s
       where k.business_id = s.business_id and k.code = s.code
     )
     update orders o set state = 'refused', refusal = 'STALE' from stale s
     where o.business_id = s.business_id and o.code = s.code`,
    [before, limit],
  );
}

/** Forgets refused orders (with their people) and idempotency keys after a day, and counters that are over. */
export async function forgetOld(pool: Pool): Promise<void> {
  await run(
    pool,
    `delete from orders where (business_id, code) in (
       select business_id, code from orders
       where state = 'refused' and requested_at < now() - interval '1 day' limit 1000)`,
  );
  await run(
    pool,
    `delete from idempotency_keys where (business_id, key) in (
       select business_id, key from idempotency_keys
       where created_at < now() - interval '1 day' limit 5000)`,
  );
  await run(
    pool,
    `delete from rate_limits where key in (select key from rate_limits
       where expire < extract(epoch from now()) * 1000 limit 5000)`,
  );
}

/** What an operator watches: open orders, those overdue, and what waits for a person. */
export function countOpen(pool: Pool): Promise<{
  open: number;
  overdue: number;
  deadEvents: number;
  refundsByHand: number;
  failedNotices: number;
  untoldServiceEvents: number;
}> {
  return one(
    pool,
    `select
       (select count(*) from orders where next_deadline_at is not null and twin_of is null) as open,
       (select count(*) from orders where next_deadline_at < now() - interval '1 minute'
          and twin_of is null) as overdue,
       (select count(*) from payment_events where state = 'dead') as "deadEvents",
       (select count(*) from refunds where state = 'by_hand') as "refundsByHand",
       (select count(*) from notices where state = 'failed') as "failedNotices",
       (select count(*) from service_events
        where state = 'due' and tries >= 3) as "untoldServiceEvents"`,
  );
}
