import { audit } from '../db/audit.ts';
import { getBusiness } from '../db/businesses.ts';
import { findOffering, type Option, removeOption, saveOption } from '../db/offerings.ts';
import { slotsOf } from '../db/places/horizon.ts';
import { listOfferable, offerDays } from '../db/places/line.ts';
import { lockQuota, lockRange, type Quota, replaceSlots, saveQuota } from '../db/places/quotas.ts';
import { inTransaction } from '../db/pool.ts';
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
 * One transaction, since what an operator set is told from what was usual by the hours before: half of
 * it could not be repeated. It holds the quota and all slots of those days for about a tenth of a second.
 */
export async function setHours(
  deps: CommandDeps,
  business: string,
  who: string,
  wish: { quota: string; hours: Hours; perHour?: number | undefined },
): Promise<number> {
  checkHours(wish.hours);
  const owner = await getBusiness(deps.pool, business);
  const from = dateIn(owner.timeZone, deps.now());
  const span = { from, to: addDays(from, owner.rules.maxDaysAhead) };
  const days = daysBetween(span.from, span.to);
  await inTransaction(deps.pool, async (tx) => {
    const before = await lockQuota(tx, business, wish.quota);
    if (!before?.hours) throw noSuchHours();
    const hours = wish.hours as Record<string, [string, string]>;
    const after: Quota = { ...before, hours, capacity: wish.perHour ?? before.capacity };
    await saveQuota(tx, business, after);
    await lockRange(tx, business, span);
    for (const date of days) {
      const [was, wanted] = [slotsOf(owner, before, date), slotsOf(owner, after, date)];
      await replaceSlots(tx, business, { quotaId: before.quotaId, date }, was, wanted);
    }
    const offerable = await listOfferable(tx, business, span);
    await offerDays(tx, business, offerable, deps.holdMinutes, deps.now());
    await audit(tx, business, who, 'hours.set', wish.quota, wish);
  });
  await wakeOffers(deps, business);
  return days.length;
}

function checkHours(hours: Hours): void {
  const faults: FieldError[] = WEEKDAYS.filter((day) => {
    const open = hours[day];
    return open !== undefined && open[0] >= open[1];
  }).map((day) => ({ pointer: `/hours/${day}`, message: 'It must open before it closes.' }));
  if (faults.length > 0) throw invalid(...faults);
}

const noSuchHours = () =>
  invalid({ pointer: '/quota', message: 'There is no quota with opening hours of this id.' });

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
