import { afterEach, describe, expect, it } from 'vitest';
import { openBooking } from '../../src/activities/hold.ts';
import { meetDeadline } from '../../src/activities/settle.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { setQuota } from '../../src/commands/operate.ts';
import { joinLine, leaveWait, readWait } from '../../src/commands/wait.ts';
import { leaveLine } from '../../src/db/places/line.ts';
import { inTransaction, run } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps, upkeepOf, waitingParty } from '../ground/asking.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  heldParty,
  ledgerOf,
  liveUntil,
  moneyArrives,
  rowOf,
  setCapacity,
  told,
  useCore,
} from '../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';

afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

const statesOf = (refs: BookingRef[]) =>
  Promise.all(refs.map(async (ref) => (await rowOf(core, ref)).state));

async function parties(count: number, quantity: number, wish: Partial<BookingWish>) {
  const held = [];
  for (let n = 0; n < count; n += 1) held.push(await heldParty(core, quantity, wish));
  return held;
}

async function waiting(quantities: number[], wish: Partial<BookingWish>) {
  const line = [];
  for (const quantity of quantities) line.push(await waitingParty(core, quantity, wish));
  return line;
}

/** Ends a hold at its time. */
const end = (party: BookingRef & { endsMs: number }) =>
  meetDeadline(core.deps, party, 'expire', 'closed', party.endsMs);

/** A hold whose reminders were met already: only its end lies ahead. */
async function readyToEnd(held: (BookingRef & { endsMs: number })[]) {
  for (const party of held) await liveUntil(core, party, party.endsMs - 1);
  return held;
}

describe('freed places', () => {
  it('are offered to the first seven of ten when one party of seven leaves', async () => {
    const date = dayAhead(2);
    await setCapacity(core, TRAIL, date, 7);
    const [party] = await parties(1, 7, { date });
    const line = await waiting(Array(10).fill(1), { date });
    expect(line.map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    await liveUntil(core, party!, party!.endsMs);
    expect(await statesOf(line)).toEqual([...Array(7).fill('held'), ...Array(3).fill('waiting')]);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 7, waiting: 1 });
    for (const ref of line.slice(0, 7)) expect(await told(core, ref)).toEqual(['offered']);
    for (const ref of line.slice(7)) expect(await told(core, ref)).toEqual([]);
  });

  // Guards the slot locks of `lockDays` in `giveBack`.
  it('are offered to the first seven of ten when seven leave at once, each once', async () => {
    const date = dayAhead(3);
    await setCapacity(core, TRAIL, date, 7);
    const held = await readyToEnd(await parties(7, 1, { date }));
    const line = await waiting(Array(10).fill(1), { date });
    await Promise.all(held.map(end));
    await Promise.all(held.map(end));
    expect(await statesOf(line)).toEqual([...Array(7).fill('held'), ...Array(3).fill('waiting')]);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 7, waiting: 1 });
    for (const ref of line.slice(0, 7)) expect(await told(core, ref)).toEqual(['offered']);
  });

  // Guards `keepForLine` and `slot.waiting` in `room`.
  it('are kept back for a party that does not fit yet, and nobody else takes them', async () => {
    const date = dayAhead(4);
    await setCapacity(core, TRAIL, date, 4);
    const held = await parties(4, 1, { date });
    const [large, small] = await waiting([3, 1], { date });
    const leave = (n: number) => liveUntil(core, held[n]!, held[n]!.endsMs);
    await leave(0);
    expect(await statesOf([large!, small!])).toEqual(['waiting', 'held']);
    await leave(1);
    await leave(2);
    expect(await statesOf([large!])).toEqual(['waiting']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 2, waiting: 3 });
    const stranger = await newOrder(core, partyWish(1, { date }));
    expect(await openBooking(core.deps, stranger, Date.now())).toMatchObject({
      state: 'refused',
      refusal: 'SOLD_OUT',
    });
    await leave(3);
    expect(await statesOf([large!])).toEqual(['held']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 4, waiting: 0 });
  });

  it('go to the next when an offer lapses', async () => {
    const date = dayAhead(5);
    await setCapacity(core, TRAIL, date, 1);
    const [party] = await parties(1, 1, { date });
    const line = await waiting([1, 1], { date });
    await liveUntil(core, party!, party!.endsMs);
    expect(await statesOf(line)).toEqual(['held', 'waiting']);
    const { expiresAt } = await rowOf(core, line[0]!);
    await liveUntil(core, line[0]!, expiresAt!.getTime() - 1);
    expect(await statesOf(line)).toEqual(['held', 'waiting']);
    await liveUntil(core, line[0]!, expiresAt!.getTime());
    expect(await statesOf(line)).toEqual(['expired', 'held']);
  });

  it('of a quota that many trails share go to the first of any trail', async () => {
    const date = dayAhead(6);
    await setCapacity(core, 'mountain', date, 2);
    const held = await parties(2, 1, { date, offering: 'guci' });
    const line = [
      await waitingParty(core, 2, { date, offering: 'bambangan' }),
      await waitingParty(core, 1, { date, offering: 'baturraden' }),
      await waitingParty(core, 1, { date, offering: 'guci' }),
    ];
    await liveUntil(core, held[0]!, held[0]!.endsMs);
    expect(await statesOf(line)).toEqual(['waiting', 'held', 'waiting']);
    await liveUntil(core, held[1]!, held[1]!.endsMs);
    expect(await statesOf(line)).toEqual(['waiting', 'held', 'held']);
    expect(await slotOf(core, 'mountain', date)).toMatchObject({ held: 2, waiting: 2 });
    expect(await slotOf(core, 'bambangan', date)).toMatchObject({ held: 0, waiting: 2 });
  });

  it('are offered when the business raises a quota, and none when it lowers one', async () => {
    const date = dayAhead(7);
    const deps = commandDeps(core);
    const set = (capacity: number) =>
      setQuota(deps, 'slamet', 'owner', { quota: TRAIL, from: date, to: date, capacity });
    await set(1);
    await parties(1, 1, { date });
    const line = await waiting([1, 1, 1], { date });
    await set(0);
    expect(await statesOf(line)).toEqual(['waiting', 'waiting', 'waiting']);
    await set(3);
    expect(await statesOf(line)).toEqual(['held', 'held', 'waiting']);
    await set(3);
    expect(await statesOf(line)).toEqual(['held', 'held', 'waiting']);
  });

  it('pass by who is booked on that day already, who keeps the place in line', async () => {
    const date = dayAhead(8);
    await setCapacity(core, TRAIL, date, 1);
    const [party] = await parties(1, 1, { date });
    const wish = partyWish(1, { date });
    const busy = await waitingParty(core, 1, wish);
    const next = await waitingParty(core, 1, { date });
    const elsewhere = await heldParty(core, 1, { ...wish, offering: 'guci' });
    await liveUntil(core, party!, party!.endsMs);
    expect(await statesOf([busy, next])).toEqual(['waiting', 'held']);
    await liveUntil(core, elsewhere, elsewhere.endsMs);
    await ask(core, next, 'cancel', 'customer');
    await liveUntil(core, next, Date.now());
    expect(await statesOf([busy])).toEqual(['held']);
  });

  // Guards `rules.oneIdentityADay` in `fits`.
  it('go to the same person twice where the business allows it', async () => {
    const date = dayAhead(9);
    const allow = (oneIdentityADay: boolean) =>
      run(core.pool, `update businesses set rules = rules || $1 where business_id = 'slamet'`, [
        { oneIdentityADay },
      ]);
    await allow(false);
    await setCapacity(core, TRAIL, date, 2);
    const held = await parties(1, 2, { date });
    const wish = partyWish(1, { date });
    const line = [await waitingParty(core, 1, wish), await waitingParty(core, 1, wish)];
    await liveUntil(core, held[0]!, held[0]!.endsMs);
    expect(await statesOf(line)).toEqual(['held', 'held']);
    await allow(true);
  });
});

