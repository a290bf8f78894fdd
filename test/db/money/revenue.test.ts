import { describe, expect, it } from 'vitest';
import { readRevenue } from '../../../src/db/money/reports.ts';
import { run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { instantOf } from '../../../src/domain/calendar.ts';
import { ask, heldParty, moneyArrives, paidParty, useCore } from '../../ground/life.ts';

const core = useCore();
const ZONE = 'Asia/Jakarta';

const paidOn = (ref: BookingRef, date: string, time: string) =>
  run(core.pool, 'update payments set paid_at = $3 where business_id = $1 and code = $2', [
    ref.business,
    ref.code,
    instantOf(ZONE, date, time),
  ]);

const read = (from: string, to: string, business = 'slamet') =>
  readRevenue(core.pool, business, from, to);

describe('revenue', () => {
  it('is counted by the local day on which the money was there', async () => {
    const first = await paidParty(core, 1);
    const second = await paidParty(core, 2, { offering: 'guci' });
    await paidOn(first, '2026-03-01', '23:59');
    await paidOn(second, '2026-03-02', '00:00');
    expect(await read('2026-03-01', '2026-03-03')).toEqual({
      totalIdr: 300_000,
      refundedIdr: 0,
      days: [
        { date: '2026-03-01', amountIdr: 100_000, orders: 1 },
        { date: '2026-03-02', amountIdr: 200_000, orders: 1 },
        { date: '2026-03-03', amountIdr: 0, orders: 0 },
      ],
      offerings: [
        { offering: 'guci', name: 'Guci', amountIdr: 200_000, orders: 1 },
        { offering: 'baturraden', name: 'Baturraden', amountIdr: 100_000, orders: 1 },
      ],
    });
    expect((await read('2026-03-02', '2026-03-02')).totalIdr).toBe(200_000);
    expect((await read('2026-02-01', '2026-02-28')).totalIdr).toBe(0);
  });

  it('counts what was paid, not what was asked for, and nothing that was not paid', async () => {
    const day = '2026-04-01';
    await heldParty(core, 1);
    const much = await heldParty(core, 1);
    await moneyArrives(core, much, { amountIdr: 150_000 });
    await paidOn(much, day, '12:00');
    expect(await read(day, day)).toMatchObject({ totalIdr: 150_000, days: [{ orders: 1 }] });
  });

  it('keeps what was refunded in its day, and says what went back', async () => {
    const day = '2026-06-01';
    const party = await paidParty(core, 2);
    await paidOn(party, day, '12:00');
    await ask(core, party, 'refund', 'owner:1', { amountIdr: 50_000, reason: 'Hujan' });
    expect((await read(day, day)).refundedIdr).toBe(0);
    await run(core.pool, `update refunds set state = 'done', done_at = $2 where code = $1`, [
      party.code,
      instantOf(ZONE, '2026-06-03', '00:00'),
    ]);
    expect(await read(day, '2026-06-02')).toMatchObject({ totalIdr: 200_000, refundedIdr: 0 });
    expect(await read(day, '2026-06-03')).toMatchObject({ totalIdr: 200_000, refundedIdr: 50_000 });
  });

  it('leaves rehearsals out', async () => {
    const day = '2026-05-01';
    const real = await paidParty(core, 1);
    const twin = await paidParty(core, 1);
    await paidOn(real, day, '12:00');
    await paidOn(twin, day, '12:00');
    await run(core.pool, 'update orders set twin_of = $2 where code = $1', [twin.code, real.code]);
    expect(await read(day, day)).toMatchObject({ totalIdr: 100_000, days: [{ orders: 1 }] });
  });

  it("is one business's own", async () => {
    expect(await read('2026-03-01', '2026-03-03', 'jiot')).toMatchObject({
      totalIdr: 0,
      offerings: [],
    });
  });
});
