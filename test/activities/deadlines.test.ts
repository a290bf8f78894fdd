import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import type { Deps } from '../../src/activities/deps.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { meetDeadline } from '../../src/activities/settle.ts';
import { sendNotices } from '../../src/activities/tell.ts';
import { createBusiness } from '../../src/commands/business.ts';
import type { BookingRef, DeadlineKind } from '../../src/domain/booking.ts';
import { addDays, dateIn, endOfDay } from '../../src/domain/calendar.ts';
import { sandboxAccount } from '../../src/local/demo.ts';
import { dayAhead, newOrder, partyWish, slotOf } from '../ground/core.ts';
import {
  ask,
  heldParty,
  ledgerOf,
  liveUntil,
  look,
  moneyArrives,
  paidParty,
  rowOf,
  told,
  useCore,
} from '../ground/life.ts';

const core = useCore();
const TRAIL = 'baturraden';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

afterEach(async () => expect(await ledgerOf(core)).toEqual([]));

const meet = (ref: BookingRef, kind: DeadlineKind, nowMs: number) =>
  meetDeadline(core.deps, ref, kind, 'closed', nowMs);

/** Meets a deadline a moment before, at, and once more after its time. */
async function meetAround(ref: BookingRef, kind: DeadlineKind, atMs: number) {
  const before = await meet(ref, kind, atMs - 1);
  const at = await meet(ref, kind, atMs);
  const telling = await told(core, ref);
  const again = await meet(ref, kind, atMs + 1);
  expect(await told(core, ref), 'what is told when a deadline is met twice').toEqual(telling);
  return { before, at, again };
}

describe('the end of a hold', () => {
  // Guards `due.atMs <= nowMs` in `meetDeadline`.
  it('comes at its instant, not before, and once', async () => {
    const date = dayAhead(5);
    const party = await heldParty(core, 2, { date });
    await liveUntil(core, party, party.endsMs - 1);
    const { before, at, again } = await meetAround(party, 'expire', party.endsMs);
    expect([before.state, at.state, again.state]).toEqual(['held', 'expired', 'expired']);
    expect(again).toEqual(at);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ held: 0, sold: 0 });
    expect(at.nextDeadline).toBeUndefined();
  });

  it('gives places back once when it is met by many at once', async () => {
    const date = dayAhead(6);
    const other = await heldParty(core, 3, { date });
    const party = await heldParty(core, 2, { date });
    await liveUntil(core, party, party.endsMs - 1);
    const many = Array.from({ length: 8 }, () => meet(party, 'expire', party.endsMs));
    const states = (await Promise.all(many)).map((order) => order.state);
    expect(new Set(states)).toEqual(new Set(['expired']));
    expect((await slotOf(core, TRAIL, date)).held).toBe(3);
    await liveUntil(core, other, other.endsMs);
  });

  // Guards the order of deadlines in `nextDeadline`: only the first that is due is met.
  it('is not met under another name', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    for (const kind of ['review', 'complete', 'visit', 'lapse_move'] as const) {
      expect((await meet(party, kind, party.endsMs + HOUR)).state).toBe('held');
    }
  });

  it('frees the party for another booking of that day', async () => {
    const wish = partyWish(1, { date: dayAhead(7) });
    const party = await heldParty(core, 1, wish);
    await liveUntil(core, party, party.endsMs);
    await heldParty(core, 1, wish);
  });
});

