import type { BookingRef } from '../../domain/booking.ts';
import {
  type AttemptState,
  attemptAfter,
  type PayMethod,
  type PaymentPurpose,
  type ProviderWord,
  priceAsked,
  providerRef,
} from '../../domain/payment.ts';
import { holdOrder, type OrderRow, touchOrder } from '../order/orders.ts';
import { type Db, inTransaction, many, maybeOne, one, type Pool, run, type Tx } from '../pool.ts';

/** One attempt to collect money for an order. */
export interface Attempt extends BookingRef {
  attempt: number;
  provider: string;
  ref: string;
  purpose: PaymentPurpose;
  amountIdr: number;
  state: AttemptState;
  method: string | null;
  pageToken: string | null;
  pageUrl: string | null;
  pageExpiresAt: Date | null;
  /** The account to transfer to, where there is no page of the provider's. */
  vaBank: string | null;
  vaNumber: string | null;
  paidIdr: number;
  createdAt: Date;
}

export const ATTEMPT_COLUMNS = `business_id as business, code, attempt, provider, provider_ref as ref, purpose,
  amount_idr as "amountIdr", state, method, page_token as "pageToken", page_url as "pageUrl",
  page_expires_at as "pageExpiresAt", va_bank as "vaBank", va_number as "vaNumber", paid_idr as "paidIdr",
  created_at as "createdAt"`;

/** The attempts of an order, newest first. */
export function listAttempts(db: Db, ref: BookingRef): Promise<Attempt[]> {
  return many(
    db,
    `select ${ATTEMPT_COLUMNS} from payments where business_id = $1 and code = $2 order by attempt desc`,
    [ref.business, ref.code],
  );
}

/** What is open of a business, asked about longest ago first. */
export function listOpenAttempts(db: Db, business: string, limit: number): Promise<Attempt[]> {
  return many(
    db,
    `select ${ATTEMPT_COLUMNS} from payments
     where business_id = $1 and state in ('new', 'pending', 'denied', 'review')
     order by coalesce(asked_at, created_at) limit $2`,
    [business, limit],
  );
}

/** The attempt that a provider's order id names, in this very business. */
export function findAttempt(db: Db, business: string, ref: string): Promise<Attempt | undefined> {
  return maybeOne(
    db,
    `select ${ATTEMPT_COLUMNS} from payments where business_id = $1 and provider_ref = $2`,
    [business, ref],
  );
}

/** Whether money may still come for this attempt without anybody having to make a mistake. */
export function isOpen(attempt: Attempt): boolean {
  return !['paid', 'expired', 'cancelled'].includes(attempt.state);
}

/** Whether a customer can still pay on this attempt's page. */
export function isAlive(attempt: Attempt, now: Date): boolean {
  // An account to transfer to is of one method: refused, it offers no other as a page does.
  const states = attempt.vaNumber ? ['pending'] : ['pending', 'denied', 'review'];
  return states.includes(attempt.state) && attempt.pageUrl !== null && attempt.pageExpiresAt! > now;
}

/** How long making a page may take before somebody who waits for it asks again. */
const OPENING_MS = 60_000;

/** Whether the page of an attempt is being made at this moment. */
export function isOpening(attempt: Attempt, now: Date): boolean {
  return attempt.state === 'new' && attempt.createdAt.getTime() > now.getTime() - OPENING_MS;
}

/** What a customer is to pay now: all of it, or what is missing. Rupiah; never 0. */
export interface Wanted {
  purpose: PaymentPurpose;
  amountIdr: number;
}

/** What an order wants to be paid now, after what is there; undefined when nothing. */
export async function readWanted(db: Db, order: OrderRow): Promise<Wanted | undefined> {
  const asked = priceAsked(order);
  if (!asked) return undefined;
  const money = await readMoney(db, order);
  const amountIdr = asked.priceIdr - (money.paidIdr - money.plannedRefundIdr);
  return amountIdr > 0 ? { purpose: asked.purpose, amountIdr } : undefined;
}

/** Whether an attempt is for just this: one for an older price or purpose is of no use. */
export function isFor(attempt: Attempt, wanted: Wanted): boolean {
  return attempt.purpose === wanted.purpose && attempt.amountIdr === wanted.amountIdr;
}

/** Writes down a new attempt before the provider is asked for anything. */
export async function insertAttempt(
  tx: Tx,
  ref: BookingRef,
  wanted: Wanted & { attempt: number; provider: string },
  now: Date,
): Promise<Attempt> {
  return one(
    tx,
    `insert into payments (business_id, code, attempt, provider, provider_ref, purpose, amount_idr,
       state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'new', $8) returning ${ATTEMPT_COLUMNS}`,
    [
      ref.business,
      ref.code,
      wanted.attempt,
      wanted.provider,
      providerRef(ref.code, wanted.attempt),
      wanted.purpose,
      wanted.amountIdr,
      now,
    ],
  );
}

