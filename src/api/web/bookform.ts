import type { Language } from '../../domain/facts.ts';
import type { Typed } from '../../pages/field.tsx';

/**
 * The booking form as fields, and as the body that the JSON API takes for the same wish: the pages
 * judge nothing by rules of their own.
 */

/** Longer than any field means to be; what is cut here was no name and no number. */
const LONGEST_FIELD = 500;
const MOST_MEMBERS = 50;

/** Everything that was typed, by field; several values of one field are joined by commas. */
export function readTyped(source: unknown): Typed {
  const typed: Record<string, string> = {};
  for (const [field, value] of Object.entries((source ?? {}) as Record<string, unknown>)) {
    const values = (Array.isArray(value) ? value : [value]).filter(
      (one) => typeof one === 'string',
    );
    if (/^[\w-]{1,30}$/.test(field)) typed[field] = values.join(',').slice(0, LONGEST_FIELD);
  }
  return typed;
}

/** How many members the form has; undefined when that is no number at all. */
export function quantityOf(typed: Typed): number | undefined {
  const text = typed.quantity?.trim() ?? '';
  const quantity = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return quantity >= 1 && quantity <= MOST_MEMBERS ? quantity : undefined;
}

/** The wish of a form, in the shape of a booking's body; an empty field is one that is not there. */
export function bodyOf(typed: Typed, wanted: { permit: boolean; language: Language }): object {
  const quantity = quantityOf(typed) ?? 1;
  const options = [typed.device, ...(typed.part ?? '').split(',')].filter(Boolean);
  return {
    offering: typed.offering,
    date: typed.date,
    ...present('time', typed.time),
    quantity: wanted.permit ? quantity : 1,
    ...(options.length > 0 && { options }),
    language: wanted.language,
    customer: {
      name: typed.name ?? '',
      ...present('email', typed.email),
      ...present('phone', typed.phone),
    },
    ...(wanted.permit && {
      participants: Array.from({ length: quantity }, (_, at) => memberOf(typed, at)),
    }),
  };
}

function memberOf(typed: Typed, at: number): object {
  const field = (part: string) => typed[`m${at}-${part}`];
  const [sosName, sosPhone] = [field('sos-name')?.trim(), field('sos-phone')?.trim()];
  return {
    name: field('name') ?? '',
    identityType: field('type') || 'nik',
    identityNumber: field('number')?.trim() ?? '',
    ...present('birthDate', field('birth')),
    ...present('phone', field('phone')),
    ...((sosName || sosPhone) && {
      emergencyContact: { name: sosName ?? '', phone: sosPhone ?? '' },
    }),
  };
}

function present(name: string, value: string | undefined): Record<string, string> {
  const text = value?.trim();
  return text ? { [name]: text } : {};
}

const MEMBER_FIELDS: Record<string, string> = {
  name: 'name',
  identityType: 'type',
  identityNumber: 'number',
  birthDate: 'birth',
  phone: 'phone',
  'emergencyContact/name': 'sos-name',
  'emergencyContact/phone': 'sos-phone',
};

/** The field of the form that an RFC 6901 pointer into the body means. */
export function fieldOf(pointer: string): string {
  const [, first = '', ...rest] = pointer.split('/');
  if (first === 'participants' && rest.length > 1) {
    const part = MEMBER_FIELDS[rest.slice(1).join('/')] ?? 'name';
    return `m${rest[0]}-${part}`;
  }
  if (first === 'customer') return rest[0] ?? 'name';
  if (first === 'options') return 'part';
  return first === 'participants' ? 'quantity' : first;
}
