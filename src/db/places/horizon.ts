import { addDays, dateIn, daysBetween } from '../../domain/calendar.ts';
import { weekdayOf } from '../../domain/price.ts';
import type { Business } from '../businesses.ts';
import { type Db, run } from '../pool.ts';
import { listQuotas, type Quota, saveSlots } from './quotas.ts';

/**
 * Opens the days of a business's horizon, today included, that no operator has set: each quota by its
 * usual capacity and hours. Safe to repeat; what exists stays as it is. While it is at it nobody
 * changes the hours: they would be opened by what they were.
 */
export async function openHorizon(db: Db, business: Business, now: Date): Promise<void> {
  await run(db, 'select 1 from quotas where business_id = $1 for share', [business.business]);
  const from = dateIn(business.timeZone, now);
  const days = daysBetween(from, addDays(from, business.rules.maxDaysAhead));
  const quotas = await listQuotas(db, business.business);
  const slots = quotas.flatMap((quota) => days.flatMap((date) => slotsOf(business, quota, date)));
  await saveSlots(db, business.business, slots, 'keep');
}

/** The slots that a quota has on a day by itself: one, or one each hour in which it is open. */
export function slotsOf(business: Business, quota: Quota, date: string) {
  const slot = (time: string | null) => ({
    quotaId: quota.quotaId,
    date,
    time,
    capacity: quota.capacity,
  });
  if (!quota.hours) return [slot(null)];
  const open = quota.hours[weekdayOf(date)];
  if (!open) return [];
  return timesBetween(open[0], open[1], business.rules.visitMinutes).map(slot);
}

/** Times from one to before another, `HH:MM`, so many minutes apart. */
export function timesBetween(from: string, to: string, stepMinutes: number): string[] {
  const times: string[] = [];
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  for (let at = minutes(from); at + stepMinutes <= minutes(to); at += stepMinutes) {
    const hour = String(Math.floor(at / 60)).padStart(2, '0');
    times.push(`${hour}:${String(at % 60).padStart(2, '0')}`);
  }
  return times;
}
