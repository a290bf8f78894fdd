import { getBusiness } from '../../db/businesses.ts';
import { closeRefundsByHand, insertRefund } from '../../db/money/refunds.ts';
import { tell } from '../../db/order/notices.ts';
import { listOpenRequests, type Request } from '../../db/order/requests.ts';
import {
  cutPeriod,
  getPeriod,
  listPeriodMoney,
  noteGivenBack,
  type PeriodMoney,
} from '../../db/plan/periods.ts';
import { tellService } from '../../db/plan/service.ts';
import type { SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import { daysLater } from '../../domain/calendar.ts';
import { answerOnce, notAllowed, type Outcome } from '../answer.ts';
import { end } from './end.ts';
import { finishRefunds, remindBefore } from './money.ts';

/**
 * Answers what operators asked of a locked subscription, oldest first. A whole refund takes back the time that the
 * money bought, a part of it only the money; cancelling ends it now and gives back all that is not over.
 */
export async function answerPeriodRequests(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  for (const { requestId } of await listOpenRequests(tx, s)) {
    await answerOnce(tx, s, s.twin, requestId, (asked) => answer(tx, s, asked, now));
  }
}

async function answer(tx: Tx, s: SubscriptionRow, request: Request, now: Date): Promise<Outcome> {
  if (request.askedBy === 'customer') return notAllowed('Only the business gives money back.');
  if (request.kind === 'refund') return refund(tx, s, request, now);
  if (request.kind === 'cancel') return cancel(tx, s, request, now);
  return notAllowed('This is a subscription: it has no date to move and no repair state.');
}

async function refund(tx: Tx, s: SubscriptionRow, { wish }: Request, now: Date): Promise<Outcome> {
  const { amountIdr, reason = 'Refunded by the business.', byHand } = wish;
  if (byHand) {
    const closed = await closeRefundsByHand(tx, s, reason, now);
    if (closed === 0) return notAllowed('No refund of this subscription waits to be made by hand.');
    await finishRefunds(tx, s);
    return 'done';
  }
  // Always the newest, also when it went back already: a repeat must not reach for the one before.
  const [newest] = await listPeriodMoney(tx, s);
  if (!newest?.leftIdr) {
    return notAllowed(
      'Nothing is left that could go back of its newest period; cancelling ends it.',
    );
  }
  const wantedIdr = amountIdr ?? newest.leftIdr;
  if (wantedIdr > newest.leftIdr || wantedIdr <= 0) {
    return notAllowed(`At most ${newest.leftIdr} rupiah of its newest period can go back.`);
  }
  await giveBack(tx, s, newest, wantedIdr, reason, now);
  return 'done';
}

async function cancel(tx: Tx, s: SubscriptionRow, { wish }: Request, now: Date): Promise<Outcome> {
  const { reason = 'Cancelled by the business.' } = wish;
  for (const period of await listPeriodMoney(tx, s)) {
    if (period.toAt > now && period.leftIdr > 0)
      await giveBack(tx, s, period, period.leftIdr, reason, now);
  }
  await end(tx, s, now, 'stopped');
  return 'done';
}

/** Gives back money of a period; once all of it goes back, its time goes, too. */
async function giveBack(
  tx: Tx,
  s: SubscriptionRow,
  period: PeriodMoney,
  amountIdr: number,
  reason: string,
  now: Date,
): Promise<void> {
  const refundNo = await insertRefund(tx, s, period.attempt, amountIdr, reason, now);
  await noteGivenBack(tx, s, period.periodNo, amountIdr);
  s.owedIdr -= amountIdr;
  await tell(tx, s, 'given_back', String(refundNo), ['email', 'operator']);
  if (amountIdr === period.leftIdr) await takeBack(tx, s, period, now);
}

/** Takes back what is left of a period's time; a subscription of which none is left ends. */
async function takeBack(tx: Tx, s: SubscriptionRow, period: PeriodMoney, now: Date): Promise<void> {
  if (s.state !== 'active' || period.toAt <= now) return;
  const toAt = period.fromAt > now ? period.fromAt : now;
  await cutPeriod(tx, s, period.periodNo, toAt);
  s.activeUntil = toAt;
  if (toAt <= now) return end(tx, s, now, 'stopped');
  const before = await getPeriod(tx, s, period.periodNo - 1);
  const { timeZone, rules } = await getBusiness(tx, s.business);
  const endsAt = daysLater(timeZone, toAt, rules.graceDays);
  Object.assign(s, { endsAt, plan: before.plan, amountIdr: before.amountIdr });
  await remindBefore(tx, s, toAt, before.periodDays, now);
  await tellService(tx, s, 'subscription.changed', now);
}
