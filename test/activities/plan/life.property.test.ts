import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cancelPayment, readPayment } from '../../../src/activities/collect.ts';
import { createInvoice } from '../../../src/activities/plan/invoice.ts';
import { refundPeriod } from '../../../src/activities/plan/refund.ts';
import { meetPeriod, settleSubscription } from '../../../src/activities/plan/settle.ts';
import { planNext, setReminders } from '../../../src/commands/plan/plan.ts';
import { subscribe } from '../../../src/commands/plan/subscribe.ts';
import { listAttempts } from '../../../src/db/money/payments.ts';
import type { Wish } from '../../../src/db/order/requests.ts';
import { findSubscriptionOf } from '../../../src/db/plan/subscriptions.ts';
import { inTransaction, many, run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { commandDeps } from '../../ground/asking.ts';
import { createToldProvider } from '../../ground/core.ts';
import { eventArrives, ledgerOf, useCore } from '../../ground/life.ts';
import { makePages, newBase, operate, rowOf, settle } from '../../ground/plans.ts';
import {
  amountOf,
  apply,
  HOUR,
  type Model,
  momentsOf,
  newModel,
  PLANS,
  type Plan,
  pass,
  type Rules,
  type Step,
} from './life.model.ts';

const core = useCore();
const BEGIN_MS = Date.parse('2030-01-10T09:30:00+07:00');

/** What is done at once, and how much time then goes by. */
interface Round {
  steps: Step[];
  hours: number;
  isOutage: boolean;
}

async function startAfresh(rules: Rules): Promise<string> {
  Object.assign(core.provider, createToldProvider());
  await core.pool.query('truncate orders, idempotency_keys cascade');
  await run(core.pool, `update businesses set rules = rules || $1 where business_id = 'rafess'`, [
    JSON.stringify(rules),
  ]);
  return newBase(core);
}

const refOf = (base: string): Promise<BookingRef | undefined> =>
  findSubscriptionOf(core.pool, 'rafess', base);

async function perform(step: Step, base: string, nowMs: number): Promise<void> {
  if (step.do === 'ask') return ask(step.plan, base, nowMs);
  const ref = await refOf(base);
  if (!ref) return;
  switch (step.do) {
    case 'choose':
      return void (await inTransaction(core.pool, (tx) =>
        planNext(tx, ref, step.plan, 'telegram:900002'),
      ));
    case 'pause':
    case 'resume':
      return inTransaction(core.pool, (tx) =>
        setReminders(tx, ref, step.do === 'pause', 'telegram:900002'),
      );
    case 'pay':
      return pay(ref, step, nowMs);
    case 'refund':
      return operated(ref, 'refund', step.what === 'part' ? { amountIdr: 1_000 } : {}, nowMs);
    case 'cancel':
      return operated(ref, 'cancel', {}, nowMs);
    case 'expire':
      return expire(ref, step.at, nowMs);
    case 'sync':
      await readPayment(core.deps, ref, undefined, nowMs);
      await createInvoice(core.deps, ref, nowMs);
      return void (await settle(core, ref, new Date(nowMs)));
    case 'give back':
      while ((await refundPeriod(core.deps, ref, nowMs)).due.includes('refund'));
  }
}

async function operated(
  ref: BookingRef,
  kind: 'refund' | 'cancel',
  wish: Wish,
  nowMs: number,
): Promise<void> {
  await operate(core, ref, kind, new Date(nowMs), wish);
}

async function ask(plan: Plan, base: string, nowMs: number): Promise<void> {
  const deps = commandDeps(core, () => new Date(nowMs));
  const workflows = { ...deps.workflows, wake: async () => undefined };
  const wish = { plan, base, email: '', otp: undefined };
  await subscribe({ ...deps, workflows }, 'rafess', undefined, wish);
}

/** Money comes, and its event is told twice. */
async function pay(
  ref: BookingRef,
  { at, what }: Extract<Step, { do: 'pay' }>,
  nowMs: number,
): Promise<void> {
  const attempt = (await listAttempts(core.pool, ref)).find((one) => one.attempt === at + 1);
  if (!attempt) return;
  const before = core.provider.words.get(attempt.ref)?.paidIdr ?? 0;
  const paidIdr = Math.max(before, amountOf(attempt.amountIdr, what));
  core.provider.words.set(attempt.ref, { state: 'paid', status: 'PAID', paidIdr });
  const eventId = await eventArrives(core, attempt, { state: 'paid', paidIdr });
  for (const _ of [1, 2]) {
    await readPayment(core.deps, ref, eventId, nowMs);
    await settleSubscription(core.deps, ref, { kind: 'payment', eventId }, nowMs);
  }
}

async function expire(ref: BookingRef, at: number, nowMs: number): Promise<void> {
  const attempt = (await listAttempts(core.pool, ref)).find((one) => one.attempt === at + 1);
  if (!attempt || core.provider.words.get(attempt.ref)?.state === 'paid') return;
  core.provider.words.set(attempt.ref, { state: 'expired', status: 'EXPIRED' });
  const eventId = await eventArrives(core, attempt, { state: 'expired' });
  await readPayment(core.deps, ref, eventId, nowMs);
  await settleSubscription(core.deps, ref, { kind: 'payment', eventId }, nowMs);
}

/** Meets each deadline at its own instant or, after an outage, all of them at the last. */
async function live(ref: BookingRef, fromMs: number, toMs: number, isOutage: boolean) {
  let order = await settle(core, ref, new Date(fromMs));
  for (;;) {
    const due = order.nextDeadline;
    if (!due || due.atMs > toMs) return;
    const nowMs = isOutage ? toMs : due.atMs;
    if (due.kind !== 'ending') await closeAtProvider(ref, nowMs);
    order = await meetPeriod(core.deps, ref, due.kind, 'closed', nowMs);
    await makePages(core, ref, new Date(nowMs));
  }
}

async function closeAtProvider(ref: BookingRef, nowMs: number): Promise<void> {
  await readPayment(core.deps, ref, undefined, nowMs);
  while ((await cancelPayment(core.deps, ref, nowMs)) === 'again');
}

const TOLD = [
  ...['activated', 'renewed', 'renewed_again', 'ending', 'ended', 'invoice_expired'],
  ...['given_back', 'stopped'],
];

/** What is there, in the words of `seen`. */
async function found(ref: BookingRef | undefined): Promise<string> {
  if (!ref) return 'none';
  const row = await rowOf(core, ref);
  const invoices = await many<object>(
    core.pool,
    `select p.plan, p.for_period as "forPeriod", p.paid_idr::int as "paidIdr",
       case when p.state in ('new', 'pending') then 'open' when p.state = 'paid' then 'paid'
         else 'over' end as state,
       coalesce((select amount_idr from periods b where b.code = p.code
         and b.attempt = p.attempt), 0)::int as "boughtIdr",
       coalesce((select back_idr from periods b where b.code = p.code
         and b.attempt = p.attempt), 0)::int as "givenIdr",
       coalesce((select sum(amount_idr) from refunds r where r.code = p.code
         and r.attempt = p.attempt), 0)::int as "backIdr"
     from payments p where p.code = $1 order by p.attempt`,
    [ref.code],
  );
  const told = await many<{ kind: string; times: number }>(
    core.pool,
    `select kind, count(*)::int as times from notices
     where code = $1 and channel = 'email' and kind = any($2) group by kind`,
    [ref.code, TOLD],
  );
  const reminders = await many<{ at: Date }>(
    core.pool,
    `select at from reminders where code = $1 and state = 'ahead' order by at`,
    [ref.code],
  );
  return show({
    ...{ state: row.state, plan: row.plan, nextPlan: row.nextPlan, periods: row.periods },
    ...{ owedIdr: row.owedIdr, isPaused: row.remindersPaused },
    ...{ until: row.activeUntil, ends: row.endsAt, invoiceEnds: row.invoiceEndsAt },
    reminders: row.state === 'active' ? reminders.map(({ at }) => at) : [],
    invoices: invoices.map((one) => Object.entries(one).sort()),
    told: told.map(({ kind, times }) => [kind, times]).sort(),
  });
}

/** What should be there. */
function seen(model: Model): string {
  if (model.state === 'none') return 'none';
  const at = (ms: number | null) => (ms === null ? null : new Date(ms));
  return show({
    ...{ state: model.state, plan: model.plan, nextPlan: model.nextPlan, periods: model.periods },
    owedIdr: model.invoices.reduce((sum, { boughtIdr, givenIdr }) => sum + boughtIdr - givenIdr, 0),
    isPaused: model.isPaused,
    ...{ until: at(model.untilMs), ends: at(model.endsMs), invoiceEnds: at(model.invoiceEndsMs) },
    reminders: model.state === 'active' ? model.reminders.map((ms) => new Date(ms)) : [],
    invoices: model.invoices.map((one) => Object.entries(one).sort()),
    told: Object.entries(model.told).sort(),
  });
}

const show = (what: object) => JSON.stringify(what, null, 1);

/** All orders of things, each of which has moments that follow one another. */
function orders<T>(things: T[][]): T[][] {
  const left = things.filter((moments) => moments.length > 0);
  if (left.length === 0) return [[]];
  return left.flatMap(([first, ...later], index) =>
    orders(left.with(index, later)).map((rest) => [first!, ...rest]),
  );
}

/** Names the invoice that a step is about, counted from the newest, by its place among all. */
function bind(step: Step, invoices: number): Step {
  if (!('at' in step)) return step;
  return { ...step, at: invoices === 0 ? -1 : invoices - 1 - (step.at % invoices) };
}

/**
 * Lives a subscription. What is there after each round must be what the model says for one order or
 * another of its steps, and then again when time went by.
 */
async function prove(rounds: Round[], rules: Rules): Promise<void> {
  const base = await startAfresh(rules);
  let models = [newModel()];
  let nowMs = BEGIN_MS;
  for (const { steps, hours, isOutage } of rounds) {
    const bound = steps.map((step) => bind(step, models[0]!.invoices.length));
    await Promise.all(bound.map((step) => perform(step, base, nowMs)));
    const ref = await refOf(base);
    if (ref) await makePages(core, ref, new Date(nowMs));
    const possible = models.flatMap((model) =>
      orders(bound.map(momentsOf)).map((some) => apply(structuredClone(model), some, nowMs, rules)),
    );
    models = await onlyTrue(possible, ref);
    const toMs = nowMs + hours * HOUR;
    if (ref) await live(ref, nowMs, toMs, isOutage);
    models = await onlyTrue(
      models.map((model) => pass(model, toMs, isOutage)),
      ref,
    );
    nowMs = toMs;
    expect(await ledgerOf(core, 'rafess')).toEqual([]);
  }
}

async function onlyTrue(possible: Model[], ref: BookingRef | undefined): Promise<Model[]> {
  const there = await found(ref);
  const models = possible.filter((model) => seen(model) === there);
  if (models.length === 0) expect(there).toBe(seen(possible[0]!));
  return [...new Map(models.map((model) => [JSON.stringify(model), model])).values()];
}

const plan = fc.constantFrom(...(Object.keys(PLANS) as Plan[]));
const at = fc.constantFrom(0, 0, 0, 1, 2, 5);
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ask' as const), plan }) },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('pay' as const),
      at,
      what: fc.constantFrom<'all' | 'part' | 'more'>('all', 'all', 'all', 'part', 'more'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire' as const), at }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      what: fc.constantFrom<'all' | 'part'>('all', 'part'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('choose' as const), plan }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom(...(['pause', 'resume', 'sync', 'sync', 'give back'] as const)),
    }),
  },
);

