import { randomUUID } from 'node:crypto';
import { getAccount } from '../db/businesses.ts';
import { type Attempt, listAttempts, listOpenAttempts, recordWord } from '../db/money/payments.ts';
import { getSubject } from '../db/order/subjects.ts';
import { DomainError } from '../domain/errors.ts';
import { ProviderError } from '../payments/provider.ts';
import type { CommandDeps } from './deps.ts';

export interface Synced {
  checked: number;
  changed: { code: string; from: string; to: string }[];
  /** Every one that was asked about, with what it was and is now. */
  looked: { code: string; ref: string; from: string; to: string }[];
  /** Those about which the provider gave no answer; left out when there are none. */
  unanswered?: string[];
}

/** How many orders one sync without a code looks at, the oldest first. */
const SYNC_LIMIT = 500;

/**
 * Asks the provider now about one order's payments, or about all that are open, and wakes the orders
 * whose payment changed. Answers when done; run twice it finds nothing the second time. One that the
 * provider gives no answer about stops no other; throws `UNAVAILABLE` when it gives none at all.
 */
export async function syncPayments(
  deps: CommandDeps,
  business: string,
  code: string | undefined,
): Promise<Synced> {
  const attempts = code
    ? await listAttempts(deps.pool, { business, code })
    : await listOpenAttempts(deps.pool, business, SYNC_LIMIT);
  const looked: Synced['looked'] = [];
  const unanswered: string[] = [];
  for (const attempt of attempts) {
    const change = await askAbout(deps, attempt);
    if (change === 'no answer') unanswered.push(attempt.code);
    else looked.push({ code: attempt.code, ref: attempt.ref, ...change });
  }
  if (unanswered.length > 0 && unanswered.length === attempts.length) {
    throw new DomainError('UNAVAILABLE', 'The provider gives no answer; ask again later.', [], 30);
  }
  const changed = looked
    .filter(({ from, to }) => from !== to)
    .map(({ ref: _, ...change }) => change);
  return { checked: looked.length, changed, looked, ...(unanswered.length > 0 && { unanswered }) };
}

async function askAbout(
  deps: CommandDeps,
  attempt: Attempt,
): Promise<{ from: string; to: string } | 'no answer'> {
  const account = await getAccount(deps.pool, deps.vault, attempt.business, attempt.provider);
  const provider = deps.provider(attempt.provider);
  const word = await provider.ask(account, attempt.ref).catch((error: unknown) => {
    if (error instanceof ProviderError) return undefined;
    throw error;
  });
  if (!word) return 'no answer';
  const { from, to, confirmed } = await recordWord(deps.pool, attempt, word, deps.now());
  if (from !== to || confirmed > 0) {
    // Waits until the order was decided; if Temporal does not answer, upkeep finds it undone.
    const subject = await getSubject(deps.pool, attempt);
    await deps.workflows.request(subject, randomUUID()).catch(() => undefined);
  }
  return { from, to };
}
