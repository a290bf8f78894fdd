import { randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { DomainError } from '../../domain/errors.ts';
import { type CookieDeps, cookieOf, isSame, setCookie, signature } from './cookies.ts';

/**
 * What keeps other sites from pressing our buttons. A form carries a token signed for a cookie of this
 * browser, and browsers say where a request comes from.
 */

const COOKIE = 'pesan-form';
const COOKIE_SECONDS = 30 * 86_400;
/** Longer than anybody fills in a form, shorter than a computer in a café is left open. */
const FORM_MS = 12 * 3_600_000;

interface GuardDeps extends CookieDeps {
  vault: { formKey: Buffer };
  now(): Date;
}

/** A token for the forms of a page, bound to this browser's cookie, which it gets if it has none. */
export function formTokenFor(deps: GuardDeps, request: Request, response: Response): string {
  let browser = browserOf(request);
  if (!browser) {
    browser = randomBytes(16).toString('base64url');
    setCookie(deps, response, COOKIE, browser, COOKIE_SECONDS);
  }
  const madeAt = deps.now().getTime().toString(36);
  return `${madeAt}.${signature(deps.vault.formKey, 'form', `${browser}.${madeAt}`)}`;
}

/** Whether a token was made for this browser, not too long ago. `false`: show the form once more. */
export function isFresh(deps: GuardDeps, request: Request, token: string | undefined): boolean {
  const browser = browserOf(request);
  const [madeAt = '', sign = ''] = (token ?? '').split('.');
  if (!browser || !/^[0-9a-z]{6,10}$/.test(madeAt)) return false;
  const expected = signature(deps.vault.formKey, 'form', `${browser}.${madeAt}`);
  const ageMs = deps.now().getTime() - Number.parseInt(madeAt, 36);
  return isSame(sign, expected) && ageMs >= 0 && ageMs < FORM_MS;
}

function browserOf(request: Request): string | undefined {
  const value = cookieOf(request, COOKIE);
  return value && /^[\w-]{22}$/.test(value) ? value : undefined;
}

/**
 * Throws `FORBIDDEN` when the browser says that another site sent this. Our pages send no referrer, so
 * an honest `Origin` is `null` (Fetch standard, "append a request Origin header"): only another one
 * tells something.
 */
export function refuseForeign({ publicUrl }: CookieDeps, request: Request): void {
  const site = request.get('sec-fetch-site');
  if (site && site !== 'same-origin' && site !== 'none') throw foreign();
  const origin = request.get('origin');
  if (!origin || origin === 'null') return;
  const ours = [new URL(publicUrl).host, request.get('host')];
  if (!URL.canParse(origin) || !ours.includes(new URL(origin).host)) throw foreign();
}

const foreign = () => new DomainError('FORBIDDEN', 'This form was sent by another site.');
