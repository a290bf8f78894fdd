import { findAccount } from '../db/businesses.ts';
import { finishEvent, reviveEvent, type StoredEvent, storeEvent } from '../db/money/events.ts';
import { findAttempt, recordWord } from '../db/money/payments.ts';
import { getSubject } from '../db/order/subjects.ts';
import type { ProviderEvent, WebhookHeaders } from '../payments/provider.ts';
import type { CommandDeps } from './deps.ts';

export type WebhookAnswer = 'stored' | 'duplicate' | 'forged' | 'malformed' | 'no-account';

/**
 * Takes a provider's webhook: verified, matched to an order of this very business, stored, then
 * signalled. An event seen before and finished changes nothing; one that was left unfinished is
 * signalled again. Temporal down is no failure here: upkeep drives the event again.
 *
 * Throws when it could not be stored: the provider is to send it again.
 */
export async function takeWebhook(
  deps: CommandDeps,
  business: string,
  provider: string,
  body: unknown,
  headers: WebhookHeaders = {},
): Promise<WebhookAnswer> {
  const account = await findAccount(deps.pool, deps.vault, business, provider);
  if (!account) return 'no-account';
  const event = deps.provider(provider).readWebhook(account, body, headers);
  if (event === 'forged' || event === 'malformed') return event;
  const stored = await store(deps, business, provider, event);
  if (stored.state === 'stored') await nudge(deps, business, stored.eventId, stored.code);
  return stored.seen ? 'duplicate' : 'stored';
}

async function store(
  deps: CommandDeps,
  business: string,
  provider: string,
  event: ProviderEvent,
): Promise<{ eventId: number; state: StoredEvent['state']; seen: boolean; code: string | null }> {
  const attempt = await findAttempt(deps.pool, business, event.ref);
  const code = attempt?.code ?? null;
  const stored = await storeEvent(deps.pool, {
    business,
    provider,
    identity: event.identity,
    ref: event.ref,
    code,
    attempt: attempt?.attempt ?? null,
    status: event.word.state,
    paidIdr: event.word.paidIdr,
    payload: event.payload,
    paidAt: event.word.paidAt ?? null,
    state: attempt ? 'stored' : 'dead',
    reason: attempt ? null : 'UNKNOWN_ORDER',
  });
  // "Pending" moves nobody's clock: it is written down, and no workflow is woken for it.
  if (attempt && stored.state === 'stored' && event.word.state === 'pending') {
    await recordWord(deps.pool, attempt, event.word, deps.now());
    await finishEvent(deps.pool, business, stored.eventId);
    return { ...stored, state: 'done', code };
  }
  return { ...stored, code };
}

async function nudge(
  deps: CommandDeps,
  business: string,
  eventId: number,
  code: string | null,
): Promise<void> {
  if (!code) return;
  const subject = await getSubject(deps.pool, { business, code });
  await deps.workflows.signalPayment(subject, eventId).catch(() => undefined);
}

/** Drives an event again with a fresh set of tries; answers how it stands, or undefined if unknown. */
export async function redriveEvent(
  deps: CommandDeps,
  business: string,
  eventId: number,
): Promise<StoredEvent | undefined> {
  const event = await reviveEvent(deps.pool, business, eventId);
  if (event?.state === 'stored') await nudge(deps, business, eventId, event.code);
  return event;
}
