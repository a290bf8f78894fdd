import { addDays } from '../../domain/calendar.ts';
import type { FieldError } from '../../domain/errors.ts';
import { identityFault, normalIdentity } from '../../domain/identity.ts';
import type { Mistake, Typed } from '../../pages/field.tsx';
import type { Look } from '../../pages/look.ts';
import type { Shop } from '../../pages/shop.ts';
import { day } from '../../pages/words.ts';
import { fieldOf } from './bookform.ts';

/**
 * Says in the page's language what is wrong with fields that the rules refused. Which they are was
 * decided by the API's schema and the commands, by pointers; here each only gets its sentence, in the
 * order in which the form has them.
 */
export function mistakesOf(
  look: Look,
  shop: Shop,
  typed: Typed,
  faults: readonly FieldError[],
): Mistake[] {
  const mistakes = new Map<string, Mistake>();
  for (const { pointer } of faults) {
    const field = fieldOf(pointer);
    if (mistakes.has(field)) continue;
    mistakes.set(field, { field, text: sentenceOf(look, shop, typed, field) });
  }
  return [...mistakes.values()].sort((a, b) => placeOf(a.field) - placeOf(b.field));
}

const CONTACT = ['name', 'email', 'phone'];
const MEMBER = ['name', 'type', 'number', 'birth', 'phone', 'sos-name', 'sos-phone'];

/** Where a field stands in the form: the choice, then the members in their order, then the contact. */
function placeOf(field: string): number {
  const member = /^m(\d+)-(.+)$/.exec(field);
  if (member) return (Number(member[1]) + 1) * 10 + MEMBER.indexOf(member[2]!);
  return CONTACT.includes(field) ? 10_000 + CONTACT.indexOf(field) : 0;
}

function sentenceOf(look: Look, shop: Shop, typed: Typed, field: string): string {
  const member = /^m(\d+)-(.+)$/.exec(field);
  if (member) {
    const text = memberSentence(look, typed, Number(member[1]), member[2]!);
    return look.t('page-fault-member', { seat: Number(member[1]) + 1, text });
  }
  switch (field) {
    case 'name':
      return look.t('page-fault-name');
    case 'email':
      return look.t(typed.email?.trim() ? 'page-fault-email' : 'page-fault-reach');
    case 'phone':
      return look.t('page-fault-phone');
    case 'quantity':
      return look.t('page-fault-quantity', { most: shop.rules.maxParty });
    case 'date':
      return dateSentence(look, shop, typed.date ?? '');
    case 'offering':
    case 'time':
    case 'device':
    case 'part':
      return look.t(`page-fault-${field}`);
    default:
      return look.t('page-fault-other');
  }
}

function memberSentence(look: Look, typed: Typed, at: number, part: string): string {
  switch (part) {
    case 'name':
    case 'sos-name':
      return look.t('page-fault-name');
    case 'phone':
    case 'sos-phone':
      return look.t('page-fault-phone');
    case 'birth':
      return look.t('page-fault-birth');
    case 'number':
      return identitySentence(look, typed, at);
    default:
      return look.t('page-fault-other');
  }
}

function identitySentence(look: Look, typed: Typed, at: number): string {
  const number = normalIdentity(typed[`m${at}-number`] ?? '');
  const type = typed[`m${at}-type`] === 'passport' ? 'passport' : 'nik';
  if (number === '') return look.t('page-fault-identity-empty');
  // A number that can be right was refused because it is there twice.
  if (!identityFault(type, number)) return look.t('page-fault-identity-twice');
  if (type === 'passport') return look.t('page-fault-passport');
  return look.t(/^\d{16}$/.test(number) ? 'page-fault-nik' : 'page-fault-nik-digits');
}

function dateSentence(look: Look, { today, rules }: Shop, date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return look.t('page-fault-date');
  if (date < today) return look.t('page-fault-date-past');
  const last = addDays(today, rules.maxDaysAhead);
  if (date > last) return look.t('page-fault-date-far', { last: day(look, last) });
  return look.t('page-fault-date-late');
}
