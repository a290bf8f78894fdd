import { calendarFile } from '../documents/calendar.ts';
import { receiptPdf } from '../documents/receipt.ts';
import { ticketPdf } from '../documents/ticket.ts';
import type { BookingFacts, BookingNoticeKind, NoticeChannel, Texts } from '../domain/facts.ts';

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** Whether the customer's mail of a notice brings documents: those that make a visit certain. */
export function hasAttachments(kind: BookingNoticeKind, facts: BookingFacts): boolean {
  return ['paid', 'late_paid', 'moved'].includes(kind) && facts.state === 'paid';
}

/**
 * The documents of a notice: the tickets where there are any, the receipt and the calendar file. An
 * operator gets none. The same facts give the same bytes.
 */
export async function attachmentsOf(
  kind: BookingNoticeKind,
  channel: NoticeChannel,
  facts: BookingFacts,
  t: Texts,
): Promise<Attachment[]> {
  if (channel !== 'email' || !hasAttachments(kind, facts)) return [];
  const name = (key: string) => t(facts.language, key, { code: facts.code });
  const pdf = (key: string, content: Buffer): Attachment => {
    return { filename: name(key), contentType: 'application/pdf', content };
  };
  const hasTickets = facts.tickets.some((ticket) => ticket.state !== 'void');
  return [
    ...(hasTickets ? [pdf('ticket-file', await ticketPdf(facts, t))] : []),
    pdf('receipt-file', await receiptPdf(facts, t)),
    {
      filename: name('calendar-file'),
      contentType: 'text/calendar; charset=utf-8',
      content: calendarFile(facts, t),
    },
  ];
}
