import { tell } from '../../db/order/notices.ts';
import { listInvoices } from '../../db/plan/periods.ts';
import { tellService } from '../../db/plan/service.ts';
import type { SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';

/**
 * Ends a locked subscription: what it unlocks is locked again. Its owner is told that it was not
 * extended, or that the business stopped it; of one that was pending, that its invoice is over.
 */
export async function end(
  tx: Tx,
  s: SubscriptionRow,
  now: Date,
  how: 'ended' | 'stopped' = 'ended',
): Promise<void> {
  if (s.state === 'ended') return;
  if (s.state === 'pending') return expire(tx, s, now);
  close(s, now);
  await tell(tx, s, how, s.activeUntil!.toISOString(), ['email', 'operator']);
  await tellService(tx, s, 'subscription.ended', now);
}

/** The invoice that somebody asked for can be paid no more. */
export async function expire(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  const [newest] = await listInvoices(tx, s, 1);
  if (newest) await tell(tx, s, 'invoice_expired', String(newest.attempt));
  s.invoiceEndsAt = null;
  if (s.state === 'pending') close(s, now);
}

/** Nothing more happens to it by itself; money starts it again. */
function close(s: SubscriptionRow, now: Date): void {
  Object.assign(s, {
    state: 'ended',
    closedAt: now,
    endsAt: null,
    remindAt: null,
    invoiceEndsAt: null,
  } satisfies Partial<SubscriptionRow>);
}
