import { getAccount, getBusiness, providerOf } from '../db/businesses.ts';
import { findEvent } from '../db/money/events.ts';
import {
  type Attempt,
  findAttempt,
  insertAttempt,
  isAlive,
  isFor,
  isOpen,
  listAttempts,
  type Recorded,
  readPayMethod,
  readWanted,
  recordWord,
  storePage,
} from '../db/money/payments.ts';
import { lockOrder, mayBeReviewed, type OrderRow } from '../db/order/orders.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { PayMethod, ProviderWord } from '../domain/payment.ts';
import { ProviderError } from '../payments/provider.ts';
import type { Deps } from './deps.ts';

/** What one call tells its workflow; after `money` and `again` it looks at the order once more. */
export type Collected = 'ready' | 'not-wanted' | 'money' | 'again';

/**
 * Gives an order a page to pay on, if it wants money and has none that lives. One for an older amount
 * is closed first, so that nobody pays a sum that is not asked for any more: `again`, and the page is
 * made by a call of its own.
 *
 * The attempt is committed before the provider is called. Run again it answers the stored page; when
 * the first answer was lost before a page was stored, the provider is asked again for the same order
 * id, which is safe: nobody has seen the first page. An id that the provider has in use is adopted by
 * reading its status; if that brought money the answer is `money`.
 */
export async function createPayment(
  deps: Deps,
  ref: BookingRef,
  nowMs: number,
): Promise<Collected> {
  const now = new Date(nowMs);
  const begun = await inTransaction(deps.pool, (tx) => beginAttempt(tx, ref, now));
  if (!begun) return 'not-wanted';
  const { attempt, order, outdated } = begun;
  if (outdated) return (await closeAttempt(deps, outdated, now)) === 'paid' ? 'money' : 'again';
  if (attempt.pageUrl) return 'ready';
  const method = await methodFor(deps, attempt);
  const account = await getAccount(deps.pool, deps.vault, ref.business, attempt.provider);
  const charge = {
    ref: attempt.ref,
    amountIdr: attempt.amountIdr,
    label: await labelOf(deps, order),
    method,
    returnUrl: `${deps.publicUrl}/${ref.business}/return`,
    now,
    holdEndsAt: (attempt.purpose === 'move' ? order.moveExpiresAt : order.expiresAt) ?? now,
  };
  const opening = deps.provider(attempt.provider).createPage(account, charge);
  const page = await opening.catch((error: unknown) => {
    if (method && error instanceof ProviderError && !error.temporary) return 'refused' as const;
    throw error;
  });
  if (page === 'used') return adopt(deps, attempt, now);
  if (page === 'refused') return withoutMethod(deps, attempt, now);
  await storePage(deps.pool, attempt, page);
  return 'ready';
}

/** The method that was chosen, for the first attempt; who needs another one may choose freely. */
async function methodFor(deps: Deps, attempt: Attempt): Promise<PayMethod | null> {
  const isFirst = attempt.attempt === 1 && attempt.purpose === 'visit';
  return isFirst ? readPayMethod(deps.pool, attempt) : null;
}

/** The business's account has not this method: the next attempt leaves the choice to the customer. */
async function withoutMethod(deps: Deps, attempt: Attempt, now: Date): Promise<'again'> {
  await recordWord(deps.pool, attempt, CANCELLED, now);
  return 'again';
}

interface Begun {
  attempt: Attempt;
  order: OrderRow;
  /** An attempt that is open for something that is not wanted any more. */
  outdated: Attempt | undefined;
}

/** The living attempt of an order, or a new one; undefined when the order wants no money. */
async function beginAttempt(tx: Tx, ref: BookingRef, now: Date): Promise<Begun | undefined> {
  const order = await lockOrder(tx, ref);
  const wanted = await readWanted(tx, order);
  if (!wanted) return undefined;
  const attempts = await listAttempts(tx, ref);
  const outdated = attempts.find((a) => isOpen(a) && !isFor(a, wanted));
  const usable = attempts.find((a) => isFor(a, wanted) && (isAlive(a, now) || a.state === 'new'));
  if (usable) return { attempt: usable, order, outdated };
  const attempt = (attempts[0]?.attempt ?? 0) + 1;
  const provider = await providerOf(tx, ref);
  const inserted = await insertAttempt(tx, ref, { attempt, provider, ...wanted }, now);
  return { attempt: inserted, order, outdated };
}

