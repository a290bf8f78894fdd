import type { Deliveries } from '../deliveries.ts';
import { createGate, post, type Sent } from '../post.ts';
import type { Pending, Webhook } from './facts.ts';
import { TELEGRAM_POLICY } from './policy.ts';

const DROPPED: Sent = { status: null, answer: 'dropped by a fault of the sandbox' };

/**
 * Makes one attempt to deliver an update, as the fault it met has it: the first attempts are
 * dropped, and the first one that is sent may carry a wrong secret token or be followed by copies.
 * A bot has no more connections at once than its webhook allows.
 */
export function createPosting(deliveries: Deliveries, signal: AbortSignal) {
  const gates = new Map<string, ReturnType<typeof createGate>>();
  const gateOf = (slug: string, most: number) => {
    const key = `${slug}:${most}`;
    const gate = gates.get(key) ?? createGate(most);
    gates.set(key, gate);
    return gate;
  };

  return async (slug: string, webhook: Webhook, pending: Pending): Promise<Sent> => {
    const { attempts, fault = {} } = pending;
    const drops = fault.drop ?? 0;
    const isFirstSent = attempts === drops;
    const message = messageOf(slug, webhook, pending, isFirstSent && fault.badSignature === true);
    const gate = gateOf(slug, webhook.max_connections);
    const once = () =>
      gate(() => post({ ...message, timeoutMs: TELEGRAM_POLICY.timeoutMs, signal }));
    if (attempts === 0 && fault.delayMs) await pause(fault.delayMs);
    const sent = attempts < drops ? DROPPED : await once();
    const copies = isFirstSent ? (fault.duplicate ?? 0) : 0;
    for (let copy = 0; copy < copies; copy += 1) await once();
    if (!signal.aborted) deliveries.note(message, attempts + 1, sent);
    return sent;
  };
}

function messageOf(
  slug: string,
  { url, secret_token }: Webhook,
  { update, chatId }: Pending,
  isForged: boolean,
) {
  const secret = isForged ? 'forged' : secret_token;
  return {
    id: `telegram-${slug}-${update.update_id}`,
    provider: 'telegram',
    ref: String(chatId),
    url,
    headers: {
      'content-type': 'application/json',
      ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(update),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((go) => setTimeout(go, ms).unref());
}
