import { inVisualOrder } from './bidi.ts';

export type Weight = 'regular' | 'bold';

/** Letters of one font and direction; the width is that of size 1. */
export interface Run {
  text: string;
  weight: Weight;
  width: number;
}

/** What the two fonts of a document can write. */
export interface Letters {
  covered(codePoint: number): boolean;
  /** A line as runs in the order in which they stand on paper. */
  runsOf(line: string, weight: Weight): Run[];
}

/** The letters of a document whose fonts are registered as `regular` and `bold`. */
export function lettersOf(doc: PDFKit.PDFDocument): Letters {
  const fonts = { regular: fontkitOf(doc, 'regular'), bold: fontkitOf(doc, 'bold') };
  const has: Has = (weight, codePoint) => fonts[weight].hasGlyphForCodePoint(codePoint);
  // Lines are measured several times until they fit, and pages of one document repeat each other.
  const known = new Map<string, Run[]>();
  return {
    covered: (codePoint) => has('regular', codePoint) || has('bold', codePoint),
    runsOf: (line, weight) => {
      const key = `${weight} ${line}`;
      const runs = known.get(key) ?? measured(doc, has, line, weight);
      known.set(key, runs);
      return runs;
    },
  };
}

type Has = (weight: Weight, codePoint: number) => boolean;

interface Fontkit {
  hasGlyphForCodePoint(codePoint: number): boolean;
}

/** pdfkit keeps the fontkit font that it writes with in `_font`; its types leave it out. */
function fontkitOf(doc: PDFKit.PDFDocument, weight: Weight): Fontkit {
  doc.font(weight);
  return (doc as unknown as { _font: { font: Fontkit } })._font.font;
}

const MEASURED_AT = 100;

function measured(doc: PDFKit.PDFDocument, has: Has, line: string, weight: Weight): Run[] {
  doc.fontSize(MEASURED_AT);
  return inVisualOrder(line).flatMap((piece) => {
    const runs = byFont(piece.text, weight, has).map((run) => {
      const width = doc.font(run.weight).widthOfString(run.text, { features: [] });
      return { ...run, width: width / MEASURED_AT };
    });
    return piece.rightToLeft ? runs.reverse() : runs;
  });
}

function byFont(text: string, weight: Weight, has: Has): Omit<Run, 'width'>[] {
  const other: Weight = weight === 'bold' ? 'regular' : 'bold';
  const runs: Omit<Run, 'width'>[] = [];
  for (const letter of text) {
    const font = has(weight, letter.codePointAt(0)!) ? weight : other;
    const last = runs.at(-1);
    if (last?.weight === font) last.text += letter;
    else runs.push({ text: letter, weight: font });
  }
  return runs;
}
