import { describe, expect, it } from 'vitest';
import { openBooking } from '../../src/activities/hold.ts';
import { issueTickets } from '../../src/activities/issue.ts';
import { meetDeadline, settleBooking } from '../../src/activities/settle.ts';
import { listTickets } from '../../src/db/order/tickets.ts';
import { many } from '../../src/db/pool.ts';
import { waitingParty } from '../ground/asking.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  heldParty,
  liveUntil,
  moneyArrives,
  paidParty,
  payableAttempt,
  rowOf,
  setCapacity,
  told,
} from '../ground/life.ts';
import {
  cheap,
  dear,
  from,
  move,
  refusalOf,
  same,
  soldOn,
  TRAIL,
  useMoving,
} from '../ground/moving.ts';

const core = useMoving();
const HOUR = 3_600_000;

async function ticketed(quantity: number, date = from) {
  const party = await paidParty(core, quantity, { date });
  await issueTickets(core.deps, party, Date.now());
  return party;
}

describe('a move that costs the same', () => {
  it('is done at once: places, tickets, reminders', async () => {
    const party = await ticketed(2);
    const old = await listTickets(core.pool, party);
    const [soldBefore, soldThere] = [await soldOn(core, from), await soldOn(core, same)];
    await move(core, party, same);
    expect(await soldOn(core, from)).toBe(soldBefore - 2);
    expect(await soldOn(core, same)).toBe(soldThere + 2);
    expect(await listTickets(core.pool, party)).toEqual([]);
    const order = await issueTickets(core.deps, party, Date.now());
    const fresh = await listTickets(core.pool, party);
    expect(fresh.map((ticket) => ticket.date)).toEqual([same, same]);
    expect(fresh.some(({ ticketId }) => old.some((t) => t.ticketId === ticketId))).toBe(false);
    const visitMs = Date.parse(`${same}T06:00:00+07:00`);
    expect(order.nextDeadline).toEqual({ kind: 'visit', atMs: visitMs - 24 * HOUR });
    expect(await told(core, party)).toEqual(expect.arrayContaining(['paid', 'moved']));
    expect(await backOf(core, party)).toEqual([]);
  });

  it('is done once when its request is decided twice, or by many at once', async () => {
    const party = await ticketed(1);
    const soldThere = await soldOn(core, same);
    await move(core, party, same);
    const [request] = await many<{ requestId: string }>(
      core.pool,
      'select request_id as "requestId" from requests where code = $1',
      [party.code],
    );
    const nudge = { kind: 'request', requestId: request!.requestId } as const;
    await Promise.all([1, 2, 3].map(() => settleBooking(core.deps, party, nudge, Date.now())));
    expect(await soldOn(core, same)).toBe(soldThere + 1);
    expect((await rowOf(core, party)).reschedules).toBe(1);
  });

  it('gives what it leaves to the line', async () => {
    const [full, target] = [dayAhead(24), dayAhead(25)];
    await setCapacity(core, TRAIL, full, 1);
    const party = await ticketed(1, full);
    const next = await waitingParty(core, 1, { date: full });
    await move(core, party, target);
    expect((await rowOf(core, next)).state).toBe('held');
  });

  it('frees the old day for its people, and takes the new one', async () => {
    const wish = partyWish(1, { date: from });
    const party = await paidParty(core, 1, wish);
    await move(core, party, same);
    await heldParty(core, 1, wish);
    const again = await newOrder(core, { ...wish, date: same });
    const order = await openBooking(core.deps, again, Date.now());
    expect(order.refusal).toBe('IDENTITY_ALREADY_BOOKED');
  });
});

describe('a move that costs less', () => {
  it('gives the difference back', async () => {
    const party = await ticketed(2);
    await move(core, party, cheap);
    expect(await rowOf(core, party)).toMatchObject({ amountIdr: 120_000, owedIdr: 120_000 });
    expect(await backOf(core, party)).toEqual([{ attempt: 1, amountIdr: 80_000, state: 'due' }]);
  });
});

