import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';
import type { BookingFacts, Language } from '../domain/facts.ts';
import { type Letters, lettersOf, type Run, type Weight } from './letters.ts';
import { type Fit, fitted } from './lines.ts';
import { type Printable, printable } from './writing.ts';

export interface Style extends Fit {
  weight?: Weight;
  color?: string;
  align?: 'left' | 'center' | 'right';
  leading?: number;
}

/** A document that is being written: pdfkit's, with letters of many scripts. */
export interface Paper {
  doc: PDFKit.PDFDocument;
  /** Writes a text from a top left corner into a width; answers where it ends. */
  write(text: string, x: number, y: number, width: number, style: Style): number;
  /** Whether letters of a text would have to be replaced, and what would be left of it. */
  printable(text: string): Printable;
  /** Ends the document and answers its bytes. */
  bytes(): Promise<Buffer>;
}

/**
 * DejaVu has the letters of Europe, Arabic, Hebrew and many more, and may be embedded (Bitstream
 * Vera licence). It has no Chinese, Japanese or Korean; `printable` says what happens with those.
 */
const FONTS: Record<Weight, Buffer> = {
  regular: readFont('DejaVuSansCondensed.ttf'),
  bold: readFont('DejaVuSansCondensed-Bold.ttf'),
};

function readFont(file: string): Buffer {
  return readFileSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${file}`));
}

/**
 * Begins a document without pages. The same facts give the same bytes: the date of the document is
 * when the booking was paid, not when it was printed.
 */
export function createPaper(facts: BookingFacts, language: Language, title: string): Paper {
  const doc = new PDFDocument({
    size: 'A5',
    margin: 0,
    autoFirstPage: false,
    lang: language,
    displayTitle: true,
    info: {
      Title: printableEverywhere(title),
      Author: printableEverywhere(facts.business.name),
      CreationDate: facts.paidAt ?? facts.visitAt,
    },
  });
  const bytes = collect(doc);
  doc.registerFont('regular', FONTS.regular).registerFont('bold', FONTS.bold);
  const letters = lettersOf(doc);
  const clean = (text: string) => printable(text, letters.covered);
  return {
    doc,
    printable: clean,
    write: (text, x, y, width, style) => write(doc, letters, clean(text).text, x, y, width, style),
    bytes: () => {
      doc.end();
      return bytes;
    },
  };
}

function collect(doc: PDFKit.PDFDocument): Promise<Buffer> {
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
}

/** Titles are shown by programs with their own fonts: only what could mislead is taken out. */
function printableEverywhere(text: string): string {
  return printable(text, () => true).text;
}

function write(
  doc: PDFKit.PDFDocument,
  letters: Letters,
  text: string,
  x: number,
  y: number,
  width: number,
  style: Style,
): number {
  const weight = style.weight ?? 'regular';
  const unitWidth = (line: string) => widthOf(letters.runsOf(line, weight));
  const { size, lines } = fitted(text, width, style, (line, at) => unitWidth(line) * at);
  const lineHeight = size * (style.leading ?? 1.3);
  const slack = { left: 0, center: 0.5, right: 1 }[style.align ?? 'left'];
  lines.forEach((line, at) => {
    let left = x + (width - unitWidth(line) * size) * slack;
    for (const run of letters.runsOf(line, weight)) {
      const baseline = y + at * lineHeight + size * 0.95;
      doc
        .font(run.weight)
        .fontSize(size)
        .fillColor(style.color ?? '#17211c');
      doc.text(run.text, left, baseline, WHOLE_RUN);
      left += run.width * size;
    }
  });
  return y + lines.length * lineHeight;
}

/** Features, even none, make pdfkit shape a run as a whole; otherwise it goes word by word. */
const WHOLE_RUN: PDFKit.Mixins.TextOptions = {
  lineBreak: false,
  features: [],
  baseline: 'alphabetic',
};

function widthOf(runs: Run[]): number {
  return runs.reduce((sum, run) => sum + run.width, 0);
}
