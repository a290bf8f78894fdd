import type { BookingFacts } from '../domain/facts.ts';

/** A day (and time) that a booking can be moved to, and what that changes of its price. */
export interface MoveChoice {
  date: string;
  time: string | null;
  differenceIdr: number;
}

/** Why a press on the status page did nothing. */
export type StatusRefused =
  | 'sold-out'
  | 'closed'
  | 'identity'
  | 'not-allowed'
  | 'unavailable'
  | 'invalid'
  | 'stale';

/** What the status page of a booking shows beside its facts. */
export interface Status {
  facts: BookingFacts;
  /** Which version of the order this page shows; the live connection tells when there is a newer. */
  version: number;
  /** Where the page is: its own path, without host. */
  path: string;
  payPath: string;
  /** Under which its papers are: tickets, receipt, calendar file. */
  documentsPath: string;
  /** Signed for this browser, and a fresh key for whatever is pressed. */
  formToken: string;
  key: string;
  /** The words of the business when it closed the day of this booking. */
  closure?: { reason: string; booked: 'refund' | 'reschedule' | 'keep' } | undefined;
  /** What comes back when the customer cancels now; absent when that cannot be any more. */
  cancel?: { backIdr: number } | undefined;
  /** Days to move to; absent when that cannot be (any more). */
  moves?: readonly MoveChoice[] | undefined;
  /** When a repair came to which state, oldest first. */
  repairSteps?: readonly RepairStep[] | undefined;
  refused?: StatusRefused | undefined;
  /** Whether the customer comes from the provider's page just now. */
  returned?: boolean | undefined;
}

/** One step of a repair, with what the shop said of it. */
export interface RepairStep {
  state: string;
  at: Date;
  note?: string | undefined;
}

/** Whether something about the booking may change by itself soon, so that the page keeps looking. */
export function isLively({ state, issuing, move, refund, kind }: BookingFacts): boolean {
  if (state === 'held' || state === 'review') return true;
  if (state === 'paid')
    return issuing || move !== undefined || kind === 'appointment' || open(refund);
  return state === 'refund_due' || state === 'expired';
}

/** Whether all the money of a held booking is written down, and what follows from it is decided right now. */
export function isCounting({ state, amountIdr, paidIdr }: BookingFacts): boolean {
  return state === 'held' && amountIdr > 0 && paidIdr >= amountIdr;
}

const open = (refund: BookingFacts['refund']) => refund !== undefined && refund.state !== 'done';
