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
  return DateTime.fromISO(`${date}T${time}`, { zone }).toJSDate();
}

/** The instant at which a local day ends. */
export function endOfDay(zone: string, date: string): Date {
  return DateTime.fromISO(date, { zone }).plus({ days: 1 }).startOf('day').toJSDate();
}

/** An instant with the offset of its zone, ISO 8601. */
export function isoIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toISO({ suppressMilliseconds: true })!;
}

/** Whether a text is a day that exists, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text).isValid;
}

/** A day so many days later. */
export function addDays(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;
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
