import { dateFaults } from '../../commands/draft.ts';
import type { FieldError } from '../../domain/errors.ts';
import type { Alternative, Refused } from '../../pages/booking.ts';
import type { Typed } from '../../pages/field.tsx';
import { dayPriceIdr, type Ware } from '../../pages/shop.ts';
import { quantityOf } from './bookform.ts';
import type { Stock } from './stock.ts';

/** What a form is about, once that is known: an offering, a day (and time), and how many. */
export interface Choice {
  ware: Ware;
  date: string;
  time: string | null;
  quantity: number;
}

/** What was chosen so far, or which fields of the choice are wrong or missing. */
export function choiceOf(
  { shop, business, offerings }: Stock,
  typed: Typed,
  now: Date,
): { choice: Choice } | { faults: FieldError[] } {
  const ware = wareOf({ shop }, typed);
  const offering = offerings.find((one) => one.offeringId === ware?.offeringId);
  const permit = business.kind === 'permit';
  const quantity = permit ? quantityOf(typed) : 1;
  const date = typed.date ?? '';
  const time = permit ? undefined : typed.time || undefined;
  const faults = dateFaults(business, offering, { date, time }, now);
  if (!ware) faults.unshift({ pointer: '/offering', message: 'There is no such offering.' });
  if (!quantity || quantity > business.rules.maxParty) {
    faults.push({ pointer: '/quantity', message: 'Not a party that can come.' });
  }
  if (!ware || !quantity || faults.length > 0) return { faults };
  return { choice: { ware, date, time: time ?? null, quantity } };
}

/** The offering that was chosen; of a business that has one, that one. */
export function wareOf({ shop }: Pick<Stock, 'shop'>, typed: Typed): Ware | undefined {
  if (!typed.offering && shop.offerings.length === 1) return shop.offerings[0];
  return shop.offerings.find((ware) => ware.offeringId === typed.offering);
}

/** Why a choice cannot be held right now, by a look without locks; the hold itself decides. */
export function refusalOf({ ware, date, time, quantity }: Choice): Refused | undefined {
  const slot = ware.slots.find((one) => one.date === date && one.time === time);
  if (!slot || slot.closed) return 'closed';
  if (slot.tooLate) return 'too-late';
  return slot.left < quantity ? 'sold-out' : undefined;
}

/** Why the day of a choice is closed, in the words of the business. */
export function reasonOf({ ware, date }: Choice): string | undefined {
  return ware.slots.find((slot) => slot.date === date && slot.reason)?.reason;
}

const MOST_ALTERNATIVES = 6;

/** The nearest days (and times) with room for this party, in their order. */
export function alternativesTo({ ware, date, time, quantity }: Choice): Alternative[] {
  const wished = instant(date, time);
  return ware.slots
    .filter((slot) => !slot.closed && !slot.tooLate && slot.left >= quantity)
    .filter((slot) => slot.date !== date || slot.time !== time)
    .map((slot) => ({ slot, at: instant(slot.date, slot.time) }))
    .sort((a, b) => Math.abs(a.at - wished) - Math.abs(b.at - wished))
    .slice(0, MOST_ALTERNATIVES)
    .sort((a, b) => a.at - b.at)
    .map(({ slot }) => ({
      date: slot.date,
      time: slot.time,
      left: slot.left,
      priceIdr: dayPriceIdr(ware, slot.date, 'local'),
    }));
}

/** Local times of one business compare without their zone. */
function instant(date: string, time: string | null): number {
  return Date.parse(`${date}T${time ?? '00:00'}:00Z`);
}
