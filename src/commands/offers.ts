import { getSubject } from '../db/order/subjects.ts';
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

/** How many orders are woken at once. */
const LANES = 10;

/** Wakes orders, some at once; when Temporal does not answer, the rest is left to upkeep. */
export async function wakeAll(deps: CommandDeps, refs: readonly BookingRef[]): Promise<void> {
  const queue = [...refs];
  const lane = async () => {
    for (let ref = queue.shift(); ref; ref = queue.shift()) {
      const subject = await getSubject(deps.pool, ref);
      await deps.workflows.wake(subject).catch(() => {
        queue.length = 0;
      });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
