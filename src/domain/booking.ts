/** The name of one booking: its business and a code that is unique over all businesses. */
export interface BookingRef {
  business: string;
  code: string;
}

export type Kind = 'permit' | 'appointment' | 'plan';

/** The states a booking is seen in. `new`, `refused` and `waiting` orders are not bookings yet. */
export type BookingState =
  | 'held'
  | 'review'
  | 'paid'
  | 'expired'
  | 'cancelled'
  | 'refund_due'
  | 'refunded'
  | 'completed';

/** An order of kind `plan` has the states of a subscription (domain/subscription.ts). */
export type OrderState =
  | BookingState
  | 'new'
  | 'refused'
  | 'waiting'
  | 'pending'
  | 'active'
  | 'ended';

export type Refusal = 'SOLD_OUT' | 'CLOSED' | 'IDENTITY_ALREADY_BOOKED' | 'NOT_ALLOWED' | 'STALE';

export type DeadlineKind =
  | 'remind'
  | 'expire'
  | 'review'
  | 'lapse_move'
  | 'visit'
  | 'complete'
  /** Of a subscription: a reminder of its end, and the end. */
  | 'ending'
  | 'end';

/** The next instant at which an order wants attention, in milliseconds of the workflow's clock. */
export interface Deadline {
  kind: DeadlineKind;
  atMs: number;
}

/** What made a workflow look at its order: always only a name for a fact in Postgres. */
export type Nudge =
  | { kind: 'payment'; eventId: number }
  | { kind: 'request'; requestId: string }
  /** Somebody wants a page to pay on. */
  | { kind: 'pay' }
  | { kind: 'wake' }
  /** An operator cancelled the execution in Temporal. */
  | { kind: 'operator' };

/** What a workflow knows of its order: no personal data, small enough for history. */
export interface Order {
  state: OrderState;
  refusal?: Refusal;
  nextDeadline?: Deadline;
  /** When its hold ends or ended. */
  expiresAtMs?: number;
  visitAtMs: number;
  /** How many periods of a subscription were paid for. */
  periods?: number;
  /** Work that waits beside: things to do now, once, each by its own activity. */
  due: Errand[];
}

/** What is to be done beside the wait. Each is safe to run twice. */
export type Errand =
  | 'collect'
  | 'issue'
  | 'refund'
  | 'notices'
  | 'wake-offered'
  /** Tell the service that a subscription unlocks. */
  | 'tell-service';

/** The instants and marks of an order from which its next deadline follows. */
export interface Clockwork {
  state: OrderState;
  expiresAt: Date | null;
  remindAt: Date | null;
  endingAt: Date | null;
  reviewUntil: Date | null;
  moveExpiresAt: Date | null;
  visitRemindAt: Date | null;
  visitRemindedAt: Date | null;
  endsAt: Date | null;
}

/** The next deadline of an order, or undefined when nothing more will happen by time alone. */
export function nextDeadline(order: Clockwork): Deadline | undefined {
  const wanted: [DeadlineKind, Date | null][] = [];
  if (order.state === 'held') {
    wanted.push(['expire', order.endingAt ?? order.expiresAt]);
    if (!order.endingAt) wanted.push(['remind', order.remindAt]);
  }
  if (order.state === 'review') wanted.push(['review', order.endingAt ?? order.reviewUntil]);
  if (order.state === 'paid') {
    // A move that is open is decided first, also when the visit that it leaves is over meanwhile.
    if (order.moveExpiresAt) wanted.push(['lapse_move', order.moveExpiresAt]);
    else wanted.push(['complete', order.endsAt]);
    if (!order.visitRemindedAt) wanted.push(['visit', order.visitRemindAt]);
  }
  return earliest(wanted);
}

function earliest(wanted: [DeadlineKind, Date | null][]): Deadline | undefined {
  let first: Deadline | undefined;
  for (const [kind, at] of wanted) {
    if (at && (!first || at.getTime() < first.atMs)) first = { kind, atMs: at.getTime() };
  }
  return first;
}

/** A hold that was asked for longer ago than this is refused: the customer was told it failed. */
export const STALE_HOLD_MS = 30_000;

/** A payment under review at the provider keeps its places at most this long. */
export const REVIEW_MS = 24 * 3_600_000;
