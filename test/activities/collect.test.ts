import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { cancelPayment, createPayment, readPayment } from '../../src/activities/collect.ts';
import { meetDeadline } from '../../src/activities/settle.ts';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { findWayToPay } from '../../src/commands/pay.ts';
import { listAttempts } from '../../src/db/money/payments.ts';
import { run } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { ProviderError } from '../../src/payments/provider.ts';
import { commandDeps, upkeepOf } from '../ground/asking.ts';
import { createToldProvider, dayAhead } from '../ground/core.ts';
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
  useCore,
  wordArrives,
} from '../ground/life.ts';
import { priceDay } from '../ground/moving.ts';

const core = useCore();
const date = dayAhead(10);
const MINUTE = 60_000;

beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

/** Which pages were closed at the provider, in the order of closing. */
function watchClosing(): string[] {
  const closed: string[] = [];
  core.provider.cancel = async (_account, ref) => {
    closed.push(ref);
    return 'cancelled';
  };
  return closed;
}

/** A page that has run out and the one that followed: people may still pay on both. */
async function twoPages(party: BookingRef) {
  const first = await payableAttempt(core, party, Date.now());
  await run(core.pool, 'update payments set page_expires_at = $2 where code = $1', [
    party.code,
    new Date(Date.now() - 1_000),
  ]);
  return { first, second: await payableAttempt(core, party, Date.now()) };
}

const statesOf = async (party: BookingRef) =>
  (await listAttempts(core.pool, party)).map(({ attempt, amountIdr, state }) => ({
    attempt,
    amountIdr,
    state,
  }));

describe('closing what can still be paid', () => {
  // Guards the search for open attempts: money for an older page is asked for, too.
  it('asks about every open attempt before it releases', async () => {
    const party = await heldParty(core, 1, { date });
    const { first, second } = await twoPages(party);
    expect(second.attempt).toBe(2);
    core.provider.words.set(first.ref, { state: 'paid', paidIdr: 100_000 });
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('paid');
  });

  it('closes every open attempt, one a call', async () => {
    const party = await heldParty(core, 1, { date });
    await twoPages(party);
    const closed = watchClosing();
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('expired');
    expect(closed).toEqual([`${party.code}-2`, `${party.code}-1`]);
    expect(await cancelPayment(core.deps, party, party.endsMs)).toBe('closed');
    expect(closed).toHaveLength(2);
  });

  it('leaves a hold alone for which nothing was ever asked', async () => {
    const party = await heldParty(core, 1, { date });
    expect(await readPayment(core.deps, party, undefined, Date.now())).toBe('none');
    expect(await cancelPayment(core.deps, party, Date.now())).toBe('closed');
  });
});

