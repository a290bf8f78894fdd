import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '../../../src/activities/collect.ts';
import { refundPeriod } from '../../../src/activities/plan/refund.ts';
import {
  meetPeriod,
  openSubscription,
  settleSubscription,
} from '../../../src/activities/plan/settle.ts';
import { planNext } from '../../../src/commands/plan/plan.ts';
import { subscribe } from '../../../src/commands/plan/subscribe.ts';
import { listAttempts } from '../../../src/db/money/payments.ts';
import { inTransaction, many, run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { commandDeps } from '../../ground/asking.ts';
import { createToldProvider } from '../../ground/core.ts';
import { backOf, eventArrives, ledgerOf, useCore } from '../../ground/life.ts';
import {
  askInvoice,
  invoicesOf,
  liveTo,
  moneyIsThere,
  newBase,
  pay,
  periodsOf,
  rowOf,
  settle,
  toldOf,
} from '../../ground/plans.ts';

const core = useCore();
beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => {
  await setRules({ graceDays: 0, secondPayment: 'extend' });
  expect(await ledgerOf(core, 'rafess')).toEqual([]);
});

async function setRules(rules: object): Promise<void> {
  await run(core.pool, `update businesses set rules = rules || $1 where business_id = 'rafess'`, [
    JSON.stringify(rules),
  ]);
}

const BEGIN = new Date('2030-01-10T09:30:00+07:00');
const day = (days: number, hours = 0) =>
  new Date(BEGIN.getTime() + days * 86_400_000 + hours * 3_600_000);

async function active(plan = 'monthly'): Promise<BookingRef & { base: string }> {
  const base = await newBase(core);
  const { attempt, ...ref } = await askInvoice(core, base, plan, BEGIN);
  await pay(core, ref, attempt, BEGIN);
  return { ...ref, base };
}

const kindsOf = async (ref: BookingRef) => (await toldOf(core, ref)).map(({ kind }) => kind);
const untilOf = async (ref: BookingRef) => (await rowOf(core, ref)).activeUntil;

