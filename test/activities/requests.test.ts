import { afterEach, describe, expect, it } from 'vitest';
import { openBooking } from '../../src/activities/hold.ts';
import { issueTickets } from '../../src/activities/issue.ts';
import { settleBooking } from '../../src/activities/settle.ts';
import { askOrder, cancelBooking, rescheduleBooking } from '../../src/commands/ask.ts';
import { closeBusiness, reopenBusiness } from '../../src/commands/operate.ts';
import { insertRequest, listOpenRequests } from '../../src/db/order/requests.ts';
import { listTickets } from '../../src/db/order/tickets.ts';
import { listClosures } from '../../src/db/places/closures.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps, waitingParty } from '../ground/asking.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  heldParty,
  ledgerOf,
  liveUntil,
  moneyArrives,
  paidParty,
  rowOf,
  setCapacity,
  told,
  useCore,
} from '../ground/life.ts';
import { heldRepair } from '../ground/repairs.ts';

const core = useCore();
const TRAIL = 'baturraden';
const HOUR = 3_600_000;

afterEach(async () => {
  expect(await ledgerOf(core)).toEqual([]);
  expect(await ledgerOf(core, 'jiot')).toEqual([]);
});

const totalBack = async (ref: BookingRef) =>
  (await backOf(core, ref)).reduce((sum, refund) => sum + refund.amountIdr, 0);

describe('a customer who cancels', () => {
  // Guards every step of `cancelRefundIdr`: 72 hours before all, 24 hours before half, then nothing.
  it.each([
    ['well before', 200, 200_000],
    ['72 hours before', 72, 200_000],
    ['a moment later', 72 - 1 / HOUR, 100_000],
    ['24 hours before', 24, 100_000],
    ['a moment after that', 24 - 1 / HOUR, undefined],
    ['when the visit begins', 0, undefined],
  ])('%s gets back what the rules say', async (_when, hoursBefore, backIdr) => {
    const date = dayAhead(20);
    const party = await paidParty(core, 2, { date });
    const sold = (await slotOf(core, TRAIL, date)).sold;
    const nowMs = (await rowOf(core, party)).visitAt.getTime() - hoursBefore * HOUR;
    const request = await ask(core, party, 'cancel', 'customer', {}, nowMs);
    expect(request.state).toBe(backIdr === undefined ? 'refused' : 'done');
    expect((await rowOf(core, party)).state).toBe(backIdr === undefined ? 'paid' : 'refund_due');
    expect(await totalBack(party)).toBe(backIdr ?? 0);
    expect((await slotOf(core, TRAIL, date)).sold).toBe(backIdr === undefined ? sold : sold - 2);
  });

  it('is done once, however often it is asked and decided', async () => {
    const date = dayAhead(21);
    const party = await paidParty(core, 2, { date });
    await issueTickets(core.deps, party, Date.now());
    const deps = commandDeps(core);
    const cancel = (key: string) => cancelBooking(deps, party, '', { by: 'customer', key });
    await Promise.all([cancel('c1'), cancel('c1'), cancel('c2')]);
    expect((await rowOf(core, party)).state).toBe('refund_due');
    expect(await totalBack(party)).toBe(200_000);
    expect((await slotOf(core, TRAIL, date)).sold).toBe(0);
    expect(await listTickets(core.pool, party)).toEqual([]);
    expect((await told(core, party)).filter((kind) => kind === 'cancelled')).toHaveLength(1);
  });

  it('before paying ends the hold through the provider, and is told once', async () => {
    const date = dayAhead(22);
    const party = await heldParty(core, 1, { date });
    const [first, second] = [
      await ask(core, party, 'cancel', 'customer'),
      await ask(core, party, 'cancel', 'customer'),
    ];
    expect([first.state, second.state]).toEqual(['open', 'open']);
    expect((await slotOf(core, TRAIL, date)).held).toBe(1);
    expect((await liveUntil(core, party, Date.now())).state).toBe('cancelled');
    expect((await slotOf(core, TRAIL, date)).held).toBe(0);
    expect(await told(core, party)).toEqual(['cancelled']);
    const { rows } = await core.pool.query('select state from requests where code = $1', [
      party.code,
    ]);
    expect(rows).toEqual([{ state: 'done' }, { state: 'done' }]);
  });

  it('gets half of what is left when a part was given back before', async () => {
    const party = await paidParty(core, 2, { date: dayAhead(23) });
    await ask(core, party, 'refund', 'operator', { amountIdr: 50_000 });
    const nowMs = (await rowOf(core, party)).visitAt.getTime() - 48 * HOUR;
    await ask(core, party, 'cancel', 'customer', {}, nowMs);
    expect(await totalBack(party)).toBe(50_000 + 75_000);
  });

  it('after the visit is too late', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(3) });
    const { endsAt } = await rowOf(core, party);
    expect((await liveUntil(core, party, endsAt.getTime())).state).toBe('completed');
    const request = await ask(core, party, 'cancel', 'customer', {}, endsAt.getTime());
    expect(request).toMatchObject({ state: 'refused', answer: { refused: 'NOT_ALLOWED' } });
  });

  // Guards `request.code !== order.code`: a request is of one order only.
  it('cannot be answered by another order', async () => {
    const [mine, other] = [
      await paidParty(core, 1, { date: dayAhead(24) }),
      await paidParty(core, 1, { date: dayAhead(24) }),
    ];
    const wanted = { kind: 'cancel', askedBy: 'customer', wish: {} } as const;
    const requestId = await insertRequest(core.pool, mine, wanted);
    const nudge = { kind: 'request', requestId } as const;
    expect((await settleBooking(core.deps, other, nudge, Date.now())).state).toBe('paid');
  });
});

