import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBooking } from '../../src/activities/hold.ts';
import { issueTickets } from '../../src/activities/issue.ts';
import { meetDeadline, settleBooking } from '../../src/activities/settle.ts';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { closeBusiness, setPrice } from '../../src/commands/operate.ts';
import { many } from '../../src/db/pool.ts';
import { listTickets } from '../../src/db/tickets.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps, waitingParty } from '../ground/asking.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  heldParty,
  ledgerOf,
  liveUntil,
  look,
  moneyArrives,
  paidParty,
  payableAttempt,
  rowOf,
  setCapacity,
  told,
  useCore,
} from '../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';
const HOUR = 3_600_000;
/** Days of 100,000 rupiah, of less, and of more. */
const [from, same, cheap, dear] = [dayAhead(20), dayAhead(21), dayAhead(22), dayAhead(23)];

beforeAll(async () => {
  for (const [day, priceIdr] of [
    [cheap, 60_000],
    [dear, 150_000],
  ] as const) {
    const wish = { offering: TRAIL, from: day, to: day, guest: 'foreign' as const, priceIdr };
    await setPrice(commandDeps(core), 'slamet', 'owner', wish);
  }
});

afterEach(async () => {
  expect(await ledgerOf(core)).toEqual([]);
  expect(await ledgerOf(core, 'jiot')).toEqual([]);
});

const move = (ref: BookingRef, date: string, by = 'customer', nowMs?: number) =>
  rescheduleBooking(
    commandDeps(core, () => new Date(nowMs ?? Date.now())),
    ref,
    { date },
    { by },
  );

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => 'moved',
    (error: { code: string }) => error.code,
  );

const soldOn = async (date: string) => (await slotOf(core, TRAIL, date)).sold;

async function ticketed(quantity: number, date = from) {
  const party = await paidParty(core, quantity, { date });
  await issueTickets(core.deps, party, Date.now());
  return party;
}

describe('a move that costs the same', () => {
  it('is done at once: places, tickets, reminders', async () => {
    const party = await ticketed(2);
    const old = await listTickets(core.pool, party);
    const [soldBefore, soldThere] = [await soldOn(from), await soldOn(same)];
    await move(party, same);
    expect(await soldOn(from)).toBe(soldBefore - 2);
    expect(await soldOn(same)).toBe(soldThere + 2);
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
    const soldThere = await soldOn(same);
    await move(party, same);
    const [request] = await many<{ requestId: string }>(
      core.pool,
      'select request_id as "requestId" from requests where code = $1',
      [party.code],
    );
    const nudge = { kind: 'request', requestId: request!.requestId } as const;
    await Promise.all([1, 2, 3].map(() => settleBooking(core.deps, party, nudge, Date.now())));
    expect(await soldOn(same)).toBe(soldThere + 1);
    expect((await rowOf(core, party)).reschedules).toBe(1);
  });

  it('gives what it leaves to the line', async () => {
    const [full, target] = [dayAhead(24), dayAhead(25)];
    await setCapacity(core, TRAIL, full, 1);
    const party = await ticketed(1, full);
    const next = await waitingParty(core, 1, { date: full });
    await move(party, target);
    expect((await rowOf(core, next)).state).toBe('held');
  });

  it('frees the old day for its people, and takes the new one', async () => {
    const wish = partyWish(1, { date: from });
    const party = await paidParty(core, 1, wish);
    await move(party, same);
    await heldParty(core, 1, wish);
    const again = await newOrder(core, { ...wish, date: same });
    const order = await openBooking(core.deps, again, Date.now());
    expect(order.refusal).toBe('IDENTITY_ALREADY_BOOKED');
  });
});

describe('a move that costs less', () => {
  it('gives the difference back', async () => {
    const party = await ticketed(2);
    await move(party, cheap);
    expect(await rowOf(core, party)).toMatchObject({ amountIdr: 120_000, owedIdr: 120_000 });
    expect(await backOf(core, party)).toEqual([{ attempt: 1, amountIdr: 80_000, state: 'due' }]);
  });
});

