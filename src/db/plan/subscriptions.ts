import type { BookingRef, Errand, Order } from '../../domain/booking.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Language } from '../../domain/facts.ts';
import { nextDeadlineOf, type SubscriptionState } from '../../domain/subscription.ts';
import { type Db, inTransaction, maybeOne, one, type Pool, run, type Tx } from '../pool.ts';

/** One subscription: an order of kind `plan`, and what it is beside that. Locked while it changes. */
export interface SubscriptionRow extends BookingRef {
  state: SubscriptionState;
  base: string;
  /** The plan of its newest period or invoice. */
  plan: string;
  nextPlan: string | null;
  language: Language;
  amountIdr: number;
  owedIdr: number;
  periods: number;
  activeUntil: Date | null;
  /** When it ends unless it is paid for: grace included. */
  endsAt: Date | null;
  invoiceEndsAt: Date | null;
  remindAt: Date | null;
  remindersPaused: boolean;
  openedAt: Date | null;
  closedAt: Date | null;
  twin: boolean;
}

const COLUMNS = `o.business_id as business, o.code, o.state, s.base, o.offering_id as plan,
  s.next_plan as "nextPlan", o.language, o.amount_idr as "amountIdr", o.owed_idr as "owedIdr",
  s.periods, s.active_until as "activeUntil", o.ends_at as "endsAt", o.expires_at as "invoiceEndsAt",
  o.remind_at as "remindAt", s.reminders_paused as "remindersPaused", o.opened_at as "openedAt",
  o.closed_at as "closedAt", s.twin`;

const FROM = 'from orders o join subscriptions s using (business_id, code)';

/** The subscription of a base, or undefined when it never had one. */
export function findSubscriptionOf(
  db: Db,
  business: string,
  base: string,
): Promise<SubscriptionRow | undefined> {
  return maybeOne(
    db,
    `select ${COLUMNS} ${FROM} where s.business_id = $1 and s.base = $2 and not s.twin`,
    [business, base],
  );
}

export function findSubscription(db: Db, ref: BookingRef): Promise<SubscriptionRow | undefined> {
  return maybeOne(db, `select ${COLUMNS} ${FROM} where o.business_id = $1 and o.code = $2`, [
    ref.business,
    ref.code,
  ]);
}

/** Throws `NOT_FOUND`. */
export async function getSubscription(db: Db, ref: BookingRef): Promise<SubscriptionRow> {
  const found = await findSubscription(db, ref);
  if (!found) throw new DomainError('NOT_FOUND', 'There is no subscription of this code.');
  return found;
}

/** Locks the order, which is first of all locks (docs/locking.md). */
export async function lockSubscription(tx: Tx, ref: BookingRef): Promise<SubscriptionRow> {
  await run(tx, 'select 1 from orders where business_id = $1 and code = $2 for no key update', [
    ref.business,
    ref.code,
  ]);
  // A statement of its own: it sees what was committed while the lock was waited for.
  return getSubscription(tx, ref);
}

/**
 * The one way a subscription changes: locks it, lets `change` decide, stores it with its next deadline,
 * and answers what its workflow is to know.
 */
export async function changeSubscription(
  pool: Pool,
  ref: BookingRef,
  change: (tx: Tx, subscription: SubscriptionRow) => Promise<void>,
): Promise<Order> {
  const row = await inTransaction(pool, async (tx) => {
    const row = await lockSubscription(tx, ref);
    const before = JSON.stringify(row);
    await change(tx, row);
    if (JSON.stringify(row) !== before) await saveSubscription(tx, row);
    return row;
  });
  return seenByWorkflow(pool, row);
}

/** Stores what may change of a locked subscription, and its next deadline. */
export async function saveSubscription(tx: Tx, s: SubscriptionRow): Promise<void> {
  const deadline = nextDeadlineOf(s);
  await run(
    tx,
    `update orders set state = $3, offering_id = $4, amount_idr = $5, owed_idr = $6, ends_at = $7,
       expires_at = $8, remind_at = $9, opened_at = $10, closed_at = $11, next_deadline = $12,
       next_deadline_at = $13, visit_at = coalesce($14, visit_at), changed_at = clock_timestamp()
     where business_id = $1 and code = $2`,
    [
      s.business,
      s.code,
      s.state,
      s.plan,
      s.amountIdr,
      s.owedIdr,
      s.endsAt,
      s.invoiceEndsAt,
      s.remindAt,
      s.openedAt,
      s.closedAt,
      deadline?.kind ?? null,
      deadline ? new Date(deadline.atMs) : null,
      s.activeUntil,
    ],
  );
  await run(
    tx,
    `update subscriptions set periods = $3, active_until = $4, next_plan = $5, reminders_paused = $6
     where business_id = $1 and code = $2`,
    [s.business, s.code, s.periods, s.activeUntil, s.nextPlan, s.remindersPaused],
  );
}

async function seenByWorkflow(db: Db, s: SubscriptionRow): Promise<Order> {
  const deadline = nextDeadlineOf(s);
  return {
    state: s.state,
    ...(deadline && { nextDeadline: deadline }),
    ...(s.invoiceEndsAt && { expiresAtMs: s.invoiceEndsAt.getTime() }),
    visitAtMs: (s.activeUntil ?? s.invoiceEndsAt ?? new Date(0)).getTime(),
    periods: s.periods,
    due: await listErrands(db, s),
  };
}

/** What waits to be done beside the wait: invoices to make or close, messages, money to give back. */
async function listErrands(db: Db, { business, code }: BookingRef): Promise<Errand[]> {
  const due = await one<Record<Errand, boolean>>(
    db,
    `select
       exists (select from payments where business_id = $1 and code = $2 and state = 'new')
         or exists (${OUTDATED}) as collect,
       exists (select from refunds where business_id = $1 and code = $2 and state = 'due') as refund,
       exists (select from notices where business_id = $1 and code = $2 and state = 'due') as notices,
       exists (select from service_events where business_id = $1 and code = $2 and state = 'due')
         as "tell-service"`,
    [business, code],
  );
  return (Object.keys(due) as Errand[]).filter((errand) => due[errand]);
}

/**
 * Open invoices that nobody should pay any more: an older one than the newest, one for a period that is
 * paid, or any of a subscription that has ended.
 */
const OUTDATED = `
  select p.attempt from payments p join orders o using (business_id, code)
    join subscriptions s using (business_id, code)
  where p.business_id = $1 and p.code = $2 and p.state in ('new', 'pending', 'denied', 'review')
    and (o.state = 'ended' or p.for_period <= s.periods
      or p.attempt < (select max(attempt) from payments n where n.business_id = $1 and n.code = $2))`;

/** The oldest invoice that is to be closed at the provider, or undefined. */
export async function findOutdated(db: Db, ref: BookingRef): Promise<number | undefined> {
  const found = await maybeOne<{ attempt: number }>(db, `${OUTDATED} order by p.attempt limit 1`, [
    ref.business,
    ref.code,
  ]);
  return found?.attempt;
}
