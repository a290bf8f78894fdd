import { describe, expect, test } from 'vitest';
import { type Language, NOTICE_KINDS } from '../../src/domain/facts.ts';
import { createTexts, readLocale } from '../../src/notify/language.ts';

const t = createTexts();

/** Each key of a locale with the arguments that its text names, itself or through another text. */
function keysOf(language: Language): Map<string, string[]> {
  const entries = readLocale(language)
    .split(/^(?=[a-z][\w-]* =)/m)
    .filter((entry) => /^[a-z]/.test(entry))
    .map((entry) => entry.replace(/^#.*$/gm, ''));
  return new Map(
    entries.map((entry) => {
      const named = [...entry.matchAll(/\$([A-Za-z]\w*)/g)].map(([, name]) => `$${name}`);
      const used = [...entry.matchAll(/\{ ([a-z][a-z-]*) \}/g)].map(([, key]) => key!);
      return [/^[\w-]+/.exec(entry)![0], [...new Set([...named, ...used])].sort()];
    }),
  );
}

describe('the two languages', () => {
  test('have the same texts with the same arguments', () => {
    const [id, en] = [keysOf('id'), keysOf('en')];
    expect(id.size).toBeGreaterThan(100);
    expect([...en.keys()]).toEqual([...id.keys()]);
    for (const [key, args] of id) expect({ [key]: en.get(key) }).toEqual({ [key]: args });
  });

  test('have no key twice and no line that is lost', () => {
    for (const language of ['id', 'en'] as const) {
      const source = readLocale(language);
      const keys = [...source.matchAll(/^([a-z][\w-]*) =/gm)].map(([, key]) => key!);
      expect(new Set(keys).size).toBe(keys.length);
      const strays = source
        .split('\n')
        .filter((line) => !/^(#.*|[a-z][\w-]* =.*| {4,}.*|)$/.test(line));
      expect(strays).toEqual([]);
    }
  });

  test('have a subject, a title, a text and a line for the operator of every notice', () => {
    for (const language of ['id', 'en'] as const) {
      const keys = keysOf(language);
      for (const kind of NOTICE_KINDS) {
        for (const part of ['subject', 'title', 'text', 'operator']) {
          expect(keys.has(`notice-${kind}-${part}`), `${language} notice-${kind}-${part}`).toBe(
            true,
          );
        }
      }
    }
  });
});

describe('a text', () => {
  const at = new Date('2025-11-21T23:00:00Z');

  test.each([
    ['id', 'Asia/Jakarta', 'Sabtu, 22 November 2025 pukul 06.00 WIB'],
    ['en', 'Asia/Jakarta', 'Saturday, 22 November 2025 at 06:00 WIB'],
    ['id', 'Asia/Makassar', 'Sabtu, 22 November 2025 pukul 07.00 WITA'],
    ['id', 'Asia/Jayapura', 'Sabtu, 22 November 2025 pukul 08.00 WIT'],
    ['en', 'UTC', 'Friday, 21 November 2025 at 23:00 UTC'],
    ['en', 'Asia/Kathmandu', 'Saturday, 22 November 2025 at 04:45 UTC+5:45'],
  ] as const)('in %s writes an instant of %s as people there do', (language, zone, written) => {
    expect(t(language, 'say-moment', { at, zone })).toBe(written);
  });

  test.each([
    [0, 'Rp0'],
    [500, 'Rp500'],
    [25_000, 'Rp25.000'],
    [1_250_000, 'Rp1.250.000'],
    [-90_000, '-Rp90.000'],
  ])('writes %d rupiah as %s, in both languages', (amountIdr, written) => {
    expect(t('id', 'say-idr', { amountIdr })).toBe(written);
    expect(t('en', 'say-idr', { amountIdr })).toBe(written);
  });

  test('that is missing, or is given too little, is an error that names it', () => {
    expect(() => t('id', 'no-such-text')).toThrow('locales/id.ftl has no text "no-such-text"');
    expect(() => t('en', 'say-idr')).toThrow('"say-idr" (en) failed: Unknown variable: $amountIdr');
    expect(() => t('id', 'say-idr', { amountIdr: 'ten' })).toThrow('wants a number of rupiah');
    expect(() => t('id', 'say-day', { date: '2025-02-30' })).toThrow('is not one');
  });
});
