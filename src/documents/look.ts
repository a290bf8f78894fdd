import { type Accent, accentOf } from '../domain/accent.ts';
import type { Kind } from '../domain/booking.ts';
import type { BusinessFacts } from '../domain/facts.ts';

/** A5 in points, and what every document of Pesan shares. */
export const PAGE = { width: 419.53, height: 595.28 };
export const MARGIN = 34;
export const WIDTH = PAGE.width - 2 * MARGIN;

export const INK = {
  soft: '#5b6a62',
  line: '#c9d3cd',
  onBand: '#ffffff',
  onBandSoft: '#e4e9e6',
};

export interface Colours {
  deep: string;
  main: string;
  far: string;
  near: string;
}

/** As the pages have them (src/pages/style/colours.css). */
const COLOURS: Record<Accent, Colours> = {
  forest: { deep: '#14402f', main: '#1b6347', far: '#1c523d', near: '#276a51' },
  lake: { deep: '#0f3f4a', main: '#11606f', far: '#15515e', near: '#1c6877' },
  earth: { deep: '#4a2f16', main: '#7a4b1e', far: '#5c3c1e', near: '#724d29' },
  navy: { deep: '#142f5c', main: '#1d4c91', far: '#1b3c70', near: '#264c87' },
  slate: { deep: '#26323f', main: '#3b536c', far: '#314151', near: '#3f5265' },
  harbour: { deep: '#0f3550', main: '#0f5a8a', far: '#154565', near: '#1d587e' },
  plum: { deep: '#43204d', main: '#6f3080', far: '#542b60', near: '#673a74' },
  berry: { deep: '#571c3a', main: '#8c2a58', far: '#6a2747', near: '#803558' },
  indigo: { deep: '#2a2663', main: '#453fa0', far: '#363178', near: '#443f8c' },
};

/** The colours of a business, on paper as on its pages. */
export function coloursOf(business: BusinessFacts): Colours {
  return COLOURS[accentOf(business)];
}

/** Heights of two lines from the left edge to the right, between 0 and 1: mountains, steps, waves. */
const LINES: Record<Kind, { far: number[]; near: number[] }> = {
  permit: {
    far: [0.34, 0.52, 0.44, 0.66, 0.58, 1, 0.72, 0.8, 0.5, 0.6, 0.42],
    near: [0.16, 0.26, 0.2, 0.36, 0.3, 0.44, 0.5, 0.34, 0.42, 0.24, 0.3],
  },
  appointment: {
    far: [0.3, 0.3, 0.3, 0.7, 0.7, 0.7, 0.7, 0.3, 0.3, 0.3],
    near: [0.12, 0.12, 0.12, 0.12, 0.36, 0.36, 0.36, 0.36, 0.12, 0.12],
  },
  plan: {
    far: [0.26, 0.5, 0.64, 0.6, 0.48, 0.4, 0.44, 0.5, 0.48, 0.38],
    near: [0.1, 0.24, 0.32, 0.3, 0.22, 0.2, 0.26, 0.28, 0.22, 0.14],
  },
};

/** The coloured head of a document, with a picture of what the business sells at its foot. */
export function drawBand(doc: PDFKit.PDFDocument, height: number, business: BusinessFacts): void {
  const colours = coloursOf(business);
  doc.rect(0, 0, PAGE.width, height).fill(colours.deep);
  for (const line of ['far', 'near'] as const) {
    const heights = LINES[business.kind][line];
    doc.moveTo(0, height);
    heights.forEach((part, at) => {
      doc.lineTo((PAGE.width * at) / (heights.length - 1), height - part * height * 0.42);
    });
    doc.lineTo(PAGE.width, height).fill(colours[line]);
  }
}

/** The line along which a ticket looks as if it could be torn. */
export function drawTear(doc: PDFKit.PDFDocument, y: number): void {
  doc.lineWidth(1).strokeColor(INK.line).dash(3, { space: 4 });
  doc
    .moveTo(MARGIN, y)
    .lineTo(PAGE.width - MARGIN, y)
    .stroke()
    .undash();
}
