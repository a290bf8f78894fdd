import { beforeEach, describe, expect, it } from 'vitest';
import { issueTickets } from '../../src/activities/issue.ts';
import { refundPayment } from '../../src/activities/refund.ts';
import { sendNotices } from '../../src/activities/tell.ts';
import { setQuota } from '../../src/commands/operate.ts';
import { syncPayments } from '../../src/commands/sync.ts';
import { listAttempts } from '../../src/db/money/payments.ts';
import { tell } from '../../src/db/order/notices.ts';
import { insertRequest } from '../../src/db/order/requests.ts';
import { many, run } from '../../src/db/pool.ts';
import { takeUnasked } from '../../src/db/upkeep.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps, upkeepOf, waitingParty } from '../ground/asking.ts';
import { createToldProvider, dayAhead, slotOf } from '../ground/core.ts';
import {
  ask,
  heldParty,
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
const SECOND = 1_000;
const DAY = 86_400_000;
const date = dayAhead(20);

beforeEach(async () => {
  Object.assign(core.provider, createToldProvider());
  await core.pool.query('truncate orders, payment_events cascade');
  await run(core.pool, 'update quota_slots set held = 0, sold = 0, waiting = 0');
});

/** Whom upkeep wakes at an instant. */
async function wokenAt(nowMs: number): Promise<string[]> {
  const woken: string[] = [];
  await upkeepOf(core, { wake: async ({ code }) => void woken.push(code) }).wakeUndone(nowMs);
  return woken;
}

/** An order with nothing left to do but to wait. */
async function quiet(ref: BookingRef): Promise<BookingRef> {
  await issueTickets(core.deps, ref, Date.now());
  await sendNotices({ ...core.deps, mailer: silent }, ref);
  return ref;
}

const silent = {
  send: async () => undefined,
  close: () => undefined,
} as unknown as typeof core.deps.mailer;

describe('what was left undone', () => {
  // Guards the half minute of `listUndone` and each of its parts.
  it('is a deadline that passed', async () => {
    const party = await heldParty(core, 1, { date });
    await liveUntil(core, party, party.endsMs - 1);
    await run(core.pool, `update notices set state = 'sent'`);
    expect(await wokenAt(party.endsMs + 30 * SECOND)).toEqual([]);
    expect(await wokenAt(party.endsMs + 31 * SECOND)).toEqual([party.code]);
  });

  it('is nothing of an order that waits for its time', async () => {
    await quiet(await paidParty(core, 1, { date }));
    expect(await wokenAt(Date.now() + DAY)).toEqual([]);
  });

  it.each<[string, (ref: BookingRef) => Promise<unknown>]>([
    [
      'a request that nobody answered',
      (ref) => insertRequest(core.pool, ref, { kind: 'cancel', askedBy: 'customer', wish: {} }),
    ],
    ['a notice that was not sent', (ref) => tell(core.pool, ref, 'overpaid')],
    [
      'a refund that nobody asked for',
      async (ref) => {
        await ask(core, ref, 'refund', 'operator', { amountIdr: 1_000 });
      },
    ],
    [
      'tickets that were not issued',
      (ref) => run(core.pool, 'update orders set issued_at = null where code = $1', [ref.code]),
    ],
  ])('is %s', async (_what, leave) => {
    const ref = await quiet(await paidParty(core, 1, { date }));
    await leave(ref);
    expect(await wokenAt(Date.now())).toEqual([]);
    expect(await wokenAt(Date.now() + 31 * SECOND)).toEqual([ref.code]);
  });

  it('is an offer whose workflow never began', async () => {
    const joined = await waitingParty(core, 1, { date });
    await run(core.pool, `update orders set opened_at = null, next_deadline_at = null`);
    await run(core.pool, `update notices set state = 'sent'`);
    expect(await wokenAt(Date.now())).toEqual([]);
    expect(await wokenAt(Date.now() + 31 * SECOND)).toEqual([joined.code]);
  });

  it('is not what waits for a person', async () => {
    core.provider.refund = async () => 'by_hand';
    const ref = await paidParty(core, 1, { date });
    await ask(core, ref, 'refund', 'operator', {});
    await refundPayment(core.deps, ref, Date.now());
    await run(core.pool, `update notices set state = 'sent'`);
    expect(await wokenAt(Date.now() + DAY)).toEqual([]);
  });

  // Guards `MONEY_NOBODY_DECIDED_ON`: the worker died between writing down and waking.
  it('is money that was written down and that nobody decided on', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    await liveUntil(core, party, party.endsMs);
    await run(core.pool, `update notices set state = 'sent'`);
    const laterMs = party.endsMs + 11 * 60 * SECOND;
    core.provider.words.set(ref, { state: 'paid', paidIdr: 100_000 });
    const wake = () => Promise.reject(new Error('Temporal is away.'));
    await upkeepOf(core, { wake })
      .reconcilePayments(60, laterMs)
      .catch(() => undefined);
    expect(await wokenAt(laterMs + 60 * SECOND)).toEqual([party.code]);
    expect((await look(core, party, laterMs)).state).toBe('paid');
    await quiet(party);
    expect(await wokenAt(laterMs + 60 * SECOND)).toEqual([]);
  });

  it('is not a part that waits for the rest, of a hold or of a move', async () => {
    const party = await heldParty(core, 1, { date });
    await moneyArrives(core, party, { amountIdr: 40_000 });
    await payableAttempt(core, party, Date.now());
    await run(core.pool, `update notices set state = 'sent'`);
    await run(core.pool, `update orders set next_deadline_at = now() + interval '1 day'`);
    expect(await wokenAt(Date.now() + 60 * SECOND)).toEqual([]);
  });

  // Guards `REFUNDS_NOBODY_TOLD_OF`, and `confirmed` in a sync by hand.
  it('is a refund that was confirmed and that nobody told of', async () => {
    core.provider.refund = async () => 'pending';
    const party = await quiet(await paidParty(core, 1, { date }));
    await ask(core, party, 'refund', 'operator', {});
    await refundPayment(core.deps, party, Date.now());
    await run(core.pool, `update notices set state = 'sent'`);
    const [attempt] = await listAttempts(core.pool, party);
    const refundKeys = [`${attempt!.ref}-r1`];
    core.provider.words.set(attempt!.ref, { state: 'paid', paidIdr: 100_000, refundKeys });
    const away = commandDeps(core);
    away.workflows.request = () => Promise.reject(new Error('Temporal is away.'));
    await syncPayments(away, 'slamet', party.code);
    expect((await rowOf(core, party)).state).toBe('refund_due');
    expect(await wokenAt(Date.now() + 60 * SECOND)).toEqual([party.code]);
    await look(core, party);
    expect((await rowOf(core, party)).state).toBe('refunded');
    expect(await told(core, party)).toContain('refunded');
  });

  it('wakes the others when one cannot be woken', async () => {
    const refs: BookingRef[] = [];
    for (let n = 0; n < 3; n += 1) refs.push(await heldParty(core, 1, { date }));
    const woken: string[] = [];
    const wake = async ({ code }: BookingRef) => {
      if (code === refs[0]!.code) throw new Error('This one cannot be woken.');
      woken.push(code);
    };
    expect(await upkeepOf(core, { wake }).wakeUndone(Date.now() + DAY)).toBe(2);
    expect(woken.sort()).toEqual([refs[1]!.code, refs[2]!.code].sort());
  });
});

