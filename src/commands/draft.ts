import { type Business, getBusiness } from '../db/businesses.ts';
import { dayPrice, findOffering, type Offering, type Option } from '../db/offerings.ts';
import type { Draft, Participant } from '../db/order/drafts.ts';
import type { Db } from '../db/pool.ts';
import { addDays, dateIn, isDate, visitTimes } from '../domain/calendar.ts';
import { type FieldError, invalid } from '../domain/errors.ts';
import type { Language } from '../domain/facts.ts';
import { type IdentityType, normalIdentity, partyFaults } from '../domain/identity.ts';
import type { PayMethod } from '../domain/payment.ts';
import type { Rules } from '../domain/rules.ts';

/** What a person asks for, of the right shape; whether it can be is decided here. */
export interface BookingWish {
  offering: string;
  date: string;
  time?: string | undefined;
  quantity?: number | undefined;
  options?: string[] | undefined;
  language?: Language | undefined;
  /** The chat in which it is booked: its notices go there, too. */
  chatId?: number | undefined;
  payMethod?: PayMethod | undefined;
  customer: { name: string; email?: string | undefined; phone?: string | undefined };
  participants?: ParticipantWish[] | undefined;
}

export interface ParticipantWish {
  name: string;
  identityType: IdentityType;
  identityNumber: string;
  birthDate?: string | undefined;
  phone?: string | undefined;
  emergencyContact?: { name: string; phone: string } | undefined;
}

/** A draft with what its business says about it. */
export type PricedDraft = Draft & { rules: Rules; timeZone: string };

/**
 * Checks a wish against its business and prices it. Throws `INVALID` with a pointer for every wrong
 * field, all at once; `NOT_FOUND` for an unknown business.
 */
export async function draftBooking(
  db: Db,
  businessId: string,
  wish: BookingWish,
  now: Date,
): Promise<PricedDraft> {
  const [business, offering] = await Promise.all([
    getBusiness(db, businessId),
    findOffering(db, businessId, wish.offering),
  ]);
  return draftOf(business, offering, wish, now);
}

/** The same where business and offering were read before. */
export function draftOf(
  business: Business,
  offering: Offering | undefined,
  wish: BookingWish,
  now: Date,
): PricedDraft {
  const quantity = wish.quantity ?? wish.participants?.length ?? 1;
  const participants = (wish.participants ?? []).map(toParticipant);
  const faults: FieldError[] = [
    ...customerFaults(wish),
    ...quantityFaults(business, offering, wish, quantity),
    ...participantFaults(participants),
    ...dateFaults(business, offering, wish, now),
  ];
  if (!offering || offering.kind === 'plan') {
    faults.push({ pointer: '/offering', message: 'There is no such offering to book here.' });
  }
  const options = offering ? pickOptions(offering, wish, faults) : [];
  if (faults.length > 0 || !offering) throw invalid(...faults);
  const time = wish.time ?? null;
  return {
    business: business.business,
    kind: offering.kind,
    offeringId: offering.offeringId,
    date: wish.date,
    time,
    quantity,
    amountIdr: amountOf(offering, wish.date, quantity, participants, options),
    language: wish.language ?? 'id',
    options,
    customer: {
      name: wish.customer.name,
      email: wish.customer.email ?? null,
      phone: wish.customer.phone ?? null,
    },
    participants,
    chatId: wish.chatId ?? null,
    payMethod: wish.payMethod ?? null,
    rules: business.rules,
    timeZone: business.timeZone,
    ...visitTimes(business.timeZone, business.rules, wish.date, time),
  };
}

/** The price of a party: each member by its kind of guest, and every option once. */
export function amountOf(
  offering: Offering,
  date: string,
  quantity: number,
  participants: readonly { identityType: IdentityType }[],
  options: readonly { priceIdr: number }[],
): number {
  const guests = Array.from({ length: quantity }, (_, seat) =>
    participants[seat]?.identityType === 'passport' ? 'foreign' : 'local',
  );
  const places = guests.reduce((sum, guest) => sum + dayPrice(offering, date, guest), 0);
  return places + options.reduce((sum, option) => sum + option.priceIdr, 0);
}

