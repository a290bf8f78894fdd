import type { BookingFacts, Texts } from '../domain/facts.ts';
import { contactOf, whenOf } from './booking.ts';
import { drawBand, INK, MARGIN, PAGE, WIDTH } from './look.ts';
import { createPaper, type Paper, type Style } from './paper.ts';
import { MARK } from './writing.ts';

const LAST_LINE_Y = PAGE.height - 130;

/**
 * The receipt of a booking: what was sold, what came, what went back. The same facts give the same
 * bytes. It says LUNAS (paid) only while all that was asked has come and none of it went back.
 */
export function receiptPdf(facts: BookingFacts, t: Texts): Promise<Buffer> {
  const { language } = facts;
  const paper = createPaper(facts, language, t(language, 'receipt-title', { code: facts.code }));
  paper.doc.addPage();
  drawHead(paper, facts, t);
  const y = drawDetails(paper, facts, t);
  drawLines(paper, facts, t, y + 14);
  drawFoot(paper, facts, t);
  return paper.bytes();
}

function drawHead(paper: Paper, facts: BookingFacts, t: Texts): void {
  drawBand(paper.doc, 92, facts.business);
  const { language } = facts;
  const heading = t(language, 'receipt-heading');
  paper.write(heading, MARGIN, 18, WIDTH, { size: 10, color: INK.onBandSoft });
  const name = { size: 20, minSize: 12, weight: 'bold', color: INK.onBand } as const;
  paper.write(facts.business.name, MARGIN, 33, WIDTH, name);
  if (!isSettled(facts)) return;
  const stamp = { size: 12, weight: 'bold', color: INK.onBand, align: 'center' } as const;
  paper.doc.roundedRect(PAGE.width - MARGIN - 72, 14, 72, 22, 4);
  paper.doc.lineWidth(1.2).stroke(INK.onBand);
  paper.write(t(language, 'receipt-stamp'), PAGE.width - MARGIN - 72, 17, 72, stamp);
}

function isSettled(facts: BookingFacts): boolean {
  return facts.paidIdr >= facts.amountIdr && !facts.refund && facts.paidIdr > 0;
}

/** Answers where the details end. */
function drawDetails(paper: Paper, facts: BookingFacts, t: Texts): number {
  const { language } = facts;
  const rows: [string, string][] = [
    ['receipt-code', facts.code],
    ['receipt-customer', facts.customer.name],
    ['receipt-visit', whenOf(facts, t)],
  ];
  if (facts.paidAt) {
    const at = { at: facts.paidAt, zone: facts.business.timeZone };
    rows.push(['receipt-paid-at', t(language, 'say-moment', at)]);
  }
  if (facts.payment.method) {
    rows.push(['receipt-method', t(language, 'say-method', { method: facts.payment.method })]);
  }
  let y = 112;
  for (const [key, value] of rows) {
    // A name of nothing but pictures leaves no text to print.
    if (!paper.printable(value).text) continue;
    paper.write(t(language, key), MARGIN, y + 1, 92, { size: 9, color: INK.soft });
    y = paper.write(value, MARGIN + 92, y, WIDTH - 92, { size: 10.5, minSize: 8, maxLines: 2 }) + 4;
  }
  return y;
}

interface Line {
  what: string;
  amountIdr: number;
  strong?: boolean;
  ruled?: boolean;
}

function drawLines(paper: Paper, facts: BookingFacts, t: Texts, top: number): void {
  const { language } = facts;
  const head = { size: 9, color: INK.soft } as const;
  paper.write(t(language, 'receipt-item'), MARGIN, top, WIDTH, head);
  paper.write(t(language, 'receipt-sum'), MARGIN, top, WIDTH, { ...head, align: 'right' });
  let y = top + 16;
  for (const line of [...soldLines(facts, t), ...moneyLines(facts, t)]) {
    if (y > LAST_LINE_Y) {
      paper.doc.addPage();
      y = MARGIN;
    }
    y = drawLine(paper, line, t(language, 'say-idr', { amountIdr: line.amountIdr }), y);
  }
}

function drawLine(paper: Paper, line: Line, amount: string, y: number): number {
  const weight = line.strong ? 'bold' : 'regular';
  const style: Style = { size: 11, minSize: 8, maxLines: 2, weight };
  if (line.ruled) {
    paper.doc.moveTo(MARGIN, y).lineTo(PAGE.width - MARGIN, y);
    paper.doc.lineWidth(0.75).stroke(INK.line);
  }
  const end = paper.write(line.what, MARGIN, y + 6, WIDTH - 110, style);
  paper.write(amount, PAGE.width - MARGIN - 100, y + 6, 100, { ...style, align: 'right' });
  return end + 3;
}

/** What was sold: the offering at what the options leave of the price, then each option. */
function soldLines(facts: BookingFacts, t: Texts): Line[] {
  const optionsIdr = facts.options.reduce((sum, option) => sum + option.priceIdr, 0);
  const what = t(facts.language, 'receipt-line', {
    kind: facts.kind,
    offering: facts.offering.name,
    quantity: facts.quantity,
  });
  return [
    { what, amountIdr: facts.amountIdr - optionsIdr, ruled: true },
    ...facts.options.map((option) => ({ what: option.name, amountIdr: option.priceIdr })),
  ];
}

function moneyLines(facts: BookingFacts, t: Texts): Line[] {
  const { amountIdr, paidIdr, refund, language } = facts;
  const lines: Line[] = [
    { what: t(language, 'receipt-total'), amountIdr, strong: true, ruled: true },
    { what: t(language, 'receipt-paid'), amountIdr: paidIdr },
  ];
  if (paidIdr < amountIdr) {
    lines.push({ what: t(language, 'receipt-missing'), amountIdr: amountIdr - paidIdr });
  }
  if (paidIdr > amountIdr) {
    lines.push({ what: t(language, 'receipt-excess'), amountIdr: paidIdr - amountIdr });
  }
  if (refund) {
    const what = t(language, 'receipt-refund', { refund: refund.state });
    const left = paidIdr - refund.amountIdr;
    lines.push({ what, amountIdr: -refund.amountIdr });
    lines.push({ what: t(language, 'receipt-kept'), amountIdr: left, strong: true, ruled: true });
  }
  return lines;
}

function drawFoot(paper: Paper, facts: BookingFacts, t: Texts): void {
  const { language } = facts;
  const small = { size: 8, minSize: 6, color: INK.soft } as const;
  if (paper.printable(facts.customer.name).replaced) {
    const note = t(language, 'receipt-unprintable', { mark: MARK });
    paper.write(note, MARGIN, PAGE.height - 60, WIDTH, small);
  }
  paper.write(t(language, 'receipt-note'), MARGIN, PAGE.height - 44, WIDTH, small);
  const contact = { business: facts.business.name, contact: contactOf(facts) };
  paper.write(t(language, 'ticket-contact', contact), MARGIN, PAGE.height - 28, WIDTH, small);
}
