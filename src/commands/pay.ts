import { isAlive, listAttempts } from '../db/payments.ts';
import { getSubject } from '../db/subjects.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { BookingFacts } from '../domain/facts.ts';
import type { CommandDeps } from './deps.ts';

/** Where a customer who wants to pay goes. */
export type PayWay = { to: 'page'; url: string } | { to: 'wait' } | { to: 'status' };

/**
 * The provider's page of the attempt that lives; where none does, one is asked for and the customer
 * waits a moment; who has nothing to pay goes to the status page.
 */
export async function findWayToPay(
  deps: CommandDeps,
  ref: BookingRef,
  facts: BookingFacts,
): Promise<PayWay> {
  const wantsMoney = facts.state === 'held' || (facts.state === 'paid' && facts.move !== undefined);
  if (!wantsMoney) return { to: 'status' };
  const purpose = facts.state === 'held' ? 'visit' : 'move';
  const attempts = await listAttempts(deps.pool, ref);
  const alive = attempts.find((a) => a.purpose === purpose && isAlive(a, deps.now()));
  if (alive) return { to: 'page', url: alive.pageUrl! };
  // Temporal down: the page waits, tries again by itself, and so does this.
  await deps.workflows.signalPay(await getSubject(deps.pool, ref)).catch(() => undefined);
  return { to: 'wait' };
}