describe('reminders of a hold', () => {
  it('are two: after a minute, and ten minutes before the end', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(8) });
    const first = (await look(core, party)).nextDeadline!;
    expect(first).toEqual({ kind: 'remind', atMs: party.endsMs - 29 * MINUTE });
    const { before, at } = await meetAround(party, 'remind', first.atMs);
    expect(before.nextDeadline).toEqual(first);
    expect(await told(core, party)).toEqual(['held']);
    const last = at.nextDeadline!;
    expect(last).toEqual({ kind: 'remind', atMs: party.endsMs - 10 * MINUTE });
    const around = await meetAround(party, 'remind', last.atMs);
    expect(await told(core, party)).toEqual(['held', 'remind']);
    expect(around.at.nextDeadline).toEqual({ kind: 'expire', atMs: party.endsMs });
  });

  it('are not made up for when they are met after the end', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(8) });
    const order = await meet(party, 'remind', party.endsMs);
    expect(await told(core, party)).toEqual([]);
    expect(order.nextDeadline).toEqual({ kind: 'expire', atMs: party.endsMs });
  });

  // Guards `!order.endingAt` in `nextDeadline`.
  it('never come once a cancel is under way', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(8) });
    await ask(core, party, 'cancel', 'customer');
    expect((await look(core, party)).nextDeadline).toMatchObject({ kind: 'expire' });
    await liveUntil(core, party, party.endsMs + HOUR);
    expect(await told(core, party)).toEqual(['cancelled']);
  });

  it('never come once it is paid', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(8) });
    await liveUntil(core, party, party.endsMs + HOUR);
    expect(await told(core, party)).toEqual([]);
  });
});

describe('the visit', () => {
  it('is reminded of a day before, once', async () => {
    const date = dayAhead(9);
    const party = await paidParty(core, 1, { date });
    const { visitAt } = await rowOf(core, party);
    const due = (await look(core, party)).nextDeadline!;
    expect(due).toEqual({ kind: 'visit', atMs: visitAt.getTime() - 24 * HOUR });
    const { before, at, again } = await meetAround(party, 'visit', due.atMs);
    expect([before.nextDeadline!.kind, at.nextDeadline!.kind]).toEqual(['visit', 'complete']);
    expect(again).toEqual(at);
    expect(await told(core, party)).toEqual(['visit']);
  });

  it('is not reminded of when it was paid within that day', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(9) });
    const { visitAt } = await rowOf(core, party);
    const nowMs = visitAt.getTime() - 24 * HOUR;
    const order = await moneyArrives(core, party, { nowMs });
    expect(order.nextDeadline).toMatchObject({ kind: 'complete' });
  });

  it('is not reminded of after it began', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(9) });
    const { visitAt } = await rowOf(core, party);
    await meet(party, 'visit', visitAt.getTime());
    expect(await told(core, party)).toEqual([]);
  });

  it('is not reminded of once it was cancelled', async () => {
    const party = await paidParty(core, 1, { date: dayAhead(9) });
    await ask(core, party, 'cancel', 'customer');
    expect((await look(core, party)).nextDeadline).toBeUndefined();
    await liveUntil(core, party, Date.now() + 20 * 24 * HOUR);
    expect(await told(core, party)).not.toContain('visit');
  });

  // Guards `stillTrue`: the outbox is looked at again before anything is sent.
  it('sends no reminder that stopped being true while it waited to be sent', async () => {
    const sent: string[] = [];
    const mailer = {
      send: async ({ subject }: { subject: string }) => void sent.push(subject),
    } as unknown as Deps['mailer'];
    const party = await paidParty(core, 1, { date: dayAhead(9) });
    const { visitAt } = await rowOf(core, party);
    await meet(party, 'visit', visitAt.getTime() - 24 * HOUR);
    const wish = { date: dayAhead(12), time: null, ...targetOn(dayAhead(12)) };
    await ask(core, party, 'reschedule', 'operator', wish);
    await sendNotices({ ...core.deps, mailer }, party);
    expect(sent.filter((subject) => subject.includes('visit'))).toEqual([]);

    const held = await heldParty(core, 1, { date: dayAhead(9) });
    await liveUntil(core, held, held.endsMs - 29 * MINUTE);
    expect(await told(core, held)).toEqual(['held']);
    await moneyArrives(core, held);
    await sendNotices({ ...core.deps, mailer }, held);
    expect(sent.filter((subject) => subject.includes('held'))).toEqual([]);
  });

  function targetOn(date: string) {
    const endsAt = endOfDay('Asia/Jakarta', date).toISOString();
    const visitAt = DateTime.fromISO(`${date}T06:00`, { zone: 'Asia/Jakarta' }).toUTC().toISO()!;
    return { amountIdr: 100_000, visitAt, endsAt, cutOffAt: endsAt };
  }
});

