import type { ProviderWord } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';
import { rupiahOf } from '../rupiah.ts';
import { refusal } from './answers.ts';
import type { Call } from './client.ts';
import { currencyOf, Transaction, wordOf } from './word.ts';

/**
 * Reads a transaction; undefined while nobody chose a method on its page. Throws a temporary
 * `ProviderError` for an answer about something else or without what it must say.
 */
export async function findTransaction(call: Call, ref: string): Promise<Transaction | undefined> {
  const answer = await call.getStatus(ref);
  if (answer.status === 404) return undefined;
  // 407 is how an expired transaction is answered, not a failure.
  if (answer.status >= 400 && answer.status !== 407) throw refusal('tell', answer);
  const read = Transaction.safeParse(answer.body);
  if (!read.success || read.data.order_id !== ref) {
    throw new ProviderError('Midtrans answered something else than was asked.', true);
  }
  return read.data;
}

/**
 * What Midtrans says of a ref. Throws a permanent `ProviderError` where it says amounts that cannot
 * be counted: an operator must look before anything is decided on them.
 */
export async function ask(call: Call, ref: string): Promise<ProviderWord> {
  const transaction = await findTransaction(call, ref);
  if (!transaction) return NOTHING;
  if (currencyOf(transaction) !== 'IDR') {
    throw new ProviderError(`Midtrans says another currency than IDR of ${ref}.`, false);
  }
  if (rupiahOf(transaction.gross_amount) === undefined) {
    throw new ProviderError(`Midtrans says an amount of ${ref} that is no whole rupiah.`, false);
  }
  return wordOf(transaction);
}

const NOTHING: ProviderWord = {
  state: 'unknown',
  status: 'not found',
  paidIdr: 0,
  refundedIdr: 0,
  refundKeys: [],
};
