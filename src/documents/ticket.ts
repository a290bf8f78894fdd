import type { BookingFacts, Texts, TicketFacts } from '../domain/facts.ts';
import { contactOf, timeArgs } from './booking.ts';
import { coloursOf, drawBand, drawTear, INK, MARGIN, PAGE, WIDTH } from './look.ts';
import { createPaper, type Paper } from './paper.ts';
import { qrModules } from './qr.ts';
import { MARK } from './writing.ts';

/** 62 mm with the quiet zone: a square is more than a millimetre, which a phone reads from paper. */
const QR_SIDE = 176;
const QUIET_SQUARES = 4;

/**
 * The tickets of a booking as a PDF of A5 pages, one for each member, void ones left out.
 *
 * The same facts give the same bytes. Throws an `Error` when there is no ticket to print: whoever
 * asks for the tickets of a booking that has none is answered before this is called.
 */
export function ticketPdf(facts: BookingFacts, t: Texts): Promise<Buffer> {
  const tickets = facts.tickets.filter((ticket) => ticket.state !== 'void');
  if (tickets.length === 0) throw new Error('This booking has no valid ticket to print.');
  const { language } = facts;
  const title = t(language, 'ticket-title', { offering: facts.offering.name, code: facts.code });
  const paper = createPaper(facts, language, title);
  tickets.forEach((ticket, at) => {
    paper.doc.addPage();
    drawHead(paper, facts, t);
    drawVisit(paper, facts, t);
    const replaced = drawHolder(paper, facts, ticket, t);
    drawCode(paper, facts, ticket, t);
    drawFoot(paper, facts, { page: at + 1, pages: tickets.length, replaced }, t);
  });
  return paper.bytes();
}

function drawHead(paper: Paper, facts: BookingFacts, t: Texts): void {
  drawBand(paper.doc, 92, facts.business);
  const heading = t(facts.language, 'ticket-heading', { kind: facts.kind });
  paper.write(heading, MARGIN, 18, WIDTH, { size: 10, color: INK.onBandSoft });
  const name = { size: 20, minSize: 12, weight: 'bold', color: INK.onBand } as const;
  paper.write(facts.business.name, MARGIN, 33, WIDTH, name);
}

function drawVisit(paper: Paper, facts: BookingFacts, t: Texts): void {
  const { language } = facts;
  label(paper, t(language, 'say-offering', { kind: facts.kind }), MARGIN, 108, WIDTH);
  const name = { size: 15, minSize: 10, weight: 'bold' } as const;
  paper.write(facts.offering.name, MARGIN, 120, WIDTH, name);
  label(paper, t(language, 'ticket-valid-for'), MARGIN, 148, WIDTH);
  const day = {
    size: 23,
    minSize: 14,
    weight: 'bold',
    color: coloursOf(facts.business).main,
  } as const;
  paper.write(t(language, 'say-day', { date: facts.date }), MARGIN, 160, WIDTH, day);
  const from = t(language, 'ticket-from', timeArgs(facts));
  paper.write(from, MARGIN, 189, WIDTH, { size: 11, color: INK.soft });
  drawTear(paper.doc, 217);
}

/** Answers whether letters of the holder's name had to be replaced. */
function drawHolder(paper: Paper, facts: BookingFacts, ticket: TicketFacts, t: Texts): boolean {
  const { language } = facts;
  const { text, replaced } = paper.printable(ticket.holder);
  const name = text || t(language, 'ticket-nameless', { seat: ticket.seat });
  label(paper, t(language, 'ticket-holder'), MARGIN, 231, WIDTH);
  paper.write(name, MARGIN, 243, WIDTH, {
    size: 17,
    minSize: 11,
    maxLines: 2,
    weight: 'bold',
    leading: 1.2,
  });
  return replaced;
}

function drawCode(paper: Paper, facts: BookingFacts, ticket: TicketFacts, t: Texts): void {
  const top = 290;
  drawQr(paper.doc, ticket.qr, MARGIN, top);
  const { language } = facts;
  const scan = t(language, 'ticket-scan');
  paper.write(scan, MARGIN, top + QR_SIDE + 6, QR_SIDE, {
    size: 9,
    color: INK.soft,
    align: 'center',
    maxLines: 2,
  });
  const seat = { seat: ticket.seat, seats: Math.max(facts.quantity, ticket.seat) };
  const rows: [string, string][] = [
    [t(language, 'ticket-seat'), t(language, 'ticket-seat-of', seat)],
    [t(language, 'ticket-id'), ticket.id],
    [t(language, 'ticket-code'), facts.code],
  ];
  if (ticket.identity) rows.push([t(language, 'ticket-identity'), ticket.identity]);
  const left = MARGIN + QR_SIDE + 22;
  rows.forEach(([name, value], at) => {
    const y = top + 4 + at * 44;
    label(paper, name, left, y, PAGE.width - MARGIN - left);
    const style = { size: 14, minSize: 8, weight: 'bold' } as const;
    paper.write(value, left, y + 12, PAGE.width - MARGIN - left, style);
  });
}

/** Drawn as squares, so that it stays sharp at any size; a row's neighbours are one rectangle. */
function drawQr(doc: PDFKit.PDFDocument, qr: string, x: number, y: number): void {
  const { size, dark } = qrModules(qr);
  const square = QR_SIDE / (size + 2 * QUIET_SQUARES);
  doc.roundedRect(x, y, QR_SIDE, QR_SIDE, 8).lineWidth(0.75).fillAndStroke('#ffffff', INK.line);
  const edge = QUIET_SQUARES * square;
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; from++) {
      let to = from;
      while (to < size && dark(row, to)) to++;
      if (to === from) continue;
      doc.rect(x + edge + from * square, y + edge + row * square, (to - from) * square, square);
      from = to;
    }
  }
  doc.fill('#000000');
}

function drawFoot(
  paper: Paper,
  facts: BookingFacts,
  page: { page: number; pages: number; replaced: boolean },
  t: Texts,
): void {
  const { language } = facts;
  const small = { size: 8.5, color: INK.soft, maxLines: 4, leading: 1.35 };
  const rules = t(language, 'ticket-rules', { kind: facts.kind });
  const end = paper.write(rules, MARGIN, 496, WIDTH, small);
  if (page.replaced) {
    const note = t(language, 'ticket-unprintable', { mark: MARK });
    paper.write(note, MARGIN, end + 3, WIDTH, {
      ...small,
      maxLines: 2,
      color: coloursOf(facts.business).main,
    });
  }
  const bottom = PAGE.height - 28;
  const contact = t(language, 'ticket-contact', {
    business: facts.business.name,
    contact: contactOf(facts),
  });
  const line = { size: 8, minSize: 6, color: INK.soft } as const;
  paper.write(contact, MARGIN, bottom, WIDTH - 80, line);
  const pages = t(language, 'ticket-page', { page: page.page, pages: page.pages });
  paper.write(pages, PAGE.width - MARGIN - 80, bottom, 80, { ...line, align: 'right' });
}

function label(paper: Paper, text: string, x: number, y: number, width: number): void {
  paper.write(text, x, y, width, { size: 8.5, color: INK.soft });
}
