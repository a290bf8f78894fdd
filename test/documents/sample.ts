import { signTicket, ticketKeys } from '../../src/documents/qr.ts';
import type { BookingFacts, TicketFacts } from '../../src/domain/facts.ts';

export const KEYS = ticketKeys(Buffer.alloc(32, 7));

/** A paid booking of a party on Mount Slamet. */
export function sampleBooking(
  holders: readonly string[] = ['Siti Nurhaliza', 'Budi Santoso', 'Ni Luh Ayu'],
  changes: Partial<BookingFacts> = {},
): BookingFacts {
  return {
    business: {
      business: 'slamet',
      name: 'Basecamp Gunung Slamet',
      about: 'Izin pendakian Gunung Slamet, 3.428 mdpl.',
      kind: 'permit',
      timeZone: 'Asia/Jakarta',
      email: 'halo@slamet.example',
      phone: '+62 281 555 0101',
    },
    code: 'K7M2P9QX',
    kind: 'permit',
    state: 'paid',
    language: 'id',
    offering: { id: 'bambangan', name: 'Bambangan' },
    date: '2025-11-22',
    time: null,
    quantity: holders.length,
    options: [],
    amountIdr: 30_000 * holders.length,
    paidIdr: 30_000 * holders.length,
    payment: { state: 'paid', method: 'bank_transfer' },
    customer: { name: holders[0] ?? '', email: 'siti@example.com', phone: null },
    expiresAt: new Date('2025-11-20T03:30:00Z'),
    paidAt: new Date('2025-11-20T03:12:00Z'),
    visitAt: new Date('2025-11-21T23:00:00Z'),
    endsAt: new Date('2025-11-22T17:00:00Z'),
    issuing: false,
    unconfirmed: false,
    tickets: holders.map((holder, at) => sampleTicket(holder, at + 1)),
    statusUrl: 'https://pesan.example/b/3q2-ABCdef_statustoken',
    paymentUrl: 'https://pesan.example/pay/9x8-ABCdef_paytoken',
    ...changes,
  };
}

/** A repair appointment at Jiot, with a device and a part. */
export function sampleAppointment(changes: Partial<BookingFacts> = {}): BookingFacts {
  const booking = sampleBooking(['Rina Wijaya']);
  return {
    ...booking,
    business: {
      ...booking.business,
      business: 'jiot',
      name: 'Jiot Gadget Solution',
      kind: 'appointment',
    },
    kind: 'appointment',
    offering: { id: 'repair', name: 'Servis iPhone' },
    time: '10:00',
    options: [
      { name: 'iPhone 13', priceIdr: 0 },
      { name: 'Layar', priceIdr: 1_250_000 },
    ],
    amountIdr: 1_300_000,
    paidIdr: 1_300_000,
    visitAt: new Date('2025-11-22T03:00:00Z'),
    endsAt: new Date('2025-11-22T04:00:00Z'),
    tickets: [],
    ...changes,
  };
}

export function sampleTicket(holder: string, seat: number): TicketFacts {
  const id = `T9K2M4P7QX${seat}`;
  const token = { business: 'slamet', ticketId: id, code: 'K7M2P9QX', date: '2025-11-22', seat };
  return {
    id,
    seat,
    state: 'valid',
    holder,
    identity: '•••••••••••••003',
    qr: signTicket(KEYS.privateKey, token),
  };
}
