import { findDueRefund, markRefund } from '../../db/money/refunds.ts';
import { tell, wasTold } from '../../db/order/notices.ts';
import { changeSubscription } from '../../db/plan/subscriptions.ts';
import type { BookingRef, Order } from '../../domain/booking.ts';
import type { Deps } from '../deps.ts';
import { askForRefund } from '../refund.ts';
import { finishRefunds } from './money.ts';

/**
 * Asks the provider for the next refund of a subscription that is due, as `refundPayment` does for a
 * booking: its key makes the provider give it once, however often this runs.
 */
export async function refundPeriod(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const refund = await findDueRefund(deps.pool, ref);
  const went = refund && (await askForRefund(deps, refund));
  return changeSubscription(deps.pool, ref, async (tx, subscription) => {
    if (!refund || !went) return;
    await markRefund(tx, refund, went === 'pending' ? 'requested' : went, new Date(nowMs));
    if (went === 'by_hand') {
      const wasGiven = await wasTold(tx, subscription, 'given_back', String(refund.refundNo));
      const kind = wasGiven ? 'given_back' : 'money_back';
      await tell(tx, subscription, kind, `by hand ${refund.refundNo}`, ['operator']);
    }
    await finishRefunds(tx, subscription);
  });
}
