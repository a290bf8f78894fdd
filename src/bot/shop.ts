import type { Business } from '../db/businesses.ts';
import { dayPrice, listOfferings, type Offering, type Option } from '../db/offerings.ts';
import { listAvailability } from '../db/places/quotas.ts';
import type { Db } from '../db/pool.ts';
import { addDays, dateIn, instantOf } from '../domain/calendar.ts';

/** What can be booked at this moment, by the same reading as the API's. */
export interface Shop {
  offering: Offering;
  today: string;
  lastDay: string;
  /** Hours with a free place by day; a day without any is not here. */
  free: Map<string, string[]>;
}

/** Reads what a business of kind `appointment` has to offer; undefined when it sells nothing by hour. */
export async function readShop(db: Db, business: Business, now: Date): Promise<Shop | undefined> {
  const offered = await listOfferings(db, business.business);
  const offering = offered.find((one) => one.kind === 'appointment');
  if (!offering) return undefined;
  const { maxDaysAhead, minMinutesAhead } = business.rules;
  const today = dateIn(business.timeZone, now);
  const lastDay = addDays(today, maxDaysAhead);
  const days = await listAvailability(db, business.business, offering.offeringId, today, lastDay);
  const earliest = now.getTime() + minMinutesAhead * 60_000;
  const free = new Map<string, string[]>();
  for (const { date, time, left, closed } of days) {
    if (closed || left < 1 || time === null) continue;
    if (instantOf(business.timeZone, date, time).getTime() <= earliest) continue;
    free.set(date, [...(free.get(date) ?? []), time]);
  }
  return { offering, today, lastDay, free };
}

export function optionsOf({ offering }: Pick<Shop, 'offering'>, sort: Option['sort']): Option[] {
  return offering.options.filter((option) => option.sort === sort);
}

/** What a choice costs, before it is booked. */
export function priceOf(shop: Shop, date: string, chosen: readonly string[]): number {
  const options = shop.offering.options.filter((option) => chosen.includes(option.optionId));
  const sum = options.reduce((total, option) => total + option.priceIdr, 0);
  return dayPrice(shop.offering, date, 'local') + sum;
}
