import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refundPeriod } from '../../../src/activities/plan/refund.ts';
import {
  meetPeriod,
  openSubscription,
  settleSubscription,
} from '../../../src/activities/plan/settle.ts';
import { listAttempts } from '../../../src/db/money/payments.ts';
import { findRequest, insertRequest } from '../../../src/db/order/requests.ts';
import { run } from '../../../src/db/pool.ts';
import { listUndone } from '../../../src/db/upkeep.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { createToldProvider } from '../../ground/core.ts';
import { backOf, ledgerOf, told, useCore } from '../../ground/life.ts';
import {
  askInvoice,
  liveTo,
  makePages,
  newBase,
  operate,
  pay,
  periodsOf,
  rowOf,
  settle,
  toldOf,
} from '../../ground/plans.ts';

const core = useCore();
beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => expect(await ledgerOf(core, 'rafess')).toEqual([]));

const BEGIN = new Date('2030-01-10T09:30:00+07:00');
const day = (days: number, hours = 0) =>
  new Date(BEGIN.getTime() + days * 86_400_000 + hours * 3_600_000);

/** A month that was paid for, and as many more, all at its beginning. */
async function active(months = 1): Promise<BookingRef> {
  const base = await newBase(core);
  let last: BookingRef | undefined;
  for (let month = 0; month < months; month += 1) {
    const { attempt, ...ref } = await askInvoice(core, base, 'monthly', BEGIN);
    await pay(core, ref, attempt, BEGIN);
    last = ref;
  }
  return last!;
}

const kindsOf = async (ref: BookingRef) => (await toldOf(core, ref)).map(({ kind }) => kind);
const sumsBack = async (ref: BookingRef) =>
  (await backOf(core, ref)).map(({ amountIdr }) => amountIdr);

async function giveAll(ref: BookingRef, at: Date): Promise<void> {
  while ((await refundPeriod(core.deps, ref, at.getTime())).due.includes('refund'));
}

