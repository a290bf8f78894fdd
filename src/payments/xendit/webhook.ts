import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../domain/payment.ts';
import { plainCopy } from '../payload.ts';
import type { ProviderEvent, WebhookHeaders } from '../provider.ts';
import { currencyOf, Invoice } from './invoices.ts';
import { Refund, refundedOf } from './refunds.ts';
import { wordOf } from './word.ts';

/**
 * Verifies and reads a webhook: of an invoice (flat) or of a refund (with an `event`). Nothing of the
 * body is signed, so all of it is a hint until the status was read back. The same event has the same
 * identity, however often it comes; `webhook-id` names a delivery and is not looked at.
 */
export function readWebhook(
  account: Account,
  body: unknown,
  headers: WebhookHeaders,
): ProviderEvent | 'forged' | 'malformed' {
  if (!isFrom(account, headers['x-callback-token'])) return 'forged';
  const payload = plainCopy(body);
  if (!payload) return 'malformed';
  return readRefund(payload) ?? readInvoice(payload) ?? 'malformed';
}

/** The account's own token, compared in constant time whatever the length of what was given. */
function isFrom({ webhookToken }: Account, given: string | string[] | undefined): boolean {
  if (!webhookToken || typeof given !== 'string') return false;
  return timingSafeEqual(digest(given), digest(webhookToken));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readInvoice(payload: Record<string, unknown>): ProviderEvent | undefined {
  const read = Invoice.safeParse(payload);
  if (!read.success) return undefined;
  const invoice = read.data;
  return {
    identity: `${invoice.id}:${invoice.status}`,
    ref: invoice.external_id,
    word: wordOf([invoice], []),
    currency: currencyOf(invoice),
    payload,
  };
}

/** One vendor sample (2026) has the refund in `data.data`, another in `data`. */
const RefundEvent = z
  .object({
    event: z.string().regex(/^refund\.[a-z_]{1,40}$/),
    data: z.union([z.object({ data: Refund }).transform(({ data }) => data), Refund]),
  })
  .transform(({ data }) => data);

function readRefund(payload: Record<string, unknown>): ProviderEvent | undefined {
  const read = RefundEvent.safeParse(payload);
  if (!read.success) return undefined;
  const refund = read.data;
  const key = refund.reference_id ?? '';
  return {
    identity: `${refund.id}:${refund.status}`,
    ref: refOf(key) ?? refund.invoice_id ?? refund.id,
    word: {
      state: 'unknown',
      status: `refund ${refund.status.toLowerCase()}`,
      paidIdr: 0,
      refundedIdr: refundedOf([refund]),
      refundKeys: refund.status === 'SUCCEEDED' && key ? [key] : [],
    },
    currency: 'IDR',
    payload,
  };
}

/** Our keys are the ref and a number; a refund made in Xendit's dashboard has none of ours. */
function refOf(key: string): string | undefined {
  return /^(.{1,200})-r\d{1,4}$/.exec(key)?.[1];
}
