import { audit } from '../db/audit.ts';
import { getBusiness } from '../db/businesses.ts';
import { slotsOf } from '../db/horizon.ts';
import { listOfferable, offerDays } from '../db/line.ts';
import { findOffering, type Option, removeOption, saveOption } from '../db/offerings.ts';
import { inTransaction } from '../db/pool.ts';
import { listQuotas, lockDate, type Quota, replaceSlots, saveQuota } from '../db/quotas.ts';
import { addDays, dateIn, daysBetween } from '../domain/calendar.ts';
import { type FieldError, invalid } from '../domain/errors.ts';
import { WEEKDAYS, type Weekday } from '../domain/price.ts';
import type { CommandDeps } from './deps.ts';
import { wakeOffers } from './offers.ts';

/** From when to when a weekday is open, `HH:MM`; a weekday that is not here is closed. */
export type Hours = Partial<Record<Weekday, [from: string, to: string]>>;

/**
 * Sets the opening hours of a quota, and how many places each hour has, from today on; answers how many
 * days that concerns. Who is booked keeps the place: an hour that is closed now and has bookings stays,
 * with room for nobody else. An hour whose capacity an operator had set keeps it while it stays open.
 *
 * A transaction a day, so that nobody waits for a month; a crash in between is mended by asking again.
 */
export async function setHours(
  deps: CommandDeps,
  business: string,
  who: string,
  wish: { quota: string; hours: Hours; perHour?: number | undefined },
): Promise<number> {
  const before = await checkHours(deps, business, wish);
  const owner = await getBusiness(deps.pool, business);
  const hours = wish.hours as Record<string, [string, string]>;
  const after: Quota = { ...before, hours, capacity: wish.perHour ?? before.capacity };
  await inTransaction(deps.pool, async (tx) => {
    await saveQuota(tx, business, after);
    await audit(tx, business, who, 'hours.set', wish.quota, wish);
  });
  const today = dateIn(owner.timeZone, deps.now());
  const days = daysBetween(today, addDays(today, owner.rules.maxDaysAhead));
  for (const date of days) {
    await inTransaction(deps.pool, async (tx) => {
      await lockDate(tx, business, date);
      const [was, wanted] = [slotsOf(owner, before, date), slotsOf(owner, after, date)];
      await replaceSlots(tx, business, { quotaId: before.quotaId, date }, was, wanted);
      for (const day of await listOfferable(tx, business, { from: date, to: date })) {
        await offerDays(tx, business, [day], deps.holdMinutes, deps.now());
      }
    });
  }
  await wakeOffers(deps, business);
  return days.length;
}

async function checkHours(
  deps: CommandDeps,
  business: string,
  { quota: quotaId, hours }: { quota: string; hours: Hours },
): Promise<Quota> {
  const quota = (await listQuotas(deps.pool, business)).find((one) => one.quotaId === quotaId);
  if (!quota?.hours) {
    throw invalid({
      pointer: '/quota',
      message: 'There is no quota with opening hours of this id.',
    });
  }
  const faults: FieldError[] = WEEKDAYS.filter((day) => {
    const open = hours[day];
    return open !== undefined && open[0] >= open[1];
  }).map((day) => ({ pointer: `/hours/${day}`, message: 'It must open before it closes.' }));
  if (faults.length > 0) throw invalid(...faults);
  return quota;
}

/** Adds a device or part to the catalogue, or changes it. What is booked keeps its name and price. */
export async function putOption(
  deps: CommandDeps,
  business: string,
  who: string,
  offering: string,
  option: Option,
): Promise<void> {
  if (!(await findOffering(deps.pool, business, offering))) throw noSuchOffering();
  await inTransaction(deps.pool, async (tx) => {
    await saveOption(tx, business, offering, option);
    await audit(tx, business, who, 'option.set', offering, option);
  });
}

/** Takes a device or part out of the catalogue; answers whether it was there. */
export async function dropOption(
  deps: CommandDeps,
  business: string,
  who: string,
  offering: string,
  optionId: string,
): Promise<boolean> {
  if (!(await findOffering(deps.pool, business, offering))) throw noSuchOffering();
  return inTransaction(deps.pool, async (tx) => {
    const removed = await removeOption(tx, business, offering, optionId);
    if (removed) await audit(tx, business, who, 'option.removed', offering, { option: optionId });
    return removed;
  });
}

const noSuchOffering = () =>
  invalid({ pointer: '/offering', message: 'There is no such offering here.' });
