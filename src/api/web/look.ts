import type { Request, Response } from 'express';
import type { Language, Texts } from '../../domain/facts.ts';
import type { Assets, Look } from '../../pages/look.ts';
import { type CookieDeps, cookieOf, setCookie } from './cookies.ts';

const COOKIE = 'pesan-language';
const COOKIE_SECONDS = 365 * 86_400;

export interface LookDeps extends CookieDeps {
  texts: Texts;
  assets: Assets;
  now(): Date;
}

/**
 * What the pages of this request are rendered with. `?lang=` chooses the language and is remembered;
 * else it is what was chosen before, else the first that the browser asks for and Pesan speaks.
 */
export function lookFor(deps: LookDeps, request: Request, response: Response): Look {
  const language = languageOf(request);
  if (isLanguage(request.query.lang) && cookieOf(request, COOKIE) !== language) {
    setCookie(deps, response, COOKIE, language, COOKIE_SECONDS);
  }
  response.vary('Accept-Language');
  return {
    language,
    t: (key, args) => deps.texts(language, key, args),
    assets: deps.assets,
    otherLanguageUrl: inLanguage(request, language === 'id' ? 'en' : 'id'),
    now: deps.now(),
  };
}

function languageOf(request: Request): Language {
  const chosen = request.query.lang;
  if (isLanguage(chosen)) return chosen;
  const before = cookieOf(request, COOKIE);
  if (isLanguage(before)) return before;
  return request.acceptsLanguages(['id', 'en']) === 'en' ? 'en' : fallback(request);
}

/** Who asks for neither language is a visitor from abroad; who asks for none may be anybody here. */
function fallback(request: Request): Language {
  const wanted = request.get('accept-language') ?? '';
  return wanted === '' || /\b(id|\*)\b|\*/i.test(wanted) ? 'id' : 'en';
}

function isLanguage(value: unknown): value is Language {
  return value === 'id' || value === 'en';
}

/** This page in another language; after a form was sent, the page that the form is on. */
function inLanguage(request: Request, language: Language): string {
  const url = new URL(request.originalUrl, 'http://pesan.invalid');
  if (request.method === 'POST') {
    url.pathname = url.pathname.replace(/\/(cancel|move|leave)$/, '').replace(/\/wait$/, '/book');
    for (const field of ['offering', 'date', 'time', 'quantity']) {
      const value: unknown = request.body?.[field];
      if (typeof value === 'string' && value) url.searchParams.set(field, value.slice(0, 60));
    }
  }
  url.searchParams.set('lang', language);
  return `${url.pathname}${url.search}`;
}
