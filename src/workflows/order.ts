import {
  allHandlersFinished,
  CancellationScope,
  condition,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import type { BookingRef, Deadline, Nudge, Order, OrderState } from '../domain/booking.ts';
import { readBack } from './activities.ts';
import { createErrands, type Errands, type Works } from './errands.ts';
import {
  holdUpdate,
  paymentSignal,
  paySignal,
  requestUpdate,
  SEARCH_ATTRIBUTES,
  wakeSignal,
} from './messages.ts';

/** What differs between kinds of orders: who decides, and what is done beside the wait. */
export interface Life {
  open(ref: BookingRef): Promise<Order>;
  settle(ref: BookingRef, nudge: Nudge): Promise<Order>;
  meet(ref: BookingRef, deadline: Deadline): Promise<Order>;
  works: Works;
  /** What the starter wrote into the search attributes. */
  startsAs: OrderState;
  /** Whether a new period of a subscription is a new run. */
  isRunAPeriod?: boolean;
}

/**
 * Lives an order: lets Postgres decide, waits for the deadline that it names, and for nudges. Answers
 * the last state, or `again` when a new period began and a new run should go on, with a short history.
 */
export async function live(ref: BookingRef, life: Life): Promise<OrderState | 'again'> {
  const notes = setup();
  // Temporal's own cancellation is an operator's: it too ends the order on the ordinary path.
  CancellationScope.current().cancelRequested.catch(() => notes.nudges.push({ kind: 'operator' }));
  return CancellationScope.nonCancellable(() => run(ref, life, notes));
}

async function run(ref: BookingRef, life: Life, notes: Notes): Promise<OrderState | 'again'> {
  const errands = createErrands(ref, life.works, () => notes.nudges.push({ kind: 'wake' }));
  let order = await life.open(ref);
  const begunAfter = order.periods ?? 0;
  for (;;) {
    show(notes, order, life.startsAs);
    errands.begin(order);
    const isRenewed = life.isRunAPeriod === true && (order.periods ?? 0) > begunAfter;
    const event = await nextEvent(notes, order.nextDeadline, errands, isRenewed);
    if (event === 'again') return 'again';
    if (event === 'over') break;
    order = await advance(ref, life, order, event);
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
function show(notes: Notes, order: Order, startsAs: OrderState): void {
  const before = notes.order;
  const atRest = notes.nudges.length === 0 && !isDue(order.nextDeadline);
  // The starter wrote the first state and the date; only what differs costs an event.
  if (
    (before?.state ?? startsAs) !== order.state ||
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

/**
 * The next thing to look at; `over` when nothing can come by itself and nothing is under way, `again`
 * when a new period began and nothing is under way that a new run would not know of.
 */
async function nextEvent(
  notes: Notes,
  deadline: Deadline | undefined,
  errands: Errands,
  isRenewed: boolean,
): Promise<Event | 'over' | 'again'> {
  const nudged = () => notes.nudges.length > 0;
  const isAgain = () => isRenewed && errands.idle() && allHandlersFinished();
  if (deadline && !isDue(deadline)) {
    const summary = `Wait for: ${deadline.kind}`;
    await condition(() => nudged() || isAgain(), deadline.atMs - Date.now(), { summary });
    if (isAgain() && !nudged()) return 'again';
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
async function advance(ref: BookingRef, life: Life, order: Order, event: Event): Promise<Order> {
  switch (event.kind) {
    case 'deadline':
      return life.meet(ref, event.deadline);
    case 'pay':
      return { ...order, due: ['collect'] };
    case 'payment':
      return (await wasReadBack(ref, event.eventId))
        ? life.settle(ref, event)
        : { ...order, due: [] };
    default:
      return life.settle(ref, event);
  }
}

/** A webhook is a hint: false leaves its event for upkeep to drive again. */
async function wasReadBack(ref: BookingRef, eventId: number): Promise<boolean> {
  const summary = 'Read back from the provider';
  return readBack.readPayment.executeWithOptions({ summary }, [ref, eventId, Date.now()]).then(
    () => true,
    () => false,
  );
}
