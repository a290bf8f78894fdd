import type { ProviderWord } from '../../domain/payment.ts';
import { type Invoice, paidOf } from './invoices.ts';
import { type Refund, refundedOf } from './refunds.ts';

/**
 * The invoices of one ref and their refunds in our words: money on any of them counts, and as long as
 * one can be paid the attempt is open.
 */
export function wordOf(invoices: Invoice[], refunds: Refund[]): ProviderWord {
  const telling = ORDER.flatMap((state) => invoices.filter((each) => stateOf(each) === state))[0];
  if (!telling) return NOTHING;
  const { status, payment_id: paymentId, payment_method: method } = telling;
  const paidAt = paidAtOf(telling);
  return {
    state: stateOf(telling),
    status: status.toLowerCase(),
    ...(method && { method: method.toLowerCase() }),
    transactionId: paymentId ?? telling.id,
    paidIdr: invoices.reduce((sum, invoice) => sum + paidOf(invoice), 0),
    refundedIdr: refundedOf(refunds),
    refundKeys: confirmedKeys(refunds),
    ...(paidAt && { paidAt }),
  };
}

/** Which of several invoices tells how the attempt stands. */
const ORDER = ['paid', 'unknown', 'pending', 'expired'] as const;

const NOTHING: ProviderWord = {
  state: 'unknown',
  status: 'not found',
  paidIdr: 0,
  refundedIdr: 0,
  refundKeys: [],
};

function stateOf(invoice: Invoice): (typeof ORDER)[number] {
  if (paidOf(invoice) > 0) return 'paid';
  if (invoice.status === 'PENDING') return 'pending';
  return invoice.status === 'EXPIRED' ? 'expired' : 'unknown';
}

function paidAtOf(invoice: Invoice): Date | undefined {
  if (paidOf(invoice) === 0) return undefined;
  const said = new Date(invoice.paid_at ?? '');
  return Number.isNaN(said.getTime()) ? undefined : said;
}

function confirmedKeys(refunds: Refund[]): string[] {
  const confirmed = refunds.filter(({ status }) => status === 'SUCCEEDED');
  return confirmed.flatMap(({ reference_id: key }) => (key ? [key] : []));
}
