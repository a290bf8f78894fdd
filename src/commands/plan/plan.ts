import { findOffer } from '../../db/plan/plans.ts';
import { lockSubscription, saveSubscription } from '../../db/plan/subscriptions.ts';
import type { Tx } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';

/**
 * Pauses or resumes the reminders of a subscription, within its owner's turn. The next reminder that
 * comes finds it so; none is made up for. Safe to repeat. Locks the order.
 */
export async function setReminders(tx: Tx, ref: BookingRef, isPaused: boolean): Promise<void> {
  const subscription = await lockSubscription(tx, ref);
  await saveSubscription(tx, { ...subscription, remindersPaused: isPaused });
}

/**
 * Chooses the plan of the next period: reminders ask for that one. Answers false for a plan that is not
 * there. Safe to repeat. Locks the order.
 */
export async function planNext(tx: Tx, ref: BookingRef, plan: string): Promise<boolean> {
  if (!(await findOffer(tx, ref.business, plan))) return false;
  const subscription = await lockSubscription(tx, ref);
  const nextPlan = plan === subscription.plan ? null : plan;
  await saveSubscription(tx, { ...subscription, nextPlan });
  return true;
}
