import { audit } from '../db/audit.ts';
import { getBusiness } from '../db/businesses.ts';
import { addPriceRule, findOffering } from '../db/offerings.ts';
import { tell } from '../db/order/notices.ts';
import { insertRequest } from '../db/order/requests.ts';
import { type Closure, closeDays, listBookedOn, openDays } from '../db/places/closures.ts';
import { slotsOf } from '../db/places/horizon.ts';
import { listOfferable, offerDays } from '../db/places/line.ts';
import { type Day, listQuotas, lockDays, saveSlots } from '../db/places/quotas.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import { daysBetween, isDate } from '../domain/calendar.ts';
import { invalid } from '../domain/errors.ts';
import type { Guest, Weekday } from '../domain/price.ts';
import type { CommandDeps } from './deps.ts';
import { wakeAll, wakeOffers } from './offers.ts';

/** How many days one call of an operator may cover. */
const MAX_DAYS = 400;

/**
 * Sets a quota's capacity from day to day (and at a time, or all times of the day). Raising it offers
 * the new places to the line; lowering it below what is sold takes nothing from anybody.
 */
export async function setQuota(
  deps: CommandDeps,
  business: string,
  who: string,
  wish: { quota: string; from: string; to: string; time?: string | undefined; capacity: number },
): Promise<number> {
  const days = checkedDays(wish.from, wish.to);
  const quota = (await listQuotas(deps.pool, business)).find((q) => q.quotaId === wish.quota);
  if (!quota) throw invalid({ pointer: '/quota', message: 'There is no such quota here.' });
  const owner = await getBusiness(deps.pool, business);
  const slots = days.flatMap((date) =>
    wish.time === undefined
      ? slotsOf(owner, quota, date)
      : [{ quotaId: quota.quotaId, date, time: wish.time, capacity: 0 }],
  );
  const wanted = slots.map((slot) => ({ ...slot, capacity: wish.capacity }));
  for (const day of daysOf(wanted)) {
    // A transaction a day: an operator who sets a year does not lock a year.
    await inTransaction(deps.pool, async (tx) => {
      await lockDays(tx, business, [day]);
      const ofDay = wanted.filter((slot) => slot.date === day.date && slot.time === day.time);
      await saveSlots(tx, business, ofDay, 'change');
      await offerDays(tx, business, [day], deps.holdMinutes, deps.now());
    });
  }
  await audit(deps.pool, business, who, 'quota.set', wish.quota, wish);
  await wakeOffers(deps, business);
  return wanted.length;
}

function daysOf(slots: readonly Day[]): Day[] {
  const unique = new Map(slots.map(({ date, time }) => [`${date} ${time}`, { date, time }]));
  return [...unique.values()];
}

function checkedDays(from: string, to: string): string[] {
  if (!isDate(from)) throw invalid({ pointer: '/from', message: 'A date is YYYY-MM-DD.' });
  if (!isDate(to) || to < from) {
    throw invalid({ pointer: '/to', message: 'This has to be a date, not before "from".' });
  }
  const days = daysBetween(from, to);
  if (days.length > MAX_DAYS) {
    throw invalid({ pointer: '/to', message: `At most ${MAX_DAYS} days at once.` });
  }
  return days;
}

/**
 * Closes days for new bookings and decides what happens to who is booked: `refund` cancels with all
 * money back, `reschedule` lets them move free of charge, `keep` leaves them. The closure and what
 * follows from it commit together; workflows do it, upkeep makes sure. Answers how many it concerns.
 */
export async function closeBusiness(
  deps: CommandDeps,
  business: string,
  who: string,
  closure: Closure,
): Promise<number> {
  checkedDays(closure.from, closure.to);
  await checkOffering(deps, business, closure.offering);
  const concerned = await inTransaction(deps.pool, async (tx) => {
    const closureId = await closeDays(tx, business, closure);
    await audit(tx, business, who, 'closure.set', closure.offering ?? business, closure);
    const booked = await listBookedOn(tx, business, closure);
    for (const ref of closure.booked === 'keep' ? [] : booked) {
      await follow(tx, { business, ...ref }, closure, closureId);
    }
    return booked;
  });
  if (closure.booked !== 'keep')
    await wakeAll(
      deps,
      concerned.map(({ code }) => ({ business, code })),
    );
  return concerned.length;
}

/** What a closure means for one booking. A hold that is not paid ends in both cases. */
async function follow(
  tx: Tx,
  order: { business: string; code: string; state: string },
  closure: Closure,
  closureId: number,
): Promise<void> {
  if (closure.booked === 'reschedule' && order.state === 'paid') {
    return tell(tx, order, 'choose_date', String(closureId));
  }
  const wish = { reason: closure.reason };
  await insertRequest(tx, order, { kind: 'cancel', askedBy: 'closure', wish });
}

/**
 * Opens days again, then offers what is free on them to the line. Answers how many closures that
 * ended, in whole or in part. Days that a crash leaves unoffered are offered by upkeep.
 */
export async function reopenBusiness(
  deps: CommandDeps,
  business: string,
  who: string,
  days: { offering?: string | undefined; from: string; to: string },
): Promise<number> {
  checkedDays(days.from, days.to);
  await checkOffering(deps, business, days.offering);
  const opened = await inTransaction(deps.pool, async (tx) => {
    await audit(tx, business, who, 'closure.end', days.offering ?? business, days);
    return openDays(tx, business, days);
  });
  for (const day of await listOfferable(deps.pool, business, days)) {
    await inTransaction(deps.pool, (tx) =>
      offerDays(tx, business, [day], deps.holdMinutes, deps.now()),
    );
  }
  await wakeOffers(deps, business);
  return opened;
}

async function checkOffering(
  deps: CommandDeps,
  business: string,
  offering: string | undefined,
): Promise<void> {
  if (offering === undefined || (await findOffering(deps.pool, business, offering))) return;
  throw invalid({ pointer: '/offering', message: 'There is no such offering here.' });
}

/** Changes what will be charged; what is booked already keeps its price. */
export async function setPrice(
  deps: CommandDeps,
  business: string,
  who: string,
  wish: {
    offering: string;
    from?: string | undefined;
    to?: string | undefined;
    days?: Weekday[] | undefined;
    guest?: Guest | undefined;
    priceIdr: number;
  },
): Promise<void> {
  await checkOffering(deps, business, wish.offering);
  if (wish.from && wish.to) checkedDays(wish.from, wish.to);
  await addPriceRule(deps.pool, business, wish.offering, {
    fromDate: wish.from ?? null,
    toDate: wish.to ?? null,
    days: wish.days ?? null,
    guest: wish.guest ?? null,
    priceIdr: wish.priceIdr,
  });
  await audit(deps.pool, business, who, 'price.set', wish.offering, wish);
}
