import { afterEach, describe, expect, it } from 'vitest';
import { createPayment, readPayment } from '../../src/activities/collect.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { meetDeadline, settleBooking } from '../../src/activities/settle.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  eventArrives,
  heldParty,
  ledgerOf,
  liveUntil,
  look,
  moneyArrives,
  payableAttempt,
  rowOf,
  setCapacity,
  told,
  useCore,
  wordArrives,
} from '../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';

// Whatever was done: the books agree.
afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

describe('money in time', () => {
  it('turns what is held into sold and asks for tickets', async () => {
    const date = dayAhead(3);
    const party = await heldParty(core, 2, { date });
    const order = await moneyArrives(core, party);
    expect(order).toMatchObject({ state: 'paid', due: expect.arrayContaining(['issue']) });
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 2 });
    expect(await slotOf(core, 'mountain', date)).toMatchObject({ held: 0, sold: 2 });
  });

  // Guards `acceptMoney` before `nextDeadline` in `meetDeadline`: money wins over the expiry.
  it.each([
    ['a second before the deadline', -1_000],
    ['exactly at the deadline', 0],
    ['when the deadline is met late', 60_000],
  ])('keeps the place when money is there %s', async (_when, lateMs) => {
    const party = await heldParty(core, 1, { date: dayAhead(3) });
    const attempt = await payableAttempt(core, party, Date.now());
    core.provider.words.set(attempt.ref, { state: 'paid', paidIdr: 100_000 });
    const nowMs = party.endsMs + lateMs;
    await readPayment(core.deps, party, undefined, nowMs);
    const order = await meetDeadline(core.deps, party, 'expire', 'closed', nowMs);
    expect(order.state).toBe('paid');
    expect(await told(core, party)).not.toContain('expired');
  });

  it('keeps the place when money and the deadline are decided in the same instant', async () => {
    const date = dayAhead(4);
    const parties = [];
    for (let n = 0; n < 10; n += 1) parties.push(await heldParty(core, 1, { date }));
    for (const party of parties) {
      const attempt = await payableAttempt(core, party, Date.now());
      core.provider.words.set(attempt.ref, { state: 'paid', paidIdr: 100_000 });
      await readPayment(core.deps, party, undefined, party.endsMs);
    }
    const both = parties.flatMap((party) => [
      settleBooking(core.deps, party, { kind: 'wake' }, party.endsMs),
      meetDeadline(core.deps, party, 'expire', 'closed', party.endsMs),
    ]);
    const states = (await Promise.all(both)).map((order) => order.state);
    expect(new Set(states)).toEqual(new Set(['paid']));
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 10 });
  });

  // Guards `refuseOvertakenCancels`: who paid while cancelling keeps the booking, and is told so.
  it('wins over a cancel under way, and answers that cancel', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(3) });
    const attempt = await payableAttempt(core, party, Date.now());
    expect((await ask(core, party, 'cancel', 'customer')).state).toBe('open');
    const order = await moneyArrives(core, party, { attempt });
    expect(order.state).toBe('paid');
    expect((await rowOf(core, party)).ending).toBeNull();
    const requests = await core.pool.query('select state, answer from requests where code = $1', [
      party.code,
    ]);
    expect(requests.rows).toMatchObject([{ state: 'refused', answer: { refused: 'NOT_ALLOWED' } }]);
  });

  it('does what the business asked for on the order that was paid meanwhile', async () => {
    const date = dayAhead(3);
    const party = await heldParty(core, 1, { date });
    const attempt = await payableAttempt(core, party, Date.now());
    await ask(core, party, 'cancel', 'operator');
    const order = await moneyArrives(core, party, { attempt });
    expect(order.state).toBe('refund_due');
    expect(await backOf(core, party)).toEqual([{ attempt: 1, amountIdr: 100_000, state: 'due' }]);
  });

  // Guards `refuse_oversell`, which looks at increases only.
  it('is taken also when the capacity was lowered below what is sold', async () => {
    const date = dayAhead(5);
    const party = await heldParty(core, 4, { date });
    await setCapacity(core, TRAIL, date, 1);
    expect((await moneyArrives(core, party)).state).toBe('paid');
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 4, capacity: 1 });
    await liveUntil(core, await heldThenLowered(date), Date.now() + 3_600_000);
    expect((await slotOf(core, TRAIL, date)).held).toBe(0);
  });

  it('counts once, however often it is told and decided', async () => {
    const date = dayAhead(6);
    const party = await heldParty(core, 2, { date });
    const attempt = await payableAttempt(core, party, Date.now());
    const first = await moneyArrives(core, party, { attempt });
    const again = await moneyArrives(core, party, { attempt });
    const eventId = await eventArrives(core, attempt, { state: 'paid', paidIdr: 200_000 });
    const nudge = { kind: 'payment', eventId } as const;
    const twice = [
      await settleBooking(core.deps, party, nudge, Date.now()),
      await settleBooking(core.deps, party, nudge, Date.now()),
    ];
    expect([again, ...twice]).toEqual([first, first, first]);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 2 });
    expect(await backOf(core, party)).toEqual([]);
  });

  it('needs no page and no money when the visit is free', async () => {
    const ref = await newOrder(core, partyWish(1, { date: dayAhead(7) }));
    await core.pool.query('update orders set amount_idr = 0 where code = $1', [ref.code]);
    expect((await openBooking(core.deps, ref, Date.now())).state).toBe('paid');
    expect(await createPayment(core.deps, ref, Date.now())).toBe('not-wanted');
  });

  async function heldThenLowered(date: string) {
    await setCapacity(core, TRAIL, date, 20);
    const party = await heldParty(core, 1, { date });
    await setCapacity(core, TRAIL, date, 0);
    return party;
  }
});