describe('a move that costs more', () => {
  async function dearer(quantity = 1, wish = partyWish(quantity, { date: from })) {
    const party = await paidParty(core, quantity, wish);
    await issueTickets(core.deps, party, Date.now());
    await move(party, dear);
    const lapsesMs = (await rowOf(core, party)).moveExpiresAt!.getTime();
    return { party, lapsesMs };
  }

  it('holds the new places and keeps the old until the difference is paid', async () => {
    const [sold, there] = [await soldOn(from), await slotOf(core, TRAIL, dear)];
    const { party } = await dearer(2);
    expect(await soldOn(from)).toBe(sold + 2);
    expect((await slotOf(core, TRAIL, dear)).held).toBe(there.held + 2);
    expect(await listTickets(core.pool, party)).toHaveLength(2);
    expect(await told(core, party)).toContain('move_difference');
    const attempt = await payableAttempt(core, party, Date.now());
    expect(attempt).toMatchObject({ purpose: 'move', amountIdr: 100_000 });
    await moneyArrives(core, party, { attempt });
    await moneyArrives(core, party, { attempt });
    expect(await rowOf(core, party)).toMatchObject({ date: dear, owedIdr: 300_000 });
    expect(await soldOn(from)).toBe(sold);
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
    const [sold, held] = [await soldOn(from), (await slotOf(core, TRAIL, dear)).held];
    const { party } = await dearer();
    await moneyArrives(core, party, { amountIdr: 20_000 });
    await ask(core, party, 'cancel', 'operator');
    await liveUntil(core, party, Date.now());
    expect(await soldOn(from)).toBe(sold);
    expect((await slotOf(core, TRAIL, dear)).held).toBe(held);
    const back = await backOf(core, party);
    expect(back.reduce((sum, refund) => sum + refund.amountIdr, 0)).toBe(120_000);
  });

  it('allows no second one beside it', async () => {
    const { party } = await dearer();
    expect(await refusalOf(move(party, same))).toBe('NOT_ALLOWED');
    expect(await refusalOf(move(party, same, 'operator'))).toBe('NOT_ALLOWED');
  });

  // Guards `moveExpiresAt` beside `complete` in `nextDeadline`: a completed order lapses nothing.
  it('is decided before the visit that it leaves is over', async () => {
    const party = await paidParty(core, 1, { date: from });
    const { endsAt } = await rowOf(core, party);
    const held = (await slotOf(core, TRAIL, dear)).held;
    await liveUntil(core, party, endsAt.getTime() - 10 * 60_000);
    await move(party, dear, 'operator', endsAt.getTime() - 10 * 60_000);
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
    await move(party, date);
    if (date === dear) {
      expect(await payableAttempt(core, party, Date.now())).toMatchObject({ amountIdr: 50_000 });
      await moneyArrives(core, party);
    }
    expect(await rowOf(core, party)).toMatchObject({ date, owedIdr, state: 'paid' });
    const back = await backOf(core, party);
    expect(back.reduce((sum, refund) => sum + refund.amountIdr, 0)).toBe(backIdr);
  });
});

describe('the rules of the business', () => {
  it('allow a customer one move, and the staff another', async () => {
    const party = await paidParty(core, 1, { date: from });
    await move(party, same);
    expect(await refusalOf(move(party, from))).toBe('NOT_ALLOWED');
    await move(party, from, 'operator');
    expect(await rowOf(core, party)).toMatchObject({ date: from, reschedules: 2 });
  });

  // Guards `hoursBefore` in `rescheduleRefusal`.
  it.each([
    ['a moment before the last hour', -1, 'moved'],
    ['24 hours before', 0, 'moved'],
    ['a moment later', 1, 'NOT_ALLOWED'],
  ])('allow it %s', async (_when, lateMs, answer) => {
    const party = await paidParty(core, 1, { date: from });
    const { visitAt } = await rowOf(core, party);
    const nowMs = visitAt.getTime() - 24 * HOUR + lateMs;
    expect(await refusalOf(move(party, same, 'customer', nowMs))).toBe(answer);
  });

  it('allow none of an order that is not paid', async () => {
    const party = await heldParty(core, 1, { date: from });
    expect(await refusalOf(move(party, same))).toBe('NOT_ALLOWED');
    await liveUntil(core, party, party.endsMs);
    expect(await refusalOf(move(party, same))).toBe('NOT_ALLOWED');
  });

  it('are put aside for who was told to choose another date', async () => {
    const closed = dayAhead(30);
    const party = await paidParty(core, 1, { date: closed });
    const closure = {
      from: closed,
      to: closed,
      reason: 'Kebakaran',
      booked: 'reschedule' as const,
    };
    await closeBusiness(commandDeps(core), 'slamet', 'owner', closure);
    expect(await told(core, party)).toContain('choose_date');
    const { visitAt } = await rowOf(core, party);
    await move(party, dayAhead(31), 'customer', visitAt.getTime() - HOUR);
    expect((await rowOf(core, party)).date).toBe(dayAhead(31));
  });
});