describe('a day of a business', () => {
  it('ends at its own midnight: 17:00 UTC in Jakarta', async () => {
    const date = dayAhead(10);
    const party = await paidParty(core, 1, { date });
    await liveUntil(core, party, (await rowOf(core, party)).visitAt.getTime());
    const midnight = Date.parse(`${date}T17:00:00Z`);
    const { before, at, again } = await meetAround(party, 'complete', midnight);
    expect([before.state, at.state, again.state]).toEqual(['paid', 'completed', 'completed']);
    expect(await slotOf(core, TRAIL, date)).toMatchObject({ sold: 1 });
  });

  it('is sold until it ends, and not a moment longer', async () => {
    const { date, cutOffAt } = await rowOf(core, await newOrder(core, partyWish(1)));
    expect(cutOffAt.toISOString()).toBe(`${date}T17:00:00.000Z`);
    for (const [lateMs, state] of [
      [-1, 'held'],
      [0, 'refused'],
    ] as const) {
      const ref = await newOrder(core, partyWish(1, { date }));
      const nowMs = cutOffAt.getTime() + lateMs;
      await core.pool.query('update orders set requested_at = $2 where code = $1', [
        ref.code,
        new Date(nowMs),
      ]);
      expect((await openBooking(core.deps, ref, nowMs)).state).toBe(state);
    }
  });

  // Guards the zone in `endOfDay`: one day a year has 23 hours, one has 25.
  it('has 23 or 25 hours where the clocks change', async () => {
    const zone = 'America/New_York';
    await addBusiness('moosilauke', zone);
    const changes = clockChanges(zone);
    expect(changes.map(({ hours }) => hours).sort()).toEqual([23, 25]);
    for (const { date, hours } of changes) {
      const wish = partyWish(1, { offering: 'summit', date });
      const ref = await newOrder(core, wish, 'moosilauke');
      await openBooking(core.deps, ref, Date.now());
      await moneyArrives(core, ref);
      const { endsAt, visitAt } = await rowOf(core, ref);
      const midnight = DateTime.fromISO(date, { zone });
      expect(endsAt.getTime() - midnight.toMillis()).toBe(hours * HOUR);
      expect(DateTime.fromJSDate(visitAt, { zone }).toFormat('yyyy-MM-dd HH:mm')).toBe(
        `${date} 06:00`,
      );
      expect(DateTime.fromJSDate(endsAt, { zone }).toFormat('yyyy-MM-dd HH:mm')).toBe(
        `${addDays(date, 1)} 00:00`,
      );
      expect((await liveUntil(core, ref, endsAt.getTime() - 1)).state).toBe('paid');
      expect((await liveUntil(core, ref, endsAt.getTime())).state).toBe('completed');
    }
    expect(await ledgerOf(core, 'moosilauke')).toEqual([]);
  });

  /** The next two days on which the clocks of a zone change. */
  function clockChanges(zone: string) {
    const today = dateIn(zone, new Date());
    const days = Array.from({ length: 380 }, (_, day) => addDays(today, day + 1));
    return days
      .map((date) => {
        const begins = DateTime.fromISO(date, { zone });
        return { date, hours: begins.plus({ days: 1 }).diff(begins, 'hours').hours };
      })
      .filter(({ hours }) => hours !== 24)
      .slice(0, 2);
  }

  function addBusiness(business: string, timeZone: string) {
    return createBusiness(
      { ...core, now: () => new Date() },
      {
        business,
        name: business,
        about: '',
        kind: 'permit',
        timeZone,
        email: 'desk@moosilauke.example',
        phone: '',
        rules: { maxDaysAhead: 390 },
        account: sandboxAccount(business),
        quotas: [{ quotaId: 'summit', name: 'Summit', capacity: 5, hours: null }],
        offerings: [
          {
            offeringId: 'summit',
            name: 'Summit',
            about: '',
            priceIdr: 100_000,
            quotas: ['summit'],
          },
        ],
      },
    );
  }
});
