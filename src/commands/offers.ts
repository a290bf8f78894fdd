import { getSubject } from '../db/subjects.ts';
import { listUnopened } from '../db/upkeep.ts';
import type { CommandDeps } from './deps.ts';

/**
 * Starts the workflows of orders that the line was just offered. Temporal down is no failure: upkeep
 * finds them.
 */
export async function wakeOffers(deps: CommandDeps, business: string): Promise<void> {
  for (const ref of await listUnopened(deps.pool, business, 200)) {
    const subject = await getSubject(deps.pool, ref);
    await deps.workflows.wake(subject).catch(() => undefined);
  }
}
