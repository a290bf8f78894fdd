import { type Client, WithStartWorkflowOperation } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import type { BookingRef, Kind, Order } from '../domain/booking.ts';
import type { booking } from '../workflows/booking.ts';
import {
  holdUpdate,
  paymentSignal,
  paySignal,
  requestUpdate,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
  wakeSignal,
  workflowIdOf,
} from '../workflows/messages.ts';

/** What a workflow's start shows to operators. Nothing of it is personal. */
export interface Subject extends BookingRef {
  kind: Kind;
  offeringId: string;
  date: string;
  quantity: number;
  amountIdr: number;
  visitAt: Date;
}

/**
 * Every call that Pesan makes to Temporal about bookings. Each starts the order's workflow when none
 * runs, so that whatever arrives, however late, finds one.
 */
export interface Workflows {
  /** Asks a new order to hold its places. The same order gets the same answer, however often. */
  hold(subject: Subject): Promise<Order>;
  /** Asks for an answer to a request; the same request gets the same answer. */
  request(subject: Subject, requestId: string): Promise<Order>;
  signalPayment(subject: Subject, eventId: number): Promise<void>;
  signalPay(subject: Subject): Promise<void>;
  wake(subject: Subject): Promise<void>;
  /** Sends a code by mail, once. */
  sendOtp(business: string, otpId: string): Promise<void>;
  /** The ids of all booking workflows that run, a few seconds behind. */
  listRunning(): Promise<Set<string>>;
}

/**
 * How long a person waits for an answer. Shorter than the 30 s after which an unanswered hold is
 * refused, so that nobody is told "no" and given a place.
 */
const ANSWER_WITHIN_MS = 20_000;

/**
 * How long a nudge may keep who sends it waiting while Temporal is down. Shorter than a provider's
 * patience with a webhook; what was not said in time is said by upkeep.
 */
const NUDGE_WITHIN_MS = 3_000;

export function createWorkflows(client: Client): Workflows {
  const within = <T>(ms: number, work: () => Promise<T>) =>
    client.connection.withDeadline(Date.now() + ms, work);
  const ask = <T>(work: () => Promise<T>) => within(ANSWER_WITHIN_MS, work);
  const nudge = async (subject: Subject, signal: { name: string }, ...signalArgs: unknown[]) => {
    const start = { ...startOf(subject), signal: signal.name, signalArgs };
    const type = typeOf(subject);
    await within(NUDGE_WITHIN_MS, () => client.workflow.signalWithStart(type, start));
  };
  return {
    hold: (subject) =>
      ask(() =>
        client.workflow.executeUpdateWithStart(holdUpdate, {
          updateId: 'hold',
          // A code is new: a closed workflow of its id is the one that answered before.
          startWorkflowOperation: starting(subject, 'REJECT_DUPLICATE'),
        }),
      ),
    request: (subject, requestId) =>
      ask(() =>
        client.workflow.executeUpdateWithStart(requestUpdate, {
          updateId: requestId,
          args: [requestId],
          startWorkflowOperation: starting(subject, 'ALLOW_DUPLICATE'),
        }),
      ),
    signalPayment: (subject, eventId) => nudge(subject, paymentSignal, eventId),
    signalPay: (subject) => nudge(subject, paySignal),
    wake: (subject) => nudge(subject, wakeSignal),
    sendOtp: (business, otpId) => within(NUDGE_WITHIN_MS, () => startOtp(client, business, otpId)),
    listRunning: () => listRunning(client),
  };
}

function startOf(subject: Subject) {
  const { business, code } = subject;
  return {
    taskQueue: TASK_QUEUE,
    workflowId: workflowIdOf(subject),
    args: [{ business, code }] as [BookingRef],
    staticSummary: summaryOf(subject),
    staticDetails: `Order ${code} of ${business}. Its facts are in Postgres; this owns its time.`,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.business, value: business },
      { key: SEARCH_ATTRIBUTES.kind, value: subject.kind },
      { key: SEARCH_ATTRIBUTES.state, value: subject.kind === 'plan' ? 'pending' : 'held' },
      { key: SEARCH_ATTRIBUTES.visitDate, value: subject.visitAt },
      { key: SEARCH_ATTRIBUTES.code, value: code },
    ]),
  };
}

function typeOf({ kind }: Subject): 'booking' | 'subscription' {
  return kind === 'plan' ? 'subscription' : 'booking';
}

function summaryOf({ kind, code, offeringId, quantity, date }: Subject): string {
  if (kind === 'plan') return `${code}: subscription, ${offeringId}`;
  return `${code}: ${quantity} × ${offeringId} on ${date}`;
}

function starting(
  subject: Subject,
  workflowIdReusePolicy: 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE',
): WithStartWorkflowOperation<typeof booking> {
  return new WithStartWorkflowOperation<typeof booking>(typeOf(subject), {
    ...startOf(subject),
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy,
  });
}

async function startOtp(client: Client, business: string, otpId: string): Promise<void> {
  await client.workflow.start('otp', {
    taskQueue: TASK_QUEUE,
    workflowId: `otp:${business}:${otpId}`,
    workflowIdConflictPolicy: 'USE_EXISTING',
    args: [{ business, otpId }],
    staticSummary: 'A code by mail',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: SEARCH_ATTRIBUTES.business, value: business },
    ]),
  });
}

async function listRunning(client: Client): Promise<Set<string>> {
  const running = new Set<string>();
  const query = `WorkflowType in ('booking', 'subscription') and ExecutionStatus = 'Running'`;
  for await (const execution of client.workflow.list({ query, pageSize: 1000 })) {
    running.add(execution.workflowId);
  }
  return running;
}