describe('the line', () => {
  it('offers at once to who joins while there is room', async () => {
    const date = dayAhead(10);
    const joined = await waitingParty(core, 2, { date });
    expect(await statesOf([joined])).toEqual(['held']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 2, waiting: 0 });
  });

  it('is joined once by one key, at once as well', async () => {
    const date = dayAhead(11);
    const deps = commandDeps(core);
    const wish = partyWish(1, { date });
    const join = () => joinLine(deps, 'slamet', 'one key', wish);
    const answers = await Promise.all([join(), join(), join()]);
    const again = await join();
    expect(new Set([...answers, again].map(({ joined }) => joined.token)).size).toBe(1);
    expect(again.replayed).toBe(true);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  });

  it('is not for a party that the day never has room for', async () => {
    const date = dayAhead(12);
    await setCapacity(core, TRAIL, date, 2);
    await expect(waitingParty(core, 3, { date })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('tells how a wait stands: waiting, offered, taken, lapsed, left', async () => {
    const date = dayAhead(13);
    const deps = commandDeps(core);
    await setCapacity(core, TRAIL, date, 1);
    const [party] = await parties(1, 1, { date });
    const line = await waiting([1, 1, 1], { date });
    const [first, second, third] = [line[0]!, line[1]!, line[2]!];
    expect(await readWait(deps, first)).toEqual({ state: 'waiting', position: 1 });
    expect(await readWait(deps, third)).toEqual({ state: 'waiting', position: 3 });
    await liveUntil(core, party!, party!.endsMs);
    expect(await readWait(deps, first)).toEqual({
      state: 'offered',
      bookingToken: core.vault.tokenOf('booking', first),
    });
    expect(await readWait(deps, third)).toEqual({ state: 'waiting', position: 2 });
    await liveUntil(core, first, (await rowOf(core, first)).expiresAt!.getTime());
    expect(await readWait(deps, first)).toMatchObject({ state: 'lapsed' });
    await moneyArrives(core, second);
    expect(await readWait(deps, second)).toMatchObject({ state: 'taken' });
    expect(await leaveWait(deps, second)).toBe('taken');
    expect(await leaveWait(deps, third)).toBe('left');
    expect(await leaveWait(deps, third)).toBe('left');
    expect(await readWait(deps, third)).toEqual({ state: 'left' });
  });

  it('frees what was kept back for who leaves', async () => {
    const date = dayAhead(14);
    await setCapacity(core, TRAIL, date, 3);
    const held = await parties(3, 1, { date });
    const [large] = await waiting([3], { date });
    await liveUntil(core, held[0]!, held[0]!.endsMs);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 2, waiting: 3 });
    await leaveWait(commandDeps(core), large!);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 2, waiting: 0 });
    await heldParty(core, 1, { date });
  });

  it('passes an offer on when it is given back', async () => {
    const date = dayAhead(15);
    await setCapacity(core, TRAIL, date, 1);
    const [party] = await parties(1, 1, { date });
    const line = await waiting([1, 1], { date });
    await liveUntil(core, party!, party!.endsMs);
    expect(await leaveWait(commandDeps(core), line[0]!)).toBe('left');
    expect(await statesOf(line)).toEqual(['cancelled', 'held']);
  });

  // Guards that leaving is one transaction: half of it would keep places back for nobody.
  it('is left with all that follows, or not at all', async () => {
    const date = dayAhead(16);
    await setCapacity(core, TRAIL, date, 2);
    await parties(2, 1, { date });
    const [large] = await waiting([2], { date });
    const crash = inTransaction(core.pool, async (tx) => {
      await leaveLine(tx, large!, undefined, new Date());
      throw new Error('The process ends here.');
    });
    await expect(crash).rejects.toThrow('ends here');
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ waiting: 2 });
    expect(await statesOf([large!])).toEqual(['waiting']);
    await inTransaction(core.pool, (tx) => leaveLine(tx, large!, undefined, new Date()));
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ waiting: 0 });
  });

  it('neither blocks nor doubles when some leave, join and release at the same time', async () => {
    const deps = commandDeps(core);
    for (let round = 0; round < 50; round += 1) {
      const date = dayAhead(17 + (round % 25));
      await setCapacity(core, TRAIL, date, (await slotOf(core, TRAIL, date)).held + 2);
      const held = await readyToEnd(await parties(2, 1, { date }));
      const line = await waiting([1, 2, 1], { date });
      await Promise.all([
        ...held.map(end),
        leaveWait(deps, line[0]!),
        leaveWait(deps, line[1]!),
        waitingParty(core, 1, { date }),
      ]);
      expect(await ledgerOf(core), `round ${round}`).toEqual([]);
      const [left, gone, kept] = await statesOf(line);
      expect([left, gone, kept]).toEqual(['cancelled', 'cancelled', 'held']);
      const { capacity, held: taken } = await slotOf(core, TRAIL, date);
      expect(taken).toBeLessThanOrEqual(capacity);
    }
  }, 120_000);
});

