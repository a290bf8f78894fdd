import type { SubscriptionFacts } from './facts.ts';
import { type RefundTotal, refundTotal } from './refund.ts';

/** Whether an invoice is paid and what its money buys is decided right now. */
export function isUncounted(facts: SubscriptionFacts, attempt: number): boolean {
  const { invoices, periods, refunds } = facts;
  return (
    invoices.some((one) => one.attempt === attempt && one.state === 'paid') &&
    ![...periods, ...refunds].some((one) => one.attempt === attempt)
  );
}

/** What goes back of the money of an invoice, if anything; `isAll`: nothing of it stays. */
export function givenBack(
  facts: SubscriptionFacts,
  attempt: number,
): (RefundTotal & { isAll: boolean }) | undefined {
  const invoice = facts.invoices.find((one) => one.attempt === attempt);
  const refund = refundTotal(facts.refunds.filter((one) => one.attempt === attempt));
  return refund && { ...refund, isAll: refund.amountIdr >= (invoice?.paidIdr ?? 0) };
}