/** What the customer reads on the provider's page: no personal data leaves us. */
async function labelOf(deps: Deps, order: OrderRow): Promise<string> {
  const business = await getBusiness(deps.pool, order.business);
  return `${business.name} ${order.date} ${order.time ?? ''} × ${order.quantity}`.slice(0, 50);
}

/** The provider has a transaction of this id, whose page we never stored: its status decides. */
export async function adopt(deps: Deps, attempt: Attempt, now: Date): Promise<Collected> {
  // Without its page nobody can pay on this attempt: it is closed, and the next one gets a page.
  if ((await closeAttempt(deps, attempt, now)) === 'paid') return 'money';
  throw new Error('An attempt without a page was closed; asked again, a new one is made.');
}

/** Closes an attempt that is of no use any more, unless money came on it. */
async function closeAttempt(deps: Deps, attempt: Attempt, now: Date): Promise<'paid' | 'closed'> {
  const { to } = await askProvider(deps, attempt, now);
  if (to === 'paid') return 'paid';
  if ((await cancelAttempt(deps, attempt, now)) === 'closed') return 'closed';
  throw new Error('The provider keeps an attempt open that is of no use any more.');
}

const CANCELLED: ProviderWord = {
  state: 'cancelled',
  status: 'cancelled by us',
  paidIdr: 0,
  refundedIdr: 0,
  refundKeys: [],
};

/**
 * Reads back from the provider what a nudge was about (or the newest attempt that is open, or the
 * newest) and stores what it says. A webhook is a hint; this is the truth that a decision looks at.
 * `review`: the provider checks the payment for fraud, which the end of a hold has to wait for. One
 * call, safe to repeat.
 */
export async function readPayment(
  deps: Deps,
  ref: BookingRef,
  eventId: number | undefined,
  nowMs: number,
): Promise<'paid' | 'review' | 'open' | 'none'> {
  const attempt = await attemptOf(deps, ref, eventId);
  if (!attempt) return 'none';
  const { to } = await askProvider(deps, attempt, new Date(nowMs));
  if (to === 'paid') return 'paid';
  if (to === 'review' && (await mayBeReviewed(deps.pool, ref))) return 'review';
  return ['pending', 'review', 'denied'].includes(to) ? 'open' : 'none';
}

async function attemptOf(
  deps: Deps,
  ref: BookingRef,
  eventId: number | undefined,
): Promise<Attempt | undefined> {
  if (eventId === undefined) {
    const attempts = await listAttempts(deps.pool, ref);
    return attempts.find(isOpen) ?? attempts[0];
  }
  const event = await findEvent(deps.pool, ref.business, eventId);
  return event && findAttempt(deps.pool, ref.business, event.ref);
}

/** Asks the provider about one attempt and stores the answer. */
export async function askProvider(deps: Deps, attempt: Attempt, now: Date): Promise<Recorded> {
  const account = await getAccount(deps.pool, deps.vault, attempt.business, attempt.provider);
  const word = await deps.provider(attempt.provider).ask(account, attempt.ref);
  return recordWord(deps.pool, attempt, word, now);
}

/**
 * Makes the newest open attempt unpayable at the provider, transaction and page. `closed`: none is
 * open any more. `again`: one that changed there meanwhile, or an older one, is; ask about it, and
 * close again. Safe to repeat.
 */
export async function cancelPayment(
  deps: Deps,
  ref: BookingRef,
  nowMs: number,
): Promise<'closed' | 'again'> {
  const [attempt, ...older] = (await listAttempts(deps.pool, ref)).filter(isOpen);
  if (!attempt) return 'closed';
  const cancelled = await cancelAttempt(deps, attempt, new Date(nowMs));
  return cancelled === 'refused' || older.length > 0 ? 'again' : 'closed';
}

export async function cancelAttempt(
  deps: Deps,
  attempt: Attempt,
  now: Date,
): Promise<'closed' | 'refused'> {
  const account = await getAccount(deps.pool, deps.vault, attempt.business, attempt.provider);
  const provider = deps.provider(attempt.provider);
  const answer = await provider.cancel(account, attempt.ref, attempt.pageToken);
  if (answer === 'refused') return 'refused';
  await recordWord(deps.pool, attempt, CANCELLED, now);
  return 'closed';
}
