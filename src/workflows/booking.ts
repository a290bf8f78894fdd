import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { BookingRef, Deadline, Nudge, Order, OrderState } from '../domain/booking.ts';
import { decide, readBack } from './activities.ts';
import { meet } from './closing.ts';
import { createErrands, type Errands } from './errands.ts';
import {
  holdUpdate,
  paymentSignal,
  paySignal,
  requestUpdate,
  SEARCH_ATTRIBUTES,
  wakeSignal,
} from './messages.ts';

/**
 * One booking from its hold to the end of its visit.
 *
 * Holds places, waits for money until the hold ends, then keeps the places or gives them back; after
 * that waits for requests, reminders and the visit. Postgres decides and names the next deadline;
 * this waits for it. A run that late money started finds the order as it is, and goes on from there.
 */
export async function booking(ref: BookingRef): Promise<OrderState> {
  const notes = setup();
  // Temporal's own cancellation is an operator's: it too ends the order on the ordinary path.
  CancellationScope.current().cancelRequested.catch(() => notes.nudges.push({ kind: 'operator' }));
  return CancellationScope.nonCancellable(() => run(ref, notes));
}

async function run(ref: BookingRef, notes: Notes): Promise<OrderState> {
  const errands = createErrands(ref, () => notes.nudges.push({ kind: 'wake' }));
  let order = await decide.openBooking.executeWithOptions({ summary: 'Hold or find' }, [
    ref,
    Date.now(),
  ]);
  for (;;) {
    show(notes, order);
    errands.begin(order);
    const event = await nextEvent(notes, order.nextDeadline, errands);
    if (event === 'over') break;
    order = await advance(ref, order, event);
  }
  await condition(allHandlersFinished);
  return order.state;
}

/** What the handlers took note of, and what they may answer. */
interface Notes {
  nudges: Nudge[];
  asked: Set<string>;
  /** How the order stood when it last came to rest: no nudge waiting, no deadline overdue. */
  order: Order | undefined;
}

/** Handlers only take note; the body decides. */
function setup(): Notes {
  const notes: Notes = { nudges: [], asked: new Set(), order: undefined };
  setHandler(paymentSignal, (eventId) => {
    const known = notes.nudges.some((n) => n.kind === 'payment' && n.eventId === eventId);
    if (!known) notes.nudges.push({ kind: 'payment', eventId });
  });
  setHandler(paySignal, () => void notes.nudges.push({ kind: 'pay' }));
  setHandler(wakeSignal, () => void notes.nudges.push({ kind: 'wake' }));
  setHandler(holdUpdate, () => answerWhen(notes, () => notes.order !== undefined));
  setHandler(requestUpdate, (requestId) => {
    notes.asked.add(requestId);
    notes.nudges.push({ kind: 'request', requestId });
    return answerWhen(notes, () => !notes.asked.has(requestId));
  });
  return notes;
}

/** Who asked is answered also when an operator cancels meanwhile, or did before. */
function answerWhen(notes: Notes, isSettled: () => boolean): Promise<Order> {
  return CancellationScope.nonCancellable(async () => {
    await condition(isSettled);
    return notes.order!;
  });
}

/** Lets people see where the order stands: callers who wait, and operators who search. */
function show(notes: Notes, order: Order): void {
  const before = notes.order;
  const atRest = notes.nudges.length === 0 && !isDue(order.nextDeadline);
  // The starter wrote `held` and the visit's date; only what differs costs an event.
  if (
    (before?.state ?? 'held') !== order.state ||
    (before && before.visitAtMs !== order.visitAtMs)
  ) {
    upsertSearchAttributes([
      { key: SEARCH_ATTRIBUTES.state, value: order.state },
      { key: SEARCH_ATTRIBUTES.visitDate, value: new Date(order.visitAtMs) },
    ]);
  }
  notes.order = order;
  if (atRest) notes.asked.clear();
}

type Event = Nudge | { kind: 'deadline'; deadline: Deadline };

/** The next thing to look at; `over` when nothing can come by itself and nothing is under way. */
async function nextEvent(
  notes: Notes,
  deadline: Deadline | undefined,
  errands: Errands,
): Promise<Event | 'over'> {
  const nudged = () => notes.nudges.length > 0;
  if (deadline && !isDue(deadline)) {
    const summary = `Wait for: ${deadline.kind}`;
    await condition(nudged, deadline.atMs - Date.now(), { summary });
  }
  if (!deadline) await condition(() => nudged() || errands.idle());
  // A deadline that is due goes first: it asks for money itself, and no flood of nudges delays it.
  if (deadline && isDue(deadline)) return { kind: 'deadline', deadline };
  const nudge = notes.nudges.shift();
  if (nudge) return nudge;
  return deadline ? { kind: 'deadline', deadline } : 'over';
}

function isDue(deadline: Deadline | undefined): boolean {
  return deadline !== undefined && deadline.atMs <= Date.now();
}

/** Takes one step: every step asks Postgres how the order stands now. */
async function advance(ref: BookingRef, order: Order, event: Event): Promise<Order> {
  switch (event.kind) {
    case 'deadline':
      return meet(ref, event.deadline);
    case 'pay':
      return { ...order, due: ['collect'] };
    case 'payment':
      return (await wasReadBack(ref, event.eventId)) ? settle(ref, event) : { ...order, due: [] };
    default:
      return settle(ref, event);
  }
}

function settle(ref: BookingRef, nudge: Nudge): Promise<Order> {
  const summary = `Decide: ${nudge.kind}`;
  return decide.settleBooking.executeWithOptions({ summary }, [ref, nudge, Date.now()]);
}

/** A webhook is a hint: false leaves its event for upkeep to drive again. */
async function wasReadBack(ref: BookingRef, eventId: number): Promise<boolean> {
  const summary = 'Read back from the provider';
  return readBack.readPayment.executeWithOptions({ summary }, [ref, eventId, Date.now()]).then(
    () => true,
    () => false,
  );
}
