import { createHmac } from 'node:crypto';
import {
  findHook,
  markServiceEvent,
  type ServiceEvent,
  type ServiceHook,
  takeServiceEvent,
} from '../../db/plan/service.ts';
import type { BookingRef } from '../../domain/booking.ts';
import type { Deps } from '../deps.ts';

/** How long a service may take to answer. */
const ANSWER_WITHIN_MS = 10_000;

/**
 * Tells a business's service what became of a subscription, in order, by webhooks signed as Standard
 * Webhooks has it (specification 1.0: `webhook-id`, `webhook-timestamp`, `webhook-signature`). Throws
 * when one could not be told: it stays due, and is tried again.
 */
export async function tellServiceOf(deps: Deps, ref: BookingRef): Promise<void> {
  const hook = await findHook(deps.pool, deps.vault, ref.business);
  for (;;) {
    const event = await takeServiceEvent(deps.pool, ref);
    if (!event) return;
    const how = hook ? await post(hook, event) : { status: null, error: 'NO_ADDRESS' };
    await markServiceEvent(deps.pool, event, how);
    if (how.error) throw new Error('The service did not take an event.');
  }
}

async function post(
  { url, secret }: ServiceHook,
  event: ServiceEvent,
): Promise<{ status: number | null; error: string | null }> {
  const body = JSON.stringify(event.payload);
  const timestamp = String(Math.floor(Date.now() / 1_000));
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      // Elsewhere may be anywhere: an address is told only where its owner set it.
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      headers: {
        'content-type': 'application/json',
        'webhook-id': event.eventId,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf(secret, `${event.eventId}.${timestamp}.${body}`),
      },
    });
    await response.body?.cancel();
    return { status: response.status, error: response.ok ? null : `HTTP_${response.status}` };
  } catch {
    return { status: null, error: 'NO_ANSWER' };
  }
}

/** `v1,` and the HMAC-SHA256 in base 64, keyed by what follows `whsec_`. */
export function signatureOf(secret: string, signed: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
