import type { Language } from '../domain/facts.ts';
import { type PriceRule, priceOf, WEEKDAYS, type Weekday } from '../domain/price.ts';
import type { Rules } from '../domain/rules.ts';
import type { Owner } from './look.ts';

/** What a business's pages show of it. */
export interface Shop {
  owner: Owner;
  about: string;
  /** The language of `about`; Indonesian unless told. */
  lang?: Language;
  timeZone: string;
  rules: Rules;
  /** Today there, `YYYY-MM-DD`. */
  today: string;
  offerings: Ware[];
  /** The hours of weekdays, for a business of appointments. */
  hours: Record<string, [from: string, to: string]> | null;
  /** Where its bot is talked to, if it has one. */
  chatUrl?: string | undefined;
}

/** One offering with what is left of it. */
export interface Ware {
  offeringId: string;
  name: string;
  about: string;
  lang?: Language;
  /** Of a plan: how many days one payment is for. */
  periodDays?: number | null;
  priceIdr: number;
  priceRules: PriceRule[];
  options: {
    optionId: string;
    name: string;
    lang?: Language;
    sort: 'device' | 'part' | 'extra';
    priceIdr: number;
  }[];
  slots: WareSlot[];
}

/** A day (and time) of an offering. */
export interface WareSlot {
  date: string;
  time: string | null;
  left: number;
  closed: boolean;
  /** Why it is closed, in the words of the business. */
  reason?: string | undefined;
  /** It can no longer be booked: it begins too soon. */
  tooLate: boolean;
}

/** A day as a calendar shows it: all its hours together. */
export interface DayOfWare {
  date: string;
  state: 'open' | 'few' | 'full' | 'closed';
  left: number;
  reason?: string | undefined;
}

/** A day with at most this many places left is shown as nearly full. */
const FEW = 5;

/** The next free hours of an appointment, soonest first. */
export function nextFree(ware: Ware, most: number): WareSlot[] {
  return ware.slots.filter((slot) => !slot.closed && !slot.tooLate && slot.left > 0).slice(0, most);
}

/** Days from one on, whether the offering has slots on them or not: no slot means closed. */
export function daysOf(ware: Ware, dates: readonly string[]): DayOfWare[] {
  return dates.map((date) => {
    const slots = ware.slots.filter((slot) => slot.date === date && !slot.tooLate);
    const open = slots.filter((slot) => !slot.closed);
    // Of an appointment free hours are counted, not the places in them.
    const left = open.reduce((sum, { time, left }) => sum + (time ? Math.min(1, left) : left), 0);
    const reason = ware.slots.find((slot) => slot.date === date && slot.reason)?.reason;
    if (open.length === 0) return { date, state: 'closed', left: 0, reason };
    if (left === 0) return { date, state: 'full', left };
    return { date, state: left <= FEW ? 'few' : 'open', left };
  });
}

export interface PriceLine {
  guest: 'local' | 'foreign';
  /** The weekdays that cost this, in order; empty when every day does. */
  days: Weekday[];
  priceIdr: number;
}

/** What a place usually costs, by weekday and guest. Prices of named dates stand in the calendar. */
export function priceLines(ware: Pick<Ware, 'priceIdr' | 'priceRules'>): PriceLine[] {
  const usual = ware.priceRules.filter((rule) => !rule.fromDate && !rule.toDate);
  const local = linesOf(ware.priceIdr, usual, 'local');
  const foreign = linesOf(ware.priceIdr, usual, 'foreign');
  const same = JSON.stringify(foreign.map(pick)) === JSON.stringify(local.map(pick));
  return same ? local : [...local, ...foreign];
}

const pick = ({ days, priceIdr }: PriceLine) => ({ days, priceIdr });

function linesOf(baseIdr: number, rules: PriceRule[], guest: PriceLine['guest']): PriceLine[] {
  const lines: PriceLine[] = [];
  for (const [at, weekday] of WEEKDAYS.entries()) {
    const priceIdr = priceOf(baseIdr, rules, someDate(at), guest);
    const line = lines.find((candidate) => candidate.priceIdr === priceIdr);
    if (line) line.days.push(weekday);
    else lines.push({ guest, days: [weekday], priceIdr });
  }
  return lines.length === 1 ? lines.map((line) => ({ ...line, days: [] })) : lines;
}

/** Some date of a weekday: 2 January 2023 was a Monday. */
function someDate(weekdayAt: number): string {
  return `2023-01-0${2 + weekdayAt}`;
}

/** The lowest usual price of a place. */
export function fromPriceIdr(ware: Ware): number {
  return Math.min(...priceLines(ware).map((line) => line.priceIdr));
}

/** What a place costs on a day for a guest. */
export function dayPriceIdr(ware: Ware, date: string, guest: 'local' | 'foreign'): number {
  return priceOf(ware.priceIdr, ware.priceRules, date, guest);
}
