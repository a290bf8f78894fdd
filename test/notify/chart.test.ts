import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { barsPng, type Chart } from '../../src/notify/chart.ts';
import { dotsOf, LETTER } from '../../src/notify/lettering.ts';

const CHART: Chart = {
  title: 'Pendapatan per hari',
  most: 'Rp15.000',
  bars: Array.from({ length: 30 }, (_, day) => ({
    label: `${String(day + 1).padStart(2, '0')}/11`,
    figure: day === 12 ? 15_000 : day % 3 === 0 ? 3_000 : 0,
  })),
};

/** Whether a text is written somewhere in a picture, in dots of a size: each dot of it, none beside. */
function isWritten(picture: PNG, text: string, size: number): boolean {
  const dots = new Set(dotsOf(text).map(({ x, y }) => `${x} ${y}`));
  const wide = text.length * LETTER.wide - 1;
  const isInk = (x: number, y: number) => picture.data[(y * picture.width + x) * 4] === 58;
  const isAt = (left: number, top: number) => {
    for (let y = 0; y < LETTER.tall; y += 1) {
      for (let x = 0; x < wide; x += 1) {
        if (isInk(left + x * size, top + y * size) !== dots.has(`${x} ${y}`)) return false;
      }
    }
    return true;
  };
  for (let top = 0; top + LETTER.tall * size < picture.height; top += 1) {
    for (let left = 0; left + wide * size < picture.width; left += 1) {
      if (isAt(left, top)) return true;
    }
  }
  return false;
}

test('the picture has a title, the highest value and the days, the newest among them', () => {
  const picture = PNG.sync.read(barsPng(CHART));
  expect(isWritten(picture, 'PENDAPATAN PER HARI', 3)).toBe(true);
  expect(isWritten(picture, 'Rp15.000', 2)).toBe(true);
  expect(isWritten(picture, '30/11', 2)).toBe(true);
  expect(isWritten(picture, '27/11', 2)).toBe(true);
  expect(isWritten(picture, 'Rp15.001', 2)).toBe(false);
});

test('the same figures give the same bytes, and none at all give a picture too', () => {
  expect(barsPng(CHART)).toEqual(barsPng(CHART));
  const bars = CHART.bars.map(({ label }) => ({ label, figure: 0 }));
  expect(isWritten(PNG.sync.read(barsPng({ ...CHART, most: 'Rp0', bars })), 'Rp0', 2)).toBe(true);
});

test('every letter is its own', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789p.,/-:()'];
  const drawn = letters.map((letter) => JSON.stringify(dotsOf(letter)));
  expect(new Set(drawn).size).toBe(letters.length);
});