describe('the cut-off', () => {
  // Guards `cut_off_at <= $1` in `lapseWaits`.
  it('ends a wait, and what was kept back for it', async () => {
    const date = dayAhead(45);
    await setCapacity(core, TRAIL, date, 1);
    await parties(1, 1, { date });
    const [late] = await waiting([1], { date });
    const cutOffMs = (await rowOf(core, late!)).cutOffAt.getTime();
    await upkeepOf(core).turnCalendar(cutOffMs - 1);
    expect(await statesOf([late!])).toEqual(['waiting']);
    await upkeepOf(core).turnCalendar(cutOffMs);
    await upkeepOf(core).turnCalendar(cutOffMs + 1);
    expect(await readWait(commandDeps(core), late!)).toEqual({ state: 'lapsed' });
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ waiting: 0 });
  });

  // Guards `now >= order.cutOffAt` in `fits`.
  it('leaves nobody an offer for a day that is over', async () => {
    const date = dayAhead(46);
    await setCapacity(core, TRAIL, date, 1);
    const [party] = await parties(1, 1, { date });
    const [late] = await waiting([1], { date });
    const cutOffMs = (await rowOf(core, late!)).cutOffAt.getTime();
    await run(core.pool, 'update orders set expires_at = $2, remind_at = null where code = $1', [
      party!.code,
      new Date(cutOffMs),
    ]);
    await liveUntil(core, party!, cutOffMs);
    expect(await statesOf([party!, late!])).toEqual(['expired', 'waiting']);
  });
});
