import {
  isAlive,
  isFor,
  isOpen,
  isOpening,
  listAttempts,
  readWanted,
} from '../db/money/payments.ts';
import { getOrder } from '../db/order/orders.ts';
import { getSubject } from '../db/order/subjects.ts';
import { listInvoices } from '../db/plan/periods.ts';
import { getSubscription } from '../db/plan/subscriptions.ts';
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

/**
 * Where an invoice's link leads: to its page while that lives; an older one to the page of the invoice
 * that replaced it, so that nobody pays what is not wanted; else to how the subscription stands.
 */
export async function findWayToPayInvoice(
  deps: CommandDeps,
  ref: BookingRef,
  attempt: number,
): Promise<PayWay> {
  const s = await getSubscription(deps.pool, ref);
  if (s.twin) return { to: 'status' };
  const attempts = await listAttempts(deps.pool, ref);
  const asked = attempts.find((one) => one.attempt === attempt);
  if (asked?.state === 'paid' || s.state === 'ended') return { to: 'status' };
  const [newest] = attempts;
  const [invoice] = await listInvoices(deps.pool, ref, 1);
  const isPaid = invoice !== undefined && invoice.forPeriod <= s.periods;
  if (!newest || !isOpen(newest) || isPaid) return { to: 'status' };
  if (isAlive(newest, deps.now())) return { to: 'page', url: newest.pageUrl! };
  if (newest.pageUrl) return { to: 'status' };
  if (!isOpening(newest, deps.now())) await askForPage(deps, ref);
  return { to: 'wait' };
}

/** Temporal down: the page waits, tries again by itself, and so does this. */
async function askForPage(deps: CommandDeps, ref: BookingRef): Promise<void> {
  await deps.workflows.signalPay(await getSubject(deps.pool, ref)).catch(() => undefined);
}
