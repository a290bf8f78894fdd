import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refundPayment } from '../../src/activities/refund.ts';
import { meetDeadline } from '../../src/activities/settle.ts';
import { recordWord } from '../../src/db/money/payments.ts';
import { lockOrder } from '../../src/db/order/orders.ts';
import { inTransaction, run } from '../../src/db/pool.ts';
import type { ProviderWord } from '../../src/domain/payment.ts';
import { ProviderError } from '../../src/payments/provider.ts';
import { upkeepOf } from '../ground/asking.ts';
import { createToldProvider, dayAhead } from '../ground/core.ts';
import {
  ask,
  backOf,
  heldParty,
  ledgerOf,
  look,
  moneyArrives,
  paidParty,
  payableAttempt,
  rowOf,
  told,
  useCore,
} from '../ground/life.ts';

const core = useCore();
const date = dayAhead(10);

beforeEach(() => Object.assign(core.provider, createToldProvider()));
afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

/** A paid party whose business has just given all money back. */
async function refundedParty() {
  const party = await paidParty(core, 1, { date });
  await ask(core, party, 'refund', 'operator', {});
  return party;
}

describe('giving money back', () => {
  it('asks the provider once under one name, however often it runs', async () => {
    const party = await refundedParty();
    expect((await refundPayment(core.deps, party, Date.now())).state).toBe('refunded');
    await refundPayment(core.deps, party, Date.now());
    expect(core.provider.refunds).toEqual([{ key: `${party.code}-1-r1`, amountIdr: 100_000 }]);
    expect(await told(core, party)).toContain('refunded');
  });

  // Guards `finishRefunds` in `payAgain`: the mail about too much money promised to tell.
  it('tells a customer whose booking stands, once all is back, each time', async () => {
    const party = await paidParty(core, 1, { date });
    for (const times of [1, 2]) {
      await ask(core, party, 'refund', 'operator', { amountIdr: 10_000 });
      expect((await told(core, party)).filter((kind) => kind === 'refunded')).toHaveLength(
        times - 1,
      );
      await refundPayment(core.deps, party, Date.now());
      await look(core, party);
      expect((await told(core, party)).filter((kind) => kind === 'refunded')).toHaveLength(times);
    }
    expect((await rowOf(core, party)).state).toBe('paid');
  });

  it('asks once also when two executions ask at the same time', async () => {
    const party = await refundedParty();
    await Promise.all([1, 2, 3].map(() => refundPayment(core.deps, party, Date.now())));
    expect(core.provider.refunds).toHaveLength(1);
    expect((await rowOf(core, party)).state).toBe('refunded');
  });

  it('asks again under the same name when the answer was lost', async () => {
    const party = await refundedParty();
    const { refund } = core.provider;
    core.provider.refund = async (account, wish) => {
      await refund(account, wish);
      throw new ProviderError('The answer was lost.', true);
    };
    await expect(refundPayment(core.deps, party, Date.now())).rejects.toThrow('lost');
    expect((await rowOf(core, party)).state).toBe('refund_due');
    core.provider.refund = refund;
    expect((await refundPayment(core.deps, party, Date.now())).state).toBe('refunded');
    expect(core.provider.refunds).toHaveLength(1);
  });

  // Guards the `catch` of `askForRefund`.
  it.each([
    ['the channel has no refund', async () => 'by_hand' as const],
    [
      'the provider refuses for good',
      async () => {
        throw new ProviderError('The time to refund is over.', false, 412);
      },
    ],
  ])('hands it to a person when %s, who closes it', async (_why, refuse) => {
    const party = await refundedParty();
    core.provider.refund = refuse;
    const order = await refundPayment(core.deps, party, Date.now());
    expect(order.state).toBe('refund_due');
    expect(order.due).not.toContain('refund');
    expect(await told(core, party, 'operator')).toEqual(['refund_due']);
    const byHand = await ask(core, party, 'refund', 'operator', { byHand: true });
    expect(byHand.state).toBe('done');
    expect((await rowOf(core, party)).state).toBe('refunded');
    const again = await ask(core, party, 'refund', 'operator', { byHand: true });
    expect(again.state).toBe('refused');
  });

  it('gives every part back when two payments were made', async () => {
    const party = await heldParty(core, 2, { date });
    await moneyArrives(core, party, { amountIdr: 150_000 });
    await moneyArrives(core, party);
    await ask(core, party, 'refund', 'operator', {});
    expect(await backOf(core, party)).toEqual([
      { attempt: 2, amountIdr: 50_000, state: 'due' },
      { attempt: 1, amountIdr: 150_000, state: 'due' },
    ]);
    expect((await refundPayment(core.deps, party, Date.now())).due).toContain('refund');
    expect((await refundPayment(core.deps, party, Date.now())).state).toBe('refunded');
  });
});

