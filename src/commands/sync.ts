import { randomUUID } from 'node:crypto';
import { getAccount } from '../db/businesses.ts';
import { type Attempt, listAttempts, recordWord } from '../db/payments.ts';
import { many } from '../db/pool.ts';
import { getSubject } from '../db/subjects.ts';
import type { CommandDeps } from './deps.ts';

export interface Synced {
  checked: number;
  changed: { code: string; from: string; to: string }[];
}

/** How many orders one sync without a code looks at, the oldest first. */
const SYNC_LIMIT = 500;

/**
 * Asks the provider now about one order's payments, or about all that are open, and wakes the orders
 * whose payment changed. Answers when done; run twice it finds nothing the second time.
 */
export async function syncPayments(
  deps: CommandDeps,
  business: string,
  code: string | undefined,
): Promise<Synced> {
  const attempts = code
    ? await listAttempts(deps.pool, { business, code })
    : await listOpenAttempts(deps, business);
  const changed: Synced['changed'] = [];
  for (const attempt of attempts) {
    const account = await getAccount(deps.pool, deps.vault, business, attempt.provider);
    const word = await deps.provider(attempt.provider).ask(account, attempt.ref);
    const { from, to, confirmed } = await recordWord(deps.pool, attempt, word, deps.now());
    if (from !== to) changed.push({ code: attempt.code, from, to });
    if (from === to && confirmed === 0) continue;
    // Waits until the order was decided; if Temporal does not answer, upkeep sees to it.
    const subject = await getSubject(deps.pool, attempt);
    await deps.workflows.request(subject, randomUUID()).catch(() => undefined);
  }
  return { checked: attempts.length, changed };
}

function listOpenAttempts(deps: CommandDeps, business: string): Promise<Attempt[]> {
  return many(
    deps.pool,
    `select business_id as business, code, attempt, provider, provider_ref as ref, purpose,
       amount_idr as "amountIdr", state, method, page_token as "pageToken", page_url as "pageUrl",
       page_expires_at as "pageExpiresAt", paid_idr as "paidIdr"
     from payments
     where business_id = $1 and state in ('new', 'pending', 'denied', 'review')
     order by coalesce(asked_at, created_at) limit ${SYNC_LIMIT}`,
    [business],
  );
}
