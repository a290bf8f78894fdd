import { getAccount } from '../db/businesses.ts';
import { listAttempts } from '../db/money/payments.ts';
import { findDueRefund, markRefund, type Refund, refundKey } from '../db/money/refunds.ts';
import { tell } from '../db/order/notices.ts';
import { changeOrder } from '../db/order/orders.ts';
import type { BookingRef, Order } from '../domain/booking.ts';
import { ProviderError } from '../payments/provider.ts';
import type { Deps } from './deps.ts';
import { finishRefunds } from './money.ts';

/**
 * Asks the provider for the next refund that is due. Its key makes the provider give it once, however
 * often this runs; where the channel has no refund (bank transfer) an operator is asked to.
 */
export async function refundPayment(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const refund = await findDueRefund(deps.pool, ref);
  const went = refund && (await askForRefund(deps, refund));
  return changeOrder(deps.pool, ref, async (tx, order) => {
    if (!refund || !went) return;
    const now = new Date(nowMs);
    await markRefund(tx, refund, went === 'pending' ? 'requested' : went, now);
    if (went === 'by_hand') {
      await tell(tx, order, 'refund_due', `by hand ${refund.refundNo}`, ['operator']);
    }
    await finishRefunds(tx, order);
  });
}

/** Asks the provider for one refund; one that is refused for good is for a person to give. */
export async function askForRefund(
  deps: Deps,
  refund: Refund,
): Promise<'done' | 'pending' | 'by_hand'> {
  const attempts = await listAttempts(deps.pool, refund);
  const attempt = attempts.find((a) => a.attempt === refund.attempt)!;
  const account = await getAccount(deps.pool, deps.vault, refund.business, attempt.provider);
  const wish = {
    ref: attempt.ref,
    key: refundKey(refund),
    amountIdr: refund.amountIdr,
    paidIdr: attempt.paidIdr,
    reason: refund.reason,
  };
  try {
    return await deps.provider(attempt.provider).refund(account, wish);
  } catch (error) {
    // Refused for good (the channel's window is over, say): a person has to give it back.
    if (error instanceof ProviderError && !error.temporary) return 'by_hand';
    throw error;
  }
}
