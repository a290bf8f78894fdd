import { afterEach, describe, expect, it } from 'vitest';
import { meetDeadline } from '../../src/activities/settle.ts';
import { closeDays } from '../../src/db/places/closures.ts';
import { inTransaction, run } from '../../src/db/pool.ts';
import { REVIEW_MS } from '../../src/domain/booking.ts';
import { waitingParty } from '../ground/asking.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  eventArrives,
  heldParty,
  ledgerOf,
  liveUntil,
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

afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

describe('late money', () => {
  async function expiredParty(quantity: number, date: string) {
    const party = await heldParty(core, quantity, { date });
    await payableAttempt(core, party, Date.now());
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('expired');
    return party;
  }

  it('takes the place again when it is free and nobody waits', async () => {
    const date = dayAhead(30);
    const party = await expiredParty(3, date);
    expect((await slotOf(core, TRAIL, date)).held).toBe(0);
    const order = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(order.state).toBe('paid');
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 3 });
    expect(await told(core, party, 'operator')).toEqual(['late_paid']);
    expect(await moneyArrives(core, party, { nowMs: party.endsMs + 2 })).toEqual(order);
  });

  // Guards `room(slots) < order.quantity` in `retake`.
  it('goes back when the place was sold meanwhile', async () => {
    const date = dayAhead(29);
    await setCapacity(core, TRAIL, date, 3);
    const party = await expiredParty(3, date);
    await heldParty(core, 1, { date });
    const order = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(order.state).toBe('refund_due');
    expect(await backOf(core, party)).toEqual([{ attempt: 1, amountIdr: 300_000, state: 'due' }]);
    expect(await told(core, party, 'operator')).toEqual(['refund_due']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 1, sold: 0 });
  });

  // Guards `slot.waiting` in `room`: what is freed belongs to those who wait.
  it('goes back when the places are kept back for the line', async () => {
    const date = dayAhead(31);
    await setCapacity(core, TRAIL, date, 4);
    const party = await expiredParty(3, date);
    await heldParty(core, 1, { date });
    await waitingParty(core, 4, { date });
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 1, waiting: 4 });
    const order = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(order.state).toBe('refund_due');
  });

  it('takes the last place once when two come late at once', async () => {
    const date = dayAhead(32);
    await setCapacity(core, TRAIL, date, 2);
    const late = [await expiredParty(2, date), await expiredParty(2, date)];
    const answers = await Promise.all(
      late.map((party) => moneyArrives(core, party, { nowMs: party.endsMs + 1 })),
    );
    expect(answers.map((order) => order.state).sort()).toEqual(['paid', 'refund_due']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 2 });
  });

  // Guards `claimIdentities` in `retake`, and that nothing stays claimed when it fails.
  it('goes back when somebody of the party was booked by another order', async () => {
    const date = dayAhead(33);
    const wish = partyWish(2, { date });
    const party = await heldParty(core, 2, wish);
    await payableAttempt(core, party, Date.now());
    await liveUntil(core, party, party.endsMs);
    await heldParty(core, 1, { date, participants: [wish.participants![1]!] });
    const order = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(order.state).toBe('refund_due');
    const friend = { date, participants: [wish.participants![0]!] };
    await heldParty(core, 1, friend);
  });

  // Guards `isClosed` in `retake`.
  it('goes back when the day was closed meanwhile', async () => {
    const date = dayAhead(34);
    const party = await expiredParty(1, date);
    const closure = { from: date, to: date, reason: 'Badai', booked: 'keep' as const };
    await inTransaction(core.pool, (tx) => closeDays(tx, 'slamet', closure));
    const order = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(order.state).toBe('refund_due');
  });

  // Guards `now >= order.cutOffAt` in `retake`.
  it.each([
    ['before the cut-off', -1, 'paid'],
    ['at the cut-off', 0, 'refund_due'],
    ['after the cut-off', 1, 'refund_due'],
  ])('%s: %s ms, %s', async (_when, lateMs, state) => {
    const party = await expiredParty(1, dayAhead(35));
    const { cutOffAt } = await rowOf(core, party);
    const nowMs = cutOffAt.getTime() + lateMs;
    expect((await moneyArrives(core, party, { nowMs })).state).toBe(state);
  });

  // Guards `order.state === 'expired'` in `payLate`: who cancelled does not want the place.
  it('goes back after the customer had cancelled', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(36) });
    await payableAttempt(core, party, Date.now());
    await ask(core, party, 'cancel', 'customer');
    expect((await liveUntil(core, party, Date.now())).state).toBe('cancelled');
    const order = await moneyArrives(core, party);
    expect(order.state).toBe('refund_due');
    expect(await backOf(core, party)).toMatchObject([{ amountIdr: 100_000 }]);
  });

  // Guards `trustSignedEvents`: an outage of the provider's API gives no paid place away.
  it.each([
    ['waits', 'stored'],
    ['was given up on', 'dead'],
  ])('believes a signed event that %s when the provider cannot be asked', async (_how, state) => {
    const party = await heldParty(core, 1, { date: dayAhead(37) });
    const attempt = await payableAttempt(core, party, Date.now());
    const eventId = await eventArrives(core, attempt, { state: 'paid', paidIdr: 100_000 });
    await run(core.pool, 'update payment_events set state = $2 where event_id = $1', [
      eventId,
      state,
    ]);
    await liveUntil(core, party, party.endsMs - 1);
    const order = await meetDeadline(core.deps, party, 'expire', 'unreachable', party.endsMs);
    expect(order.state).toBe('paid');
  });

  it('is recognised after a release that could not be confirmed', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(37) });
    await payableAttempt(core, party, Date.now());
    await liveUntil(core, party, party.endsMs - 1);
    const order = await meetDeadline(core.deps, party, 'expire', 'unreachable', party.endsMs);
    expect(order.state).toBe('expired');
    expect((await rowOf(core, party)).unconfirmed).toBe(true);
    const paid = await moneyArrives(core, party, { nowMs: party.endsMs + 1 });
    expect(paid.state).toBe('paid');
    expect((await rowOf(core, party)).unconfirmed).toBe(false);
  });
});

