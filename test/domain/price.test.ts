import { describe, expect, it } from 'vitest';
import { type PriceRule, priceOf, WEEKDAYS, weekdayOf } from '../../src/domain/price.ts';

let rules = 0;
const rule = (priceIdr: number, narrows: Partial<PriceRule> = {}): PriceRule => {
  rules += 1;
  const any = { fromDate: null, toDate: null, days: null, guest: null };
  return { ruleId: rules, ...any, ...narrows, priceIdr };
};

const SATURDAY = '2026-08-15';
const MONDAY = '2026-08-17';
const weekend = rule(30_000, { days: ['sat', 'sun'] });
const foreign = rule(100_000, { guest: 'foreign' });

describe('the price of a place', () => {
  it.each([
    ['a weekday', MONDAY, 'local', 25_000],
    ['a weekend', SATURDAY, 'local', 30_000],
    ['a foreigner on a weekday', MONDAY, 'foreign', 100_000],
    ['a foreigner at the weekend', SATURDAY, 'foreign', 100_000],
  ] as const)('%s', (_what, date, guest, priceIdr) => {
    expect(priceOf(25_000, [weekend, foreign], date, guest)).toBe(priceIdr);
  });

  it('of named dates holds from the first to the last of them', () => {
    const holiday = rule(50_000, { fromDate: '2026-08-16', toDate: '2026-08-18' });
    const on = (date: string) => priceOf(25_000, [holiday], date, 'local');
    expect(['2026-08-15', '2026-08-16', '2026-08-18', '2026-08-19'].map(on)).toEqual([
      25_000, 50_000, 50_000, 25_000,
    ]);
    const since = rule(60_000, { fromDate: '2026-09-01' });
    expect(priceOf(25_000, [since], '2026-08-31', 'local')).toBe(25_000);
    expect(priceOf(25_000, [since], '2030-01-01', 'local')).toBe(60_000);
    const until = rule(70_000, { toDate: '2026-08-31' });
    expect(priceOf(25_000, [until], '2026-09-01', 'local')).toBe(25_000);
  });

  // Guards `exactness`: guest, then dates, then weekdays.
  it('follows the most exact rule, whichever came last', () => {
    const dated = rule(50_000, { fromDate: SATURDAY, toDate: SATURDAY });
    const datedWeekend = rule(55_000, { fromDate: SATURDAY, toDate: SATURDAY, days: ['sat'] });
    const all = [datedWeekend, dated, weekend, foreign];
    expect(priceOf(25_000, [weekend, dated], SATURDAY, 'local')).toBe(50_000);
    expect(priceOf(25_000, [dated, weekend], SATURDAY, 'local')).toBe(50_000);
    expect(priceOf(25_000, all, SATURDAY, 'local')).toBe(55_000);
    expect(priceOf(25_000, all, SATURDAY, 'foreign')).toBe(100_000);
  });

  it('follows the newest of rules that are as exact', () => {
    const [older, newer] = [rule(26_000), rule(27_000)];
    expect(priceOf(25_000, [newer, older], MONDAY, 'local')).toBe(27_000);
    expect(priceOf(25_000, [older, newer], MONDAY, 'local')).toBe(27_000);
  });

  it('may be nothing', () => {
    expect(priceOf(25_000, [rule(0)], MONDAY, 'local')).toBe(0);
  });
});

describe('a weekday', () => {
  it('is that of the date itself, in no time zone', () => {
    const week = ['17', '18', '19', '20', '21', '22', '23'].map((day) => `2026-08-${day}`);
    expect(week.map(weekdayOf)).toEqual(WEEKDAYS);
    expect(weekdayOf('2024-02-29')).toBe('thu');
  });
});
