import type { Language } from './facts.ts';

/** What a business calls something in English, where it has said so. */
export interface English {
  name?: string | undefined;
  about?: string | undefined;
}

/** A thing as a business names it in its own language. */
interface Named {
  name: string;
  about?: string;
  english?: English | null | undefined;
}

/**
 * A thing in the words of a language, with the language that its name is in: what has no English words
 * keeps the business's own, Indonesian ones.
 */
export function spokenIn<T extends Named>(language: Language, one: T): T & { lang: Language } {
  const { english } = one;
  if (language === 'id' || !english) return { ...one, lang: 'id' };
  const { name = one.name, about = one.about } = english;
  return { ...one, name, ...(about !== undefined && { about }), lang: 'en' };
}
