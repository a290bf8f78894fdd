import { tell, wasTold } from '../db/order/notices.ts';
import { changeOrder, type OrderRow } from '../db/order/orders.ts';
import { newTicketId } from '../db/order/tickets.ts';
import { run, type Tx } from '../db/pool.ts';
import type { BookingRef, Order } from '../domain/booking.ts';
import type { BookingNoticeKind } from '../domain/facts.ts';
import type { Deps } from './deps.ts';

/**
 * Issues a ticket for every member of a paid party, then tells the customer. Until it is done the
 * customer sees "being issued"; it is repeated until it is. Run again it changes nothing: a seat has
 * at most one living ticket.
 */
export function issueTickets(deps: Deps, ref: BookingRef, nowMs: number): Promise<Order> {
  const now = new Date(nowMs);
  return changeOrder(deps.pool, ref, async (tx, order) => {
    if (order.issuedAt || !['paid', 'completed'].includes(order.state)) return;
    if (order.kind === 'permit') await insertTickets(tx, order, now);
    order.issuedAt = now;
    await tell(tx, order, ...(await newsOf(tx, order)));
  });
}

/** What the tickets come with: a new date, a booking that came back after its end, or a sale. */
async function newsOf(tx: Tx, order: OrderRow): Promise<[BookingNoticeKind, string]> {
  if (order.reschedules > 0) return ['moved', String(order.reschedules)];
  return [(await wasTold(tx, order, 'expired')) ? 'late_paid' : 'paid', '1'];
}

async function insertTickets(tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const seats = Array.from({ length: order.quantity }, (_, index) => index + 1);
  await run(
    tx,
    `insert into tickets (business_id, ticket_id, code, seat, date, state, issued_at)
     select $1, t.id, $2, t.seat, $3, 'valid', $4
     from unnest($5::text[], $6::int[]) as t(id, seat)
     on conflict (business_id, code, seat) where state <> 'void' do nothing`,
    [order.business, order.code, order.date, now, seats.map(newTicketId), seats],
  );
}
