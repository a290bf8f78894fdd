import { PNG } from 'pngjs';
import { dotsOf, LETTER } from './lettering.ts';

const WIDTH = 900;
const HEIGHT = 480;
const MARGIN = 24;
/** Where the largest bar ends and where all of them stand: above is the title, below are the days. */
const TOP = 96;
const BOTTOM = HEIGHT - 52;
const GROUND: Rgb = [255, 255, 255];
const BAR: Rgb = [110, 43, 98];
const EMPTY: Rgb = [226, 217, 224];
const LINE: Rgb = [201, 190, 198];
const INK: Rgb = [58, 40, 54];

type Rgb = readonly [number, number, number];

/** What the picture shows: a bar for each day, the oldest left, and the words at it. */
export interface Chart {
  title: string;
  /** What the largest figure is, such as `Rp15.000`. */
  most: string;
  bars: readonly { label: string; figure: number }[];
}

/**
 * A picture of figures as bars under a title; its lines are quarters of the largest, which is written
 * at the highest, and days stand below as often as they find room. The same chart gives the same bytes.
 */
export function barsPng({ title, most, bars }: Chart): Buffer {
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  fill(png, 0, 0, WIDTH, HEIGHT, GROUND);
  write(png, title.toUpperCase(), MARGIN, 18, 3);
  write(png, most, MARGIN, TOP - 20, 2);
  const tall = BOTTOM - TOP;
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    fill(png, MARGIN, BOTTOM - Math.round(tall * part), WIDTH - 2 * MARGIN, 1, LINE);
  }
  const largest = Math.max(1, ...bars.map(({ figure }) => figure));
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, bars.length);
  for (const [at, { figure }] of bars.entries()) {
    const height = figure > 0 ? Math.max(3, Math.round((tall * figure) / largest)) : 3;
    const x = Math.round(MARGIN + at * step + step * 0.15);
    const colour = figure > 0 ? BAR : EMPTY;
    fill(png, x, BOTTOM - height, Math.max(2, Math.round(step * 0.7)), height, colour);
  }
  writeDays(png, bars, step);
  return PNG.sync.write(png);
}

/** Writes the newest day, and of those before it every one that does not touch its neighbour. */
function writeDays(png: PNG, bars: Chart['bars'], step: number): void {
  const widest = Math.max(1, ...bars.map(({ label }) => label.length)) * LETTER.wide * 2;
  const every = Math.ceil((widest + 12) / step);
  for (const [at, { label }] of bars.entries()) {
    if ((bars.length - 1 - at) % every !== 0) continue;
    const middle = MARGIN + (at + 0.5) * step;
    const left = Math.round(middle - (label.length * LETTER.wide * 2) / 2);
    const x = Math.min(Math.max(MARGIN, left), WIDTH - MARGIN - widest);
    fill(png, Math.round(middle), BOTTOM + 1, 1, 6, LINE);
    write(png, label, x, BOTTOM + 14, 2);
  }
}

/** Writes a text whose dots are squares of so many pixels. */
function write(png: PNG, text: string, left: number, top: number, size: number): void {
  for (const { x, y } of dotsOf(text)) {
    fill(png, left + x * size, top + y * size, size, size, INK);
  }
}

function fill(png: PNG, x: number, y: number, width: number, height: number, colour: Rgb): void {
  for (let row = Math.max(0, y); row < Math.min(HEIGHT, y + height); row += 1) {
    for (let column = Math.max(0, x); column < Math.min(WIDTH, x + width); column += 1) {
      png.data.set([...colour, 255], (row * WIDTH + column) * 4);
    }
  }
}
