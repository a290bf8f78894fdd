import { getSubject } from '../db/subjects.ts';
import { listUnopened } from '../db/upkeep.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { CommandDeps } from './deps.ts';

/**
 * Starts the workflows of orders that the line was just offered. Temporal down is no failure: upkeep
 * finds them.
 */
export async function wakeOffers(deps: CommandDeps, business: string): Promise<void> {
  await wakeAll(deps, await listUnopened(deps.pool, business, 200));
}

/** Wakes orders one after another; once Temporal does not answer, the rest is left to upkeep. */
export async function wakeAll(deps: CommandDeps, refs: readonly BookingRef[]): Promise<void> {
  for (const ref of refs) {
    const subject = await getSubject(deps.pool, ref);
    const woken = await deps.workflows.wake(subject).then(
      () => true,
      () => false,
    );
    if (!woken) return;
  }
}
