import { audit } from '../../db/audit.ts';
import { findOffer } from '../../db/plan/plans.ts';
import { lockSubscription, saveSubscription } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';

/**
 * Pauses or resumes the reminders of a subscription, within its owner's turn. The next reminder that
 * comes finds it so; none is made up for. Audited with `who`; safe to repeat. Locks the order.
 */
export async function setReminders(
  tx: Tx,
  ref: BookingRef,
  isPaused: boolean,
  who: string,
): Promise<void> {
  const subscription = await lockSubscription(tx, ref);
  if (subscription.remindersPaused === isPaused) return;
  await saveSubscription(tx, { ...subscription, remindersPaused: isPaused });
  const action = isPaused ? 'subscription.pause-reminders' : 'subscription.resume-reminders';
  await audit(tx, ref.business, who, action, ref.code);
}

/**
 * Chooses the plan of the next period: reminders ask for that one. Answers false for a plan that is not
 * there. Audited with `who`; safe to repeat. Locks the order.
 */
export async function planNext(
  tx: Tx,
  ref: BookingRef,
  plan: string,
  who: string,
): Promise<boolean> {
  if (!(await findOffer(tx, ref.business, plan))) return false;
  const subscription = await lockSubscription(tx, ref);
  const nextPlan = plan === subscription.plan ? null : plan;
  if (nextPlan === subscription.nextPlan) return true;
  await saveSubscription(tx, { ...subscription, nextPlan });
  await audit(tx, ref.business, who, 'subscription.next-plan', ref.code, { plan });
  return true;
}