describe('orders without a workflow', () => {
  it('are started, those with one are not, and how many there were is reported', async () => {
    const [lost, found] = [await heldParty(core, 1, { date }), await paidParty(core, 1, { date })];
    const ended = await heldParty(core, 1, { date });
    await liveUntil(core, ended, ended.endsMs);
    await run(core.pool, `update orders set changed_at = now() - interval '31 seconds'`);
    const woken: string[] = [];
    const reported: unknown[] = [];
    const upkeep = upkeepOf(core, {
      wake: async ({ code }) => void woken.push(code),
      listRunning: async () => new Set([found.code]),
      report: (figure, value) => void reported.push([figure, value]),
    });
    expect(await upkeep.startStrays()).toBe(1);
    expect(woken).toEqual([lost.code]);
    expect(reported).toEqual([['strays', 1]]);
  });

  it('that changed a moment ago are left to what is starting them', async () => {
    await heldParty(core, 1, { date });
    expect(await upkeepOf(core).startStrays()).toBe(0);
  });
});

describe('reconciliation', () => {
  /** Which payments it asks about at an instant. */
  async function askedAt(nowMs: number): Promise<string[]> {
    const asked: string[] = [];
    const { ask: answer } = core.provider;
    core.provider.ask = async (account, ref) => {
      asked.push(ref);
      return answer(account, ref);
    };
    await upkeepOf(core).reconcilePayments(60, nowMs);
    core.provider.ask = answer;
    return asked;
  }

  it('asks about an open payment once a minute', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    const nowMs = Date.now();
    expect(await askedAt(nowMs + 59 * SECOND)).toEqual([]);
    expect(await askedAt(nowMs + 61 * SECOND)).toEqual([ref]);
    expect(await askedAt(nowMs + 62 * SECOND)).toEqual([]);
    expect(await askedAt(nowMs + 122 * SECOND)).toEqual([ref]);
  });

  it('asks about one that ended ten times more seldom, for three days', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    await liveUntil(core, party, party.endsMs);
    expect(await askedAt(party.endsMs + 9 * 60 * SECOND)).toEqual([]);
    expect(await askedAt(party.endsMs + 11 * 60 * SECOND)).toEqual([ref]);
    expect(await askedAt(party.endsMs + 3 * DAY - 60 * SECOND)).toEqual([ref]);
    expect(await askedAt(party.endsMs + 3 * DAY + 60 * SECOND)).toEqual([]);
  });

  it('never asks about one that is paid', async () => {
    await paidParty(core, 1, { date });
    expect(await askedAt(Date.now() + DAY)).toEqual([]);
  });

  it('finds money whose webhook was lost, and wakes its order once', async () => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    core.provider.words.set(ref, { state: 'paid', paidIdr: 100_000 });
    const woken: string[] = [];
    const upkeep = upkeepOf(core, { wake: async ({ code }) => void woken.push(code) });
    await upkeep.reconcilePayments(60, Date.now() + 61 * SECOND);
    await upkeep.reconcilePayments(60, Date.now() + 122 * SECOND);
    expect(woken).toEqual([party.code]);
  });

  // Guards `asked_at` in `takeUnasked`: one that cannot be asked does not stand in front for ever.
  it('comes to every payment also when more cannot be asked than one round takes', async () => {
    const refs = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const party = await heldParty(core, 1, { date });
      refs.add((await payableAttempt(core, party, Date.now())).ref);
    }
    const at = new Date(Date.now() + 61 * SECOND);
    const taken = await Promise.all([1, 2].map(() => takeUnasked(core.pool, 60, at, 2)));
    const first = taken.flat().map(({ ref }) => ref);
    expect(new Set(first).size).toBe(first.length);
    const rest = await takeUnasked(core.pool, 60, at, 2);
    expect(new Set([...first, ...rest.map(({ ref }) => ref)])).toEqual(refs);
  });

  // Guards `RUSH`: what is asked beside a midnight's invoices makes a provider refuse them.
  it.each([
    ['waits while many invoices are being opened', 21, 0, false],
    ['goes on beside a few', 20, 0, true],
    ['goes on when they are not opened for long', 21, 11, true],
  ])('%s', async (_what, count, minutesAgo, isTaken) => {
    const party = await heldParty(core, 1, { date });
    const { ref } = await payableAttempt(core, party, Date.now());
    const at = new Date(Date.now() + 61 * SECOND);
    await run(
      core.pool,
      `insert into payments (business_id, code, attempt, provider, provider_ref, purpose, amount_idr,
         state, created_at, plan, period_days, for_period, expires_at, pay_token_hash)
       select business_id, code, 100 + n, provider, code || '-' || (100 + n), 'period', 1000, 'new', $3,
         'weekly', 7, 1, $3, decode(md5(code || n), 'hex')
       from payments, generate_series(1, $2::int) n where code = $1`,
      [party.code, count, new Date(at.getTime() - minutesAgo * 60 * SECOND)],
    );
    const taken = await takeUnasked(core.pool, 60, at, 1_000);
    expect(taken.some((attempt) => attempt.ref === ref)).toBe(isTaken);
    await run(core.pool, 'delete from payments where code = $1 and attempt > 100', [party.code]);
  });

  it('asks about the others when a provider fails for one', async () => {
    const refs: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const party = await heldParty(core, 1, { date });
      refs.push((await payableAttempt(core, party, Date.now())).ref);
    }
    const { ask: answer } = core.provider;
    core.provider.ask = async (account, ref) => {
      if (ref === refs[0]) throw new Error('The provider does not answer.');
      return answer(account, ref);
    };
    expect(await upkeepOf(core).reconcilePayments(60, Date.now() + 61 * SECOND)).toBe(2);
  });
});

