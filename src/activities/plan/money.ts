import { type Business, getBusiness } from '../../db/businesses.ts';
import { listRefunds, planPeriodRefunds } from '../../db/money/refunds.ts';
import { tell } from '../../db/order/notices.ts';
import {
  insertPeriod,
  listPaidInvoices,
  type PaidInvoice,
  passReminders,
  setReminders,
} from '../../db/plan/periods.ts';
import { tellService } from '../../db/plan/service.ts';
import type { SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import { daysLater, midnightBefore } from '../../domain/calendar.ts';
import type { PlanNoticeKind } from '../../domain/facts.ts';
import { cameAt } from '../../domain/payment.ts';
import { DAY_REMINDER_MS, periodStart, SOON_MS } from '../../domain/subscription.ts';

/**
 * Lets the money that is there decide about a locked subscription: each paid invoice buys one period,
 * once; what buys none goes back. Looks only at facts, so it may run any number of times.
 */
export async function acceptPeriods(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  const business = await getBusiness(tx, s.business);
  const paid = await listPaidInvoices(tx, s);
  for (const invoice of paid) {
    const isSecond = invoice.forPeriod <= s.periods;
    if (isSecond && business.rules.secondPayment === 'refund') continue;
    await renew(tx, s, business, invoice, now);
  }
  await returnRest(tx, s, now);
  await finishRefunds(tx, s);
}

async function renew(
  tx: Tx,
  s: SubscriptionRow,
  { timeZone, rules }: Business,
  invoice: PaidInvoice,
  now: Date,
): Promise<void> {
  const wasActive = s.state === 'active';
  const kind = kindOf(wasActive, invoice.forPeriod <= s.periods);
  const fromAt = periodStart(s, cameAt(invoice.cameAt, invoice.createdAt, now), now);
  const toAt = daysLater(timeZone, fromAt, invoice.periodDays);
  Object.assign(s, {
    state: 'active',
    periods: s.periods + 1,
    plan: invoice.plan,
    nextPlan: s.nextPlan === invoice.plan ? null : s.nextPlan,
    amountIdr: invoice.amountIdr,
    owedIdr: s.owedIdr + invoice.amountIdr,
    activeUntil: toAt,
    endsAt: daysLater(timeZone, toAt, rules.graceDays),
    // Every invoice there is was made for a period that is paid for now.
    invoiceEndsAt: null,
    closedAt: null,
  } satisfies Partial<SubscriptionRow>);
  await insertPeriod(tx, s, { ...invoice, periodNo: s.periods, fromAt, toAt, paidAt: now });
  await remindBefore(tx, s, toAt, invoice.periodDays, now);
  await tell(tx, s, kind, String(invoice.attempt), ['email', 'operator']);
  const event = wasActive ? 'subscription.renewed' : 'subscription.activated';
  await tellService(tx, s, event, now);
}

function kindOf(wasActive: boolean, isSecond: boolean): PlanNoticeKind {
  if (isSecond) return 'renewed_again';
  return wasActive ? 'renewed' : 'activated';
}

/** Sets when a subscription is reminded of its new end, instead of the old one. */
export async function remindBefore(
  tx: Tx,
  s: SubscriptionRow,
  toAt: Date,
  periodDays: number,
  now: Date,
): Promise<void> {
  const { timeZone, rules } = await getBusiness(tx, s.business);
  await setReminders(tx, s, remindersOf(timeZone, rules.remindDaysBefore, toAt, periodDays, now));
  s.remindAt = await passReminders(tx, s, now, 'skipped');
}

/**
 * The local midnights before an end that still lie ahead. A plan of a day that ends so soon that there may
 * be none is reminded of three hours before; a day on top of a month is a longer month.
 */
function remindersOf(
  timeZone: string,
  daysBefore: readonly number[],
  toAt: Date,
  periodDays: number,
  now: Date,
): Date[] {
  const isSoon = toAt.getTime() - now.getTime() < SOON_MS;
  const instants =
    periodDays === 1 && isSoon
      ? [new Date(toAt.getTime() - DAY_REMINDER_MS)]
      : daysBefore.map((days) => midnightBefore(timeZone, toAt, days));
  return instants.filter((at) => at > now);
}

/** Money that bought no period: too little of it, or twice for one where the business gives it back. */
async function returnRest(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  for (const refundNo of await planPeriodRefunds(tx, s, 'It bought no period.', now)) {
    await tell(tx, s, 'money_back', String(refundNo), ['email', 'operator']);
  }
}

/** Whoever gets money back is told once it went. Safe to repeat. */
export async function finishRefunds(tx: Tx, s: SubscriptionRow): Promise<void> {
  for (const { refundNo, state } of await listRefunds(tx, s)) {
    if (state === 'done') await tell(tx, s, 'money_returned', String(refundNo));
  }
}
