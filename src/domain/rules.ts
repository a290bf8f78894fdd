import { DEFAULT_PLAN_RULES, type PlanRules } from './subscription.ts';

/** How a business sells; kept in its row, so that a new business is configuration. */
export interface Rules extends PlanRules {
  /** How long a place is held for payment, and an offer to the waiting list lasts. */
  holdMinutes: number;
  offerMinutes: number;
  /** How long before the end of a hold its customer is reminded. */
  remindBeforeMinutes: number;
  maxParty: number;
  maxDaysAhead: number;
  /** Bookings end this long before an appointment; a permit is sold until its day ends. */
  minMinutesAhead: number;
  /** What comes back of the price when a customer cancels that long before the visit. */
  cancel: { hoursBefore: number; refundPercent: number }[];
  reschedule: { hoursBefore: number; times: number };
  visitReminderHours: number;
  oneIdentityADay: boolean;
  /** The local hour at which a day's visit begins, `HH:MM`; appointments have their own time. */
  opensAt: string;
  visitMinutes: number;
}

export const DEFAULT_RULES: Rules = {
  ...DEFAULT_PLAN_RULES,
  holdMinutes: 30,
  offerMinutes: 30,
  remindBeforeMinutes: 10,
  maxParty: 10,
  maxDaysAhead: 60,
  minMinutesAhead: 0,
  cancel: [
    { hoursBefore: 72, refundPercent: 100 },
    { hoursBefore: 24, refundPercent: 50 },
  ],
  reschedule: { hoursBefore: 24, times: 1 },
  visitReminderHours: 24,
  oneIdentityADay: true,
  opensAt: '06:00',
  visitMinutes: 60,
};

/** What of `amountIdr` goes back when a customer cancels at `nowMs`; undefined when too late. */
export function cancelRefundIdr(
  rules: Rules,
  amountIdr: number,
  visitAtMs: number,
  nowMs: number,
): number | undefined {
  const hoursLeft = (visitAtMs - nowMs) / 3_600_000;
  const open = rules.cancel.filter((step) => hoursLeft >= step.hoursBefore);
  if (open.length === 0) return undefined;
  const percent = Math.max(...open.map((step) => step.refundPercent));
  return Math.floor((amountIdr * percent) / 100);
}

/** Whether a customer may still move a visit; why not otherwise. */
export function rescheduleRefusal(
  rules: Rules,
  order: { reschedules: number; freeMove: boolean; visitAtMs: number },
  nowMs: number,
): string | undefined {
  if (order.freeMove) return undefined;
  if (order.reschedules >= rules.reschedule.times) {
    return `A booking can be moved ${rules.reschedule.times} time(s); this one was.`;
  }
  if (order.visitAtMs - nowMs < rules.reschedule.hoursBefore * 3_600_000) {
    return `A booking can be moved until ${rules.reschedule.hoursBefore} hours before the visit.`;
  }
  return undefined;
}

/** When to remind of a visit; null when that lies behind already. */
export function visitReminder(visitAt: Date, rules: Rules, now: Date): Date | null {
  const at = new Date(visitAt.getTime() - rules.visitReminderHours * 3_600_000);
  return at > now ? at : null;
}

/** The instants of a hold: when it ends and when its customer is first reminded. */
export interface HoldTimes {
  expiresAt: Date;
  remindAt: Date;
}

/**
 * A customer who has not paid after this long gets the link by mail. Most pay at once and are spared a
 * mail about something that they are doing.
 */
const FIRST_REMINDER_MS = 60_000;

/**
 * When a hold, or an offer to the line, that begins now ends. `overrideMinutes` is the installation's
 * own (`PESAN_HOLD_MINUTES`), which comes before every business's.
 */
export function holdTimes(
  rules: Rules,
  kind: 'hold' | 'offer',
  overrideMinutes: number | undefined,
  now: Date,
): HoldTimes {
  const ruledMinutes = kind === 'hold' ? rules.holdMinutes : rules.offerMinutes;
  const holdMs = (overrideMinutes ?? ruledMinutes) * 60_000;
  const remindAfterMs = Math.min(FIRST_REMINDER_MS, holdMs / 3);
  return {
    expiresAt: new Date(now.getTime() + holdMs),
    remindAt: new Date(now.getTime() + remindAfterMs),
  };
}

/** When the last reminder before the end of a hold is due; null when that lies behind already. */
export function lastReminder(rules: Rules, expiresAt: Date, now: Date): Date | null {
  const at = new Date(expiresAt.getTime() - rules.remindBeforeMinutes * 60_000);
  return at > now ? at : null;
}
