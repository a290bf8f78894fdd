import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../../domain/payment.ts';
import { plainCopy } from '../plain.ts';
import type { ProviderEvent } from '../provider.ts';
import { wordOf, XenditInvoice } from './invoice.ts';
import { XenditRefund } from './refund.ts';

/**
 * Verifies and reads a webhook of an invoice or a refund. Its token is all that shows who sends it, so
 * everything else is a hint until the status was read back. The same event has the same identity.
 */
export function readWebhook(
  account: Account,
  body: unknown,
  headers: (name: string) => string | undefined,
): ProviderEvent | 'forged' | 'malformed' {
  if (!isToken(account, headers('x-callback-token') ?? '')) return 'forged';
  const payload = plainCopy(body);
  if (!payload) return 'malformed';
  const refund = refundOf(payload);
  if (refund) return refundEvent(refund, payload);
  const invoice = XenditInvoice.safeParse(payload);
  if (!invoice.success) return 'malformed';
  const word = wordOf(invoice.data);
  return {
    identity: `${invoice.data.id}:${invoice.data.status.toUpperCase()}`,
    ref: invoice.data.external_id,
    word,
    paidAt: word.state === 'paid' ? paidAtOf(invoice.data) : null,
    currency: invoice.data.currency ?? 'IDR',
    payload,
  };
}

/** When the money came, in ISO 8601; null when it does not say. */
function paidAtOf({ paid_at: said }: XenditInvoice): Date | null {
  const at = new Date(said ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}

/** Hashed before they are compared: as long either way, and no byte is told by the time it takes. */
function isToken({ clientKey }: Account, given: string): boolean {
  if (!clientKey) return false;
  const hashed = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hashed(given), hashed(clientKey));
}

const Enveloped = z.object({ event: z.string().startsWith('refund.'), data: z.unknown() });
const Nested = z.object({ data: z.unknown() });

/** Of a refund: flat in the docs of the SDK, nested twice on the page of 2026. */
function refundOf(payload: Record<string, unknown>): XenditRefund | undefined {
  const outer = Enveloped.safeParse(payload).data?.data;
  const inner = Nested.safeParse(outer).data?.data ?? outer;
  return XenditRefund.safeParse(inner).data;
}

/** Our key of a refund begins with the ref of its payment. */
function refundEvent(
  { id, status, reference_id: key }: XenditRefund,
  payload: Record<string, unknown>,
): ProviderEvent {
  return {
    identity: `${id}:${status}`,
    ref: (key ?? id).replace(/-r\d+$/, ''),
    word: {
      state: 'unknown',
      status: `refund ${status.toLowerCase()}`,
      paidIdr: 0,
      refundedIdr: 0,
      refundKeys: [],
    },
    currency: 'IDR',
    payload,
  };
}
