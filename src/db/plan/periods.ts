import type { BookingRef } from '../../domain/booking.ts';
import { providerRef } from '../../domain/payment.ts';
import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';
import { hashToken, type Vault } from '../vault.ts';

/** What a period of a subscription costs and how long it lasts, as its invoice says. */
export interface Offer {
  plan: string;
  periodDays: number;
  amountIdr: number;
}

/** Writes down an invoice before the provider is asked for anything; answers its attempt. */
export async function insertInvoice(
  tx: Tx,
  vault: Vault,
  ref: BookingRef,
  invoice: Offer & {
    provider: string;
    forPeriod: number;
    expiresAt: Date;
    chatId: number | null;
  },
  now: Date,
): Promise<number> {
  const { next } = await one<{ next: number }>(
    tx,
    `select coalesce(max(attempt), 0) + 1 as next from payments
     where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
  await run(
    tx,
    `insert into payments (business_id, code, attempt, provider, provider_ref, purpose, amount_idr,
       state, created_at, pay_token_hash, plan, period_days, for_period, expires_at, chat_id)
     values ($1, $2, $3, $4, $5, 'period', $6, 'new', $7, $8, $9, $10, $11, $12, $13)`,
    [
      ref.business,
      ref.code,
      next,
      invoice.provider,
      providerRef(ref.code, next),
      invoice.amountIdr,
      now,
      hashToken(vault.tokenOf('invoice', ref, next)),
      invoice.plan,
      invoice.periodDays,
      invoice.forPeriod,
      invoice.expiresAt,
      invoice.chatId,
    ],
  );
  return next;
}

/** An invoice that was paid and for which there is no period yet. */
export interface PaidInvoice extends Offer {
  attempt: number;
  forPeriod: number;
  paidIdr: number;
  createdAt: Date;
  /** When the provider says it was paid, if it said so. */
  cameAt: Date | null;
}

/** In the order in which they were made. What was paid too little of buys nothing. */
export function listPaidInvoices(tx: Tx, ref: BookingRef): Promise<PaidInvoice[]> {
  return many(
    tx,
    `select p.attempt, p.plan, p.period_days as "periodDays", p.for_period as "forPeriod",
       p.amount_idr as "amountIdr", p.paid_idr as "paidIdr", p.created_at as "createdAt",
       p.came_at as "cameAt"
     from payments p
     where p.business_id = $1 and p.code = $2 and p.state = 'paid' and p.paid_idr >= p.amount_idr
       and not exists (select from periods b where b.business_id = p.business_id
         and b.code = p.code and b.attempt = p.attempt)
       and not exists (select from refunds r where r.business_id = p.business_id
         and r.code = p.code and r.attempt = p.attempt)
     order by p.attempt`,
    [ref.business, ref.code],
  );
}

export interface Period extends Offer {
  periodNo: number;
  attempt: number;
  fromAt: Date;
  toAt: Date;
  paidAt: Date;
}

/** Writes down what an invoice bought; its attempt buys nothing a second time. */
export async function insertPeriod(tx: Tx, ref: BookingRef, period: Omit<Period, 'periodDays'>) {
  await run(
    tx,
    `insert into periods (business_id, code, period_no, attempt, plan, amount_idr, from_at, to_at,
       paid_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ref.business,
      ref.code,
      period.periodNo,
      period.attempt,
      period.plan,
      period.amountIdr,
      period.fromAt,
      period.toAt,
      period.paidAt,
    ],
  );
}

/** Sets the instants at which a subscription is reminded of its new end; what was told stays. */
export async function setReminders(tx: Tx, ref: BookingRef, instants: Date[]): Promise<void> {
  await run(tx, `delete from reminders where business_id = $1 and code = $2 and state = 'ahead'`, [
    ref.business,
    ref.code,
  ]);
  await run(
    tx,
    `insert into reminders (business_id, code, at, state) select $1, $2, unnest($3::timestamptz[]), 'ahead'
     on conflict do nothing`,
    [ref.business, ref.code, instants],
  );
}

