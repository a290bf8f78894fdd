import type { ProviderWord } from '../../domain/payment.ts';
import type { Call } from './client.ts';
import { listInvoices, wordOf } from './invoice.ts';
import { listRefunds } from './refund.ts';

const NOTHING: ProviderWord = {
  state: 'unknown',
  status: 'not found',
  paidIdr: 0,
  refundedIdr: 0,
  refundKeys: [],
};

/** Which state of several invoices of one ref tells how it stands. */
const FIRST: ProviderWord['state'][] = ['paid', 'review', 'pending', 'denied', 'expired'];

/**
 * What Xendit says of a ref. If an answer was lost there are two invoices of it: money on either counts,
 * and on both twice.
 */
export async function ask(call: Call, ref: string): Promise<ProviderWord> {
  const invoices = await listInvoices(call, ref);
  const words = invoices.map(wordOf);
  const state = FIRST.find((one) => words.some((word) => word.state === one));
  const [word] = words.filter((one) => one.state === state);
  if (!word) return words[0] ?? NOTHING;
  const paid = words.filter((one) => one.state === 'paid');
  const paidIdr = paid.reduce((sum, one) => sum + one.paidIdr, 0);
  if (paidIdr === 0) return word;
  const refunds = (
    await Promise.all(paid.map((one) => listRefunds(call, one.transactionId ?? '')))
  ).flat();
  const gone = refunds.filter((refund) => refund.status === 'SUCCEEDED');
  return {
    ...word,
    paidIdr,
    refundedIdr: gone.reduce((sum, refund) => sum + refund.amount, 0),
    refundKeys: gone.flatMap(({ reference_id: key }) => (key ? [key] : [])),
  };
}
