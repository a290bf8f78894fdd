import { afterEach, describe, expect, it } from 'vitest';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { placeBooking } from '../../src/commands/book.ts';
import type { CommandDeps } from '../../src/commands/deps.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { setPrice } from '../../src/commands/operate.ts';
import { joinLine } from '../../src/commands/wait.ts';
import { one, run } from '../../src/db/pool.ts';
import { STALE_HOLD_MS } from '../../src/domain/booking.ts';
import { commandDeps, upkeepOf } from '../ground/asking.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import { heldParty, ledgerOf, moneyArrives, rowOf, setCapacity, useCore } from '../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';

afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

const book = (key: string, wish: BookingWish, deps: CommandDeps = commandDeps(core)) =>
  placeBooking(deps, 'slamet', key, wish);

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code: string }) => error.code,
  );

/** Whether a key is kept, as old as it is. */
const age = (key: string, interval: string) =>
  run(core.pool, `update idempotency_keys set created_at = now() - $2::interval where key = $1`, [
    key,
    interval,
  ]);

describe('the same key', () => {
  it('and wish are one booking, answered the same', async () => {
    const date = dayAhead(5);
    const wish = partyWish(2, { date });
    const first = await book('same', wish);
    const second = await book('same', structuredClone(wish));
    expect(first.replayed).toBe(false);
    expect(second).toEqual({ booked: first.booked, replayed: true });
    expect((await slotOf(core, TRAIL, date)).held).toBe(2);
  });

  // Guards the conflict in `useKey`: the second waits for the first to commit.
  it('is one booking also when it comes six times at once', async () => {
    const date = dayAhead(6);
    const wish = partyWish(1, { date });
    const answers = await Promise.all(Array.from({ length: 6 }, () => book('at once', wish)));
    expect(new Set(answers.map(({ booked }) => booked.code)).size).toBe(1);
    expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect((await slotOf(core, TRAIL, date)).held).toBe(1);
  });

  // Guards `askAgain`: what was answered once is not asked of a workflow again.
  it('is answered as before whatever became of the booking since', async () => {
    const [wish, day, dear] = [partyWish(1, { date: dayAhead(12) }), dayAhead(12), dayAhead(13)];
    const price = { offering: TRAIL, from: dear, to: dear, guest: 'foreign' as const };
    await setPrice(commandDeps(core), 'slamet', 'owner', { ...price, priceIdr: 170_000 });
    const { booked } = await book('moved', { ...wish, date: day });
    const party = { business: 'slamet', code: booked.code };
    await moneyArrives(core, party);
    await rescheduleBooking(commandDeps(core), party, { date: dear }, { by: 'operator' });
    await moneyArrives(core, party);
    expect(await rowOf(core, party)).toMatchObject({ date: dear, amountIdr: 170_000 });
    const unreachable = commandDeps(core);
    unreachable.workflows.hold = () => Promise.reject(new Error('Temporal is away.'));
    expect(await book('moved', { ...wish, date: day }, unreachable)).toEqual({
      booked,
      replayed: true,
    });
  });

  it('with another wish, or for another thing, is refused', async () => {
    const wish = partyWish(1, { date: dayAhead(7) });
    await book('other', wish);
    expect(await codeOf(book('other', { ...wish, date: dayAhead(8) }))).toBe(
      'IDEMPOTENCY_MISMATCH',
    );
    expect(await codeOf(joinLine(commandDeps(core), 'slamet', 'other', wish))).toBe(
      'IDEMPOTENCY_MISMATCH',
    );
  });

  it('in another business is another key', async () => {
    await book('shared', partyWish(1, { date: dayAhead(9) }));
    const date = [3, 4].map(dayAhead).find((day) => new Date(`${day}T00:00Z`).getUTCDay() !== 0)!;
    const repair = { offering: 'repair', date, time: '10:00', options: ['iphone-13'] };
    const customer = { name: 'Budi', phone: '+62812' };
    const { replayed } = await placeBooking(commandDeps(core), 'jiot', 'shared', {
      ...repair,
      customer,
    });
    expect(replayed).toBe(false);
  });

  // Guards the 24 hours of `findKeyUse` and `useKey`.
  it('is kept for 24 hours, and new after that', async () => {
    const date = dayAhead(10);
    const first = await book('a day', partyWish(1, { date }));
    const other = partyWish(1, { date });
    await age('a day', '23 hours 59 minutes');
    expect(await codeOf(book('a day', other))).toBe('IDEMPOTENCY_MISMATCH');
    await age('a day', '24 hours 1 second');
    const second = await book('a day', other);
    expect(second.replayed).toBe(false);
    expect(second.booked.code).not.toBe(first.booked.code);
    expect(await book('a day', other)).toEqual({ ...second, replayed: true });
  });
});

