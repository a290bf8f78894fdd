import { z } from 'zod';
import type { ProviderWord } from '../../domain/payment.ts';
import { rupiahOf } from '../rupiah.ts';

/** Vendor samples write some words in capitals. */
const Word = z
  .string()
  .min(1)
  .max(40)
  .transform((text) => text.toLowerCase());
const Amount = z.union([z.string().max(20), z.number()]);

/** What GET status and notifications have in common, as far as we read it. */
export const Transaction = z.object({
  order_id: z.string().regex(/^[\w~.-]{1,255}$/),
  transaction_id: z.string().regex(/^[\w-]{1,64}$/),
  transaction_status: Word,
  status_code: z.coerce.string().regex(/^[2-5]\d\d$/),
  gross_amount: Amount,
  payment_type: Word.nullish(),
  fraud_status: Word.nullish(),
  currency: z.string().max(10).nullish(),
  refund_amount: Amount.nullish(),
  transaction_time: z.string().max(40).nullish(),
  settlement_time: z.string().max(40).nullish(),
  refunds: z
    .array(
      z.object({
        refund_key: z.string().max(255).nullish(),
        refund_amount: Amount.nullish(),
        bank_confirmed_at: z.string().max(40).nullish(),
      }),
    )
    .max(200)
    .nullish(),
});

export type Transaction = z.infer<typeof Transaction>;

/** Midtrans collects rupiah only; some channels leave the currency out. */
export function currencyOf({ currency }: Transaction): string {
  return currency ?? 'IDR';
}

/**
 * A transaction in our words (docs, "Transaction status", 2025-11). Never counts money that is not
 * plainly there: another currency, a fraction, a word we do not know are `unknown`.
 */
export function wordOf(transaction: Transaction): ProviderWord {
  const grossIdr = rupiahOf(transaction.gross_amount);
  const readable = grossIdr !== undefined && currencyOf(transaction) === 'IDR';
  const state = readable ? stateOf(transaction) : 'unknown';
  const paidIdr = state === 'paid' ? (grossIdr ?? 0) : 0;
  const { fraud_status: fraudStatus, payment_type: method } = transaction;
  const paidAt = state === 'paid' ? paidAtOf(transaction) : undefined;
  return {
    state,
    status: transaction.transaction_status,
    ...(fraudStatus && { fraudStatus }),
    ...(method && { method }),
    transactionId: transaction.transaction_id,
    paidIdr,
    refundedIdr: paidIdr > 0 ? refundedOf(transaction, paidIdr) : 0,
    refundKeys: confirmedKeys(transaction),
    ...(paidAt && { paidAt }),
  };
}

function stateOf(transaction: Transaction): ProviderWord['state'] {
  switch (transaction.transaction_status) {
    case 'settlement':
      return transaction.status_code === '200' ? 'paid' : 'unknown';
    case 'capture':
      return captureState(transaction);
    case 'refund':
    case 'partial_refund':
    case 'chargeback':
    case 'partial_chargeback':
      return 'paid';
    case 'pending':
    case 'authorize':
      return 'pending';
    case 'deny':
    case 'failure':
      return 'denied';
    case 'expire':
      return 'expired';
    case 'cancel':
      return 'cancelled';
    default:
      return 'unknown';
  }
}

/** Absent means accepted: KlikBCA and CIMB send no fraud status. A new word waits for a person. */
function captureState({ fraud_status: fraud, status_code: code }: Transaction) {
  if (fraud === 'deny') return 'denied';
  if (fraud && fraud !== 'accept') return 'review';
  return code === '200' ? 'paid' : 'unknown';
}

/**
 * When the money came, to the second: a card that is captured and not settled yet was charged then. Midtrans
 * writes GMT+7 without an offset (docs, "Transaction status", 2025-11). Undefined when it does not say.
 */
function paidAtOf(transaction: Transaction): Date | undefined {
  const said = transaction.settlement_time ?? transaction.transaction_time ?? '';
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(said)) return undefined;
  const at = new Date(`${said.replace(' ', 'T')}+07:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** What left again. A chargeback without figures counts as all of it, so that the ledger shows it. */
function refundedOf(transaction: Transaction, grossIdr: number): number {
  const parts = (transaction.refunds ?? []).map((refund) => rupiahOf(refund.refund_amount) ?? 0);
  const listed = parts.reduce((sum, part) => sum + part, 0);
  const said = listed || rupiahOf(transaction.refund_amount);
  if (said) return said;
  const all = ['refund', 'chargeback', 'partial_chargeback'];
  return all.includes(transaction.transaction_status) ? grossIdr : 0;
}

/** The second of two refund notices carries the bank's confirmation, and only that one counts. */
function confirmedKeys({ refunds }: Transaction): string[] {
  const confirmed = (refunds ?? []).filter((refund) => refund.bank_confirmed_at);
  return confirmed.flatMap(({ refund_key: key }) => (key ? [key] : []));
}