/** Moments at a deadline are as likely as those between: whole hours, and the plans' own lengths. */
const hours = fc.constantFrom(0, 1, 21, 24, 24, 62, 72, 96, 144, 168, 720);
const rules = fc.record({
  graceDays: fc.constantFrom(0, 0, 2),
  secondPayment: fc.constantFrom<'extend' | 'refund'>('extend', 'refund'),
});

describe('the money and time of a subscription', () => {
  // A failure names its seed and path: give both to `fc.assert` to see it again.
  it.each([
    ['one thing after another', 1, 24, 8_000],
    ['three things at once', 3, 10, 10_000],
  ])(
    'are what the model says: %s',
    async (_what, maxLength, length, timeLimit) => {
      const round = fc.record({
        steps: fc.array(anyStep, { minLength: 1, maxLength }),
        hours,
        isOutage: fc.boolean(),
      });
      const rounds = fc.array(round, { minLength: length / 2, maxLength: length });
      let running: Promise<void> | undefined;
      const proof = (some: Round[], how: Rules) => {
        running = prove(some, how);
        return running;
      };
      await fc.assert(fc.asyncProperty(rounds, rules, proof), {
        numRuns: 200,
        interruptAfterTimeLimit: timeLimit,
        verbose: 1,
        endOnFailure: true,
      });
      // At the time limit fast-check lets go of a run that is under way; what it finds still counts.
      await running;
    },
    120_000,
  );
});