describe('a refusal', () => {
  it('is not remembered: the same key books once there is room', async () => {
    const date = dayAhead(11);
    const wish = partyWish(1, { date });
    await setCapacity(core, TRAIL, date, 0);
    expect(await codeOf(book('refused', wish))).toBe('SOLD_OUT');
    await setCapacity(core, TRAIL, date, 1);
    expect((await book('refused', wish)).replayed).toBe(false);
  });

  // Guards `freeKeys` in `refuse`: here the look found room, and the hold did not.
  it('of the hold itself is not remembered either', async () => {
    const date = dayAhead(12);
    const wish = partyWish(1, { date });
    const deps = commandDeps(core);
    await setCapacity(core, TRAIL, date, 1);
    const racing: CommandDeps = {
      ...deps,
      workflows: {
        ...deps.workflows,
        hold: async (subject) => {
          await heldParty(core, 1, { date });
          return deps.workflows.hold(subject);
        },
      },
    };
    expect(await codeOf(book('raced', wish, racing))).toBe('SOLD_OUT');
    await setCapacity(core, TRAIL, date, 2);
    expect((await book('raced', wish)).replayed).toBe(false);
  });
});

describe('a booking that nobody answered', () => {
  const down: Partial<CommandDeps['workflows']> = {
    hold: async () => {
      throw new Error('Temporal is down.');
    },
  };

  async function unanswered(key: string, date: string) {
    const deps = commandDeps(core);
    const wish = partyWish(1, { date });
    const without = { ...deps, workflows: { ...deps.workflows, ...down } };
    expect(await codeOf(book(key, wish, without))).toBe('UNAVAILABLE');
    return wish;
  }

  it('is held when it is asked for again, however long ago the first was', async () => {
    const date = dayAhead(13);
    const wish = await unanswered('later', date);
    await run(
      core.pool,
      `update orders set requested_at = now() - interval '5 minutes'
       where code = (select code from idempotency_keys where key = 'later')`,
    );
    expect(await book('later', wish)).toMatchObject({ replayed: true, booked: { state: 'held' } });
    expect((await slotOf(core, TRAIL, date)).held).toBe(1);
  });

  // Guards `2 * STALE_HOLD_MS` in `refuseStaleHolds`, and that the key is free afterwards.
  it('is refused by upkeep after a minute, and its key is free', async () => {
    const date = dayAhead(14);
    const wish = await unanswered('never', date);
    const { asked } = await one<{ asked: Date }>(
      core.pool,
      `select requested_at as asked from orders where state = 'new'`,
    );
    const minute = asked.getTime() + 2 * STALE_HOLD_MS;
    expect(await upkeepOf(core).refuseStaleHolds(minute)).toBe(0);
    expect(await upkeepOf(core).refuseStaleHolds(minute + 1)).toBe(1);
    expect(await upkeepOf(core).refuseStaleHolds(minute + 1)).toBe(0);
    expect((await book('never', wish)).replayed).toBe(false);
  });
});

describe('forgetting', () => {
  it('takes refused orders with their people, and keys, after a day', async () => {
    const date = dayAhead(15);
    const kept = await book('kept', partyWish(1, { date }));
    await run(
      core.pool,
      `update orders set state = 'refused',
       requested_at = now() - interval '25 hours' where code = $1`,
      [kept.booked.code],
    );
    await run(core.pool, 'delete from order_places where code = $1', [kept.booked.code]);
    await run(core.pool, 'update quota_slots set held = 0 where date = $1', [date]);
    await age('kept', '25 hours');
    await upkeepOf(core).refuseStaleHolds(Date.now());
    const left = await core.pool.query(
      `select (select count(*) from orders where code = $1)::int as orders,
         (select count(*) from participants where code = $1)::int as people,
         (select count(*) from identity_claims where code = $1)::int as claims,
         (select count(*) from idempotency_keys where key = 'kept')::int as keys`,
      [kept.booked.code],
    );
    expect(left.rows).toEqual([{ orders: 0, people: 0, claims: 0, keys: 0 }]);
  });
});
