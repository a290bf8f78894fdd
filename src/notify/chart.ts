import { PNG } from 'pngjs';

const WIDTH = 900;
const HEIGHT = 420;
const MARGIN = 24;
const GROUND: Rgb = [255, 255, 255];
const BAR: Rgb = [110, 43, 98];
const EMPTY: Rgb = [226, 217, 224];
const LINE: Rgb = [201, 190, 198];

type Rgb = readonly [number, number, number];

/**
 * A picture of figures as bars, one a day, the oldest left; its four lines are quarters of the largest.
 * Numbers stand in the words beside it. The same figures give the same bytes.
 */
export function barsPng(figures: readonly number[]): Buffer {
  const png = new PNG({ width: WIDTH, height: HEIGHT });
  fill(png, 0, 0, WIDTH, HEIGHT, GROUND);
  const most = Math.max(1, ...figures);
  const tall = HEIGHT - 2 * MARGIN;
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    fill(png, MARGIN, HEIGHT - MARGIN - Math.round(tall * part), WIDTH - 2 * MARGIN, 1, LINE);
  }
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, figures.length);
  for (const [at, figure] of figures.entries()) {
    const height = figure > 0 ? Math.max(3, Math.round((tall * figure) / most)) : 3;
    const x = Math.round(MARGIN + at * step + step * 0.15);
    const colour = figure > 0 ? BAR : EMPTY;
    fill(png, x, HEIGHT - MARGIN - height, Math.max(2, Math.round(step * 0.7)), height, colour);
  }
  return PNG.sync.write(png);
}

function fill(png: PNG, x: number, y: number, width: number, height: number, colour: Rgb): void {
  for (let row = Math.max(0, y); row < Math.min(HEIGHT, y + height); row += 1) {
    for (let column = Math.max(0, x); column < Math.min(WIDTH, x + width); column += 1) {
      png.data.set([...colour, 255], (row * WIDTH + column) * 4);
    }
  }
}
