import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '../../../src/activities/collect.ts';
import { meetPeriod, settleSubscription } from '../../../src/activities/plan/settle.ts';
import { storeEvent } from '../../../src/db/money/events.ts';
import { listAttempts } from '../../../src/db/money/payments.ts';
import { run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { createToldProvider } from '../../ground/core.ts';
import { ledgerOf, useCore } from '../../ground/life.ts';
import {
  askInvoice,
  invoicesOf,
  liveTo,
  moneyIsThere,
  newBase,
  pay,
  periodsOf,
  rowOf,
  toldOf,
} from '../../ground/plans.ts';

const core = useCore();
beforeAll(async () => {
  await run(core.pool, `update businesses set rules = rules || $1 where business_id = 'rafess'`, [
    JSON.stringify({ graceDays: 2 }),
  ]);
});
beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => expect(await ledgerOf(core, 'rafess')).toEqual([]));

const BEGIN = new Date('2030-01-10T09:30:00+07:00');
const day = (days: number, hours = 0) =>
  new Date(BEGIN.getTime() + days * 86_400_000 + hours * 3_600_000);

/**
 * A month that was reminded of its end, of which nobody is there to meet the end: with two
 * days of grace, on day 32.
 */
async function unattended(): Promise<BookingRef & { newest: number }> {
  const base = await newBase(core);
  const { attempt, ...ref } = await askInvoice(core, base, 'monthly', BEGIN);
  await pay(core, ref, attempt, BEGIN);
  await liveTo(core, ref, day(29));
  const [newest] = await invoicesOf(core, ref);
  return { ...ref, newest: newest!.attempt };
}

/** Whoever comes back meets the end that is overdue, as a workflow does: asked first, then decided. */
async function comeBack(ref: BookingRef, at: Date) {
  await readPayment(core.deps, ref, undefined, at.getTime());
  return meetPeriod(core.deps, ref, 'end', 'closed', at.getTime());
}

const untilOf = async (ref: BookingRef) => (await rowOf(core, ref)).activeUntil;

// Guards `periodStart`, and `came_at`, which `recordWord` stores: when money came is the provider's word.
describe('money that is found after an outage over the end', () => {
  it('and came before the end extends from what was paid, later by the time that was locked', async () => {
    const ref = await unattended();
    await moneyIsThere(core, ref, ref.newest, day(31, 23));
    expect((await comeBack(ref, day(34))).state).toBe('active');
    expect(await untilOf(ref)).toEqual(day(62));
    expect((await toldOf(core, ref)).map(({ kind }) => kind)).not.toContain('ended');
  });

  it('and came after the end, while nothing was unlocked, extends from now', async () => {
    const ref = await unattended();
    await moneyIsThere(core, ref, ref.newest, day(33));
    expect((await comeBack(ref, day(34))).state).toBe('active');
    expect(await untilOf(ref)).toEqual(day(64));
  });

  it('tells the same when it is looked at again, and by an event that came meanwhile', async () => {
    const ref = await unattended();
    await moneyIsThere(core, ref, ref.newest, day(33));
    await comeBack(ref, day(34));
    await comeBack(ref, day(35));
    await settleSubscription(core.deps, ref, { kind: 'wake' }, day(36).getTime());
    expect(await untilOf(ref)).toEqual(day(64));
    expect(await periodsOf(core, ref)).toHaveLength(2);
  });

  // Guards `cameAt`: a word that cannot be true moves no end.
  it.each([
    ['in the future', day(400)],
    ['before there was an invoice', day(2)],
    ['nowhere', undefined],
  ])('counts from now when the provider says it came %s', async (_when, paidAt) => {
    const ref = await unattended();
    await moneyIsThere(core, ref, ref.newest, paidAt);
    await comeBack(ref, day(34));
    expect(await untilOf(ref)).toEqual(day(64));
  });

  // Guards `trustSignedEvents`: where the provider cannot be asked, its signed event says when.
  it.each([
    ['before the end', day(31, 23), day(62)],
    ['after the end', day(33), day(64)],
  ])(
    'counts by a signed event that says %s, the provider being away',
    async (_w, paidAt, until) => {
      const ref = await unattended();
      const paid = (await listAttempts(core.pool, ref)).find((one) => one.attempt === ref.newest)!;
      await storeEvent(core.pool, {
        ...{ business: ref.business, provider: paid.provider, identity: `${paid.ref} paid` },
        ...{ ref: paid.ref, code: ref.code, attempt: paid.attempt, status: 'paid', paidAt },
        ...{ paidIdr: paid.amountIdr, payload: {}, state: 'stored', reason: null },
      });
      await meetPeriod(core.deps, ref, 'end', 'unreachable', day(34).getTime());
      expect(await untilOf(ref)).toEqual(until);
    },
  );
});

it('loses its owner nothing that it ended before anybody could know of the money', async () => {
  const ref = await unattended();
  const ended = await meetPeriod(core.deps, ref, 'end', 'unreachable', day(32).getTime());
  expect(ended.state).toBe('ended');
  await moneyIsThere(core, ref, ref.newest, day(31, 23));
  await readPayment(core.deps, ref, undefined, day(35).getTime());
  await settleSubscription(core.deps, ref, { kind: 'wake' }, day(35).getTime());
  // What it unlocks was locked for three days: they are not among the thirty that were paid for.
  expect(await untilOf(ref)).toEqual(day(65));
});