describe('a refund by the business', () => {
  it('of all of the only period ends the subscription, and each of it is told once', async () => {
    const ref = await active();
    expect((await operate(core, ref, 'refund', day(10))).state).toBe('done');
    expect(await rowOf(core, ref)).toMatchObject({ state: 'ended', activeUntil: day(10) });
    expect((await periodsOf(core, ref))[0]).toMatchObject({ toAt: day(10) });
    await giveAll(ref, day(10));
    await giveAll(ref, day(11));
    expect(await backOf(core, ref)).toMatchObject([{ amountIdr: 50_000, state: 'done' }]);
    expect((await kindsOf(ref)).sort()).toEqual([
      ...['activated', 'given_back', 'money_returned', 'stopped'],
    ]);
  });

  it('of all of a period that has not begun takes back that one, and reminds of the new end', async () => {
    const ref = await active(2);
    expect((await rowOf(core, ref)).activeUntil).toEqual(day(60));
    await operate(core, ref, 'refund', day(10));
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', activeUntil: day(30) });
    await liveTo(core, ref, day(30));
    const kinds = await kindsOf(ref);
    expect(kinds.filter((kind) => kind === 'ending')).toHaveLength(3);
    expect(kinds.filter((kind) => kind === 'ended')).toHaveLength(1);
  });

  it('takes one period, however often it is asked anew, and the plan of the one before counts', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'weekly', BEGIN);
    await pay(core, ref, attempt, BEGIN);
    const { attempt: next } = await askInvoice(core, base, 'monthly', BEGIN);
    await pay(core, ref, next, BEGIN);
    expect((await rowOf(core, ref)).plan).toBe('monthly');
    await operate(core, ref, 'refund', day(1));
    expect((await operate(core, ref, 'refund', day(1))).state).toBe('refused');
    const seven = { state: 'active', activeUntil: day(7), plan: 'weekly', amountIdr: 15_000 };
    expect(await rowOf(core, ref)).toMatchObject(seven);
    expect(await sumsBack(ref)).toEqual([50_000]);
  });

  // Guards `periods.back_idr`: what was given back is not earned by money that comes after it.
  it.each([
    ['all', undefined],
    ['a part', 20_000],
  ])('of %s gives back also what its invoice brings afterwards', async (_what, amountIdr) => {
    const ref = await active();
    const [paid] = await listAttempts(core.pool, ref);
    await operate(core, ref, 'refund', day(1), amountIdr ? { amountIdr } : {});
    await pay(core, ref, paid!.attempt, day(2), 110_000);
    const given = amountIdr ?? 50_000;
    expect(await sumsBack(ref)).toEqual([given, 60_000]);
    await operate(core, ref, 'cancel', day(3));
    const total = (await sumsBack(ref)).reduce((sum, one) => sum + one, 0);
    expect(total).toBe(110_000);
  });

  it('of a part takes no time back, and what is left may follow', async () => {
    const ref = await active();
    await operate(core, ref, 'refund', day(1), { amountIdr: 20_000 });
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', activeUntil: day(30) });
    const more = await operate(core, ref, 'refund', day(2), { amountIdr: 30_001 });
    expect(more).toMatchObject({ state: 'refused', answer: { refused: 'NOT_ALLOWED' } });
    await operate(core, ref, 'refund', day(3));
    expect((await sumsBack(ref)).sort()).toEqual([20_000, 30_000]);
    expect((await rowOf(core, ref)).state).toBe('ended');
    expect((await operate(core, ref, 'refund', day(4))).state).toBe('refused');
  });

  it('is given once, however often its request is decided', async () => {
    const ref = await active();
    const wish = { kind: 'refund', askedBy: 'operator', wish: { amountIdr: 20_000 } } as const;
    const requestId = await insertRequest(core.pool, ref, wish);
    const nudge = { kind: 'request', requestId } as const;
    const decide = () => settleSubscription(core.deps, ref, nudge, day(1).getTime());
    await Promise.all([decide(), decide(), decide()]);
    expect(await sumsBack(ref)).toEqual([20_000]);
  });

  it('of a period that is over gives the money alone', async () => {
    const ref = await active();
    await liveTo(core, ref, day(31));
    const ended = (await toldOf(core, ref)).filter(({ kind }) => kind === 'ended');
    await operate(core, ref, 'refund', day(40));
    expect(await sumsBack(ref)).toEqual([50_000]);
    expect((await rowOf(core, ref)).activeUntil).toEqual(day(30));
    expect((await toldOf(core, ref)).filter(({ kind }) => kind === 'ended')).toEqual(ended);
  });

  it('of nothing that was paid is refused', async () => {
    const base = await newBase(core);
    const { attempt: _, ...ref } = await askInvoice(core, base, 'monthly', BEGIN);
    expect(await operate(core, ref, 'refund', BEGIN)).toMatchObject({ state: 'refused' });
    expect(await operate(core, ref, 'refund', BEGIN, { byHand: true })).toMatchObject({
      state: 'refused',
    });
  });

  it('that its channel cannot make is closed by who made it by hand, and only then told', async () => {
    const ref = await active();
    core.provider.refund = async () => 'by_hand';
    await operate(core, ref, 'refund', day(1));
    await giveAll(ref, day(1));
    expect(await backOf(core, ref)).toMatchObject([{ state: 'by_hand' }]);
    expect(await told(core, ref, 'operator')).toContain('given_back');
    expect(await told(core, ref, 'operator')).not.toContain('money_back');
    expect(await kindsOf(ref)).not.toContain('money_returned');
    expect((await operate(core, ref, 'refund', day(2), { byHand: true })).state).toBe('done');
    expect(await backOf(core, ref)).toMatchObject([{ state: 'done' }]);
    expect((await kindsOf(ref)).filter((kind) => kind === 'money_returned')).toHaveLength(1);
    expect((await operate(core, ref, 'refund', day(3), { byHand: true })).state).toBe('refused');
  });
});

// Guards `answerPeriodRequests`: who asked may have gone before anybody could answer.
it.each([
  ['a nudge for something else', (ref: BookingRef) => settle(core, ref, day(1))],
  ['a run that begins', (ref: BookingRef) => openSubscription(core.deps, ref, day(1).getTime())],
  [
    'a deadline',
    (ref: BookingRef) => meetPeriod(core.deps, ref, 'ending', 'not-asked', day(1).getTime()),
  ],
])('what was asked while nobody answered is done by %s', async (_what, look) => {
  const ref = await active();
  const wish = { kind: 'refund', askedBy: 'operator', wish: {} } as const;
  const requestId = await insertRequest(core.pool, ref, wish);
  expect((await look(ref)).state).toBe('ended');
  expect((await findRequest(core.pool, ref.business, requestId))?.state).toBe('done');
  expect(await sumsBack(ref)).toEqual([50_000]);
});

