import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inVisualOrder } from '../../src/documents/bidi.ts';
import { fitted } from '../../src/documents/lines.ts';
import { printable } from '../../src/documents/writing.ts';

/** Pieces from the left; `<` runs to the left. */
const seen = (line: string) =>
  inVisualOrder(line).map((piece) => (piece.rightToLeft ? '<' : '>') + piece.text);

describe('a line of two directions', () => {
  test.each([
    ['Siti Nurhaliza 123', ['>Siti Nurhaliza 123']],
    ['محمد علي', ['<محمد علي']],
    ['שרה, 12 כהן', ['< כהן', '>12', '<שרה, ']],
    ['Abu محمد 12', ['>Abu ', '>12', '<محمد ']],
    ['Ali אב 5 גד end', ['>Ali ', '< גד', '>5', '<אב ', '> end']],
    ['محمد علي (Abu) 123', ['>123', '> (', '>Abu', '<محمد علي )']],
    ['Abu (محمد) end', ['>Abu (', '<محمد', '>) end']],
    ['', []],
  ])('%s stands as Unicode wants it', (line, pieces) => {
    expect(seen(line)).toEqual(pieces);
  });

  test('keeps every letter', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab1אב(), םع٣ ') }), (line) => {
        const mirrored = (text: string) => Array.from(text.replace(/\(/g, ')')).sort().join('');
        const printed = inVisualOrder(line)
          .map((piece) => piece.text)
          .join('');
        expect(mirrored(printed)).toBe(mirrored(line));
      }),
    );
  });
});

describe('a printable text', () => {
  const latin = (codePoint: number) => codePoint < 0x250 || codePoint === 0x25a1;

  test('says when letters were replaced, one mark a letter', () => {
    expect(printable('王 Wang', latin)).toEqual({ text: '□ Wang', replaced: true });
    expect(printable('नमस्ते', latin).text).toMatch(/^□+$/);
    expect(printable('Wang', latin)).toEqual({ text: 'Wang', replaced: false });
  });

  test('loses pictures without a word and no letter beside them', () => {
    expect(printable('a👨‍👩‍👧b 🇮🇩 c1️⃣', latin)).toEqual({ text: 'ab c1', replaced: false });
  });

  test('has no control characters, line breaks or towers of marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const { text: printed } = printable(text, () => true);
        expect(printed).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|\p{M}{4}/u);
        expect(printed).toBe(printed.trim());
      }),
    );
    expect(printable(`Z${'\u0337'.repeat(40)}`, () => true).text).toBe(`Z${'\u0337'.repeat(3)}`);
  });
});

describe('a text in a width', () => {
  const measure = (line: string, size: number) => line.length * size;

  test('is set smaller before it is cut', () => {
    expect(fitted('abcd', 40, { size: 12, minSize: 8 }, measure)).toEqual({
      size: 10,
      lines: ['abcd'],
    });
    expect(fitted('abcdefgh', 40, { size: 12, minSize: 8 }, measure)).toEqual({
      size: 8,
      lines: ['abcd…'],
    });
  });

  test('never is wider than its width or longer than its lines', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'bc', ' '), maxLength: 60 });
    fc.assert(
      fc.property(
        texts,
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 1, max: 3 }),
        (text, width, maxLines) => {
          const { size, lines } = fitted(text, width, { size: 12, minSize: 8, maxLines }, measure);
          expect(lines.length).toBeLessThanOrEqual(maxLines);
          for (const line of lines) expect(measure(line, size)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});
