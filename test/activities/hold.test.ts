import { beforeAll, describe, expect, it } from 'vitest';
import type { Deps } from '../../src/activities/deps.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { meetDeadline } from '../../src/activities/settle.ts';
import { checkLedger } from '../../src/db/money/ledger.ts';
import type { FactsDeps } from '../../src/db/order/facts.ts';
import { listAvailability } from '../../src/db/places/quotas.ts';
import { run } from '../../src/db/pool.ts';
import { STALE_HOLD_MS } from '../../src/domain/booking.ts';
import {
  coreDeps,
  createToldProvider,
  dayAhead,
  newOrder,
  partyWish,
  slotOf,
} from '../ground/core.ts';
import { useDatabase } from '../ground/database.ts';

const ground = useDatabase();
let deps: Deps & FactsDeps;
beforeAll(() => {
  deps = coreDeps(ground, createToldProvider());
});

async function holdMany(count: number, wish: Parameters<typeof partyWish>[1]) {
  const refs = [];
  for (let n = 0; n < count; n += 1) refs.push(await newOrder(ground, partyWish(1, wish)));
  return Promise.all(refs.map((ref) => openBooking(deps, ref, Date.now())));
}

describe('holding places', () => {
  it('gives the last place to one of two buyers in the same instant', async () => {
    const date = dayAhead(10);
    await run(
      ground.pool,
      `update quota_slots set capacity = 1
       where business_id = 'slamet' and quota_id = 'baturraden' and date = $1`,
      [date],
    );
    const answers = await holdMany(2, { date });
    expect(answers.map((answer) => answer.state).sort()).toEqual(['held', 'refused']);
    expect((await slotOf(ground, 'baturraden', date)).held).toBe(1);
  });

  it('never sells more than the smallest quota, however many come at once', async () => {
    const date = dayAhead(11);
    const answers = await holdMany(40, { date });
    expect(answers.filter((answer) => answer.state === 'held')).toHaveLength(20);
    expect(await slotOf(ground, 'baturraden', date)).toMatchObject({ held: 20, capacity: 20 });
    expect(await slotOf(ground, 'mountain', date)).toMatchObject({ held: 20, capacity: 80 });
  });

  // Guards the row locks of `lockSlotsOf`: the same race, looking without locking, must oversell.
  it('would oversell without the lock and the guard', async () => {
    const date = dayAhead(12);
    await run(ground.pool, 'alter table quota_slots disable trigger refuse_oversell');
    const looks = Array.from({ length: 40 }, async () => {
      const [day] = await listAvailability(ground.pool, 'slamet', 'baturraden', date, date);
      if (day!.left < 1) return;
      await run(
        ground.pool,
        `update quota_slots set held = held + 1
         where business_id = 'slamet' and quota_id = 'baturraden' and date = $1`,
        [date],
      );
    });
    await Promise.all(looks);
    await run(ground.pool, 'alter table quota_slots enable trigger refuse_oversell');
    const { held, capacity } = await slotOf(ground, 'baturraden', date);
    expect(held).toBeGreaterThan(capacity);
    await run(ground.pool, `update quota_slots set held = 0 where date = $1`, [date]);
  });

  // Guards the trigger `refuse_oversell`, the second line behind the locks.
  it('refuses an update that would oversell even when nobody locked', async () => {
    const date = dayAhead(12);
    const grab = run(
      ground.pool,
      `update quota_slots set held = held + 21
       where business_id = 'slamet' and quota_id = 'baturraden' and date = $1`,
      [date],
    );
    await expect(grab).rejects.toMatchObject({ code: 'P0Q01' });
  });

  it('keeps the quotas of different days apart', async () => {
    await holdMany(3, { date: dayAhead(13) });
    expect((await slotOf(ground, 'mountain', dayAhead(14))).held).toBe(0);
  });

  it('answers the same when it is asked twice', async () => {
    const ref = await newOrder(ground, partyWish(2, { date: dayAhead(15) }));
    const first = await openBooking(deps, ref, Date.now());
    const second = await openBooking(deps, ref, Date.now() + 1_000);
    expect(second).toEqual(first);
    expect((await slotOf(ground, 'baturraden', dayAhead(15))).held).toBe(2);
  });

  it('does not bring back a hold that is over when an old execution asks again', async () => {
    const ref = await newOrder(ground, partyWish(1, { date: dayAhead(16) }));
    const { nextDeadline, expiresAtMs } = await openBooking(deps, ref, Date.now());
    await meetDeadline(deps, ref, nextDeadline!.kind, 'not-asked', nextDeadline!.atMs);
    await meetDeadline(deps, ref, 'remind', 'not-asked', expiresAtMs!);
    await meetDeadline(deps, ref, 'expire', 'closed', expiresAtMs!);
    expect((await openBooking(deps, ref, Date.now())).state).toBe('expired');
    expect((await slotOf(ground, 'baturraden', dayAhead(16))).held).toBe(0);
  });

  // Guards `STALE_HOLD_MS`: the customer of an older wish was told that it failed.
  it.each([
    ['at 30 seconds', 0, 'held'],
    ['a moment after', 1_000, 'refused'],
  ])('holds or refuses a wish %s', async (_when, lateMs, state) => {
    const ref = await newOrder(ground, partyWish(1, { date: dayAhead(17) }));
    const asked = await ground.pool.query('select requested_at from orders where code = $1', [
      ref.code,
    ]);
    const now = asked.rows[0].requested_at.getTime() + STALE_HOLD_MS + lateMs;
    const order = await openBooking(deps, ref, now);
    expect(order.state).toBe(state);
  });

  it('lets one identity hold one place a day, and both days when they differ', async () => {
    const wish = partyWish(1, { date: dayAhead(18) });
    const [one, two] = [await newOrder(ground, wish), await newOrder(ground, wish)];
    const answers = await Promise.all([one, two].map((ref) => openBooking(deps, ref, Date.now())));
    expect(answers.map((answer) => answer.state).sort()).toEqual(['held', 'refused']);
    expect(answers.find((answer) => answer.state === 'refused')!.refusal).toBe(
      'IDENTITY_ALREADY_BOOKED',
    );
    expect((await slotOf(ground, 'baturraden', dayAhead(18))).held).toBe(1);
    const other = await newOrder(ground, { ...wish, date: dayAhead(19) });
    expect((await openBooking(deps, other, Date.now())).state).toBe('held');
  });

  it('leaves books that agree', async () => {
    expect((await checkLedger(ground.pool, 'slamet', new Date())).differences).toEqual([]);
  });
});