describe('a payment', () => {
  it('makes a pending subscription active for its period, once, however often it is told', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'weekly', BEGIN);
    expect((await rowOf(core, ref)).state).toBe('pending');
    for (const _ of [1, 2, 3]) await pay(core, ref, attempt, BEGIN);
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', periods: 1, owedIdr: 15_000 });
    expect(await untilOf(ref)).toEqual(day(7));
    expect(await kindsOf(ref)).toEqual(['activated']);
  });

  it('before the end extends from the end, after it from now', async () => {
    const early = await active();
    const { attempt } = await askInvoice(core, early.base, 'monthly', day(10));
    await pay(core, early, attempt, day(10));
    expect(await untilOf(early)).toEqual(day(60));

    const late = await active();
    await liveTo(core, late, day(31));
    expect((await rowOf(core, late)).state).toBe('ended');
    const again = await askInvoice(core, late.base, 'monthly', day(40));
    expect(again.code).toBe(late.code);
    await pay(core, late, again.attempt, day(41));
    expect(await untilOf(late)).toEqual(day(71));
    expect(await kindsOf(late)).toEqual([
      'activated',
      'ending',
      'ending',
      'ending',
      'ended',
      'activated',
    ]);
  });

  // Guards `meetPeriod`: what is there when the end comes decides, whatever came first.
  it.each([
    ['a moment before the end', -1, 'active'],
    ['at the end', 0, 'active'],
  ])('%s keeps the subscription', async (_when, ms, state) => {
    const ref = await active();
    await liveTo(core, ref, new Date(day(30).getTime() - 1));
    const [newest] = await invoicesOf(core, ref);
    const at = new Date(day(30).getTime() + ms);
    const attempt = (await listAttempts(core.pool, ref)).find(
      (a) => a.attempt === newest!.attempt,
    )!;
    await run(
      core.pool,
      `update payments set state = 'paid', paid_idr = amount_idr, paid_at = $2
      where provider_ref = $1`,
      [attempt.ref, at],
    );
    const order = await meetPeriod(core.deps, ref, 'end', 'closed', day(30).getTime());
    expect(order.state).toBe(state);
    expect(await untilOf(ref)).toEqual(day(60));
  });

  it('for an old link, after the end and long after it, starts it again', async () => {
    const ref = await active();
    await liveTo(core, ref, day(31));
    await pay(core, ref, 2, day(50));
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', periods: 2 });
    expect(await untilOf(ref)).toEqual(day(80));
  });

  it('of one invoice after another was paid extends once more, and says so', async () => {
    const ref = await active();
    await liveTo(core, ref, day(28));
    const [newest, older] = await invoicesOf(core, ref);
    await pay(core, ref, newest!.attempt, day(28, 1));
    await pay(core, ref, older!.attempt, day(28, 2));
    expect(await untilOf(ref)).toEqual(day(90));
    expect((await kindsOf(ref)).slice(-2)).toEqual(['renewed', 'renewed_again']);
    expect(await periodsOf(core, ref)).toHaveLength(3);
  });

  it('that is a second one goes back where the business chose that', async () => {
    await setRules({ secondPayment: 'refund' });
    const ref = await active();
    await liveTo(core, ref, day(28));
    const [newest, older] = await invoicesOf(core, ref);
    await pay(core, ref, newest!.attempt, day(28, 1));
    await pay(core, ref, older!.attempt, day(28, 2));
    expect(await untilOf(ref)).toEqual(day(60));
    expect((await backOf(core, ref)).map(({ amountIdr }) => amountIdr)).toEqual([50_000]);
    await refundPeriod(core.deps, ref, day(28, 3).getTime());
    await refundPeriod(core.deps, ref, day(28, 3).getTime());
    expect(core.provider.refunds).toEqual([
      { key: `${ref.code}-${older!.attempt}-r1`, amountIdr: 50_000 },
    ]);
    expect((await kindsOf(ref)).slice(-2)).toEqual(['money_back', 'money_returned']);
  });

  it('of too little buys nothing and goes back; of too much buys one period, and the rest goes back', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'weekly', BEGIN);
    await pay(core, ref, attempt, BEGIN, 14_000);
    expect((await rowOf(core, ref)).state).toBe('pending');
    expect((await backOf(core, ref)).map(({ amountIdr }) => amountIdr)).toEqual([14_000]);

    const other = await newBase(core);
    const { attempt: much, ...rich } = await askInvoice(core, other, 'weekly', BEGIN);
    await pay(core, rich, much, BEGIN, 20_000);
    expect(await rowOf(core, rich)).toMatchObject({ state: 'active', periods: 1 });
    expect((await backOf(core, rich)).map(({ amountIdr }) => amountIdr)).toEqual([5_000]);
  });

  it('in the days of grace extends from the end, and the base stays active meanwhile', async () => {
    await setRules({ graceDays: 2 });
    const ref = await active();
    await liveTo(core, ref, day(31));
    expect((await rowOf(core, ref)).state).toBe('active');
    const [newest] = await invoicesOf(core, ref);
    await pay(core, ref, newest!.attempt, day(31, 1));
    expect(await untilOf(ref)).toEqual(day(60));
    const other = await active();
    expect((await liveTo(core, other, day(32))).state).toBe('ended');
  });
});

describe('the end of a subscription', () => {
  it('comes at its instant, not before, is told once and closes what could be paid', async () => {
    const ref = await active();
    const before = await liveTo(core, ref, new Date(day(30).getTime() - 1));
    expect(before.state).toBe('active');
    expect((await meetPeriod(core.deps, ref, 'end', 'closed', day(30).getTime() - 1)).state).toBe(
      'active',
    );
    await liveTo(core, ref, day(30));
    await meetPeriod(core.deps, ref, 'end', 'closed', day(30).getTime());
    expect(await rowOf(core, ref)).toMatchObject({ state: 'ended', endsAt: null });
    expect((await kindsOf(ref)).filter((kind) => kind === 'ended')).toHaveLength(1);
    expect((await invoicesOf(core, ref)).map(({ state }) => state)).not.toContain('pending');
  });

  // Guards `trustSignedEvents`: an outage of the provider's API ends nobody who has paid.
  it('does not come for who has paid while the provider cannot be asked', async () => {
    const ref = await active();
    await liveTo(core, ref, day(29));
    const [attempt] = await listAttempts(core.pool, ref);
    await eventArrives(core, attempt!, { state: 'paid', paidIdr: 50_000 });
    const order = await meetPeriod(core.deps, ref, 'end', 'unreachable', day(30).getTime());
    expect(order.state).toBe('active');
    expect(await untilOf(ref)).toEqual(day(60));
  });
});