describe('a day that cannot be moved to', () => {
  async function staysPut(party: BookingRef, date: string, code: string) {
    const before = [await slotOf(core, TRAIL, from), await slotOf(core, TRAIL, date)];
    expect(await refusalOf(move(party, date))).toBe(code);
    expect([await slotOf(core, TRAIL, from), await slotOf(core, TRAIL, date)]).toEqual(before);
    expect(await rowOf(core, party)).toMatchObject({ date: from, state: 'paid', reschedules: 0 });
  }

  it('is full', async () => {
    const date = dayAhead(32);
    await setCapacity(core, TRAIL, date, 1);
    await staysPut(await paidParty(core, 2, { date: from }), date, 'SOLD_OUT');
  });

  it('keeps its places back for the line', async () => {
    const date = dayAhead(33);
    await setCapacity(core, TRAIL, date, 2);
    await heldParty(core, 1, { date });
    await waitingParty(core, 2, { date });
    await staysPut(await paidParty(core, 1, { date: from }), date, 'SOLD_OUT');
  });

  it('is closed', async () => {
    const date = dayAhead(34);
    const closure = { from: date, to: date, reason: 'Badai', booked: 'keep' as const };
    await closeBusiness(commandDeps(core), 'slamet', 'owner', closure);
    await staysPut(await paidParty(core, 1, { date: from }), date, 'CLOSED');
  });

  it('has somebody of the party already', async () => {
    const date = dayAhead(35);
    const wish = partyWish(2, { date: from });
    const party = await paidParty(core, 2, wish);
    await heldParty(core, 1, { date, participants: [wish.participants![1]!] });
    await staysPut(party, date, 'IDENTITY_ALREADY_BOOKED');
    await heldParty(core, 1, { date, participants: [wish.participants![0]!] });
  });

  it('is closed while the difference is awaited: nobody arrives there', async () => {
    const party = await paidParty(core, 1, { date: from });
    await move(party, dear);
    const attempt = await payableAttempt(core, party, Date.now());
    const closure = { from: dear, to: dear, reason: 'Badai', booked: 'refund' as const };
    await closeBusiness(commandDeps(core), 'slamet', 'owner', closure);
    await moneyArrives(core, party, { attempt });
    const lapsed = await liveUntil(core, party, Date.now() + HOUR);
    expect(lapsed.state).toBe('paid');
    expect(await rowOf(core, party)).toMatchObject({ date: from, moveExpiresAt: null });
    expect(await backOf(core, party)).toMatchObject([{ amountIdr: 50_000 }]);
  });
});

describe('moves at the same time', () => {
  // Guards `lockDays` of both days together in `moveOrder`: one after the other would deadlock.
  it('cross each other’s days without waiting for each other', async () => {
    const [left, right] = [dayAhead(40), dayAhead(41)];
    for (let round = 0; round < 15; round += 1) {
      const there = await Promise.all([1, 2].map(() => paidParty(core, 1, { date: left })));
      const here = await Promise.all([1, 2].map(() => paidParty(core, 1, { date: right })));
      const crossing = [
        ...there.map((party) => move(party, right)),
        ...here.map((party) => move(party, left)),
      ];
      expect((await Promise.allSettled(crossing)).map(({ status }) => status)).toEqual(
        Array(4).fill('fulfilled'),
      );
      for (const party of [...there, ...here]) await ask(core, party, 'cancel', 'operator');
    }
    expect(await soldOn(left)).toBe(0);
    expect(await soldOn(right)).toBe(0);
  }, 120_000);

  it('give the last place of a day to one of two', async () => {
    const date = dayAhead(42);
    await setCapacity(core, TRAIL, date, 1);
    const two = [
      await paidParty(core, 1, { date: from }),
      await paidParty(core, 1, { date: same }),
    ];
    const answers = await Promise.all(two.map((party) => refusalOf(move(party, date))));
    expect(answers.sort()).toEqual(['SOLD_OUT', 'moved']);
    expect(await soldOn(date)).toBe(1);
  });
});

describe('a repair', () => {
  it('moves to another hour of the same day', async () => {
    const deps = commandDeps(core);
    const date = [3, 4].map(dayAhead).find((day) => new Date(`${day}T00:00Z`).getUTCDay() !== 0)!;
    const wish = {
      offering: 'repair',
      date,
      time: '10:00',
      options: ['iphone-13', 'battery'],
      customer: { name: 'Budi', phone: '+62812' },
    };
    const ref = await newOrder(core, wish, 'jiot');
    await openBooking(core.deps, ref, Date.now());
    await moneyArrives(core, ref);
    const facts = await rescheduleBooking(deps, ref, { date, time: '11:00' }, { by: 'customer' });
    expect(facts).toMatchObject({ date, time: '11:00', state: 'paid' });
    const sold = await many<{ time: string; sold: number }>(
      core.pool,
      `select time, sold from quota_slots where business_id = 'jiot' and date = $1 and sold > 0`,
      [date],
    );
    expect(sold).toEqual([{ time: '11:00', sold: 1 }]);
    expect((await look(core, ref)).nextDeadline).toBeDefined();
  });
});