describe('an operator', () => {
  it('cancels a paid booking with all money back, at any time before its end', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(5) });
    const { visitAt } = await rowOf(core, party);
    await ask(core, party, 'cancel', 'operator', { reason: 'Cuaca' }, visitAt.getTime());
    expect((await rowOf(core, party)).state).toBe('refund_due');
    expect(await totalBack(party)).toBe(100_000);
  });

  it('cancels by Temporal’s own cancellation, which is the same path', async () => {
    const date = dayAhead(6);
    const party = await heldParty(core, 1, { date });
    await settleBooking(core.deps, party, { kind: 'operator' }, Date.now());
    expect((await liveUntil(core, party, Date.now())).state).toBe('cancelled');
    expect((await slotOf(core, TRAIL, date)).held).toBe(0);
    const paid = await paidParty(core, 1, { date });
    await settleBooking(core.deps, paid, { kind: 'operator' }, Date.now());
    await settleBooking(core.deps, paid, { kind: 'operator' }, Date.now());
    expect(await totalBack(paid)).toBe(100_000);
  });

  it('who cancels the execution of a refused order asks nothing of it', async () => {
    const date = dayAhead(29);
    await setCapacity(core, TRAIL, date, 0);
    const ref = await newOrder(core, partyWish(1, { date }));
    await openBooking(core.deps, ref, Date.now());
    await settleBooking(core.deps, ref, { kind: 'operator' }, Date.now());
    expect(await listOpenRequests(core.pool, ref)).toEqual([]);
  });

  it('gives a part back, and the booking stands', async () => {
    const party = await paidParty(core, 2, { date: dayAhead(7) });
    await ask(core, party, 'refund', 'operator', { amountIdr: 50_000 });
    expect(await rowOf(core, party)).toMatchObject({ state: 'paid', owedIdr: 150_000 });
    await ask(core, party, 'refund', 'operator', { amountIdr: 50_000 });
    expect(await backOf(core, party)).toMatchObject([{ amountIdr: 50_000 }, { amountIdr: 50_000 }]);
  });

  // Guards `wantedIdr > order.owedIdr || wantedIdr <= 0`.
  it.each([150_001, 0, -1])('cannot give %s of 150,000 rupiah back', async (amountIdr) => {
    const party = await paidParty(core, 2, { date: dayAhead(8) });
    await ask(core, party, 'refund', 'operator', { amountIdr: 50_000 });
    const request = await ask(core, party, 'refund', 'operator', { amountIdr });
    expect(request).toMatchObject({ state: 'refused', answer: { refused: 'NOT_ALLOWED' } });
    expect(await totalBack(party)).toBe(50_000);
  });

  it('gives all back, by figure or without, and the booking ends', async () => {
    const date = dayAhead(9);
    for (const wish of [{}, { amountIdr: 100_000 }]) {
      const party = await paidParty(core, 1, { date });
      await issueTickets(core.deps, party, Date.now());
      await ask(core, party, 'refund', 'operator', wish);
      expect((await rowOf(core, party)).state).toBe('refund_due');
      expect(await listTickets(core.pool, party)).toEqual([]);
      const again = await ask(core, party, 'refund', 'operator', {});
      expect(again.state).toBe('refused');
      expect(await totalBack(party)).toBe(100_000);
    }
    expect((await slotOf(core, TRAIL, date)).sold).toBe(0);
  });

  it('gives one refund for one key, also when asked twice at once', async () => {
    const party = await paidParty(core, 2, { date: dayAhead(10) });
    const deps = commandDeps(core);
    const wish = { amountIdr: 50_000, reason: 'Maaf' };
    const give = () => askOrder(deps, party, 'refund', wish, { by: 'operator', key: 'refund 1' });
    await Promise.all([give(), give()]);
    await give();
    expect(await totalBack(party)).toBe(50_000);
    const other = askOrder(
      deps,
      party,
      'refund',
      { amountIdr: 1 },
      { by: 'operator', key: 'refund 1' },
    );
    await expect(other).rejects.toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  // Guards `asked` in the fingerprint of a move: its price and instants are not what was asked.
  it('moves once for one key, however often it is sent', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(13) });
    const moving = () =>
      rescheduleBooking(
        commandDeps(core),
        party,
        { date: dayAhead(14) },
        { by: 'customer', key: 'move 1' },
      );
    await moving();
    await moving();
    expect(await rowOf(core, party)).toMatchObject({ date: dayAhead(14), reschedules: 1 });
  });

  it('gives nothing back of what was never paid', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(11) });
    expect((await ask(core, party, 'refund', 'operator', {})).state).toBe('refused');
  });
});

