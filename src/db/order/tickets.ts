import { randomBytes } from 'node:crypto';
import type { BookingRef } from '../../domain/booking.ts';
import { type Db, many } from '../pool.ts';

export type TicketState = 'valid' | 'in' | 'out' | 'void';

export interface Ticket extends BookingRef {
  ticketId: string;
  seat: number;
  date: string;
  state: TicketState;
  holder: string;
  identitySealed: Buffer;
}

/** A ticket's id: 50 random bits in letters that are read aloud well (Crockford's base 32). */
export function newTicketId(): string {
  const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const bytes = randomBytes(10);
  return `T${Array.from(bytes, (byte) => letters[byte % 32]).join('')}`;
}

/** The living tickets of an order by seat, with who holds them. */
export function listTickets(db: Db, ref: BookingRef): Promise<Ticket[]> {
  return many(
    db,
    `select t.business_id as business, t.code, t.ticket_id as "ticketId", t.seat, t.date, t.state,
       p.name as holder, p.identity_sealed as "identitySealed"
     from tickets t join participants p using (business_id, code, seat)
     where t.business_id = $1 and t.code = $2 and t.state <> 'void' order by t.seat`,
    [ref.business, ref.code],
  );
}