describe('a payment under review', () => {
  async function challenged(date: string) {
    const party = await heldParty(core, 1, { date });
    const attempt = await payableAttempt(core, party, Date.now());
    const order = await wordArrives(core, party, { state: 'review' }, { attempt });
    expect(order.state).toBe('review');
    return { party, attempt, endsMs: order.nextDeadline!.atMs };
  }

  it('keeps the place past the end of the hold, and is told of', async () => {
    const { party, endsMs } = await challenged(dayAhead(40));
    expect(endsMs - Date.now()).toBeGreaterThan(REVIEW_MS - 60_000);
    expect((await liveUntil(core, party, party.endsMs + 1)).state).toBe('review');
    expect(await told(core, party)).toContain('review');
    expect(await told(core, party, 'operator')).toEqual(['review']);
  });

  it('is a sale once it is accepted', async () => {
    const { party, attempt } = await challenged(dayAhead(40));
    const nowMs = party.endsMs + 60_000;
    expect((await moneyArrives(core, party, { attempt, nowMs })).state).toBe('paid');
  });

  it('goes on as a hold when it is denied, and ends when that is over', async () => {
    const { party, attempt } = await challenged(dayAhead(40));
    const order = await wordArrives(core, party, { state: 'denied' }, { attempt });
    expect(order).toMatchObject({ state: 'held', expiresAtMs: party.endsMs });
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('expired');
  });

  // Guards `REVIEW_MS`.
  it.each([
    ['before 24 hours', -1, 'review'],
    ['at 24 hours', 0, 'expired'],
  ])('%s', async (_when, lateMs, state) => {
    const date = dayAhead(41);
    const { party, endsMs } = await challenged(date);
    const held = (await slotOf(core, TRAIL, date)).held;
    expect((await liveUntil(core, party, endsMs + lateMs)).state).toBe(state);
    expect((await slotOf(core, TRAIL, date)).held).toBe(state === 'expired' ? held - 1 : held);
  });

  it('is money like any other when it is accepted after that', async () => {
    const { party, attempt, endsMs } = await challenged(dayAhead(42));
    await liveUntil(core, party, endsMs);
    const order = await moneyArrives(core, party, { attempt, nowMs: endsMs + 1 });
    expect(order.state).toBe('paid');
  });

  it('is not the customer’s to cancel, but the business’s', async () => {
    const { party } = await challenged(dayAhead(43));
    expect((await ask(core, party, 'cancel', 'customer')).state).toBe('refused');
    expect((await ask(core, party, 'cancel', 'operator')).state).toBe('open');
    expect((await liveUntil(core, party, Date.now())).state).toBe('cancelled');
  });
});