describe('the calendar', () => {
  it('opens the days ahead and keeps what an operator set', async () => {
    const deps = commandDeps(core);
    const set = { quota: 'guci', from: date, to: date, capacity: 7 };
    await setQuota(deps, 'slamet', 'owner', set);
    const later = Date.now() + 5 * DAY;
    await upkeepOf(core).turnCalendar(later);
    await upkeepOf(core).turnCalendar(later);
    expect((await slotOf(core, 'guci', date)).capacity).toBe(7);
    expect((await slotOf(core, 'guci', dayAhead(64))).capacity).toBe(30);
    const days = await many(
      core.pool,
      `select date from quota_slots where business_id = 'slamet' and quota_id = 'guci'
         and date between $1 and $2`,
      [dayAhead(0), dayAhead(64)],
    );
    expect(days).toHaveLength(65);
  });

  // Guards `offerAgain`.
  it('offers what a crash left unoffered', async () => {
    await setCapacity(core, 'baturraden', date, 1);
    const first = await heldParty(core, 1, { date });
    const next = await waitingParty(core, 1, { date });
    await setCapacity(core, 'baturraden', date, 2);
    expect((await rowOf(core, first)).state).toBe('held');
    const woken: string[] = [];
    await upkeepOf(core, { wake: async ({ code }) => void woken.push(code) }).turnCalendar(
      Date.now(),
    );
    expect((await rowOf(core, next)).state).toBe('held');
    expect(woken).toEqual([next.code]);
    await setCapacity(core, 'baturraden', date, 20);
  });

  it('opens a repair’s hours, and no Sunday', async () => {
    const slots = await many<{ day: number; times: number }>(
      core.pool,
      `select extract(isodow from date)::int as day, count(*)::int / count(distinct date)::int as times
       from quota_slots where business_id = 'jiot' group by 1 order by 1`,
    );
    expect(slots).toEqual([1, 2, 3, 4, 5, 6].map((day) => ({ day, times: 8 })));
  });
});

describe('the whole of upkeep, twice', () => {
  it('changes nothing that is right', async () => {
    await setCapacity(core, 'baturraden', date, 3);
    const party = await heldParty(core, 1, { date });
    await moneyArrives(core, party);
    await heldParty(core, 2, { date });
    await waitingParty(core, 1, { date });
    const before = await slotOf(core, 'baturraden', date);
    const upkeep = upkeepOf(core);
    for (const _round of [1, 2]) {
      await upkeep.refuseStaleHolds(Date.now());
      await upkeep.redriveEvents();
      await upkeep.reconcilePayments(60, Date.now());
      await upkeep.turnCalendar(Date.now());
      expect(await upkeep.checkLedgers(Date.now())).toBe(0);
    }
    expect(await slotOf(core, 'baturraden', date)).toEqual(before);
    await setCapacity(core, 'baturraden', date, 20);
  });
});
