import { finishEvent } from '../../db/money/events.ts';
import { tell } from '../../db/order/notices.ts';
import { insertInvoice, listInvoices, passReminders } from '../../db/plan/periods.ts';
import { getOffer } from '../../db/plan/plans.ts';
import { tellService } from '../../db/plan/service.ts';
import { changeSubscription, type SubscriptionRow } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import type { BookingRef, Deadline, Nudge, Order } from '../../domain/booking.ts';
import { nextDeadlineOf } from '../../domain/subscription.ts';
import type { Deps } from '../deps.ts';
import { type Asked, trustSignedEvents } from '../settle.ts';
import { end, expire } from './end.ts';
import { acceptPeriods } from './money.ts';
import { answerPeriodRequests } from './requests.ts';

/** Finds a subscription as it is, for a run that begins. */
export function openSubscription(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const now = new Date(nowMs);
  return changeSubscription(deps.pool, ref, async (tx, subscription) => {
    subscription.openedAt ??= now;
    await acceptPeriods(tx, subscription, now);
    await answerPeriodRequests(tx, subscription, now);
  });
}

/**
 * Applies a nudge to a subscription: the one transaction that decides. Money counts by what is there,
 * each invoice once, however often it was told; and whatever was asked of it is answered, whoever's
 * nudge this is. Locks the order.
 */
export function settleSubscription(
  deps: Deps,
  ref: BookingRef,
  nudge: Nudge,
  nowMs: number,
): Promise<Order> {
  const now = new Date(nowMs);
  return changeSubscription(deps.pool, ref, async (tx, subscription) => {
    await acceptPeriods(tx, subscription, now);
    await tellOfExpired(tx, subscription, now);
    if (nudge.kind === 'operator') await end(tx, subscription, now, 'stopped');
    if (nudge.kind === 'payment') await finishEvent(tx, ref.business, nudge.eventId);
    await answerPeriodRequests(tx, subscription, now);
  });
}

/**
 * Meets a deadline that Postgres named; one that is not due (met before, or overtaken by money) changes
 * nothing. Locks the order.
 */
export function meetPeriod(
  deps: Deps,
  ref: BookingRef,
  kind: Deadline['kind'],
  asked: Asked,
  nowMs: number,
): Promise<Order> {
  const now = new Date(nowMs);
  return changeSubscription(deps.pool, ref, async (tx, subscription) => {
    if (asked === 'unreachable') await trustSignedEvents(tx, subscription);
    await acceptPeriods(tx, subscription, now);
    await tellOfExpired(tx, subscription, now);
    const due = nextDeadlineOf(subscription);
    if (due?.kind === kind && due.atMs <= nowMs) await meet(deps, tx, subscription, kind, now);
    await answerPeriodRequests(tx, subscription, now);
  });
}

async function meet(
  deps: Deps,
  tx: Tx,
  s: SubscriptionRow,
  kind: Deadline['kind'],
  now: Date,
): Promise<void> {
  if (kind === 'ending') await remind(deps, tx, s, now);
  if (kind === 'expire') await expire(tx, s, now);
  if (kind === 'end') await end(tx, s, now);
}

/** A reminder of the end, with an invoice of its own; the older ones are closed beside the wait. */
async function remind(deps: Deps, tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  const reminded = s.remindAt!;
  // After an outage that was longer than the end is away, the end is all there is to tell.
  const isSkipped = s.remindersPaused || s.endsAt! <= now;
  s.remindAt = await passReminders(tx, s, now, isSkipped ? 'skipped' : 'told');
  if (isSkipped) return;
  const offer = await getOffer(tx, s.business, s.nextPlan ?? s.plan);
  const invoice = { ...offer, forPeriod: s.periods + 1, expiresAt: s.endsAt!, chatId: null };
  const provider = s.twin ? 'rehearsal' : offer.provider;
  await insertInvoice(tx, deps.vault, s, { ...invoice, provider }, now);
  // It can be paid until the end, which closes it: no end of its own.
  s.invoiceEndsAt = null;
  await tell(tx, s, 'ending', reminded.toISOString());
  await tellService(tx, s, 'subscription.ending', now);
}

/**
 * What the provider says has expired is told, unless a newer invoice replaced it: those we cancelled
 * ourselves are not `expired`.
 */
async function tellOfExpired(tx: Tx, s: SubscriptionRow, now: Date): Promise<void> {
  const [newest] = await listInvoices(tx, s, 1);
  if (newest?.state !== 'expired' || newest.forPeriod <= s.periods || !s.invoiceEndsAt) return;
  await expire(tx, s, now);
}