describe('a closure', () => {
  const deps = () => commandDeps(core);
  const close = (date: string, booked: 'refund' | 'reschedule' | 'keep') =>
    closeBusiness(deps(), 'slamet', 'owner', { from: date, to: date, reason: 'Badai', booked });

  async function bookedOn(date: string) {
    const paid = await paidParty(core, 1, { date });
    const held = await heldParty(core, 1, { date });
    return { paid, held };
  }

  it('with refund ends what is held and gives all money back', async () => {
    const date = dayAhead(30);
    const { paid, held } = await bookedOn(date);
    expect(await close(date, 'refund')).toBe(2);
    expect(await rowOf(core, paid)).toMatchObject({ state: 'refund_due' });
    expect(await rowOf(core, held)).toMatchObject({ state: 'cancelled' });
    expect(await told(core, paid)).toContain('closed');
    expect(await told(core, held)).toEqual(['closed']);
    expect(await totalBack(paid)).toBe(100_000);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 0 });
    expect(await close(date, 'refund')).toBe(0);
  });

  it('gives all back also on the eve of the visit, whatever the rules say', async () => {
    const date = dayAhead(31);
    const { paid } = await bookedOn(date);
    const { visitAt } = await rowOf(core, paid);
    await ask(core, paid, 'cancel', 'closure', { reason: 'Badai' }, visitAt.getTime() - 1);
    expect(await totalBack(paid)).toBe(100_000);
  });

  it('with reschedule asks who paid to choose, and lets them cancel with all money', async () => {
    const date = dayAhead(32);
    const { paid, held } = await bookedOn(date);
    await close(date, 'reschedule');
    expect(await rowOf(core, paid)).toMatchObject({ state: 'paid', date });
    expect(await rowOf(core, held)).toMatchObject({ state: 'cancelled' });
    expect(await told(core, paid)).toEqual(['choose_date']);
    const { visitAt } = await rowOf(core, paid);
    const request = await ask(core, paid, 'cancel', 'customer', {}, visitAt.getTime() - HOUR);
    expect(request.state).toBe('done');
    expect(await totalBack(paid)).toBe(100_000);
  });

  it('with keep leaves everybody, and nobody new comes', async () => {
    const date = dayAhead(33);
    const { paid, held } = await bookedOn(date);
    await close(date, 'keep');
    expect((await rowOf(core, paid)).state).toBe('paid');
    expect((await moneyArrives(core, held)).state).toBe('paid');
    const late = await newOrder(core, partyWish(1, { date }));
    const order = await openBooking(core.deps, late, Date.now());
    expect(order).toMatchObject({ state: 'refused', refusal: 'CLOSED' });
  });

  // Guards the slot locks of `closeDays`: a hold either is listed or finds the closure.
  it('and holds at the same time leave nobody on a closed day', async () => {
    for (let round = 0; round < 10; round += 1) {
      const date = dayAhead(34 + round);
      const refs = await Promise.all(
        [1, 2, 3, 4].map(() => newOrder(core, partyWish(1, { date }))),
      );
      await Promise.all([
        close(date, 'refund'),
        ...refs.map((ref) => openBooking(core.deps, ref, Date.now())),
      ]);
      for (const ref of refs)
        expect(['cancelled', 'refused']).toContain((await rowOf(core, ref)).state);
      expect((await slotOf(core, TRAIL, date)).held).toBe(0);
    }
  });

  it('ends, and the line gets what is free', async () => {
    const date = dayAhead(46);
    await setCapacity(core, TRAIL, date, 1);
    await close(date, 'keep');
    const next = await waitingParty(core, 1, { date });
    expect((await rowOf(core, next)).state).toBe('waiting');
    const days = { from: date, to: date };
    expect(await reopenBusiness(deps(), 'slamet', 'owner', days)).toBe(1);
    expect((await rowOf(core, next)).state).toBe('held');
    expect(await reopenBusiness(deps(), 'slamet', 'owner', days)).toBe(0);
  });

  it('ends for some of its days, and stays for those before and after', async () => {
    const [from, first, last, to] = [dayAhead(47), dayAhead(48), dayAhead(49), dayAhead(50)];
    const closure = { from, to, reason: 'Badai.', booked: 'keep' as const };
    await closeBusiness(deps(), 'slamet', 'owner', closure);
    const days = { from: first, to: last };
    expect(await reopenBusiness(deps(), 'slamet', 'owner', days)).toBe(1);
    const left = await listClosures(core.pool, 'slamet', from, to);
    expect(left.map((c) => [c.from, c.to, c.reason])).toEqual([
      [from, from, 'Badai.'],
      [to, to, 'Badai.'],
    ]);
  });

  // Guards the closure's id in the key of `choose_date`.
  it('of the same days once more is told once more', async () => {
    const date = dayAhead(51);
    const party = await paidParty(core, 1, { date });
    for (let round = 0; round < 2; round += 1) {
      await close(date, 'reschedule');
      await reopenBusiness(deps(), 'slamet', 'owner', { from: date, to: date });
    }
    expect((await told(core, party)).filter((kind) => kind === 'choose_date')).toHaveLength(2);
  });
});

