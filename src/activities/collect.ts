import { getAccount, getBusiness } from '../db/businesses.ts';
import { findEvent } from '../db/events.ts';
import { lockOrder, type OrderRow } from '../db/orders.ts';
import {
  type Attempt,
  findAttempt,
  insertAttempt,
  isAlive,
  isOpen,
  listAttempts,
  type PaymentPurpose,
  readMoney,
  recordWord,
  storePage,
} from '../db/payments.ts';
import { inTransaction, maybeOne, type Tx } from '../db/pool.ts';
import type { BookingRef } from '../domain/booking.ts';
import { owedAt, type ProviderWord } from '../domain/payment.ts';
import type { Deps } from './deps.ts';

/** What one call tells its workflow. */
export type Collected = 'ready' | 'not-wanted' | 'money';

/**
 * Gives an order a page to pay on, if it wants money and has none that lives.
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
  if (begun.attempt.pageUrl) return 'ready';
  const { attempt, order } = begun;
  const account = await getAccount(deps.pool, deps.vault, ref.business, attempt.provider);
  const page = await deps.provider(attempt.provider).createPage(account, {
    ref: attempt.ref,
    amountIdr: attempt.amountIdr,
    label: await labelOf(deps, order),
    returnUrl: `${deps.publicUrl}/${ref.business}/return`,
    now,
    holdEndsAt: (attempt.purpose === 'move' ? order.moveExpiresAt : order.expiresAt) ?? now,
  });
  if (page === 'used') return adopt(deps, attempt, now);
  await storePage(deps.pool, attempt, page);
  return 'ready';
}

/** The living attempt of an order, or a new one; undefined when the order wants no money. */
async function beginAttempt(
  tx: Tx,
  ref: BookingRef,
  now: Date,
): Promise<{ attempt: Attempt; order: OrderRow } | undefined> {
  const order = await lockOrder(tx, ref);
  const purpose = purposeOf(order);
  if (!purpose) return undefined;
  const attempts = await listAttempts(tx, ref);
  const usable = attempts.find(
    (a) => a.purpose === purpose && (isAlive(a, now) || a.state === 'new'),
  );
  if (usable) return { attempt: usable, order };
  const amountIdr = await amountWanted(tx, order, purpose);
  if (amountIdr <= 0) return undefined;
  const attempt = (attempts[0]?.attempt ?? 0) + 1;
  const wanted = { attempt, provider: 'midtrans', purpose, amountIdr };
  return { attempt: await insertAttempt(tx, ref, wanted, now), order };
}

function purposeOf(order: OrderRow): PaymentPurpose | undefined {
  if (order.state === 'held' && !order.ending) return 'visit';
  return order.state === 'paid' && order.moveExpiresAt ? 'move' : undefined;
}

/** What is still missing: the rest of the price, or of the difference of a move. */
async function amountWanted(tx: Tx, order: OrderRow, purpose: PaymentPurpose): Promise<number> {
  const money = await readMoney(tx, order);
  const there = money.paidIdr - money.plannedRefundIdr;
  if (purpose === 'visit') return order.amountIdr - there;
  const move = await maybeOne<{ amountIdr: number }>(
    tx,
    `select amount_idr as "amountIdr" from moves
     where business_id = $1 and code = $2 and state = 'open'`,
    [order.business, order.code],
  );
  return move ? owedAt(move.amountIdr, order) - there : 0;
}

/** What the customer reads on the provider's page: no personal data leaves us. */
async function labelOf(deps: Deps, order: OrderRow): Promise<string> {
  const business = await getBusiness(deps.pool, order.business);
  return `${business.name} ${order.date} ${order.time ?? ''} × ${order.quantity}`.slice(0, 50);
}

/** The provider has a transaction of this id, whose page we never stored: its status decides. */
async function adopt(deps: Deps, attempt: Attempt, now: Date): Promise<Collected> {
  const { to } = await askProvider(deps, attempt, now);
  if (to === 'paid') return 'money';
  // Without its page nobody can pay on this attempt: it is closed, and the next one gets a page.
  const account = await getAccount(deps.pool, deps.vault, attempt.business, attempt.provider);
  const cancelled = await deps
    .provider(attempt.provider)
    .cancel(account, attempt.ref, attempt.pageToken);
  if (cancelled === 'refused')
    throw new Error('The provider keeps an attempt without a page open.');
  await recordWord(deps.pool, attempt, CANCELLED, now);
  throw new Error('An attempt without a page was closed; asked again, a new one is made.');
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
 * newest) and stores what it says. A webhook is a hint; this is the truth that a decision looks at. One call, safe to repeat.
 */
export async function readPayment(
  deps: Deps,
  ref: BookingRef,
  eventId: number | undefined,
  nowMs: number,
): Promise<'paid' | 'open' | 'none'> {
  const attempt = await attemptOf(deps, ref, eventId);
  if (!attempt) return 'none';
  const { to } = await askProvider(deps, attempt, new Date(nowMs));
  if (to === 'paid') return 'paid';
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
export async function askProvider(deps: Deps, attempt: Attempt, now: Date) {
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
  const account = await getAccount(deps.pool, deps.vault, ref.business, attempt.provider);
  const answer = await deps
    .provider(attempt.provider)
    .cancel(account, attempt.ref, attempt.pageToken);
  if (answer === 'refused') return 'again';
  await recordWord(deps.pool, attempt, CANCELLED, new Date(nowMs));
  return older.length > 0 ? 'again' : 'closed';
}
