import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { meetPeriod } from '../../../src/activities/plan/settle.ts';
import { setReminders } from '../../../src/commands/plan/plan.ts';
import { inTransaction, many, run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { createToldProvider } from '../../ground/core.ts';
import { ledgerOf, useCore } from '../../ground/life.ts';
import {
  askInvoice,
  invoicesOf,
  liveTo,
  makePages,
  newBase,
  pay,
  rowOf,
  toldOf,
} from '../../ground/plans.ts';

const core = useCore();
beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => {
  await run(
    core.pool,
    `update businesses set time_zone = 'Asia/Jakarta' where business_id = 'rafess'`,
  );
  expect(await ledgerOf(core, 'rafess')).toEqual([]);
});

/** A subscription that was paid for at an instant. */
async function activeFrom(at: string, plan = 'monthly'): Promise<BookingRef> {
  const base = await newBase(core);
  const { attempt, ...ref } = await askInvoice(core, base, plan, new Date(at));
  await pay(core, ref, attempt, new Date(at));
  return ref;
}

async function aheadOf(ref: BookingRef): Promise<string[]> {
  const rows = await many<{ at: Date }>(
    core.pool,
    `select at from reminders where code = $1 and state = 'ahead' order by at`,
    [ref.code],
  );
  return rows.map(({ at }) => at.toISOString());
}

/** 00:00 WIB is 17:00 UTC of the day before. */
const wib = (day: string) => new Date(`${day}T00:00:00+07:00`).toISOString();

