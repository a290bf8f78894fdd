import { calendarFile } from '../documents/calendar.ts';
import { receiptPdf } from '../documents/receipt.ts';
import { ticketPdf } from '../documents/ticket.ts';
import type { BookingFacts, NoticeChannel, NoticeKind, Texts } from '../domain/facts.ts';

export interface Attachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** What goes with a notice: tickets, receipt and calendar once a booking stands on its date. */
export async function attachmentsOf(
  kind: NoticeKind,
  channel: NoticeChannel,
  facts: BookingFacts,
  texts: Texts,
): Promise<Attachment[]> {
  if (channel !== 'email' || (kind !== 'paid' && kind !== 'moved')) return [];
  const pdf = 'application/pdf';
  const attachments: Attachment[] = [];
  if (facts.tickets.length > 0) {
    const content = await ticketPdf(facts, texts);
    attachments.push({ filename: `tickets-${facts.code}.pdf`, contentType: pdf, content });
  }
  const receipt = await receiptPdf(facts, texts);
  attachments.push({ filename: `receipt-${facts.code}.pdf`, contentType: pdf, content: receipt });
  const calendar = Buffer.from(calendarFile(facts, texts));
  attachments.push({
    filename: `${facts.code}.ics`,
    contentType: 'text/calendar; charset=utf-8',
    content: calendar,
  });
  return attachments;
}