describe('the wrong amount', () => {
  it('keeps a part as a part, asks for the rest, and is paid by both', async () => {
    const party = await heldParty(core, 2, { date: dayAhead(8) });
    const part = await moneyArrives(core, party, { amountIdr: 150_000 });
    expect(part).toMatchObject({ state: 'held', due: expect.arrayContaining(['collect']) });
    expect(await told(core, party, 'operator')).toEqual(['underpaid']);
    const rest = await payableAttempt(core, party, Date.now());
    expect(rest).toMatchObject({ attempt: 2, amountIdr: 50_000 });
    expect((await moneyArrives(core, party, { attempt: rest })).state).toBe('paid');
    expect(await backOf(core, party)).toEqual([]);
  });

  // Guards `planRefunds` in `expire`: a part of the price is not forgotten with the place.
  it('gives a part back when the rest does not come in time', async () => {
    const party = await heldParty(core, 2, { date: dayAhead(8) });
    await moneyArrives(core, party, { amountIdr: 150_000 });
    await payableAttempt(core, party, Date.now());
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('refund_due');
    expect(await told(core, party)).toEqual(
      expect.arrayContaining(['underpaid', 'expired', 'refund_due']),
    );
    const rest = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(rest.state).toBe('refund_due');
    const back = await backOf(core, party);
    expect(back.reduce((sum, refund) => sum + refund.amountIdr, 0)).toBe(200_000);
  });

  it('gives back what is too much, and says so once', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(8) });
    await moneyArrives(core, party, { amountIdr: 130_000 });
    await look(core, party);
    expect((await rowOf(core, party)).state).toBe('paid');
    expect(await backOf(core, party)).toEqual([{ attempt: 1, amountIdr: 30_000, state: 'due' }]);
    expect(await told(core, party)).toEqual(['overpaid']);
  });

  it('gives the second back when two attempts were paid', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(8) });
    const first = await payableAttempt(core, party, Date.now());
    await wordArrives(core, party, { state: 'expired' }, { attempt: first });
    const second = await payableAttempt(core, party, Date.now());
    expect(second.attempt).toBe(2);
    await moneyArrives(core, party, { attempt: second });
    const order = await moneyArrives(core, party, { attempt: first });
    expect(order.state).toBe('paid');
    const back = await backOf(core, party);
    expect(back.map((refund) => refund.amountIdr)).toEqual([100_000]);
  });

  // Guards `attemptAfter`: webhooks come out of order.
  it.each(['pending', 'denied', 'expired', 'cancelled', 'review'] as const)(
    'does not lose money to a late word: %s',
    async (state) => {
      const party = await heldParty(core, 1, { date: dayAhead(9) });
      const attempt = await payableAttempt(core, party, Date.now());
      await moneyArrives(core, party, { attempt });
      const order = await wordArrives(core, party, { state }, { attempt });
      expect(order.state).toBe('paid');
    },
  );

  it('ends an attempt that was denied, never the hold', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(9) });
    const attempt = await payableAttempt(core, party, Date.now());
    const eventId = await eventArrives(core, attempt, { state: 'denied' });
    core.provider.words.set(attempt.ref, { state: 'denied' });
    await readPayment(core.deps, party, eventId, Date.now());
    const nudge = { kind: 'payment', eventId } as const;
    expect((await settleBooking(core.deps, party, nudge, Date.now())).state).toBe('held');
    await settleBooking(core.deps, party, nudge, Date.now());
    expect(await told(core, party)).toEqual(['denied']);
    expect((await moneyArrives(core, party, { attempt })).state).toBe('paid');
  });
});
