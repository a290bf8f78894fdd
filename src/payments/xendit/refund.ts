import { z } from 'zod';
import { ProviderError, type RefundWish } from '../provider.ts';
import { type Call, Refused } from './client.ts';
import { listInvoices } from './invoice.ts';

/** A refund as the API and its webhooks tell it; xendit-node drops its status. */
export const XenditRefund = z.object({
  id: z.string().regex(/^[\w-]{1,80}$/),
  invoice_id: z.string().max(80).nullish(),
  reference_id: z.string().max(255).nullish(),
  amount: z.number().int().positive(),
  status: z
    .string()
    .max(40)
    .transform((status) => status.toUpperCase()),
});
export type XenditRefund = z.output<typeof XenditRefund>;

const List = z.object({ data: z.array(XenditRefund) });

export async function listRefunds(call: Call, invoiceId: string): Promise<XenditRefund[]> {
  const read = List.safeParse(await call.listRefunds(invoiceId).catch(asProviderError));
  if (!read.success) throw new ProviderError('Xendit listed refunds that cannot be read.', true);
  return read.data.data;
}

/** Channels whose money goes back by API (docs, "Refunds", 2025): banks and shops need a person. */
const REFUNDABLE: readonly string[] = ['EWALLET', 'CREDIT_CARD', 'CARD', 'DIRECT_DEBIT'];

/** What Xendit answers when this channel, window or amount has no refund by API. */
const BY_HAND: readonly string[] = [
  'INELIGIBLE_TRANSACTION',
  'REFUND_NOT_SUPPORTED',
  'PARTIAL_REFUND_NOT_SUPPORTED',
  'MAXIMUM_REFUND_AMOUNT_REACHED',
  'TRANSACTION_NOT_FOUND',
  'DATA_NOT_FOUND',
];

/** Gives money back once per key: it is both the idempotency key and the name by which we find it. */
export async function refund(
  call: Call,
  wish: RefundWish,
): Promise<'done' | 'pending' | 'by_hand'> {
  const invoices = await listInvoices(call, wish.ref);
  const invoice = invoices.find((one) => (one.paid_amount ?? 0) >= wish.amountIdr);
  if (!invoice) return 'by_hand';
  const known = await listRefunds(call, invoice.id);
  const ours = known.find((one) => one.reference_id === wish.key);
  if (ours) return wentBy(ours);
  if (!REFUNDABLE.includes((invoice.payment_method ?? '').toUpperCase())) return 'by_hand';
  const asked = {
    invoiceId: invoice.id,
    amount: wish.amountIdr,
    currency: 'IDR',
    referenceId: wish.key,
    reason: 'REQUESTED_BY_CUSTOMER',
  };
  try {
    const made = XenditRefund.safeParse(await call.createRefund(asked, wish.key));
    if (made.success) return wentBy(made.data);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    if (BY_HAND.includes(error.code)) return 'by_hand';
    throw new ProviderError(`Xendit would not refund now: ${error.code}`, true, error.status);
  }
  throw new ProviderError('Xendit made a refund that cannot be read.', true);
}

function wentBy({ status }: XenditRefund): 'done' | 'pending' | 'by_hand' {
  if (status === 'SUCCEEDED') return 'done';
  return status === 'PENDING' ? 'pending' : 'by_hand';
}

function asProviderError(error: unknown): never {
  if (!(error instanceof Refused)) throw error;
  throw new ProviderError(`Xendit would not tell: ${error.code}`, false, error.status);
}
