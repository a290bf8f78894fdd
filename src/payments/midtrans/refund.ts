import { z } from 'zod';
import { ProviderError, type RefundWish } from '../provider.ts';
import { rupiahOf } from '../rupiah.ts';
import { type Answer, messagesOf, refusal } from './answers.ts';
import type { Call } from './client.ts';
import { findTransaction } from './status.ts';
import { Transaction } from './word.ts';

type Went = 'done' | 'pending' | 'by_hand';

/** Docs, Refund, 2026-04: every other channel (bank transfer, counters) has no refund by API. */
const REFUNDABLE = [
  'credit_card',
  'gopay',
  'shopeepay',
  'dana',
  'ovo',
  'qris',
  'kredivo',
  'akulaku',
];
const ONLY_WHOLE = ['shopeepay', 'ovo'];

/**
 * Gives money back once per key: what Midtrans has of the key is read before it is asked and again
 * when it refuses. A captured card that is not settled is cancelled instead, which is only possible
 * in whole; a part of it is a temporary `ProviderError` until the bank settles, within a day.
 */
export async function refund(call: Call, wish: RefundWish): Promise<Went> {
  const before = await getTransaction(call, wish.ref);
  const known = wentAlready(before, wish);
  if (known) return known;
  if (before.transaction_status === 'capture') return letGo(call, before, wish);
  if (!isRefundable(before, wish)) return 'by_hand';

  // The reason stays with us: an operator may have written a name into it.
  const answer = await call.refund(wish.ref, { refund_key: wish.key, amount: wish.amountIdr });
  if (answer.status === 200) return wentNow(answer, wish.key);
  if (![406, 412, 414].includes(answer.status)) throw refusal('refund', answer);
  const after = wentAlready(await getTransaction(call, wish.ref), wish);
  if (after) return after;
  if (answer.status === 406) {
    throw new ProviderError('Midtrans has a refund of this key, but does not list it yet.', true);
  }
  throw refusal('refund', answer);
}

async function getTransaction(call: Call, ref: string): Promise<Transaction> {
  const transaction = await findTransaction(call, ref);
  if (!transaction) throw new ProviderError(`Midtrans has no transaction ${ref}.`, false);
  return transaction;
}

/** What became of this wish before; undefined when it is still to be made. */
function wentAlready(transaction: Transaction, { ref, key }: RefundWish): Went | undefined {
  const ours = transaction.refunds?.find((refund) => refund.refund_key === key);
  if (ours) return ours.bank_confirmed_at ? 'done' : 'pending';
  switch (transaction.transaction_status) {
    case 'cancel':
      return 'done';
    case 'capture':
    case 'settlement':
    case 'partial_refund':
      return undefined;
    default: {
      const status = transaction.transaction_status;
      throw new ProviderError(`Midtrans says ${status} of ${ref}: nothing to give back.`, false);
    }
  }
}

/** Cancels a captured card: the customer is never charged. */
async function letGo(call: Call, captured: Transaction, wish: RefundWish): Promise<Went> {
  if (wish.amountIdr < (rupiahOf(captured.gross_amount) ?? Number.POSITIVE_INFINITY)) {
    throw new ProviderError('A captured card is refunded in part only once it is settled.', true);
  }
  const answer = await call.cancel(wish.ref);
  if (answer.status < 300) return 'done';
  if (answer.status !== 412) throw refusal('cancel a capture', answer);
  throw new ProviderError('The captured card was settled meanwhile: ask again to refund it.', true);
}

function isRefundable(transaction: Transaction, { amountIdr }: RefundWish): boolean {
  const method = transaction.payment_type ?? '';
  const whole = amountIdr === rupiahOf(transaction.gross_amount);
  return REFUNDABLE.includes(method) && (whole || !ONLY_WHOLE.includes(method));
}

/**
 * "Approved" means that Midtrans took the wish; the money went when the bank says so, in this answer
 * ("… approved by the bank") or in the second of the two notices (`bank_confirmed_at`).
 */
function wentNow({ body }: Answer, key: string): Went {
  const { refunds } = Listed.parse(body);
  const ours = refunds?.find((refund) => refund.refund_key === key);
  const byBank = /approved by the bank/i.test(messagesOf(body));
  return byBank || ours?.bank_confirmed_at ? 'done' : 'pending';
}

/** The list is an extra of some channels: one that cannot be read confirms nothing. */
const Listed = z.object({ refunds: Transaction.shape.refunds.catch(undefined) });
