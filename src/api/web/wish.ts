import type { BookingWish } from '../../commands/draft.ts';
import type { Kind } from '../../domain/booking.ts';
import { DomainError, type FieldError, invalid } from '../../domain/errors.ts';
import type { Language } from '../../domain/facts.ts';
import type { Typed } from '../../pages/field.tsx';
import type { Ware } from '../../pages/shop.ts';
import { parse } from '../problems.ts';
import { BookingBody } from '../schemas.ts';
import { bodyOf } from './bookform.ts';

/** The wish of a form. Throws `INVALID` with a pointer for every wrong field, all at once. */
export function wishOf(typed: Typed, ware: Ware, kind: Kind, language: Language): BookingWish {
  const permit = kind === 'permit';
  const faults: FieldError[] = [];
  let wish: BookingWish | undefined;
  try {
    wish = parse(
      BookingBody,
      bodyOf({ ...typed, offering: ware.offeringId }, { permit, language }),
    );
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    faults.push(...error.errors, ...reachFaults(typed));
  }
  const devices = ware.options.some((option) => option.sort === 'device');
  if (devices && !typed.device) faults.push({ pointer: '/device', message: 'Choose a device.' });
  if (!wish || faults.length > 0) throw invalid(...faults);
  return wish;
}

/** Nobody can be told of anything; found while other fields are still of the wrong shape. */
function reachFaults(typed: Typed): FieldError[] {
  if (typed.email?.trim() || typed.phone?.trim()) return [];
  return [{ pointer: '/customer/email', message: 'An e-mail or a phone number is needed.' }];
}
