import { readFileSync } from 'node:fs';
import {
  FluentBundle,
  FluentDateTime,
  type FluentFunction,
  FluentNumber,
  FluentResource,
} from '@fluent/bundle';
import type { Language, Texts } from '../domain/facts.ts';
import { clock, day, moment, rupiah } from './wording.ts';

/**
 * Reads the sentences of `locales/` and answers `t(language, key, args)`.
 *
 * `t` throws an `Error` naming the key when it does not exist or an argument is missing: that is a
 * mistake in Pesan, and half a sentence about somebody's money is worse than none. Arguments go in
 * as they are; whoever writes HTML escapes the result.
 */
export function createTexts(): Texts {
  const bundles: Record<Language, FluentBundle> = { id: load('id'), en: load('en') };
  return (language, key, args = {}) => {
    const bundle = bundles[language];
    const pattern = bundle.getMessage(key)?.value;
    if (!pattern) throw new Error(`locales/${language}.ftl has no text "${key}".`);
    const faults: Error[] = [];
    const text = bundle.formatPattern(pattern, args, faults);
    const fault = faults[0];
    if (fault) throw new Error(`The text "${key}" (${language}) failed: ${fault.message}`);
    return text;
  };
}

/** The source of a language's sentences. */
export function readLocale(language: Language): string {
  return readFileSync(new URL(`../../locales/${language}.ftl`, import.meta.url), 'utf8');
}

function load(language: Language): FluentBundle {
  // Without isolation marks: they would be printed in PDFs and copied out of mails.
  const bundle = new FluentBundle(language, {
    useIsolating: false,
    functions: functionsOf(language),
  });
  const faults = bundle.addResource(new FluentResource(readLocale(language)));
  const fault = faults[0];
  if (fault) throw new Error(`locales/${language}.ftl is not usable: ${fault.message}`);
  return bundle;
}

function functionsOf(language: Language): Record<string, FluentFunction> {
  return {
    IDR: ([amount]) => rupiah(numberOf(amount)),
    DAY: ([date]) => day(language, String(date)),
    CLOCK: ([at, zone]) => clock(language, instantOf(at), String(zone)),
    MOMENT: ([at, zone]) => moment(language, instantOf(at), String(zone)),
  };
}

function numberOf(value: unknown): number {
  if (value instanceof FluentNumber) return value.value;
  throw new Error('IDR() wants a number of rupiah.');
}

function instantOf(value: unknown): Date {
  if (value instanceof FluentDateTime) return new Date(value.toNumber());
  throw new Error('CLOCK() and MOMENT() want an instant and a zone.');
}
