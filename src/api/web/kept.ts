import { randomBytes } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Request, Response } from 'express';
import type { Refused } from '../../pages/booking.ts';
import type { Typed } from '../../pages/field.tsx';
import { type CookieDeps, cookieOf, setCookie } from './cookies.ts';

/**
 * What was typed into a booking form, from the press that booked nothing to the page that it leads to
 * (docs/decisions/009): sealed, in a short-lived cookie of this browser, so that neither an address
 * nor Postgres ever holds people who did not book.
 */
export interface Kept {
  typed: Typed;
  refused?: Refused | undefined;
  /** Which parts of the wish were wrong, as pointers. */
  faults?: readonly string[] | undefined;
  /** The booking that this form made before, if this browser may see it. */
  earlierUrl?: string | undefined;
}

const COOKIE = 'pesan-typed';
/** Long enough to look a number up, short for a computer in a café. */
const COOKIE_SECONDS = 15 * 60;
/** Browsers need not keep more than 4,096 bytes, the name and attributes included (RFC 6265). */
const MOST_BYTES = 3_900;
/** A form has 128 kB at most. */
const MOST_UNPACKED_BYTES = 256 * 1024;

interface KeptDeps extends CookieDeps {
  now(): Date;
  vault: { seal(plain: string): Buffer; unseal(sealed: Buffer): string };
}

/**
 * One of the forms in the cookie: tabs stand open, and people go back. It says itself until when: a
 * cookie that was copied is no good for longer.
 */
type Form = Kept & { id: string; untilMs: number };

/**
 * Keeps a form for the next page of this browser, beside those of before and of other tabs as far as
 * there is room. Answers the name under which the page's address asks for it; undefined when it is too long for
 * a cookie.
 */
export function keepForm(
  deps: KeptDeps,
  request: Request,
  response: Response,
  business: string,
  kept: Kept,
): string | undefined {
  const id = randomBytes(6).toString('base64url');
  const earlier = formsOf(deps, request, business);
  const untilMs = deps.now().getTime() + COOKIE_SECONDS * 1_000;
  for (const forms = [{ ...kept, id, untilMs }, ...earlier]; forms.length > 0; forms.pop()) {
    if (setForms(deps, response, business, forms)) return id;
  }
  return undefined;
}

/** The form that this browser keeps under that name; undefined for any other, and when it is over. */
export function readKept(deps: KeptDeps, request: Request, business: string): Kept | undefined {
  const { kept: id } = request.query;
  if (typeof id !== 'string') return undefined;
  return formsOf(deps, request, business).find((form) => form.id === id);
}

/** Forgets the form of a key, once it is booked; those of other tabs stay. */
export function forgetForm(
  deps: KeptDeps,
  request: Request,
  response: Response,
  business: string,
  key: string | undefined,
): void {
  if (!cookieOf(request, COOKIE)) return;
  const others = formsOf(deps, request, business).filter(({ typed }) => typed.key !== key);
  if (others.length > 0) setForms(deps, response, business, others);
  else setCookie(deps, response, COOKIE, '', 0, `/${business}`);
}

/** Whether they fit; if not, what the browser has stays as it is. */
function setForms(deps: KeptDeps, response: Response, business: string, forms: Form[]): boolean {
  const packed = deflateRawSync(JSON.stringify({ business, forms })).toString('base64');
  const value = deps.vault.seal(packed).toString('base64url');
  if (value.length > MOST_BYTES) return false;
  setCookie(deps, response, COOKIE, value, COOKIE_SECONDS, `/${business}`);
  return true;
}

/** What this browser keeps for a business, newest first. */
function formsOf(deps: KeptDeps, request: Request, business: string): Form[] {
  const value = cookieOf(request, COOKIE);
  if (!value) return [];
  try {
    const packed = deps.vault.unseal(Buffer.from(value, 'base64url'));
    const text = inflateRawSync(Buffer.from(packed, 'base64'), {
      maxOutputLength: MOST_UNPACKED_BYTES,
    });
    const kept = JSON.parse(text.toString()) as { business: string; forms: Form[] };
    if (kept.business !== business || !Array.isArray(kept.forms)) return [];
    return kept.forms.filter(({ untilMs }) => untilMs > deps.now().getTime());
  } catch {
    // Not sealed by us, or with a secret of before: as good as none.
    return [];
  }
}
