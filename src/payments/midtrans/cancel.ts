import { messagesOf, refusal } from './answers.ts';
import type { Call } from './client.ts';
import { findTransaction } from './status.ts';

/**
 * Makes a ref unpayable: first the transaction, then the page, on which another method could be
 * chosen. `cancelled` says that both are dead; `refused`, that money came or a customer is just
 * paying: ask again. Safe to repeat.
 */
export async function cancel(
  call: Call,
  ref: string,
  pageToken: string | null,
): Promise<'cancelled' | 'refused'> {
  if (!(await cancelTransaction(call, ref))) return 'refused';
  // A page whose token we never heard of was shown to nobody.
  return pageToken === null || (await cancelPage(call, pageToken)) ? 'cancelled' : 'refused';
}

async function cancelTransaction(call: Call, ref: string): Promise<boolean> {
  const answer = await call.cancel(ref);
  if (answer.status < 300 || answer.status === 404) return true;
  if (answer.status !== 412) throw refusal('cancel', answer);
  // Also what an earlier cancel is answered with, so the transaction itself must say how it ended.
  const { transaction_status: status = '' } = (await findTransaction(call, ref)) ?? {};
  return ENDED.includes(status);
}

const ENDED = ['cancel', 'expire', 'deny', 'failure'];

/** Errors of this call: "token already canceled", "token not found", "Transaction is on progress". */
async function cancelPage(call: Call, token: string): Promise<boolean> {
  const answer = await call.cancelPage(token);
  if (answer.status < 300) return true;
  const words = messagesOf(answer.body);
  if (/on progress/i.test(words)) return false;
  if (/already cancell?ed|not found/i.test(words)) return true;
  throw refusal('close a page', answer);
}
