import type { Deadline } from './booking.ts';

/** The states that a subscription is seen in (docs/contract: `GET /subscriptions/{token}`). */
export type SubscriptionState = 'pending' | 'active' | 'ended';

/** The instants of a subscription from which its next deadline follows. */
export interface SubscriptionClock {
  state: SubscriptionState;
  /** When the newest invoice that somebody asked for stops being payable. */
  invoiceEndsAt: Date | null;
  /** The next reminder that lies ahead. */
  remindAt: Date | null;
  /** When it ends unless it is paid for: the end of what is paid, and the days of grace. */
  endsAt: Date | null;
}

/** The next deadline of a subscription, or undefined when nothing more happens by time alone. */
export function nextDeadlineOf(clock: SubscriptionClock): Deadline | undefined {
  const wanted: [Deadline['kind'], Date | null][] = [];
  if (clock.state === 'active') {
    // The end comes first where both fall together: it closes invoices, too, and tells of more.
    wanted.push(['end', clock.endsAt], ['ending', clock.remindAt]);
  }
  if (clock.state !== 'ended') wanted.push(['expire', clock.invoiceEndsAt]);
  let first: Deadline | undefined;
  for (const [kind, at] of wanted) {
    if (at && (!first || at.getTime() < first.atMs)) first = { kind, atMs: at.getTime() };
  }
  return first;
}

/** How a business sells plans; beside `Rules` in its row. */
export interface PlanRules {
  /** How long an invoice that somebody asked for can be paid. */
  invoiceMinutes: number;
  /** For how many days after its end a subscription that is not renewed still counts as active. */
  graceDays: number;
  /** What becomes of money for a period that is paid for already. */
  secondPayment: 'extend' | 'refund';
  /** On which days before the end its owner is reminded, at local midnight. */
  remindDaysBefore: number[];
  /** How many messages a follower may have posted to a base within an hour. */
  relayPerHour: number;
}

export const DEFAULT_PLAN_RULES: PlanRules = {
  invoiceMinutes: 24 * 60,
  graceDays: 0,
  secondPayment: 'extend',
  remindDaysBefore: [3, 2, 1],
  relayPerHour: 5,
};

/** A plan of one day is reminded of once, this long before its end, unless that is far away. */
export const DAY_REMINDER_MS = 3 * 3_600_000;

/** The midnight a day before an end lies ahead when the end is at least this far. */
export const SOON_MS = 2 * 86_400_000;

/**
 * Where a new period begins: at the end of what is paid when the money came before that was over, the
 * days of grace included, in which the service was given; else now. Money that is found only after the
 * end, since nobody was there to look, counts by when it came, without the time for which what it
 * unlocks was locked meanwhile.
 */
export function periodStart(
  {
    state,
    activeUntil,
    endsAt,
  }: Pick<SubscriptionClock, 'state' | 'endsAt'> & { activeUntil: Date | null },
  cameAt: Date,
  now: Date,
): Date {
  if (state !== 'active' || !activeUntil || !endsAt || cameAt >= endsAt) return now;
  const lockedMs = Math.max(0, now.getTime() - endsAt.getTime());
  return new Date(activeUntil.getTime() + lockedMs);
}
