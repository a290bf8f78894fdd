import { getOrder } from '../db/orders.ts';
import { isAlive, isFor, isOpening, listAttempts, readWanted } from '../db/payments.ts';
import { getSubject } from '../db/subjects.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { CommandDeps } from './deps.ts';

/** Where a customer who wants to pay goes. */
export type PayWay =
  | { to: 'page'; url: string }
  | { to: 'transfer' }
  | { to: 'wait' }
  | { to: 'status' };

/**
 * The provider's page of the attempt that lives, or the account to transfer to; where none does, one is asked for (unless that is
 * under way) and the customer waits a moment; who has nothing to pay goes to the status page.
 */
export async function findWayToPay(deps: CommandDeps, ref: BookingRef): Promise<PayWay> {
  const wanted = await readWanted(deps.pool, await getOrder(deps.pool, ref));
  if (!wanted) return { to: 'status' };
  const attempts = (await listAttempts(deps.pool, ref)).filter((a) => isFor(a, wanted));
  const alive = attempts.find((a) => isAlive(a, deps.now()));
  if (alive?.vaNumber) return { to: 'transfer' };
  if (alive) return { to: 'page', url: alive.pageUrl! };
  if (!attempts.some((a) => isOpening(a, deps.now()))) await askForPage(deps, ref);
  return { to: 'wait' };
}

/** Temporal down: the page waits, tries again by itself, and so does this. */
async function askForPage(deps: CommandDeps, ref: BookingRef): Promise<void> {
  await deps.workflows.signalPay(await getSubject(deps.pool, ref)).catch(() => undefined);
}
