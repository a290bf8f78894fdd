import type { BookingRef, Kind } from '../../domain/booking.ts';
import type { NoticeChannel, NoticeKind } from '../../domain/facts.ts';
import { providerRef } from '../../domain/payment.ts';
import { newCode } from '../order/drafts.ts';
import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';
import { hashToken, type Vault } from '../vault.ts';

/** An order as a rehearsal sees it. */
export interface Rehearsed extends BookingRef {
  kind: Kind;
  state: string;
  twinOf: string | null;
  chatId: number | null;
  deadline: string | null;
  deadlineAt: Date | null;
  activeUntil: Date | null;
  closedAt: Date | null;
}

const REHEARSED = `select o.business_id as business, o.code, o.kind, o.state,
    o.twin_of as "twinOf", o.chat_id as "chatId", o.next_deadline as deadline,
    o.next_deadline_at as "deadlineAt", s.active_until as "activeUntil", o.closed_at as "closedAt"
  from orders o left join subscriptions s using (business_id, code)`;

/** The order of a code, of one business or of any. */
export function findRehearsed(
  db: Db,
  code: string,
  business?: string,
): Promise<Rehearsed | undefined> {
  return maybeOne(
    db,
    `${REHEARSED} where o.code = $1 and ($2::text is null or o.business_id = $2)`,
    [code, business ?? null],
  );
}

/** What is not copied as it is: links of its own, nobody's address, no ticket, no wish to end. */
const CHANGED = `$3, $2, $4, $5, null, $6, b.email, null, now(), now(),
  coalesce(o.opened_at, now()), coalesce(o.issued_at, o.paid_at)`;

const CHANGED_COLUMNS = `code, twin_of, token_hash, pay_token_hash, waiting_token_hash, chat_id,
  customer_email, customer_phone, created_at, changed_at, opened_at, issued_at`;

const COPIED = [
  ...['business_id', 'kind', 'offering_id', 'date', 'time', 'quantity', 'state', 'amount_idr'],
  ...['booked_idr', 'owed_idr', 'language', 'customer_name', 'requested_at', 'visit_at', 'ends_at'],
  ...['cut_off_at', 'expires_at', 'remind_at', 'reminders', 'review_until', 'paid_at', 'closed_at'],
  ...['visit_remind_at', 'visit_reminded_at', 'next_deadline', 'next_deadline_at', 'offered_at'],
  ...['unconfirmed', 'reschedules', 'repair_state'],
];

/**
 * Copies what decides of an order to a marked twin, under a code of its own: it holds no place, claims
 * no identity, has no ticket and no page at a provider. What it says goes to the business's address
 * and, where `chatId` is given, to that chat.
 */
export async function insertTwin(
  tx: Tx,
  vault: Vault,
  { business, code, kind }: Rehearsed,
  chatId: number | null,
): Promise<BookingRef> {
  const twin = { business, code: newCode() };
  const hashed = (way: 'booking' | 'pay') => hashToken(vault.tokenOf(way, twin));
  await run(
    tx,
    `insert into orders (${CHANGED_COLUMNS}, ${COPIED.join(', ')})
     select ${CHANGED}, ${COPIED.map((column) => `o.${column}`).join(', ')}
     from orders o join businesses b using (business_id)
     where o.business_id = $1 and o.code = $2
     -- All that is copied is of one moment: whoever changes the order locks it, and waits for us.
     for share of o`,
    [business, code, twin.code, hashed('booking'), hashed('pay'), chatId],
  );
  const pair = [business, code, twin.code];
  if (kind === 'plan') await copySubscription(tx, vault, twin, pair);
  else await copyBooking(tx, twin, pair);
  return twin;
}

/** Its periods are counted anew: nobody pays a twin, so that its workflow stays one run. */
async function copySubscription(tx: Tx, vault: Vault, twin: BookingRef, pair: string[]) {
  await run(
    tx,
    `insert into subscriptions (business_id, code, base, active_until, next_plan, reminders_paused,
       twin)
     select business_id, $3, base, active_until, next_plan, reminders_paused, true
     from subscriptions where business_id = $1 and code = $2`,
    pair,
  );
  await run(
    tx,
    `insert into reminders (business_id, code, at, state)
     select business_id, $3, at, state from reminders
     where business_id = $1 and code = $2 and state = 'ahead'`,
    pair,
  );
  await run(
    tx,
    `insert into payments (business_id, code, attempt, provider, provider_ref, purpose, amount_idr,
       state, created_at, pay_token_hash, plan, period_days, for_period, expires_at)
     select p.business_id, $3, 1, 'rehearsal', $4, 'period', p.amount_idr, 'new', p.created_at, $5,
       p.plan, p.period_days, 1, p.expires_at
     from payments p join orders o using (business_id, code)
     where business_id = $1 and code = $2 and o.expires_at is not null
       and p.state in ('new', 'pending', 'denied', 'review')
     order by p.attempt desc limit 1`,
    [...pair, providerRef(twin.code, 1), hashToken(vault.tokenOf('invoice', twin, 1))],
  );
}

