import type { Request, Response } from 'express';
import { calendarFile } from '../../documents/calendar.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { ticketPdf } from '../../documents/ticket.ts';
import { DomainError } from '../../domain/errors.ts';
import type { BookingFacts } from '../../domain/facts.ts';
import type { PayPages } from '../deps.ts';
import { type Call, operation } from '../operation.ts';
import { TicketsQuery } from '../schemas.ts';
import { openBooking } from './link.ts';

const PDF = 'application/pdf';
const CALENDAR = 'text/calendar';

export const tickets = operation({
  name: 'downloadTickets',
  does: 'The tickets of a paid booking, a page and a QR code for each member',
  query: TicketsQuery,
  answers: [{ status: 200, says: 'A PDF', type: PDF }],
  refuses: ['NOT_FOUND', 'NOT_PAID', 'SLOW_DOWN', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, query, response } = call;
    const facts = await openPaid(call);
    if (!facts) return;
    if (facts.issuing) {
      if (isBrowser(call.request)) return sayWhy(call, facts);
      throw new DomainError('UNAVAILABLE', 'The tickets are being issued.', [], 2);
    }
    const only = query.ticket?.toUpperCase();
    const chosen = facts.tickets.filter(({ id }) => only === undefined || id === only);
    if (chosen.length === 0) {
      throw new DomainError('NOT_FOUND', 'This booking has no such ticket.');
    }
    const pdf = await ticketPdf({ ...facts, tickets: chosen }, deps.texts);
    send(response, PDF, `tickets-${facts.code}.pdf`, pdf);
  },
});

export const receipt = operation({
  name: 'downloadReceipt',
  does: 'The receipt of a paid booking',
  answers: [{ status: 200, says: 'A PDF', type: PDF }],
  refuses: ['NOT_FOUND', 'NOT_PAID', 'SLOW_DOWN'],
  async handle(call) {
    const facts = await openPaid(call);
    if (!facts) return;
    const pdf = await receiptPdf(facts, call.deps.texts);
    send(call.response, PDF, `receipt-${facts.code}.pdf`, pdf);
  },
});

export const calendar = operation({
  name: 'downloadCalendar',
  does: 'The visit of a paid booking, for calendars',
  answers: [{ status: 200, says: 'An iCalendar file', type: CALENDAR }],
  refuses: ['NOT_FOUND', 'NOT_PAID', 'SLOW_DOWN'],
  async handle(call) {
    const facts = await openPaid(call);
    if (!facts) return;
    const file = calendarFile(facts, call.deps.texts);
    send(call.response, `${CALENDAR}; charset=utf-8`, `${facts.code}.ics`, file);
  },
});

type Asked = Pick<Call, 'deps' | 'limits' | 'request' | 'response'>;

/**
 * Documents exist once the money is there, and as long as the booking stands. Their links are in mails:
 * where there are none a browser has been shown a page that says so, and gets nothing here.
 */
async function openPaid(call: Asked): Promise<BookingFacts | undefined> {
  const facts = await openBooking(call);
  if (facts.state === 'paid' || facts.state === 'completed') return facts;
  if (!isBrowser(call.request)) {
    throw new DomainError('NOT_PAID', 'Documents are there once the booking is paid.');
  }
  sayWhy(call, facts);
  return undefined;
}

/** A person who pressed a link; programs ask for anything, or for JSON. */
function isBrowser(request: Request): boolean {
  return request.accepts(['json', 'html']) === 'html';
}

function sayWhy({ request, response }: Asked, facts: BookingFacts): void {
  (request.app.locals.payPages as PayPages).papers(request, response, facts);
}

function send(response: Response, type: string, filename: string, content: Buffer): void {
  response.setHeader('Content-Type', type);
  response.setHeader('Content-Disposition', `attachment; filename="${filename}"`);
  response.setHeader('Cache-Control', 'private, no-store');
  response.send(content);
}
