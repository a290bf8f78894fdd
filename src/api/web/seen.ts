import type { Request, Response } from 'express';
import type { BookingRef } from '../../domain/booking.ts';
import { type CookieDeps, cookieOf, isSame, setCookie, signature } from './cookies.ts';

/**
 * Which bookings this browser has seen, newest first, in a signed cookie. It brings people back to
 * theirs after paying, where the address names no secret. Made only by having opened the booking, or the
 * link to pay: that one leads back to the link to pay, and no further.
 */
export type SeenBy = 'booking' | 'paying';

const COOKIES = { booking: 'pesan-seen', paying: 'pesan-paying' };
const COOKIE_SECONDS = 14 * 86_400;
const MOST = 12;

interface SeenDeps extends CookieDeps {
  vault: { formKey: Buffer };
}

/** Notes that this browser saw a booking. Seen again, it comes first. */
export function noteSeen(
  deps: SeenDeps,
  request: Request,
  response: Response,
  { business, code }: BookingRef,
  by: SeenBy = 'booking',
): void {
  const before = listSeen(deps, request, by);
  if (before[0]?.code === code) return;
  const kept = [{ business, code }, ...before.filter((one) => one.code !== code)].slice(0, MOST);
  const text = kept.map((one) => `${one.business}.${one.code}`).join('~');
  const sign = signature(deps.vault.formKey, by === 'booking' ? 'seen' : 'paying', text);
  setCookie(deps, response, COOKIES[by], `${sign}!${text}`, COOKIE_SECONDS);
}

/** The booking of a code, if this browser has seen it. */
export function findSeen(
  deps: SeenDeps,
  request: Request,
  ref: BookingRef,
  by: SeenBy = 'booking',
): BookingRef | undefined {
  return listSeen(deps, request, by).find(
    (one) => one.business === ref.business && one.code === ref.code,
  );
}

function listSeen({ vault }: SeenDeps, request: Request, by: SeenBy): BookingRef[] {
  const value = cookieOf(request, COOKIES[by]);
  const [sign, text] = [value?.slice(0, 22), value?.slice(23)];
  if (
    !sign ||
    !text ||
    !isSame(sign, signature(vault.formKey, by === 'booking' ? 'seen' : 'paying', text))
  )
    return [];
  return text.split('~').flatMap((one) => {
    const [business, code] = one.split('.');
    return business && code ? [{ business, code }] : [];
  });
}
