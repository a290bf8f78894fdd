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

const ACCENTS: Record<Kind, readonly [string, ...string[]]> = {
  permit: ['earth', 'forest', 'lake'],
  appointment: ['slate', 'navy', 'harbour'],
  plan: ['berry', 'indigo', 'plum'],
};

/** The colours of a business: by what it sells and its name, so that a new one has its own as well. */
export function accentOf({ business, kind }: Pick<Owner, 'business' | 'kind'>): string {
  const accents = ACCENTS[kind];
  const sum = [...business].reduce((total, letter) => (total * 31 + letter.charCodeAt(0)) % 997, 0);
  return accents[sum % accents.length] ?? accents[0];
}
