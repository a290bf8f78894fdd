import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateIn,
  daysBetween,
  endOfDay,
  instantOf,
  isDate,
  isoIn,
  visitTimes,
} from '../../src/domain/calendar.ts';

const JAKARTA = 'Asia/Jakarta';
const NEW_YORK = 'America/New_York';
const iso = (at: Date) => at.toISOString();

describe('a local day', () => {
  it('begins and ends at its own midnight, seven hours before UTC’s', () => {
    expect(dateIn(JAKARTA, new Date('2026-11-30T16:59:59.999Z'))).toBe('2026-11-30');
    expect(dateIn(JAKARTA, new Date('2026-11-30T17:00:00.000Z'))).toBe('2026-12-01');
    expect(iso(endOfDay(JAKARTA, '2026-11-30'))).toBe('2026-11-30T17:00:00.000Z');
    expect(iso(instantOf(JAKARTA, '2026-12-01', '06:00'))).toBe('2026-11-30T23:00:00.000Z');
  });

  it('has 23 hours in spring and 25 in autumn where the clocks change', () => {
    expect(iso(endOfDay(NEW_YORK, '2026-03-07'))).toBe('2026-03-08T05:00:00.000Z');
    expect(iso(endOfDay(NEW_YORK, '2026-03-08'))).toBe('2026-03-09T04:00:00.000Z');
    expect(iso(endOfDay(NEW_YORK, '2026-11-01'))).toBe('2026-11-02T05:00:00.000Z');
    expect(iso(instantOf(NEW_YORK, '2026-03-08', '06:00'))).toBe('2026-03-08T10:00:00.000Z');
    expect(isoIn(NEW_YORK, new Date('2026-03-08T10:00:00Z'))).toBe('2026-03-08T06:00:00-04:00');
  });

  it('ends where the clocks change at midnight itself', () => {
    // In Santiago the day of 6 September 2026 begins at 01:00.
    expect(iso(endOfDay('America/Santiago', '2026-09-05'))).toBe('2026-09-06T04:00:00.000Z');
  });
});

describe('days', () => {
  it('are counted without hours', () => {
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29');
    expect(addDays('2026-03-08', 1)).toBe('2026-03-09');
    expect(daysBetween('2026-02-27', '2026-03-02')).toHaveLength(4);
    expect(daysBetween('2026-02-27', '2026-02-27')).toEqual(['2026-02-27']);
    expect(daysBetween('2026-02-28', '2026-02-27')).toEqual([]);
  });

  it.each([
    ['2026-02-28', true],
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['2026-1-1', false],
    ['2026-01-01T00:00', false],
    ['2026-01-01\n', false],
    ['0000-01-01', false],
    ['', false],
  ])('%j exist or do not', (text, exists) => expect(isDate(text)).toBe(exists));
});

describe('a visit', () => {
  const rules = { opensAt: '06:00', visitMinutes: 60, minMinutesAhead: 60 };

  it('of a day ends with it and may be booked until then', () => {
    const times = visitTimes(JAKARTA, rules, '2026-12-01', null);
    expect(iso(times.visitAt)).toBe('2026-11-30T23:00:00.000Z');
    expect(iso(times.endsAt)).toBe('2026-12-01T17:00:00.000Z');
    expect(times.cutOffAt).toEqual(times.endsAt);
  });

  it('of an hour ends after it and may be booked until an hour before', () => {
    const times = visitTimes(JAKARTA, rules, '2026-12-01', '09:00');
    expect(iso(times.visitAt)).toBe('2026-12-01T02:00:00.000Z');
    expect(iso(times.endsAt)).toBe('2026-12-01T03:00:00.000Z');
    expect(iso(times.cutOffAt)).toBe('2026-12-01T01:00:00.000Z');
  });
});
