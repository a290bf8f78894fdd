import type { BookingLine } from '../db/order/bookings.ts';
import { isoIn } from '../domain/calendar.ts';
import type { BookingFacts } from '../domain/facts.ts';

/** A booking as its customer is told of it (contract: `GET /bookings/{token}`). */
export function bookingView(facts: BookingFacts, publicUrl: string) {
  const ticketsUrl = `${publicUrl}/api/v1/bookings/${tokenOf(facts)}/tickets.pdf`;
  return {
    ...factsView(facts),
    statusUrl: facts.statusUrl,
    paymentUrl: facts.paymentUrl,
    tickets: facts.tickets.map(({ id, state, holder, qr }) => ({
      id,
      state,
      holder,
      qr,
      pdfUrl: `${ticketsUrl}?ticket=${id}`,
    })),
  };
}

/** A booking as operators see it: nothing with which one could act as its customer. */
export function operatedView(facts: BookingFacts) {
  return {
    ...factsView(facts),
    tickets: facts.tickets.map(({ id, state, holder }) => ({ id, state, holder })),
  };
}

function factsView(facts: BookingFacts) {
  const { timeZone } = facts.business;
  return {
    code: facts.code,
    business: facts.business.business,
    kind: facts.kind,
    state: facts.state,
    ...(facts.repairState && { repairState: facts.repairState }),
    offering: facts.offering.id,
    ...dayOf(facts),
    quantity: facts.quantity,
    amountIdr: facts.amountIdr,
    paidIdr: facts.paidIdr,
    expiresAt: instant(timeZone, facts.expiresAt),
    paidAt: instant(timeZone, facts.paidAt),
    payment: facts.payment,
    ...(facts.refund && { refund: facts.refund }),
    ...(facts.move && {
      move: {
        ...dayOf(facts.move),
        differenceIdr: facts.move.differenceIdr,
        expiresAt: isoIn(timeZone, facts.move.expiresAt),
      },
    }),
    ...(facts.issuing && { issuing: true }),
  };
}

/** A booking in a list. */
export function lineView(line: BookingLine, timeZone: string) {
  const { repairState, date, time, expiresAt, paidAt, createdAt, ...rest } = line;
  return {
    ...rest,
    ...(repairState && { repairState }),
    ...dayOf({ date, time }),
    expiresAt: instant(timeZone, expiresAt),
    paidAt: instant(timeZone, paidAt),
    createdAt: isoIn(timeZone, createdAt),
  };
}

function dayOf({ date, time }: { date: string; time: string | null }) {
  return { date, ...(time && { time }) };
}

function instant(timeZone: string, at: Date | null): string | null {
  return at && isoIn(timeZone, at);
}

function tokenOf(facts: BookingFacts): string {
  return facts.statusUrl.split('/').at(-1)!;
}
