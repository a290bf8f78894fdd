import { describe, expect, it } from 'vitest';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { closeBusiness } from '../../src/commands/operate.ts';
import { many } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps, waitingParty } from '../ground/asking.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  backOf,
  heldParty,
  liveUntil,
  look,
  moneyArrives,
  paidParty,
  payableAttempt,
  rowOf,
  setCapacity,
  told,
} from '../ground/life.ts';
import { dear, from, move, refusalOf, same, soldOn, TRAIL, useMoving } from '../ground/moving.ts';
import { heldRepair, workday } from '../ground/repairs.ts';

const core = useMoving();
const HOUR = 3_600_000;

describe('the rules of the business', () => {
  it('allow a customer one move, and the staff another', async () => {
    const party = await paidParty(core, 1, { date: from });
    await move(core, party, same);
    expect(await refusalOf(move(core, party, from))).toBe('NOT_ALLOWED');
    await move(core, party, from, 'operator');
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
    expect(await refusalOf(move(core, party, same, 'customer', nowMs))).toBe(answer);
  });

  it('allow none of an order that is not paid', async () => {
    const party = await heldParty(core, 1, { date: from });
    expect(await refusalOf(move(core, party, same))).toBe('NOT_ALLOWED');
    await liveUntil(core, party, party.endsMs);
    expect(await refusalOf(move(core, party, same))).toBe('NOT_ALLOWED');
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
    await move(core, party, dayAhead(31), 'customer', visitAt.getTime() - HOUR);
    expect((await rowOf(core, party)).date).toBe(dayAhead(31));
  });
});

describe('a day that cannot be moved to', () => {
  async function staysPut(party: BookingRef, date: string, code: string) {
    const before = [await slotOf(core, TRAIL, from), await slotOf(core, TRAIL, date)];
    expect(await refusalOf(move(core, party, date))).toBe(code);
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
    await move(core, party, dear);
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
        ...there.map((party) => move(core, party, right)),
        ...here.map((party) => move(core, party, left)),
      ];
      expect((await Promise.allSettled(crossing)).map(({ status }) => status)).toEqual(
        Array(4).fill('fulfilled'),
      );
      for (const party of [...there, ...here]) await ask(core, party, 'cancel', 'operator');
    }
    expect(await soldOn(core, left)).toBe(0);
    expect(await soldOn(core, right)).toBe(0);
  }, 120_000);

  it('give the last place of a day to one of two', async () => {
    const date = dayAhead(42);
    await setCapacity(core, TRAIL, date, 1);
    const two = [
      await paidParty(core, 1, { date: from }),
      await paidParty(core, 1, { date: same }),
    ];
    const answers = await Promise.all(two.map((party) => refusalOf(move(core, party, date))));
    expect(answers.sort()).toEqual(['SOLD_OUT', 'moved']);
    expect(await soldOn(core, date)).toBe(1);
  });
});

describe('a repair', () => {
  it('moves to another hour of the same day', async () => {
    const [date, ref] = [workday(), await heldRepair(core)];
    await moneyArrives(core, ref);
    const wish = { date, time: '11:00' };
    await rescheduleBooking(commandDeps(core), ref, wish, { by: 'customer' });
    expect(await rowOf(core, ref)).toMatchObject({ date, time: '11:00', state: 'paid' });
    const sold = await many<{ time: string; sold: number }>(
      core.pool,
      `select time, sold from quota_slots where business_id = 'jiot' and date = $1 and sold > 0`,
      [date],
    );
    expect(sold).toEqual([{ time: '11:00', sold: 1 }]);
    expect((await look(core, ref)).nextDeadline).toBeDefined();
  });
});