/** A member of the party as it is stored. */
export function toParticipant(wish: ParticipantWish): Participant {
  return {
    name: wish.name,
    identityType: wish.identityType,
    identityNumber: normalIdentity(wish.identityNumber),
    birthDate: wish.birthDate ?? null,
    phone: wish.phone ?? null,
    emergencyName: wish.emergencyContact?.name ?? null,
    emergencyPhone: wish.emergencyContact?.phone ?? null,
  };
}

function customerFaults({ customer, chatId }: BookingWish): FieldError[] {
  // Who books in a chat is reached there.
  if (customer.email || customer.phone || chatId !== undefined) return [];
  return [{ pointer: '/customer/email', message: 'An e-mail or a phone number is needed.' }];
}

function quantityFaults(
  business: Business,
  offering: Offering | undefined,
  wish: BookingWish,
  quantity: number,
): FieldError[] {
  const faults: FieldError[] = [];
  const { maxParty } = business.rules;
  if (quantity > maxParty) {
    faults.push({ pointer: '/quantity', message: `At most ${maxParty} can come together.` });
  }
  const members = wish.participants?.length ?? 0;
  if (offering?.kind === 'permit' && members !== quantity) {
    const message = `${quantity} place(s) need as many participants; ${members} were given.`;
    faults.push({ pointer: '/participants', message });
  }
  return faults;
}

function participantFaults(participants: Participant[]): FieldError[] {
  const identities = partyFaults(participants).map(({ seat, message }) => ({
    pointer: `/participants/${seat}/identityNumber`,
    message,
  }));
  const births = participants.flatMap(({ birthDate }, seat) => {
    const pointer = `/participants/${seat}/birthDate`;
    const message = 'This birth date does not exist.';
    return birthDate && !isDate(birthDate) ? [{ pointer, message }] : [];
  });
  return [...identities, ...births];
}

/** Why a date (and time) can never be booked; full and closed ones are not this. */
export function dateFaults(
  business: Business,
  offering: Offering | undefined,
  wish: { date: string; time?: string | undefined },
  now: Date,
): FieldError[] {
  const { timeZone, rules } = business;
  const fault = (pointer: string, message: string) => [{ pointer, message }];
  if (!isDate(wish.date)) return fault('/date', 'A date is YYYY-MM-DD and has to exist.');
  const today = dateIn(timeZone, now);
  if (wish.date < today) return fault('/date', 'This date has passed.');
  if (wish.date > addDays(today, rules.maxDaysAhead)) {
    return fault('/date', `Bookings open ${rules.maxDaysAhead} days ahead.`);
  }
  if (!offering) return [];
  if (offering.kind === 'appointment' && !wish.time) {
    return fault('/time', 'An appointment needs a time, HH:MM.');
  }
  if (offering.kind === 'permit' && wish.time)
    return fault('/time', 'A permit is for a whole day.');
  const { cutOffAt } = visitTimes(timeZone, rules, wish.date, wish.time ?? null);
  if (now >= cutOffAt) return fault(wish.time ? '/time' : '/date', 'It is too late to book this.');
  return [];
}

function pickOptions(offering: Offering, wish: BookingWish, faults: FieldError[]): Option[] {
  const picked: Option[] = [];
  (wish.options ?? []).forEach((optionId, index) => {
    const option = offering.options.find((candidate) => candidate.optionId === optionId);
    const pointer = `/options/${index}`;
    if (!option) faults.push({ pointer, message: 'There is no such option here.' });
    else if (picked.includes(option))
      faults.push({ pointer, message: 'This option is there twice.' });
    else picked.push(option);
  });
  return picked;
}
