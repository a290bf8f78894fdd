import { getAccount, getBusiness } from '../../db/businesses.ts';
import { type Attempt, findAttempt, listAttempts, storePage } from '../../db/money/payments.ts';
import { findOffering } from '../../db/offerings.ts';
import { listInvoices } from '../../db/plan/periods.ts';
import { findOutdated, getSubscription } from '../../db/plan/subscriptions.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { providerRef } from '../../domain/payment.ts';
import { adopt, askProvider, type Collected, cancelAttempt } from '../collect.ts';
import type { Deps } from '../deps.ts';

/**
 * Gives the newest invoice of a subscription its page at the provider; before that closes, one a call,
 * those that nobody should pay any more (`again`). The invoice was committed before: run again this
 * answers the page that is stored, or asks for the same order id, of which nobody has seen a page.
 */
export async function createInvoice(
  deps: Deps,
  ref: BookingRef,
  nowMs: number,
): Promise<Collected> {
  const now = new Date(nowMs);
  const outdated = await findOutdated(deps.pool, ref);
  if (outdated !== undefined) {
    const attempt = (await findAttempt(deps.pool, ref.business, providerRef(ref.code, outdated)))!;
    return closeInvoice(deps, attempt, now);
  }
  const [attempt] = await listAttempts(deps.pool, ref);
  const [invoice] = await listInvoices(deps.pool, ref, 1);
  if (attempt?.state !== 'new' || !invoice) return 'not-wanted';
  const account = await getAccount(deps.pool, deps.vault, ref.business, attempt.provider);
  const page = await deps.provider(attempt.provider).createPage(account, {
    ref: attempt.ref,
    amountIdr: attempt.amountIdr,
    label: await labelOf(deps, ref, invoice.plan),
    method: null,
    returnUrl: `${deps.publicUrl}/${ref.business}/return`,
    now,
    holdEndsAt: invoice.expiresAt,
  });
  if (page === 'used') return adopt(deps, attempt, now);
  await storePage(deps.pool, attempt, page);
  return 'ready';
}

/**
 * Closes an invoice that nobody should pay any more. Xendit refuses that for one that was paid, so it is
 * asked about only then: a thousand renewals are a thousand calls less.
 */
async function closeInvoice(deps: Deps, attempt: Attempt, now: Date): Promise<Collected> {
  if ((await cancelAttempt(deps, attempt, now)) === 'closed') return 'again';
  const { to } = await askProvider(deps, attempt, now);
  if (to === 'paid') return 'money';
  if (to === 'expired' || to === 'cancelled') return 'again';
  throw new Error('The provider keeps an invoice open that is of no use any more.');
}

/** What the customer reads on the provider's page: which base is extended, and by what. */
async function labelOf(deps: Deps, ref: BookingRef, plan: string): Promise<string> {
  const { base } = await getSubscription(deps.pool, ref);
  const [business, offering] = await Promise.all([
    getBusiness(deps.pool, ref.business),
    findOffering(deps.pool, ref.business, plan),
  ]);
  return `${business.name} ${base} ${offering?.name ?? plan}`.slice(0, 50);
}