describe('a page to pay on', () => {
  it('is the same one when it is asked for twice', async () => {
    const party = await heldParty(core, 1, { date });
    expect(await createPayment(core.deps, party, Date.now())).toBe('ready');
    expect(await createPayment(core.deps, party, Date.now())).toBe('ready');
    expect(await listAttempts(core.pool, party)).toHaveLength(1);
  });

  it('is asked for under the same id when the answer was lost', async () => {
    const party = await heldParty(core, 1, { date });
    const { createPage } = core.provider;
    core.provider.createPage = async () => {
      throw new ProviderError('The answer was lost.', true);
    };
    await expect(createPayment(core.deps, party, Date.now())).rejects.toThrow('lost');
    core.provider.createPage = createPage;
    expect(await createPayment(core.deps, party, Date.now())).toBe('ready');
    expect(await listAttempts(core.pool, party)).toMatchObject([{ attempt: 1, state: 'pending' }]);
  });

  it('is adopted with its money when the provider had it in use', async () => {
    const party = await heldParty(core, 1, { date });
    core.provider.createPage = async () => 'used';
    core.provider.words.set(`${party.code}-1`, { state: 'paid', paidIdr: 100_000 });
    expect(await createPayment(core.deps, party, Date.now())).toBe('money');
    expect((await look(core, party)).state).toBe('paid');
  });

  it('is replaced by another when the provider had it in use unpaid', async () => {
    const party = await heldParty(core, 1, { date });
    const { createPage } = core.provider;
    core.provider.createPage = async () => 'used';
    core.provider.words.set(`${party.code}-1`, { state: 'pending' });
    await expect(createPayment(core.deps, party, Date.now())).rejects.toThrow('closed');
    core.provider.createPage = createPage;
    expect(await createPayment(core.deps, party, Date.now())).toBe('ready');
    expect((await listAttempts(core.pool, party))[0]).toMatchObject({ attempt: 2 });
  });

  it('is not made for an order that ended', async () => {
    const party = await heldParty(core, 1, { date });
    await liveUntil(core, party, party.endsMs);
    expect(await createPayment(core.deps, party, party.endsMs)).toBe('not-wanted');
  });

  // Guards `outdated` in `beginAttempt`: nobody pays a sum that is not asked for any more.
  it('for the whole is closed once a part was paid on another', async () => {
    const party = await heldParty(core, 1, { date });
    const { first, second } = await twoPages(party);
    await moneyArrives(core, party, { attempt: second, amountIdr: 40_000 });
    const closed = watchClosing();
    expect(await createPayment(core.deps, party, Date.now())).toBe('again');
    expect(closed).toEqual([first.ref]);
    expect(await createPayment(core.deps, party, Date.now())).toBe('ready');
    expect(await statesOf(party)).toEqual([
      { attempt: 3, amountIdr: 60_000, state: 'pending' },
      { attempt: 2, amountIdr: 100_000, state: 'paid' },
      { attempt: 1, amountIdr: 100_000, state: 'cancelled' },
    ]);
  });

  // Guards `askProvider` before the close in `createPayment`.
  it('for the whole counts as money when it was paid meanwhile', async () => {
    const party = await heldParty(core, 1, { date });
    const { first, second } = await twoPages(party);
    await moneyArrives(core, party, { attempt: second, amountIdr: 40_000 });
    core.provider.words.set(first.ref, { state: 'paid', paidIdr: 100_000 });
    expect(await createPayment(core.deps, party, Date.now())).toBe('money');
    expect((await look(core, party)).state).toBe('paid');
    expect((await backOf(core, party)).map(({ amountIdr }) => amountIdr)).toEqual([40_000]);
  });

  it('is asked for once while it is being made, and again when that takes too long', async () => {
    const party = await heldParty(core, 1, { date });
    const { createPage } = core.provider;
    core.provider.createPage = async () => {
      throw new ProviderError('Not now.', true);
    };
    await createPayment(core.deps, party, Date.now()).catch(() => undefined);
    const asked: string[] = [];
    const wayAt = (ms: number) => {
      const deps = commandDeps(core, () => new Date(Date.now() + ms));
      deps.workflows.signalPay = async ({ code }) => void asked.push(code);
      return findWayToPay(deps, party);
    };
    expect(await wayAt(0)).toEqual({ to: 'wait' });
    expect(asked).toEqual([]);
    expect(await wayAt(2 * MINUTE)).toEqual({ to: 'wait' });
    expect(asked).toEqual([party.code]);
    core.provider.createPage = createPage;
    await createPayment(core.deps, party, Date.now());
    expect(await wayAt(0)).toMatchObject({ to: 'page' });
  });

  // Guards `PAGE_IS_OVER_MS`: what an outage left open is not asked about for ever.
  it('on which nobody chose a method is over some minutes after its end', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref, pageExpiresAt } = await payableAttempt(core, party, Date.now());
    core.provider.words.delete(ref);
    const askAt = (ms: number) =>
      upkeepOf(core).reconcilePayments(60, pageExpiresAt!.getTime() + ms);
    await askAt(9 * MINUTE);
    expect(await statesOf(party)).toMatchObject([{ state: 'pending' }]);
    await askAt(11 * MINUTE);
    expect(await statesOf(party)).toMatchObject([{ state: 'expired' }]);
  });
});

const [dear, dearer] = [dayAhead(12), dayAhead(13)];

beforeAll(async () => {
  await priceDay(core, dear, 150_000);
  await priceDay(core, dearer, 180_000);
});

