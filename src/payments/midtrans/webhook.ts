import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../domain/payment.ts';
import { plainCopy } from '../payload.ts';
import type { ProviderEvent } from '../provider.ts';
import { currencyOf, Transaction, wordOf } from './word.ts';

/** The codes of the docs (2025-11). */
const CODES = /^(20[0-2]|40\d|41[0-4]|429|50[0-5])$/;

/**
 * What the signature covers, as strings: it is made over the very characters. It is made without
 * anything between them, so strict shapes keep a moved digit from naming another attempt of an order
 * (below the hundredth, and beyond that no goods are released before the status was read back).
 */
const Signed = z.object({
  order_id: z.string().min(1).max(255),
  status_code: z.string().regex(CODES),
  gross_amount: z.string().regex(/^(0|[1-9]\d{0,14})(\.\d{1,2})?$/),
});

/**
 * Verifies and reads a notification. Only order id, status code and amount are signed; all else is a
 * hint until the status was read back. The same event has the same identity, however often it comes.
 */
export function readWebhook(
  account: Account,
  body: unknown,
): ProviderEvent | 'forged' | 'malformed' {
  const signed = Signed.safeParse(body);
  if (!signed.success) return 'malformed';
  if (!isSignedBy(account, signed.data, body)) return 'forged';
  const { signature_key: _, ...unsigned } = body as Record<string, unknown>;
  const payload = plainCopy(unsigned);
  const transaction = Transaction.safeParse(payload);
  if (!payload || !transaction.success) return 'malformed';
  return {
    identity: identityOf(transaction.data),
    ref: transaction.data.order_id,
    word: wordOf(transaction.data),
    currency: currencyOf(transaction.data),
    payload,
  };
}

/** Lower-case hex of SHA512(order_id + status_code + gross_amount + server key), compared in constant time. */
function isSignedBy(account: Account, signed: z.infer<typeof Signed>, body: unknown): boolean {
  const given = (body as { signature_key?: unknown }).signature_key;
  if (typeof given !== 'string' || !/^[0-9a-f]{128}$/.test(given) || !account.serverKey)
    return false;
  const text = signed.order_id + signed.status_code + signed.gross_amount + account.serverKey;
  const right = createHash('sha512').update(text).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), right);
}

/** Every refund and its confirmation is an event of its own; there may be many, so they are hashed. */
function identityOf(transaction: Transaction): string {
  const { transaction_id: id, transaction_status: status, status_code: code } = transaction;
  const refunds = (transaction.refunds ?? []).map((refund) => [
    refund.refund_key ?? '',
    refund.bank_confirmed_at ?? '',
  ]);
  const hash = createHash('sha256').update(JSON.stringify(refunds)).digest('hex').slice(0, 32);
  const parts = [id, status, code, transaction.fraud_status ?? '-'];
  return [...parts, ...(refunds.length > 0 ? [hash] : [])].join(':');
}
