import { expect, it } from 'vitest';
import { cancelPayment, readPayment } from '../../src/activities/collect.ts';
import type { Activities } from '../../src/activities/index.ts';
import { createInvoice } from '../../src/activities/plan/invoice.ts';
import {
  meetPeriod,
  openSubscription,
  settleSubscription,
} from '../../src/activities/plan/settle.ts';
import { subscribe } from '../../src/commands/plan/subscribe.ts';
import { listAttempts } from '../../src/db/money/payments.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { until } from '../../src/local/until.ts';
import { paymentSignal, subscriptionWorkflowId, TASK_QUEUE } from '../../src/workflows/messages.ts';
import type { subscription } from '../../src/workflows/subscription.ts';
import { commandDeps } from '../ground/asking.ts';
import { eventArrives, ledgerOf, useCore } from '../ground/life.ts';
import { newBase, periodsOf, rowOf, toldOf } from '../ground/plans.ts';
import { useSkipping } from '../ground/skipping.ts';

const core = useCore();
const skipping = useSkipping();
const DAY_MS = 86_400_000;
/** How long after its instant a timer may be noticed. */
const PROMPT_MS = 5_000;

/** What the workflow asked of the facts, when by its own clock. */
interface Said {
  what: string;
  atMs: number;
}

/** The decisions of Postgres, written down; `telling` may do what a customer does when told something. */
function decisions(telling: (ref: BookingRef) => Promise<void>) {
  const said: Said[] = [];
  const note = (what: string, atMs: number) => void said.push({ what, atMs });
  const activities: Partial<Activities> = {
    openSubscription: (ref, nowMs) => {
      note('open', nowMs);
      return openSubscription(core.deps, ref, nowMs);
    },
    settleSubscription: (ref, nudge, nowMs) => settleSubscription(core.deps, ref, nudge, nowMs),
    meetPeriod: (ref, kind, asked, nowMs) => {
      note(`meet ${kind}`, nowMs);
      return meetPeriod(core.deps, ref, kind, asked, nowMs);
    },
    createInvoice: (ref, nowMs) => createInvoice(core.deps, ref, nowMs),
    readPayment: (ref, eventId, nowMs) => readPayment(core.deps, ref, eventId, nowMs),
    cancelPayment: (ref, nowMs) => cancelPayment(core.deps, ref, nowMs),
    sendNotices: telling,
  };
  const timesOf = (what: string) => said.flatMap((one) => (one.what === what ? [one.atMs] : []));
  return { activities, timesOf };
}

const handleOf = (ref: BookingRef) =>
  skipping.client.workflow.getHandle(subscriptionWorkflowId(ref));

/** Money comes for an attempt, and the provider tells of it. */
async function pay(ref: BookingRef, no: number): Promise<void> {
  const attempt = (await listAttempts(core.pool, ref)).find((one) => one.attempt === no)!;
  const word = { state: 'paid', status: 'PAID', paidIdr: attempt.amountIdr } as const;
  core.provider.words.set(attempt.ref, word);
  await handleOf(ref).signal(paymentSignal, await eventArrives(core, attempt, word));
}

/**
 * Waits until the newest invoice has its page, and Temporal knows: the test server, unlike the real one,
 * refuses a workflow task that cancels an activity which ended while the task was under way.
 */
async function invoiceIsMade(ref: BookingRef): Promise<void> {
  await until('the invoice is made', 10_000, async () => {
    const [newest] = await listAttempts(core.pool, ref);
    const { raw } = await handleOf(ref).describe();
    const names = (raw.pendingActivities ?? []).map(({ activityType }) => activityType?.name);
    return newest?.state !== 'new' && !names.includes('createInvoice');
  });
}

async function asked(plan: string): Promise<BookingRef> {
  const deps = commandDeps(core);
  const workflows = { ...deps.workflows, wake: async () => undefined };
  const wish = { plan, base: await newBase(core), email: '', otp: undefined };
  const { subscribed } = await subscribe({ ...deps, workflows }, 'rafess', undefined, wish);
  return { business: 'rafess', code: subscribed.code };
}

/** Begins in real time, until the first period is paid; from then on time jumps. */
async function live(ref: BookingRef): Promise<string> {
  await skipping.client.workflow.start<typeof subscription>('subscription', {
    taskQueue: TASK_QUEUE,
    workflowId: subscriptionWorkflowId(ref),
    args: [ref],
  });
  await invoiceIsMade(ref);
  await pay(ref, 1);
  return handleOf(ref).result();
}

// Guards `isRenewed` of `live` and its timers: nothing but the workflow's clock moves time here.
it('lives three periods as runs of their own, reminds at each midnight, and ends', async () => {
  const ref = await asked('weekly');
  // Paid at the last reminder of the first and of the second period: the third ends.
  const paid = new Set<number>();
  const { activities, timesOf } = decisions(async () => {
    const [{ attempt: newest } = { attempt: 0 }] = await listAttempts(core.pool, ref);
    if (![4, 7].includes(newest) || paid.has(newest)) return;
    paid.add(newest);
    await invoiceIsMade(ref);
    await pay(ref, newest);
  });
  expect(await skipping.withWorkers(activities, () => live(ref))).toBe('ended');
  const periods = (await periodsOf(core, ref)).reverse();
  expect(periods.map(({ attempt }) => attempt)).toEqual([1, 4, 7]);
  const [first] = periods;
  const ends = periods.map(({ toAt }) => toAt.getTime());
  expect(ends).toEqual([7, 14, 21].map((days) => first!.fromAt.getTime() + days * DAY_MS));
  // The run that was paid in, and one for each period.
  expect(timesOf('open')).toHaveLength(4);
  const told = await toldOf(core, ref);
  const reminded = told.filter(({ kind }) => kind === 'ending').map(({ of }) => Date.parse(of));
  expect(reminded).toHaveLength(9);
  const met = timesOf('meet ending');
  expect(met).toHaveLength(9);
  for (const [index, atMs] of reminded.sort((one, other) => one - other).entries()) {
    // Midnight at UTC+7, and the reminder neither before it nor later than a timer may be.
    expect((atMs + 7 * 3_600_000) % DAY_MS).toBe(0);
    expect(met[index]! - atMs).toBeGreaterThanOrEqual(0);
    expect(met[index]! - atMs).toBeLessThan(PROMPT_MS);
  }
  const [endMs] = timesOf('meet end');
  expect(endMs! - ends[2]!).toBeGreaterThanOrEqual(0);
  expect(endMs! - ends[2]!).toBeLessThan(PROMPT_MS);
  expect(await rowOf(core, ref)).toMatchObject({ state: 'ended', periods: 3 });
  expect(await ledgerOf(core, 'rafess')).toEqual([]);
}, 60_000);
