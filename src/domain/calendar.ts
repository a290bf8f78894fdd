import { DateTime } from 'luxon';

/**
 * Local days and their instants. Never imported by workflow code: time zone data differs between
 * machines, so these are computed by an activity or a command and stored.
 */

/** The local day of an instant, `YYYY-MM-DD`. */
export function dateIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toISODate()!;
}

/** The instant of a local day and time (`HH:MM`). */
export function instantOf(zone: string, date: string, time: string): Date {
  return remembered(`${zone} ${date}T${time}`, () =>
    DateTime.fromISO(`${date}T${time}`, { zone }).toMillis(),
  );
}

/** The instant at which a local day ends. */
export function endOfDay(zone: string, date: string): Date {
  return remembered(`${zone} ${date}`, () =>
    DateTime.fromISO(date, { zone }).plus({ days: 1 }).startOf('day').toMillis(),
  );
}

/** How many instants a process remembers: a year of hours; beyond that it begins anew. */
const MOST_REMEMBERED = 10_000;
const instants = new Map<string, number>();

/** Looking into a zone is most of what it takes to check a wish, and all ask for the same days. */
function remembered(what: string, find: () => number): Date {
  const known = instants.get(what);
  if (known !== undefined) return new Date(known);
  if (instants.size >= MOST_REMEMBERED) instants.clear();
  const found = find();
  instants.set(what, found);
  return new Date(found);
}

/** An instant with the offset of its zone, ISO 8601. */
export function isoIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toISO({ suppressMilliseconds: true })!;
}

/** Whether a text is a day that exists, `YYYY-MM-DD`; there was no year 0. */
export function isDate(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** A day so many days later. */
export function addDays(date: string, days: number): string {
  const midnight = new Date(`${date}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + days);
  return midnight.toISOString().slice(0, 10);
}

/** An instant so many local days later, at the same local time of day. */
export function daysLater(zone: string, at: Date, days: number): Date {
  return DateTime.fromJSDate(at, { zone }).plus({ days }).toJSDate();
}

/** The local midnight that begins the day so many days before that of an instant. */
export function midnightBefore(zone: string, at: Date, days: number): Date {
  return DateTime.fromJSDate(at, { zone }).startOf('day').minus({ days }).startOf('day').toJSDate();
}

/** The days from one to another, both included. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** When a visit begins, ends, and until when it may be booked. */
export function visitTimes(
  zone: string,
  rules: { opensAt: string; visitMinutes: number; minMinutesAhead: number },
  date: string,
  time: string | null,
): { visitAt: Date; endsAt: Date; cutOffAt: Date } {
  const visitAt = instantOf(zone, date, time ?? rules.opensAt);
  if (time === null) {
    const endsAt = endOfDay(zone, date);
    return { visitAt, endsAt, cutOffAt: endsAt };
  }
  const endsAt = new Date(visitAt.getTime() + rules.visitMinutes * 60_000);
  return {
    visitAt,
    endsAt,
    cutOffAt: new Date(visitAt.getTime() - rules.minMinutesAhead * 60_000),
  };
}
