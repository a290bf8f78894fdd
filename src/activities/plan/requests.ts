import { getBusiness } from '../../db/businesses.ts';
import { closeRefundsByHand, insertRefund } from '../../db/money/refunds.ts';
import { tell } from '../../db/order/notices.ts';
import type { Request } from '../../db/order/requests.ts';
import { cutPeriod, listRefundablePeriods, type RefundablePeriod } from '../../db/plan/periods.ts';
import type { SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import { daysLater } from '../../domain/calendar.ts';
import { answerOnce, notAllowed, type Outcome } from '../answer.ts';
import { end } from './end.ts';
import { finishRefunds, remindBefore } from './money.ts';

/**
 * Answers what an operator asked of a locked subscription. A whole refund takes back the time that the
 * money bought, a part of it only the money; cancelling ends it now and gives back all that is not over.
 */
export function answerPeriodRequest(
  tx: Tx,
  s: SubscriptionRow,
  requestId: string,
  now: Date,
): Promise<void> {
  return answerOnce(tx, s, s.twin, requestId, async (request) => {
    if (request.askedBy === 'customer') return notAllowed('Only the business gives money back.');
    if (request.kind === 'refund') return refund(tx, s, request, now);
    if (request.kind === 'cancel') return cancel(tx, s, request, now);
    return notAllowed('This is a subscription: it has no date to move and no repair state.');
  });
}

async function refund(tx: Tx, s: SubscriptionRow, { wish }: Request, now: Date): Promise<Outcome> {
  const { amountIdr, reason = 'Refunded by the business.', byHand } = wish;
  if (byHand) {
    const closed = await closeRefundsByHand(tx, s, reason, now);
    if (closed === 0) return notAllowed('No refund of this subscription waits to be made by hand.');
    await finishRefunds(tx, s);
    return 'done';
  }
  const [newest] = await listRefundablePeriods(tx, s);
  if (!newest) return notAllowed('No period of this subscription has money that could go back.');
  const wantedIdr = amountIdr ?? newest.leftIdr;
  if (wantedIdr > newest.leftIdr || wantedIdr <= 0) {
    return notAllowed(`At most ${newest.leftIdr} rupiah of its newest period can go back.`);
  }
  await giveBack(tx, s, newest, wantedIdr, reason, now);
  return 'done';
}

async function cancel(tx: Tx, s: SubscriptionRow, { wish }: Request, now: Date): Promise<Outcome> {
  const { reason = 'Cancelled by the business.' } = wish;
  for (const period of await listRefundablePeriods(tx, s)) {
    if (period.toAt > now) await giveBack(tx, s, period, period.leftIdr, reason, now);
  }
  await end(tx, s, now);
  return 'done';
}

/** Gives back money of a period; once all of it goes back, its time goes, too. */
async function giveBack(
  tx: Tx,
  s: SubscriptionRow,
  period: RefundablePeriod,
  amountIdr: number,
  reason: string,
  now: Date,
): Promise<void> {
  const refundNo = await insertRefund(tx, s, period.attempt, amountIdr, reason, now);
  s.owedIdr -= amountIdr;
  await tell(tx, s, 'given_back', String(refundNo), ['email', 'operator']);
  if (amountIdr === period.leftIdr) await takeBack(tx, s, period, now);
}

/** Takes back what is left of a period's time; a subscription of which none is left ends. */
async function takeBack(
  tx: Tx,
  s: SubscriptionRow,
  period: RefundablePeriod,
  now: Date,
): Promise<void> {
  if (s.state !== 'active' || period.toAt <= now) return;
  const toAt = period.fromAt > now ? period.fromAt : now;
  await cutPeriod(tx, s, period.periodNo, toAt);
  s.activeUntil = toAt;
  if (toAt <= now) return end(tx, s, now);
  const { timeZone, rules } = await getBusiness(tx, s.business);
  s.endsAt = daysLater(timeZone, toAt, rules.graceDays);
  const [before] = await listRefundablePeriods(tx, s);
  await remindBefore(tx, s, toAt, before?.periodDays ?? period.periodDays, now);
}