// Guards `REFUNDS_NOBODY_TOLD_OF`: of a subscription each refund is told, whatever becomes of the others.
it('a refund that was confirmed and that nobody told of is found beside one that waits', async () => {
  const ref = await active();
  core.provider.refund = async () => 'pending';
  await operate(core, ref, 'refund', day(1), { amountIdr: 10_000 });
  await giveAll(ref, day(1));
  await operate(core, ref, 'refund', day(1), { amountIdr: 10_000 });
  await run(core.pool, `update notices set state = 'sent' where code = $1`, [ref.code]);
  await run(core.pool, `update orders set next_deadline_at = now() + interval '1 day'`);
  await run(core.pool, `update refunds set state = 'by_hand' where code = $1 and refund_no = 2`, [
    ref.code,
  ]);
  const isFound = async () => {
    const found = await listUndone(core.pool, new Date(Date.now() + 60_000), 1_000);
    return found.some(({ code }) => code === ref.code);
  };
  expect(await isFound()).toBe(false);
  await run(
    core.pool,
    `update refunds set state = 'done', done_at = now() where code = $1 and refund_no = 1`,
    [ref.code],
  );
  expect(await isFound()).toBe(true);
  await settle(core, ref, day(2));
  await run(core.pool, `update notices set state = 'sent' where code = $1`, [ref.code]);
  expect(await isFound()).toBe(false);
  expect(await kindsOf(ref)).toContain('money_returned');
});

describe('a subscription that the business cancels', () => {
  it('ends now, and all money of time that is not over goes back', async () => {
    const ref = await active(3);
    await operate(core, ref, 'cancel', day(35), { reason: 'Broke the rules.' });
    expect(await rowOf(core, ref)).toMatchObject({ state: 'ended', activeUntil: day(35) });
    expect(await sumsBack(ref)).toEqual([50_000, 50_000]);
    const kinds = await kindsOf(ref);
    expect(kinds.filter((kind) => kind === 'stopped')).toHaveLength(1);
    expect(kinds).not.toContain('ended');
    await operate(core, ref, 'cancel', day(36));
    expect(await sumsBack(ref)).toEqual([50_000, 50_000]);
  });

  it('before anything was paid is closed at the provider, and its payer is told', async () => {
    const base = await newBase(core);
    const { attempt, ...ref } = await askInvoice(core, base, 'monthly', BEGIN);
    await operate(core, ref, 'cancel', day(0, 1));
    expect((await rowOf(core, ref)).state).toBe('ended');
    await makePages(core, ref, day(0, 1));
    const invoices = await listAttempts(core.pool, ref);
    expect(invoices.find((one) => one.attempt === attempt)!.state).toBe('cancelled');
    expect(await kindsOf(ref)).toEqual(['invoice_expired']);
  });

  it('starts again when somebody pays after all', async () => {
    const ref = await active();
    await liveTo(core, ref, day(29));
    const [newest] = await listAttempts(core.pool, ref);
    await operate(core, ref, 'cancel', day(29));
    await pay(core, ref, newest!.attempt, day(29, 1));
    expect(await rowOf(core, ref)).toMatchObject({ state: 'active', activeUntil: day(59, 1) });
  });
});

it.each(['reschedule', 'repair_state'] as const)('has no %s', async (kind) => {
  const ref = await active();
  expect(await operate(core, ref, kind, day(1))).toMatchObject({ state: 'refused' });
});

// Guards `answerPeriodRequest`: who holds the link may pay, not take money out.
it.each(['refund', 'cancel'] as const)('gives its owner no %s', async (kind) => {
  const ref = await active();
  expect(await operate(core, ref, kind, day(1), {}, 'customer')).toMatchObject({
    state: 'refused',
  });
  expect(await sumsBack(ref)).toEqual([]);
  expect((await rowOf(core, ref)).state).toBe('active');
});