describe('an invoice', () => {
  it('that nobody pays ends a pending subscription, and says so with its base', async () => {
    const base = await newBase(core);
    const { attempt: _, ...ref } = await askInvoice(core, base, 'weekly', BEGIN);
    await liveTo(core, ref, day(1));
    expect((await rowOf(core, ref)).state).toBe('ended');
    expect(await kindsOf(ref)).toEqual(['invoice_expired']);
    const again = await askInvoice(core, base, 'weekly', day(2));
    expect([again.code, again.attempt]).toEqual([ref.code, 2]);
  });

  it('is one, with one subscription, for two who ask at the same time', async () => {
    const base = await newBase(core);
    const deps = commandDeps(core, () => BEGIN);
    const ask = () =>
      subscribe(deps, 'rafess', undefined, { plan: 'weekly', base, email: '', otp: undefined });
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(answers.map(({ subscribed }) => subscribed.code)).size).toBe(1);
    expect(new Set(answers.map(({ subscribed }) => subscribed.paymentUrl)).size).toBe(1);
    expect(answers.map(({ how }) => how).sort()).toEqual(['known', 'known', 'made']);
    const rows = await many(core.pool, 'select 1 from subscriptions where base = $1', [base]);
    expect(rows).toHaveLength(1);
  });

  // Guards `findWantedInvoice`: between the provider's word and our count a second one would be sold.
  it('whose money is there and not yet counted is answered as it is', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'weekly', BEGIN);
    await moneyIsThere(core, ref, attempt);
    await readPayment(core.deps, ref, undefined, BEGIN.getTime());
    const deps = commandDeps(core, () => BEGIN);
    const workflows = { ...deps.workflows, wake: async () => undefined };
    const wish = { plan: 'weekly', base, email: '', otp: undefined };
    await subscribe({ ...deps, workflows }, 'rafess', undefined, wish);
    expect(await invoicesOf(core, ref)).toHaveLength(1);
    await settle(core, ref, BEGIN);
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', plan: 'weekly' });
  });

  it('for another plan replaces the one that nobody has paid yet', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'monthly', BEGIN);
    const other = await askInvoice(core, base, 'weekly', BEGIN);
    expect([other.code, other.attempt]).toEqual([ref.code, attempt + 1]);
    expect(await askInvoice(core, base, 'weekly', BEGIN)).toEqual(other);
    const [newest, first] = await listAttempts(core.pool, ref);
    expect(newest).toMatchObject({ amountIdr: 15_000, state: 'pending' });
    expect(first!.state).toBe('cancelled');
    expect(await rowOf(core, ref)).toMatchObject({ state: 'pending', plan: 'weekly' });
    // Who pays by the first link after all gets what was paid for.
    await pay(core, ref, attempt, BEGIN);
    expect(await rowOf(core, ref)).toMatchObject({ plan: 'monthly', activeUntil: day(30) });
  });

  it('of a reminder asks for the plan that was chosen for the next period', async () => {
    const ref = await active();
    expect(
      await inTransaction(core.pool, (tx) => planNext(tx, ref, 'weekly', 'telegram:900002')),
    ).toBe(true);
    expect(
      await inTransaction(core.pool, (tx) => planNext(tx, ref, 'nothing', 'telegram:900002')),
    ).toBe(false);
    await liveTo(core, ref, day(27));
    const [newest] = await invoicesOf(core, ref);
    expect(newest).toMatchObject({ plan: 'weekly', amountIdr: 15_000, periodDays: 7 });
    await pay(core, ref, newest!.attempt, day(27, 1));
    expect(await rowOf(core, ref)).toMatchObject({ plan: 'weekly', nextPlan: null });
    expect(await untilOf(ref)).toEqual(day(37));
  });
});

describe('a run that begins again', () => {
  it('finds the subscription as it is, and takes up money that nobody had decided on', async () => {
    const ref = await active();
    await liveTo(core, ref, day(31));
    expect((await openSubscription(core.deps, ref, day(32).getTime())).state).toBe('ended');
    const [newest] = await listAttempts(core.pool, ref);
    await run(
      core.pool,
      `update payments set state = 'paid', paid_idr = amount_idr, paid_at = $2
      where provider_ref = $1`,
      [newest!.ref, day(33)],
    );
    expect((await openSubscription(core.deps, ref, day(33).getTime())).state).toBe('active');
    expect((await openSubscription(core.deps, ref, day(33).getTime())).state).toBe('active');
    expect(await periodsOf(core, ref)).toHaveLength(2);
  });

  it('that an operator cancels in Temporal ends it, once', async () => {
    const ref = await active();
    const cancel = () => settleSubscription(core.deps, ref, { kind: 'operator' }, day(3).getTime());
    expect([(await cancel()).state, (await cancel()).state]).toEqual(['ended', 'ended']);
    expect((await kindsOf(ref)).filter((kind) => kind === 'stopped')).toHaveLength(1);
    expect((await settle(core, ref, day(4))).nextDeadline).toBeUndefined();
  });
});