/** The reminders that are due go to `state`; answers when the next one is. */
export async function passReminders(
  tx: Tx,
  ref: BookingRef,
  now: Date,
  state: 'told' | 'skipped',
): Promise<Date | null> {
  await run(
    tx,
    `update reminders set state = $4
     where business_id = $1 and code = $2 and state = 'ahead' and at <= $3`,
    [ref.business, ref.code, now, state],
  );
  const next = await maybeOne<{ at: Date }>(
    tx,
    `select at from reminders where business_id = $1 and code = $2 and state = 'ahead'
     order by at limit 1`,
    [ref.business, ref.code],
  );
  return next?.at ?? null;
}

/** An invoice as people see it. */
export interface Invoice extends Offer {
  attempt: number;
  state: string;
  pageUrl: string | null;
  pageExpiresAt: Date | null;
  expiresAt: Date;
  forPeriod: number;
  createdAt: Date;
  paidAt: Date | null;
  paidIdr: number;
  chatId: number | null;
}

/** The invoices of a subscription, newest first. */
export function listInvoices(db: Db, ref: BookingRef, limit = 100): Promise<Invoice[]> {
  return many(
    db,
    `select attempt, state, plan, period_days as "periodDays", amount_idr as "amountIdr",
       page_url as "pageUrl", page_expires_at as "pageExpiresAt", expires_at as "expiresAt",
       for_period as "forPeriod", created_at as "createdAt", paid_at as "paidAt",
       paid_idr as "paidIdr", chat_id as "chatId"
     from payments where business_id = $1 and code = $2 and purpose = 'period'
     order by attempt desc limit $3`,
    [ref.business, ref.code, limit],
  );
}

/** The invoice that a link to pay opens, or undefined. */
export function findInvoiceByToken(
  db: Db,
  token: string,
): Promise<(BookingRef & { attempt: number }) | undefined> {
  return maybeOne(
    db,
    `select business_id as business, code, attempt from payments where pay_token_hash = $1`,
    [hashToken(token)],
  );
}

const PERIODS = `select b.period_no as "periodNo", b.attempt, b.plan, p.period_days as "periodDays",
    b.amount_idr as "amountIdr", b.from_at as "fromAt", b.to_at as "toAt", b.paid_at as "paidAt"
  from periods b join payments p using (business_id, code, attempt)
  where b.business_id = $1 and b.code = $2`;

/** The periods of a subscription, newest first. */
export function listPeriods(db: Db, ref: BookingRef, limit = 100): Promise<Period[]> {
  return many(db, `${PERIODS} order by b.period_no desc limit $3`, [ref.business, ref.code, limit]);
}

export function getPeriod(db: Db, ref: BookingRef, periodNo: number): Promise<Period> {
  return one(db, `${PERIODS} and b.period_no = $3`, [ref.business, ref.code, periodNo]);
}

/** A period, and what of its money was not given back. */
export interface PeriodMoney {
  periodNo: number;
  attempt: number;
  fromAt: Date;
  toAt: Date;
  leftIdr: number;
}

/** The periods of a subscription, newest first, each with what could go back of it. */
export function listPeriodMoney(tx: Tx, ref: BookingRef): Promise<PeriodMoney[]> {
  return many(
    tx,
    `select period_no as "periodNo", attempt, from_at as "fromAt", to_at as "toAt",
       amount_idr - back_idr as "leftIdr"
     from periods where business_id = $1 and code = $2 order by period_no desc`,
    [ref.business, ref.code],
  );
}

/** Notes that money of a period goes back: what its invoice brings beyond the rest is not owed. */
export async function noteGivenBack(
  tx: Tx,
  ref: BookingRef,
  periodNo: number,
  amountIdr: number,
): Promise<void> {
  await run(
    tx,
    `update periods set back_idr = back_idr + $4
     where business_id = $1 and code = $2 and period_no = $3`,
    [ref.business, ref.code, periodNo, amountIdr],
  );
}

/** Takes back the end of a period: it lasted until `toAt`. */
export async function cutPeriod(
  tx: Tx,
  ref: BookingRef,
  periodNo: number,
  toAt: Date,
): Promise<void> {
  await run(
    tx,
    `update periods set to_at = $4 where business_id = $1 and code = $2 and period_no = $3`,
    [ref.business, ref.code, periodNo, toAt],
  );
}