describe('the page of a move', () => {
  const moveTo = (party: BookingRef, day: string, nowMs = Date.now()) => {
    const deps = commandDeps(core, () => new Date(nowMs));
    return rescheduleBooking(deps, party, { date: day }, { by: 'operator' });
  };

  // Guards `isFor`: an outage left the first move's page open when the second move came.
  it('is for what this move costs, not an earlier one', async () => {
    const party = await paidParty(core, 1, { date });
    await moveTo(party, dear);
    const first = await payableAttempt(core, party, Date.now());
    expect(first.amountIdr).toBe(50_000);
    const lapsesMs = (await rowOf(core, party)).moveExpiresAt!.getTime();
    await meetDeadline(core.deps, party, 'lapse_move', 'unreachable', lapsesMs);
    const closed = watchClosing();
    await moveTo(party, dearer, lapsesMs);
    expect((await look(core, party)).due).toContain('collect');
    const second = await payableAttempt(core, party, lapsesMs);
    expect(second).toMatchObject({ attempt: 3, amountIdr: 80_000 });
    expect(closed).toEqual([first.ref]);
    expect((await look(core, party)).due).not.toContain('collect');
    await moneyArrives(core, party, { attempt: second });
    expect(await rowOf(core, party)).toMatchObject({ date: dearer, amountIdr: 180_000 });
  });

  // Guards `giveUpMove`: the request waits until nobody can pay for the move any more.
  it.each(['cancel', 'refund'] as const)('is closed before a %s ends the booking', async (kind) => {
    const party = await paidParty(core, 1, { date });
    await moveTo(party, dear);
    const page = await payableAttempt(core, party, Date.now());
    const closed = watchClosing();
    expect((await ask(core, party, kind, 'operator')).state).toBe('open');
    expect((await rowOf(core, party)).state).toBe('paid');
    await liveUntil(core, party, Date.now());
    expect(closed).toEqual([page.ref]);
    expect((await rowOf(core, party)).state).toBe('refund_due');
    expect((await backOf(core, party)).map(({ amountIdr }) => amountIdr)).toEqual([100_000]);
  });
});

describe('a cancel that waits for the end of a move', () => {
  // Guards `lookedAt`: minutes of the provider's time cost the customer nothing.
  it('is judged by when it was first looked at', async () => {
    const far = dayAhead(30);
    const party = await paidParty(core, 1, { date: far });
    await rescheduleBooking(commandDeps(core), party, { date: dear }, { by: 'operator' });
    const { visitAt } = await rowOf(core, party);
    const justInTimeMs = visitAt.getTime() - 72 * 60 * MINUTE;
    await run(core.pool, `update moves set expires_at = $2 where code = $1`, [
      party.code,
      new Date(justInTimeMs + 5 * MINUTE),
    ]);
    const request = await ask(core, party, 'cancel', 'customer', {}, justInTimeMs);
    expect(request.state).toBe('open');
    await meetDeadline(core.deps, party, 'lapse_move', 'unreachable', justInTimeMs + 2 * MINUTE);
    expect((await rowOf(core, party)).state).toBe('refund_due');
    expect((await backOf(core, party)).map(({ amountIdr }) => amountIdr)).toEqual([100_000]);
  });
});

describe('a payment that is checked for fraud', () => {
  // Guards `review` in `readPayment`: its webhook was lost, the end of the hold finds it.
  it('found at the end of the hold keeps its places, and is not closed', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    core.provider.words.set(ref, { state: 'review', status: 'capture' });
    const closed = watchClosing();
    expect((await liveUntil(core, party, party.endsMs)).state).toBe('review');
    expect(closed).toEqual([]);
  });

  it('is closed when the customer had cancelled before it was checked', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    core.provider.words.set(ref, { state: 'review', status: 'capture' });
    const closed = watchClosing();
    await ask(core, party, 'cancel', 'customer');
    expect((await liveUntil(core, party, Date.now())).state).toBe('cancelled');
    expect(closed).toEqual([ref]);
  });

  // Guards `attemptAfter`: webhooks come out of order.
  it('stays so when an older `pending` comes late', async () => {
    const party = await heldParty(core, 1, { date });
    const attempt = await payableAttempt(core, party, Date.now());
    await wordArrives(core, party, { state: 'review' }, { attempt });
    const order = await wordArrives(core, party, { state: 'pending' }, { attempt });
    expect(order.state).toBe('review');
  });
});
