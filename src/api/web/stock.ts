import { chatLink } from '../../commands/carry.ts';
import { type Business, getBusiness } from '../../db/businesses.ts';
import { findBot } from '../../db/chat/bots.ts';
import { listOfferings, type Offering } from '../../db/offerings.ts';
import { listClosures } from '../../db/places/closures.ts';
import { listAvailability, listQuotas } from '../../db/places/quotas.ts';
import { addDays, dateIn, visitTimes } from '../../domain/calendar.ts';
import { spokenIn } from '../../domain/english.ts';
import type { Language } from '../../domain/facts.ts';
import type { Owner } from '../../pages/look.ts';
import type { Shop, Ware } from '../../pages/shop.ts';
import type { ApiDeps } from '../deps.ts';

/** Who a business is, for the frame of a page. */
export function ownerOf({ business, name, kind, email, phone }: Business): Owner {
  return { business, name, kind, email, phone };
}

/** A business with what it sells, for decisions and as pages show it. */
export interface Stock {
  business: Business;
  offerings: Offering[];
  shop: Shop;
}

/**
 * What a business sells and what is left of it over its horizon, the shop in the words of a language.
 * Throws `NOT_FOUND`.
 */
export async function readStock(
  deps: ApiDeps,
  businessId: string,
  language: Language,
): Promise<Stock> {
  const business = await getBusiness(deps.pool, businessId);
  const today = dateIn(business.timeZone, deps.now());
  const offerings = await listOfferings(deps.pool, businessId);
  const wares = await Promise.all(
    offerings.map((one) => readWare(deps, business, one, today, language)),
  );
  const { name, about, lang } = spokenIn(language, business);
  const holdMinutes = deps.holdMinutes ?? business.rules.holdMinutes;
  const shop: Shop = {
    owner: { ...ownerOf(business), name },
    about,
    lang,
    timeZone: business.timeZone,
    rules: { ...business.rules, holdMinutes },
    today,
    offerings: wares,
    hours: await readHours(deps, business),
    chatUrl: await readChatUrl(deps, business),
  };
  return { business, offerings, shop };
}

async function readWare(
  deps: ApiDeps,
  business: Business,
  offering: Offering,
  today: string,
  language: Language,
): Promise<Ware> {
  const { offeringId, name, about, lang, priceIdr, priceRules } = spokenIn(language, offering);
  const options = offering.options.map((option) => spokenIn(language, option));
  const ware = { offeringId, name, about, lang, priceIdr, priceRules, options };
  if (offering.kind === 'plan') return { ...ware, periodDays: offering.periodDays, slots: [] };
  const last = addDays(today, business.rules.maxDaysAhead);
  const id = business.business;
  const [slots, closures] = await Promise.all([
    listAvailability(deps.pool, id, offeringId, today, last),
    listClosures(deps.pool, id, today, last),
  ]);
  const reasonOf = (date: string) =>
    closures.find(
      (closure) =>
        (!closure.offering || closure.offering === offeringId) &&
        closure.from <= date &&
        date <= closure.to,
    )?.reason;
  return {
    ...ware,
    slots: slots.map(({ date, time, left, closed }) => ({
      date,
      time,
      left,
      closed,
      ...(closed && { reason: reasonOf(date) }),
      tooLate: deps.now() >= visitTimes(business.timeZone, business.rules, date, time).cutOffAt,
    })),
  };
}

/** Into the chat of a business, where it has a bot, and there at once to what it sells. */
export async function readChatUrl(
  deps: ApiDeps,
  { business, kind }: Pick<Business, 'business' | 'kind'>,
): Promise<string | undefined> {
  const bot = await findBot(deps.pool, deps.vault, business);
  const payload = kind === 'plan' ? 'bayar' : 'order';
  return bot && chatLink(deps.telegramUrl, bot, payload);
}

async function readHours(deps: ApiDeps, business: Business): Promise<Shop['hours']> {
  if (business.kind !== 'appointment') return null;
  const quotas = await listQuotas(deps.pool, business.business);
  return quotas.find((quota) => quota.hours)?.hours ?? null;
}