describe('the reminders of a subscription', () => {
  it('are at the local midnights three, two and one day before its end', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    expect((await rowOf(core, ref)).activeUntil?.toISOString()).toBe('2030-02-09T02:30:00.000Z');
    expect(await aheadOf(ref)).toEqual([wib('2030-02-06'), wib('2030-02-07'), wib('2030-02-08')]);
  });

  // Guards the comparison with the workflow's instant in `meetPeriod`.
  it('come at their instant: not before it, and once after it', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    const at = Date.parse(wib('2030-02-06'));
    const reminded = async () => (await toldOf(core, ref)).filter(({ kind }) => kind === 'ending');
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', at - 1);
    expect(await reminded()).toEqual([]);
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', at);
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', at);
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', at + 1);
    expect(await reminded()).toEqual([{ kind: 'ending', of: wib('2030-02-06') }]);
    expect(await aheadOf(ref)).toEqual([wib('2030-02-07'), wib('2030-02-08')]);
  });

  it('of a plan of seven days are three, of one day one, three hours before its end', async () => {
    const weekly = await activeFrom('2030-01-10T09:30:00+07:00', 'weekly');
    expect(await aheadOf(weekly)).toEqual([
      wib('2030-01-14'),
      wib('2030-01-15'),
      wib('2030-01-16'),
    ]);
    const daily = await activeFrom('2030-01-10T09:30:00+07:00', 'daily');
    expect(await aheadOf(daily)).toEqual([new Date('2030-01-11T06:30:00+07:00').toISOString()]);
  });

  // Guards `isSoon` of `remindersOf`.
  it('of a month that is a day longer are those of a month', async () => {
    const base = await newBase(core);
    for (const plan of ['monthly', 'daily']) {
      const at = new Date('2030-01-10T09:30:00+07:00');
      const { attempt, ...ref } = await askInvoice(core, base, plan, at);
      await pay(core, ref, attempt, at);
      if (plan === 'monthly') continue;
      expect(await aheadOf(ref)).toEqual([wib('2030-02-07'), wib('2030-02-08'), wib('2030-02-09')]);
    }
  });

  // Guards the filter of `remindersOf`: nobody is reminded of what lies behind.
  it('are only those that lie ahead: two for an end that is two and a half days away', async () => {
    await run(
      core.pool,
      `insert into offerings (business_id, offering_id, kind, name, price_idr, period_days)
       values ('rafess', 'short', 'plan', 'Short', 1000, 2) on conflict do nothing`,
    );
    // Two days from 22:00 end at 22:00: the midnight three days before that is over.
    const ref = await activeFrom('2030-01-10T22:00:00+07:00', 'short');
    expect(await aheadOf(ref)).toEqual([wib('2030-01-11')]);
    const told = await toldOf(core, ref);
    expect(told.map(({ kind }) => kind)).toEqual(['activated']);
  });

  it.each([
    // Berlin leaves summer time on 27 October 2030: midnight is at 22:00, then at 23:00 UTC.
    [
      'Europe/Berlin',
      '2030-09-29T12:00:00Z',
      ['2030-10-25T22:00Z', '2030-10-26T22:00Z', '2030-10-27T23:00Z'],
    ],
    // And begins it on 31 March 2030.
    [
      'Europe/Berlin',
      '2030-03-03T12:00:00Z',
      ['2030-03-29T23:00Z', '2030-03-30T23:00Z', '2030-03-31T22:00Z'],
    ],
    [
      'Asia/Makassar',
      '2030-01-10T09:30:00+07:00',
      ['2030-02-05T16:00Z', '2030-02-06T16:00Z', '2030-02-07T16:00Z'],
    ],
  ])('are at the midnights of %s, also across a change of its clocks', async (zone, from, at) => {
    await run(core.pool, `update businesses set time_zone = $1 where business_id = 'rafess'`, [
      zone,
    ]);
    const ref = await activeFrom(from);
    expect(await aheadOf(ref)).toEqual(at.map((one) => new Date(one).toISOString()));
  });

  it('each have a fresh invoice, and the earlier ones are closed without a word', async () => {
    const closed: string[] = [];
    const { cancel } = core.provider;
    core.provider.cancel = async (account, ref, token) => {
      closed.push(ref);
      return cancel(account, ref, token);
    };
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    await liveTo(core, ref, new Date('2030-02-08T12:00:00+07:00'));
    expect((await invoicesOf(core, ref)).map(({ attempt, state }) => [attempt, state])).toEqual([
      [4, 'pending'],
      [3, 'cancelled'],
      [2, 'cancelled'],
      [1, 'paid'],
    ]);
    expect(closed).toEqual([`${ref.code}-2`, `${ref.code}-3`]);
    expect((await toldOf(core, ref)).map(({ kind }) => kind)).toEqual([
      'activated',
      'ending',
      'ending',
      'ending',
    ]);
  });

  it('that an outage kept waiting come as one', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', Date.parse(wib('2030-02-08')) + 1);
    await makePages(core, ref, new Date(wib('2030-02-08')));
    expect((await toldOf(core, ref)).filter(({ kind }) => kind === 'ending')).toHaveLength(1);
    expect(await aheadOf(ref)).toEqual([]);
    expect(await invoicesOf(core, ref)).toHaveLength(2);
  });

  // Guards the comparison with the end in `remind`.
  it('that an outage kept waiting until after the end are not made up for', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    const late = new Date('2030-02-10T00:00:00+07:00');
    await meetPeriod(core.deps, ref, 'ending', 'not-asked', late.getTime());
    expect(await invoicesOf(core, ref)).toHaveLength(1);
    await liveTo(core, ref, late);
    expect((await toldOf(core, ref)).map(({ kind }) => kind)).toEqual(['activated', 'ended']);
  });

  it('are kept back while they are paused, and not made up for', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    await inTransaction(core.pool, (tx) => setReminders(tx, ref, true, 'telegram:900002'));
    await liveTo(core, ref, new Date('2030-02-07T12:00:00+07:00'));
    await inTransaction(core.pool, (tx) => setReminders(tx, ref, false, 'telegram:900002'));
    await liveTo(core, ref, new Date('2030-02-08T12:00:00+07:00'));
    const told = (await toldOf(core, ref)).filter(({ kind }) => kind === 'ending');
    expect(told).toEqual([{ kind: 'ending', of: wib('2030-02-08') }]);
  });

  it('begin anew with the end that a renewal sets', async () => {
    const ref = await activeFrom('2030-01-10T09:30:00+07:00');
    await liveTo(core, ref, new Date('2030-02-06T12:00:00+07:00'));
    await pay(core, ref, 2, new Date('2030-02-06T13:00:00+07:00'));
    expect(await aheadOf(ref)).toEqual([wib('2030-03-08'), wib('2030-03-09'), wib('2030-03-10')]);
    const order = await liveTo(core, ref, new Date('2030-02-20T00:00:00+07:00'));
    expect(order.state).toBe('active');
    expect((await toldOf(core, ref)).map(({ kind }) => kind)).toEqual([
      'activated',
      'ending',
      'renewed',
    ]);
  });
});
