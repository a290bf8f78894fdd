import type { Kind } from '../domain/booking.ts';
import type { Language } from '../domain/facts.ts';

/** Addresses of what pages load: all of it from us, each with the hash of its content in its name. */
export interface Assets {
  style: string;
  icon: string;
  /** Counts down, and shows what changed without a reload. */
  live: string;
  /** Adds up a price while a form is filled in, and keeps a double press from sending twice. */
  form: string;
}

/** What every page is rendered with. */
export interface Look {
  language: Language;
  /** A sentence of `locales/` in the page's language. */
  t(key: string, args?: Record<string, string | number | Date>): string;
  assets: Assets;
  /** This page in the other language. */
  otherLanguageUrl: string;
  now: Date;
}

/** Whose page it is: gives a page its name and its colours. */
export interface Owner {
  business: string;
  name: string;
  kind: Kind;
  email: string;
  phone: string;
}
