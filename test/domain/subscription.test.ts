import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midnightBefore } from '../../src/domain/calendar.ts';
import {
  nextDeadlineOf,
  periodStart,
  type SubscriptionClock,
} from '../../src/domain/subscription.ts';

const at = (ms: number) => new Date(ms);
const NONE: SubscriptionClock = {
  state: 'active',
  invoiceEndsAt: null,
  remindAt: null,
  endsAt: null,
};
const next = (clock: Partial<SubscriptionClock>) => nextDeadlineOf({ ...NONE, ...clock });
const ALL = { invoiceEndsAt: at(10), remindAt: at(20), endsAt: at(30) };

describe('the next deadline of a subscription', () => {
  it('is whatever comes first of its invoice, its reminder and its end', () => {
    expect(next(ALL)).toEqual({ kind: 'expire', atMs: 10 });
    expect(next({ ...ALL, invoiceEndsAt: null })).toEqual({ kind: 'ending', atMs: 20 });
    expect(next({ ...ALL, remindAt: null, invoiceEndsAt: at(31) })).toEqual({
      kind: 'end',
      atMs: 30,
    });
  });

  // Guards the order of `wanted`: an end closes invoices, too, and tells of more.
  it('at one instant is the end, then the reminder', () => {
    const same = { invoiceEndsAt: at(10), remindAt: at(10), endsAt: at(10) };
    expect(next(same)).toEqual({ kind: 'end', atMs: 10 });
    expect(next({ ...same, endsAt: at(11) })).toEqual({ kind: 'ending', atMs: 10 });
  });

  it('of a pending one is the end of its invoice alone', () => {
    expect(next({ ...ALL, state: 'pending' })).toEqual({ kind: 'expire', atMs: 10 });
    expect(next({ ...ALL, state: 'pending', invoiceEndsAt: null })).toBeUndefined();
  });

  it('of one that ended is none, whatever was left behind', () => {
    expect(next({ ...ALL, state: 'ended' })).toBeUndefined();
  });

  it('of one that nothing more happens to is none', () => {
    expect(next({})).toBeUndefined();
  });
});

describe('a new period', () => {
  it.each([
    ['before the end, at the end', at(50), at(50), 'active', 100, 100],
    ['at the end, at the end', at(100), at(100), 'active', 100, 100],
    ['in the days of grace, at the end, which lies behind', at(150), at(150), 'active', 160, 100],
    ['before the end and found at it, at the end', at(99), at(100), 'active', 100, 100],
    ['before the end and found after it, when it is found', at(99), at(130), 'active', 100, 130],
    [
      'in the days of grace and found after them, later by what was locked',
      at(150),
      at(170),
      'active',
      160,
      110,
    ],
    ['after the days of grace and found later, now', at(165), at(170), 'active', 160, 170],
    ['after the end that nobody was there to decide, now', at(110), at(130), 'active', 100, 130],
    ['after it ended, now', at(150), at(150), 'ended', null, 150],
    ['before it ended and found when it had, now', at(99), at(150), 'ended', null, 150],
  ] as const)('begins, paid %s', (_when, cameAt, now, state, ends, from) => {
    const endsAt = ends === null ? null : at(ends);
    expect(periodStart({ state, activeUntil: at(100), endsAt }, cameAt, now)).toEqual(at(from));
  });

  it('begins, of a first payment, now', () => {
    const first = { state: 'pending', activeUntil: null, endsAt: null } as const;
    expect(periodStart(first, at(40), at(50))).toEqual(at(50));
  });
});

describe('a local midnight', () => {
  /** What clocks at a place show: an independent reader of its time zone. */
  const clockOf = (zone: string, instant: Date) =>
    new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    }).format(instant);

  it('is 00:00 by the clocks of that place, so many days before, whatever they are changed by', () => {
    const zones = ['Asia/Jakarta', 'Asia/Jayapura', 'Europe/Berlin', 'America/New_York'];
    const instant = fc.date({
      min: new Date('2026-01-01T00:00:00Z'),
      max: new Date('2036-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), instant, fc.nat({ max: 40 }), (zone, end, days) => {
        const [day, time] = clockOf(zone, midnightBefore(zone, end, days)).split(' ');
        expect(time).toBe('00:00:00');
        const endDay = clockOf(zone, end).slice(0, 10);
        expect((Date.parse(endDay) - Date.parse(day!)) / 86_400_000).toBe(days);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    // Clocks go back at 03:00 of 27 October 2030 in Berlin, and forward at 02:00 of 10 March in New York.
    ['Europe/Berlin', '2030-10-28T12:00:00Z', 1, '2030-10-26T22:00:00.000Z'],
    ['Europe/Berlin', '2030-10-28T12:00:00Z', 0, '2030-10-27T23:00:00.000Z'],
    ['America/New_York', '2030-03-11T12:00:00Z', 1, '2030-03-10T05:00:00.000Z'],
    ['America/New_York', '2030-03-11T12:00:00Z', 0, '2030-03-11T04:00:00.000Z'],
    ['Asia/Jakarta', '2030-02-08T17:00:00Z', 1, '2030-02-07T17:00:00.000Z'],
    ['Asia/Jakarta', '2030-02-08T16:59:59.999Z', 1, '2030-02-06T17:00:00.000Z'],
  ])('in %s before %s by %i days is %s', (zone, end, days, midnight) => {
    expect(midnightBefore(zone, new Date(end), days).toISOString()).toBe(midnight);
  });
});
