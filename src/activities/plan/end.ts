import { tell } from '../../db/order/notices.ts';
import { tellService } from '../../db/plan/service.ts';
import type { SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';

/** Ends a locked subscription: what it unlocks is locked again. */
export async function end(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  if (s.state === 'ended') return;
  const wasActive = s.state === 'active';
  close(s, now);
  if (!wasActive) return;
  await tell(tx, s, 'ended', s.activeUntil!.toISOString(), ['email', 'operator']);
  await tellService(tx, s, 'subscription.ended', now);
}

/** Nothing more happens to it by itself; money starts it again. */
export function close(s: SubscriptionRow, now: Date): void {
  Object.assign(s, {
    state: 'ended',
    closedAt: now,
    endsAt: null,
    remindAt: null,
    invoiceEndsAt: null,
  } satisfies Partial<SubscriptionRow>);
}
