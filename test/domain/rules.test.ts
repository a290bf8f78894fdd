import { describe, expect, it } from 'vitest';
import {
  cancelRefundIdr,
  DEFAULT_RULES,
  holdTimes,
  lastReminder,
  rescheduleRefusal,
  visitReminder,
} from '../../src/domain/rules.ts';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const visit = new Date('2026-12-01T00:00:00Z');
const hoursAhead = (hours: number, lateMs = 0) => visit.getTime() - hours * HOUR + lateMs;

describe('what comes back of a cancel', () => {
  it.each([
    [hoursAhead(72), 25_000],
    [hoursAhead(72, 1), 12_500],
    [hoursAhead(24), 12_500],
    [hoursAhead(24, 1), undefined],
    [hoursAhead(-1), undefined],
  ])('at %s', (nowMs, backIdr) => {
    expect(cancelRefundIdr(DEFAULT_RULES, 25_000, visit.getTime(), nowMs)).toBe(backIdr);
  });

  it('is whole rupiah, never more than the part', () => {
    const rules = { ...DEFAULT_RULES, cancel: [{ hoursBefore: 0, refundPercent: 33 }] };
    expect(cancelRefundIdr(rules, 25_001, visit.getTime(), hoursAhead(1))).toBe(8_250);
  });

  it('is the best step that is open, in whatever order they are written', () => {
    const cancel = [
      { hoursBefore: 24, refundPercent: 50 },
      { hoursBefore: 72, refundPercent: 100 },
    ];
    const rules = { ...DEFAULT_RULES, cancel };
    expect(cancelRefundIdr(rules, 10_000, visit.getTime(), hoursAhead(100))).toBe(10_000);
    const never = { ...DEFAULT_RULES, cancel: [] };
    expect(cancelRefundIdr(never, 10_000, visit.getTime(), hoursAhead(100))).toBeUndefined();
    const nothing = { ...DEFAULT_RULES, cancel: [{ hoursBefore: 0, refundPercent: 0 }] };
    expect(cancelRefundIdr(nothing, 10_000, visit.getTime(), hoursAhead(1))).toBe(0);
  });
});

describe('a move', () => {
  const order = { reschedules: 0, freeMove: false, visitAtMs: visit.getTime() };
  const refused = (facts: Partial<typeof order>, nowMs: number) =>
    rescheduleRefusal(DEFAULT_RULES, { ...order, ...facts }, nowMs) !== undefined;

  it.each([
    ['in time', {}, hoursAhead(24), false],
    ['a moment late', {}, hoursAhead(24, 1), true],
    ['the second time', { reschedules: 1 }, hoursAhead(100), true],
    [
      'the second time, from a closed day',
      { reschedules: 1, freeMove: true },
      hoursAhead(1),
      false,
    ],
  ])('%s', (_what, facts, nowMs, expected) => {
    expect(refused(facts, nowMs)).toBe(expected);
  });
});

describe('the times of a hold', () => {
  const now = new Date('2026-11-01T10:00:00Z');
  const inMs = (at: Date | null) => at && at.getTime() - now.getTime();

  it('follow the business, unless the installation says otherwise', () => {
    const rules = { ...DEFAULT_RULES, holdMinutes: 30, offerMinutes: 60 };
    expect(inMs(holdTimes(rules, 'hold', undefined, now).expiresAt)).toBe(30 * MINUTE);
    expect(inMs(holdTimes(rules, 'offer', undefined, now).expiresAt)).toBe(60 * MINUTE);
    expect(inMs(holdTimes(rules, 'hold', 0.05, now).expiresAt)).toBe(3_000);
    expect(inMs(holdTimes(rules, 'offer', 0.05, now).expiresAt)).toBe(3_000);
  });

  it('remind after a minute, of a short hold after its third', () => {
    expect(inMs(holdTimes(DEFAULT_RULES, 'hold', undefined, now).remindAt)).toBe(MINUTE);
    expect(inMs(holdTimes(DEFAULT_RULES, 'hold', 1, now).remindAt)).toBe(20_000);
  });

  it('remind once more ten minutes before the end, if that lies ahead', () => {
    const endsIn = (minutes: number) => new Date(now.getTime() + minutes * MINUTE);
    expect(inMs(lastReminder(DEFAULT_RULES, endsIn(30), now))).toBe(20 * MINUTE);
    expect(lastReminder(DEFAULT_RULES, endsIn(10), now)).toBeNull();
    expect(lastReminder(DEFAULT_RULES, endsIn(9), now)).toBeNull();
  });

  it('remind of a visit a day before, if that lies ahead', () => {
    expect(visitReminder(visit, DEFAULT_RULES, new Date(hoursAhead(24, -1)))?.getTime()).toBe(
      hoursAhead(24),
    );
    expect(visitReminder(visit, DEFAULT_RULES, new Date(hoursAhead(24)))).toBeNull();
  });
});
