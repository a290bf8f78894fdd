import { ProviderError, type RefundWish } from '../provider.ts';
import { type Answer, codeOf, refusal } from './answers.ts';
import type { Call } from './client.ts';
import { type Invoice, listInvoices, paidOf, somethingElse } from './invoices.ts';
import { listRefunds, Refund, refundedOf } from './refunds.ts';

type Went = 'done' | 'pending' | 'by_hand';

/** Refusals of a channel (bank transfer, counters, QR) or of an account: a person gives it back. */
const BY_HAND = ['REFUND_NOT_SUPPORTED', 'PARTIAL_REFUND_NOT_SUPPORTED', 'INELIGIBLE_TRANSACTION'];

/**
 * Gives money back once per key, which Xendit knows as the refund's reference and as the key of the
 * request: what it has of the key is read before it is asked.
 */
export async function refund(call: Call, wish: RefundWish): Promise<Went> {
  const invoices = await listInvoices(call, wish.ref);
  const paid = invoices.filter((invoice) => paidOf(invoice) > 0);
  const refunds = await Promise.all(paid.map(({ id }) => listRefunds(call, id)));
  const known = refunds.flat().find(({ reference_id: key }) => key === wish.key);
  if (known) return wentBy(known);
  if (paid.length === 0) {
    throw new ProviderError(`Xendit has no money of ${wish.ref}: nothing to give back.`, false);
  }
  const invoice = paid.find((each, at) => leftOf(each, refunds[at]!) >= wish.amountIdr);
  return invoice ? giveBack(call, invoice, wish) : 'by_hand';
}

function leftOf(invoice: Invoice, refunds: Refund[]): number {
  return paidOf(invoice) - refundedOf(refunds);
}

async function giveBack(call: Call, { id }: Invoice, wish: RefundWish): Promise<Went> {
  const answer = await call.createRefund(wish.key, {
    invoiceId: id,
    referenceId: wish.key,
    amount: wish.amountIdr,
    currency: 'IDR',
    // Ours stays with us: an operator may have written a name into it.
    reason: 'OTHERS',
  });
  if (answer.status >= 400) return refused(answer);
  const made = Refund.safeParse(answer.body);
  if (!made.success) throw somethingElse();
  return wentBy(made.data);
}

function refused(answer: Answer): Went {
  const code = codeOf(answer) ?? '';
  if (BY_HAND.includes(code)) return 'by_hand';
  // The key is listed a little later, or the bank still works on another one.
  if (['DUPLICATE_ERROR', 'REFUND_IN_PROGRESS'].includes(code)) {
    throw new ProviderError(`Xendit would not refund yet: ${code}`, true, answer.status);
  }
  throw refusal('refund', answer);
}

/** A refund that failed is not asked for again: its key answers the same for ever. */
function wentBy({ status }: Refund): Went {
  if (status === 'SUCCEEDED') return 'done';
  return status === 'FAILED' || status === 'CANCELLED' ? 'by_hand' : 'pending';
}
