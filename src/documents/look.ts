/** A5 in points, and what every document of Pesan shares. */
export const PAGE = { width: 419.53, height: 595.28 };
export const MARGIN = 34;
export const WIDTH = PAGE.width - 2 * MARGIN;

export const INK = {
  strong: '#14503b',
  soft: '#5b6a62',
  line: '#c9d3cd',
  onBand: '#ffffff',
  onBandSoft: '#cfe3d8',
};

/** Heights of the ridges of a mountain range, from the left edge to the right, between 0 and 1. */
const RIDGES = [
  { color: '#1d6048', heights: [0.34, 0.52, 0.44, 0.66, 0.58, 1, 0.72, 0.8, 0.5, 0.6, 0.42] },
  { color: '#2f7a5d', heights: [0.16, 0.26, 0.2, 0.36, 0.3, 0.44, 0.5, 0.34, 0.42, 0.24, 0.3] },
];

/** The coloured head of a document, with a mountain range at its foot. */
export function drawBand(doc: PDFKit.PDFDocument, height: number): void {
  doc.rect(0, 0, PAGE.width, height).fill('#14503b');
  for (const { color, heights } of RIDGES) {
    doc.moveTo(0, height);
    heights.forEach((part, at) => {
      doc.lineTo((PAGE.width * at) / (heights.length - 1), height - part * height * 0.42);
    });
    doc.lineTo(PAGE.width, height).fill(color);
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