describe('a refund that the provider confirms later', () => {
  it('is told to a customer whose booking stands', async () => {
    const party = await paidParty(core, 1, { date });
    core.provider.refund = async () => 'pending';
    await ask(core, party, 'refund', 'operator', { amountIdr: 10_000 });
    await refundPayment(core.deps, party, Date.now());
    expect(await told(core, party)).not.toContain('refunded');
    const key = `${party.code}-1-r1`;
    const word = {
      state: 'paid' as const,
      paidIdr: 100_000,
      refundedIdr: 10_000,
      refundKeys: [key],
    };
    core.provider.words.set(`${party.code}-1`, word);
    await upkeepOf(core).reconcilePayments(60, Date.now() + 3_600_000);
    await look(core, party);
    expect(await told(core, party)).toContain('refunded');
  });

  // Guards `confirmed` in `reconcilePayments`: the webhook that would tell may be lost.
  it('ends the order, found by asking', async () => {
    const party = await refundedParty();
    core.provider.refund = async () => 'pending';
    const order = await refundPayment(core.deps, party, Date.now());
    expect(order).toMatchObject({ state: 'refund_due' });
    expect(await backOf(core, party)).toMatchObject([{ state: 'requested' }]);
    core.provider.words.set(`${party.code}-1`, {
      state: 'paid',
      paidIdr: 100_000,
      refundedIdr: 100_000,
      refundKeys: [`${party.code}-1-r1`],
    });
    const woken: string[] = [];
    const upkeep = upkeepOf(core, { wake: async ({ code }) => void woken.push(code) });
    await upkeep.reconcilePayments(60, Date.now() + 3_600_000);
    expect(woken).toEqual([party.code]);
    expect((await look(core, party)).state).toBe('refunded');
    await upkeep.reconcilePayments(60, Date.now() + 7_200_000);
    expect(woken).toEqual([party.code]);
  });
});

describe('two who write at once', () => {
  const paid: ProviderWord = {
    state: 'paid',
    status: 'settlement',
    paidIdr: 100_000,
    refundedIdr: 0,
    refundKeys: [],
  };

  // Guards the order lock of `recordWord`: the order is the first of all locks.
  it('store what a provider said and decide on it without a deadlock', async () => {
    const party = await heldParty(core, 1, { date });
    const attempt = await payableAttempt(core, party, Date.now());
    let stored: Promise<unknown> | undefined;
    await inTransaction(core.pool, async (tx) => {
      await lockOrder(tx, party);
      stored = recordWord(core.pool, attempt, paid, new Date());
      await waits();
      await run(tx, 'update payments set paid_at = now() where code = $1', [party.code]);
    });
    await stored;
    const order = await meetDeadline(core.deps, party, 'expire', 'unreachable', party.endsMs);
    expect(order.state).toBe('paid');
  });

  /** Until somebody waits for a lock in this database. */
  async function waits(): Promise<void> {
    for (let look = 0; look < 1_000; look += 1) {
      const { rows } = await core.pool.query(
        `select 1 from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
      if (rows.length > 0) return;
    }
    throw new Error('Nobody came to wait for the lock.');
  }
});
