export type Guest = 'local' | 'foreign';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A price for some of the days and guests; what it leaves out it does not narrow. */
export interface PriceRule {
  ruleId: number;
  fromDate: string | null;
  toDate: string | null;
  days: Weekday[] | null;
  guest: Guest | null;
  priceIdr: number;
}

/** The weekday of a `YYYY-MM-DD`, which needs no time zone. */
export function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay();
  return WEEKDAYS[(sundayFirst + 6) % 7]!;
}

/**
 * The price of one place on a day for a guest, in rupiah.
 *
 * Of the rules that match, one for this kind of guest beats one for all, then one for named dates
 * beats an open one, then one for weekdays beats one for every day, then the newest wins.
 */
export function priceOf(
  baseIdr: number,
  rules: readonly PriceRule[],
  date: string,
  guest: Guest,
): number {
  const matching = rules.filter((rule) => matches(rule, date, guest));
  matching.sort((a, b) => exactness(b) - exactness(a) || b.ruleId - a.ruleId);
  return matching[0]?.priceIdr ?? baseIdr;
}

function matches(rule: PriceRule, date: string, guest: Guest): boolean {
  if (rule.guest && rule.guest !== guest) return false;
  if (rule.fromDate && date < rule.fromDate) return false;
  if (rule.toDate && date > rule.toDate) return false;
  return !rule.days || rule.days.includes(weekdayOf(date));
}

function exactness(rule: PriceRule): number {
  const dated = rule.fromDate || rule.toDate;
  return (rule.guest ? 4 : 0) + (dated ? 2 : 0) + (rule.days ? 1 : 0);
}