/** Stores the page of an attempt, which makes it payable. Keeps a page that is there. */
export async function storePage(
  db: Db,
  attempt: Attempt,
  page: {
    token: string | null;
    url: string;
    expiresAt: Date;
    va?: { bank: string; number: string };
  },
): Promise<void> {
  await run(
    db,
    `update payments set page_token = $4, page_url = $5, page_expires_at = $6, va_bank = $7, va_number = $8,
       state = case when state = 'new' then 'pending' else state end
     where business_id = $1 and code = $2 and attempt = $3 and page_url is null`,
    [
      attempt.business,
      attempt.code,
      attempt.attempt,
      page.token,
      page.url,
      page.expiresAt,
      page.va?.bank ?? null,
      page.va?.number ?? null,
    ],
  );
  await touchOrder(db, attempt);
}

/** What a provider's word changed; `confirmed` counts the refunds that it newly confirms. */
export interface Recorded {
  from: AttemptState;
  to: AttemptState;
  confirmed: number;
}

/** A page that nobody chose a method on is over for good this long after its end. */
const PAGE_IS_OVER_MS = 10 * 60_000;

/**
 * Stores what a provider says of an attempt, and which refunds it confirms. Money never goes away by
 * a later word (`attemptAfter`); asked twice with the same word it changes nothing more. A page that
 * ended without the provider having heard of anybody has expired.
 *
 * Locks the order, then the attempt. What it changes and nobody decides on is found by `listUndone`.
 */
export async function recordWord(
  pool: Pool,
  attempt: Attempt,
  word: ProviderWord,
  now: Date,
): Promise<Recorded> {
  const store = async (tx: Tx): Promise<Recorded> => {
    // First, since a decision that holds the order may write to its attempts.
    await holdOrder(tx, attempt);
    const { state: from } = await one<{ state: AttemptState }>(
      tx,
      `select state from payments where business_id = $1 and code = $2 and attempt = $3
       for no key update`,
      [attempt.business, attempt.code, attempt.attempt],
    );
    const to = attemptAfter(
      from,
      nobodyCame(attempt, word, now) ? { ...word, state: 'expired' } : word,
    );
    await storeWord(tx, attempt, word, to, now);
    const confirmed = await confirmRefunds(tx, attempt, word.refundKeys, now);
    if (from !== to || confirmed > 0) await touchOrder(tx, attempt);
    return { from, to, confirmed };
  };
  // Lost, it is asked for again; the decision that stands on it waits for the disk.
  return inTransaction(pool, store, { flush: 'later' });
}

function nobodyCame(attempt: Attempt, word: ProviderWord, now: Date): boolean {
  const pageEndMs = attempt.pageExpiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return word.state === 'unknown' && pageEndMs + PAGE_IS_OVER_MS < now.getTime();
}

async function storeWord(
  tx: Tx,
  attempt: Attempt,
  word: ProviderWord,
  to: AttemptState,
  now: Date,
): Promise<void> {
  await run(
    tx,
    `update payments set state = $4, provider_status = $5, fraud_status = $6,
       method = coalesce($7, method), transaction_id = coalesce($8, transaction_id),
       paid_idr = greatest(paid_idr, $9), refunded_idr = greatest(refunded_idr, $10),
       asked_at = $11, paid_at = case when $4 = 'paid' then coalesce(paid_at, $11) end,
       came_at = case when $4 = 'paid' then coalesce(came_at, $12) end,
       found = found or ($4 = 'paid' and paid_at is null and ${NO_WEBHOOK_OF_MONEY})
     where business_id = $1 and code = $2 and attempt = $3`,
    [
      attempt.business,
      attempt.code,
      attempt.attempt,
      to,
      word.status,
      word.fraudStatus ?? null,
      word.method ?? null,
      word.transactionId ?? null,
      to === 'paid' ? word.paidIdr : 0,
      word.refundedIdr,
      now,
      word.paidAt ?? null,
    ],
  );
}

const NO_WEBHOOK_OF_MONEY = `not exists (select from payment_events e
  where e.business_id = $1 and e.code = $2 and e.attempt = $3 and e.status = 'paid')`;

async function confirmRefunds(
  tx: Tx,
  attempt: Attempt,
  keys: string[],
  now: Date,
): Promise<number> {
  if (keys.length === 0) return 0;
  return run(
    tx,
    `update refunds set state = 'done', done_at = $5
     where business_id = $1 and code = $2 and attempt = $3 and state = 'requested'
       and code || '-' || attempt || '-r' || refund_no = any($4)`,
    [attempt.business, attempt.code, attempt.attempt, keys, now],
  );
}

/** What came and what goes back, over all attempts of an order. Rupiah. */
export interface Money {
  paidIdr: number;
  plannedRefundIdr: number;
  reviewing: boolean;
}

export function readMoney(db: Db, ref: BookingRef): Promise<Money> {
  return one(
    db,
    `select
       (select coalesce(sum(paid_idr), 0) from payments
        where business_id = $1 and code = $2)::bigint as "paidIdr",
       (select coalesce(sum(amount_idr), 0) from refunds
        where business_id = $1 and code = $2)::bigint as "plannedRefundIdr",
       exists (select from payments
        where business_id = $1 and code = $2 and state = 'review') as reviewing`,
    [ref.business, ref.code],
  );
}

/** How the customer of an order said they want to pay; null: they choose on the page. */
export async function readPayMethod(db: Db, ref: BookingRef): Promise<PayMethod | null> {
  const sql = `select pay_method as method from orders where business_id = $1 and code = $2`;
  const { method } = await one<{ method: PayMethod | null }>(db, sql, [ref.business, ref.code]);
  return method;
}