describe('the state of a repair', () => {
  const repair = (time = '13:00') => heldRepair(core, { time });
  const set = (ref: BookingRef, state: string) =>
    ask(core, ref, 'repair_state', 'operator', { state });

  it('is told when it changes, and not when it stays', async () => {
    const ref = await repair();
    await moneyArrives(core, ref);
    expect((await rowOf(core, ref)).repairState).toBe('queued');
    await set(ref, 'in_progress');
    await set(ref, 'in_progress');
    await set(ref, 'ready');
    expect((await rowOf(core, ref)).repairState).toBe('ready');
    expect((await told(core, ref)).filter((kind) => kind === 'repair')).toHaveLength(2);
  });

  it('is still set after the appointment is over', async () => {
    const ref = await repair();
    await moneyArrives(core, ref);
    await liveUntil(core, ref, (await rowOf(core, ref)).endsAt.getTime());
    expect((await set(ref, 'handed_over')).state).toBe('done');
  });

  it('is not of a repair that nobody paid, and not of a hike', async () => {
    const ref = await repair('14:00');
    expect((await set(ref, 'ready')).state).toBe('refused');
    await liveUntil(core, ref, Date.now() + HOUR);
    const hike = await paidParty(core, 1, { date: dayAhead(12) });
    expect((await set(hike, 'ready')).state).toBe('refused');
  });
});