/** What was paid counts as paid; what is open gets a page of the rehearsal's own. */
async function copyBooking(tx: Tx, twin: BookingRef, pair: string[]): Promise<void> {
  await run(
    tx,
    `insert into order_options (business_id, code, option_id, name, price_idr)
     select business_id, $3, option_id, name, price_idr from order_options
     where business_id = $1 and code = $2`,
    pair,
  );
  const attempts = await many<{ attempt: number }>(
    tx,
    'select attempt from payments where business_id = $1 and code = $2 order by attempt',
    pair.slice(0, 2),
  );
  for (const { attempt } of attempts) {
    await run(
      tx,
      `insert into payments (business_id, code, attempt, provider, provider_ref, purpose,
         amount_idr, state, created_at, paid_at, paid_idr)
       select business_id, $3, attempt, 'rehearsal', $5, purpose, amount_idr,
         case when state in ('new', 'pending', 'denied') then 'new' else state end, created_at,
         paid_at, paid_idr - refunded_idr
       from payments where business_id = $1 and code = $2 and attempt = $4`,
      [...pair, attempt, providerRef(twin.code, attempt)],
    );
  }
}

/** Leaves the rows of a twin, marked, and nothing that upkeep would look after. Safe to repeat. */
export async function endTwin(tx: Tx, { business, code }: BookingRef): Promise<void> {
  const twin = [business, code];
  await run(
    tx,
    `update orders set next_deadline = null, next_deadline_at = null
     where business_id = $1 and code = $2 and twin_of is not null`,
    twin,
  );
  await run(
    tx,
    `update payments set state = 'cancelled' where business_id = $1 and code = $2
       and provider = 'rehearsal' and state in ('new', 'pending', 'denied', 'review')`,
    twin,
  );
  await run(
    tx,
    `update notices set state = 'dropped'
     where business_id = $1 and code = $2 and state = 'due'`,
    twin,
  );
}

/** One thing that was told by a twin, and the invoice that it offers, if any. */
export interface Told {
  kind: NoticeKind;
  occurrence: string;
  channel: NoticeChannel;
  state: 'due' | 'sent' | 'failed' | 'dropped';
}

/** What a twin told, oldest first. */
export function listTold(db: Db, { business, code }: BookingRef): Promise<Told[]> {
  return many(
    db,
    `select kind, occurrence, channel, state from notices
     where business_id = $1 and code = $2 order by created_at, kind, channel`,
    [business, code],
  );
}

/** When a twin's reminders were due that it met, told or skipped, oldest first. */
export async function listReminded(db: Db, { business, code }: BookingRef): Promise<Date[]> {
  const met = await many<{ at: Date }>(
    db,
    `select at from reminders
     where business_id = $1 and code = $2 and state <> 'ahead' order by at`,
    [business, code],
  );
  return met.map(({ at }) => at);
}

/** Where what a twin tells goes, and its newest invoice. */
export function readTwinContacts(
  db: Db,
  { business, code }: BookingRef,
): Promise<{ email: string; timeZone: string; attempt: number | null }> {
  return one(
    db,
    `select b.email, b.time_zone as "timeZone",
       (select max(attempt) from payments p where p.business_id = $1 and p.code = $2) as attempt
     from businesses b where b.business_id = $1`,
    [business, code],
  );
}

/** Whether the outbox of a twin still has something to send, or an invoice to make. */
export async function hasErrands(db: Db, { business, code }: BookingRef): Promise<boolean> {
  const { busy } = await one<{ busy: boolean }>(
    db,
    `select exists (select from notices where business_id = $1 and code = $2 and state = 'due'
         and tries = 0)
       or exists (select from payments p join orders o using (business_id, code)
         where p.business_id = $1 and p.code = $2 and p.state = 'new'
           and o.state in ('pending', 'active')) as busy`,
    [business, code],
  );
  return busy;
}
