import { isoIn } from '../domain/calendar.ts';
import type { BookingFacts } from '../domain/facts.ts';

/** A booking as the API tells of it (contract: `GET /bookings/{token}`). */
export function bookingView(facts: BookingFacts, publicUrl: string) {
  const { timeZone } = facts.business;
  const iso = (at: Date | null) => (at ? isoIn(timeZone, at) : null);
  const ticketsUrl = `${publicUrl}/api/v1/bookings/${tokenOf(facts)}/tickets.pdf`;
  return {
    code: facts.code,
    business: facts.business.business,
    kind: facts.kind,
    state: facts.state,
    ...(facts.repairState && { repairState: facts.repairState }),
    offering: facts.offering.id,
    date: facts.date,
    ...(facts.time && { time: facts.time }),
    quantity: facts.quantity,
    amountIdr: facts.amountIdr,
    paidIdr: facts.paidIdr,
    expiresAt: iso(facts.expiresAt),
    paidAt: iso(facts.paidAt),
    statusUrl: facts.statusUrl,
    paymentUrl: facts.paymentUrl,
    payment: facts.payment,
    ...(facts.refund && { refund: facts.refund }),
    ...(facts.move && {
      move: {
        date: facts.move.date,
        ...(facts.move.time && { time: facts.move.time }),
        differenceIdr: facts.move.differenceIdr,
        expiresAt: iso(facts.move.expiresAt),
      },
    }),
    ...(facts.issuing && { issuing: true }),
    tickets: facts.tickets.map((ticket) => ({
      id: ticket.id,
      state: ticket.state,
      holder: ticket.holder,
      qr: ticket.qr,
      pdfUrl: `${ticketsUrl}?ticket=${ticket.id}`,
    })),
  };
}

function tokenOf(facts: BookingFacts): string {
  return facts.statusUrl.split('/').at(-1)!;
}