describe('a move that costs more', () => {
  async function dearer(quantity = 1, wish = partyWish(quantity, { date: from })) {
    const party = await paidParty(core, quantity, wish);
    await issueTickets(core.deps, party, Date.now());
    await move(core, party, dear);
    const lapsesMs = (await rowOf(core, party)).moveExpiresAt!.getTime();
    return { party, lapsesMs };
  }

  it('holds the new places and keeps the old until the difference is paid', async () => {
    const [sold, there] = [await soldOn(core, from), await slotOf(core, TRAIL, dear)];
    const { party } = await dearer(2);
    expect(await soldOn(core, from)).toBe(sold + 2);
    expect((await slotOf(core, TRAIL, dear)).held).toBe(there.held + 2);
    expect(await listTickets(core.pool, party)).toHaveLength(2);
    expect(await told(core, party)).toContain('move_difference');
    const attempt = await payableAttempt(core, party, Date.now());
    expect(attempt).toMatchObject({ purpose: 'move', amountIdr: 100_000 });
    await moneyArrives(core, party, { attempt });
    await moneyArrives(core, party, { attempt });
    expect(await rowOf(core, party)).toMatchObject({ date: dear, owedIdr: 300_000 });
    expect(await soldOn(core, from)).toBe(sold);
    expect(await slotOf(core, TRAIL, dear)).toMatchObject({ held: there.held });
    expect(await listTickets(core.pool, party)).toEqual([]);
    expect(await backOf(core, party)).toEqual([]);
  });

  // Guards the `lapse_move` deadline.
  it('lapses at its time, not before, and once; the booking stays', async () => {
    const wish = partyWish(1, { date: from });
    const { party, lapsesMs } = await dearer(1, wish);
    const held = (await slotOf(core, TRAIL, dear)).held;
    const lapse = (nowMs: number) => meetDeadline(core.deps, party, 'lapse_move', 'closed', nowMs);
    expect((await lapse(lapsesMs - 1)).nextDeadline).toEqual({
      kind: 'lapse_move',
      atMs: lapsesMs,
    });
    await lapse(lapsesMs);
    await lapse(lapsesMs + 1);
    expect((await slotOf(core, TRAIL, dear)).held).toBe(held - 1);
    expect(await rowOf(core, party)).toMatchObject({ state: 'paid', date: from, reschedules: 0 });
    expect(await listTickets(core.pool, party)).toHaveLength(1);
    expect((await told(core, party)).filter((kind) => kind === 'move_lapsed')).toHaveLength(1);
    await heldParty(core, 1, { ...wish, date: dear });
  });

  it('is done when the money is there at that time', async () => {
    const { party, lapsesMs } = await dearer();
    const attempt = await payableAttempt(core, party, Date.now());
    core.provider.words.set(attempt.ref, { state: 'paid', paidIdr: 50_000 });
    await liveUntil(core, party, lapsesMs);
    expect(await rowOf(core, party)).toMatchObject({ date: dear, state: 'paid' });
  });

  it('gives back what comes later', async () => {
    const { party, lapsesMs } = await dearer();
    const attempt = await payableAttempt(core, party, Date.now());
    await liveUntil(core, party, lapsesMs);
    await moneyArrives(core, party, { attempt, nowMs: lapsesMs + 1 });
    expect(await rowOf(core, party)).toMatchObject({ state: 'paid', date: from });
    expect(await backOf(core, party)).toEqual([{ attempt: 2, amountIdr: 50_000, state: 'due' }]);
    expect(await told(core, party)).toContain('overpaid');
  });

  it('waits for the rest of a part, and gives the part back when it does not come', async () => {
    const { party, lapsesMs } = await dearer();
    await moneyArrives(core, party, { amountIdr: 20_000 });
    expect(await rowOf(core, party)).toMatchObject({ date: from });
    expect(await backOf(core, party)).toEqual([]);
    expect(await payableAttempt(core, party, Date.now())).toMatchObject({ amountIdr: 30_000 });
    await liveUntil(core, party, lapsesMs);
    expect(await backOf(core, party)).toEqual([{ attempt: 2, amountIdr: 20_000, state: 'due' }]);
  });

  it('ends with the booking: a cancel gives both days and all money back', async () => {
    const [sold, held] = [await soldOn(core, from), (await slotOf(core, TRAIL, dear)).held];
    const { party } = await dearer();
    await moneyArrives(core, party, { amountIdr: 20_000 });
    await ask(core, party, 'cancel', 'operator');
    await liveUntil(core, party, Date.now());
    expect(await soldOn(core, from)).toBe(sold);
    expect((await slotOf(core, TRAIL, dear)).held).toBe(held);
    const back = await backOf(core, party);
    expect(back.reduce((sum, refund) => sum + refund.amountIdr, 0)).toBe(120_000);
  });

  it('allows no second one beside it', async () => {
    const { party } = await dearer();
    expect(await refusalOf(move(core, party, same))).toBe('NOT_ALLOWED');
    expect(await refusalOf(move(core, party, same, 'operator'))).toBe('NOT_ALLOWED');
  });

  // Guards `moveExpiresAt` beside `complete` in `nextDeadline`: a completed order lapses nothing.
  it('is decided before the visit that it leaves is over', async () => {
    const party = await paidParty(core, 1, { date: from });
    const { endsAt } = await rowOf(core, party);
    const held = (await slotOf(core, TRAIL, dear)).held;
    await liveUntil(core, party, endsAt.getTime() - 10 * 60_000);
    await move(core, party, dear, 'operator', endsAt.getTime() - 10 * 60_000);
    const order = await liveUntil(core, party, endsAt.getTime() + HOUR);
    expect(order.state).toBe('completed');
    expect((await slotOf(core, TRAIL, dear)).held).toBe(held);
  });
});

describe('after a part of the price was given back', () => {
  // Guards the discount in `arrive`: what was given back stays given back.
  it.each([
    ['the same', same, 70_000, 30_000],
    ['less', cheap, 30_000, 70_000],
    ['more', dear, 120_000, 30_000],
  ])('a move to a day that costs %s keeps the books', async (_what, date, owedIdr, backIdr) => {
    const party = await paidParty(core, 1, { date: from });
    await ask(core, party, 'refund', 'operator', { amountIdr: 30_000 });
    await move(core, party, date);
    if (date === dear) {
      expect(await payableAttempt(core, party, Date.now())).toMatchObject({ amountIdr: 50_000 });
      await moneyArrives(core, party);
    }
    expect(await rowOf(core, party)).toMatchObject({ date, owedIdr, state: 'paid' });
    const back = await backOf(core, party);
    expect(back.reduce((sum, refund) => sum + refund.amountIdr, 0)).toBe(backIdr);
  });
});
