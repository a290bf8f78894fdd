import type { BookingRef, BookingState } from '../../domain/booking.ts';
import type { BookingFacts, Language } from '../../domain/facts.ts';
import { maskedIdentity } from '../../domain/identity.ts';
import { type AttemptState, paymentStateOf } from '../../domain/payment.ts';
import { type RefundTotal, refundTotal } from '../../domain/refund.ts';
import { findBusiness } from '../businesses.ts';
import { type Db, maybeOne } from '../pool.ts';
import { hashToken, type Vault } from '../vault.ts';
import { listTickets, type Ticket } from './tickets.ts';

/** What reading a booking for people needs beside the database. */
export interface FactsDeps {
  vault: Vault;
  publicUrl: string;
  /** Signs what a QR code says. */
  qrOf(ticket: Ticket): string;
}

interface Row extends BookingRef {
  kind: BookingFacts['kind'];
  state: BookingState;
  language: Language;
  offeringId: string;
  offeringName: string;
  date: string;
  time: string | null;
  quantity: number;
  options: { name: string; priceIdr: number }[];
  amountIdr: number;
  paidIdr: number;
  refunds: RefundTotal[];
  attempt: {
    state: AttemptState;
    method: string | null;
    vaBank: string | null;
    vaNumber: string | null;
  } | null;
  move: { date: string; time: string | null; differenceIdr: number; expiresAt: string } | null;
  repairState: string | null;
  customer: BookingFacts['customer'];
  expiresAt: Date | null;
  paidAt: Date | null;
  issuedAt: Date | null;
  visitAt: Date;
  endsAt: Date;
  unconfirmed: boolean;
  reschedules: number;
}

/** What a link opens. */
export type Door = 'booking' | 'subscription' | 'pay' | 'waiting';

const COLUMNS: Record<Door, string> = {
  booking: 'token',
  subscription: 'token',
  pay: 'pay_token',
  waiting: 'waiting_token',
};

/** The order that a link opens, or undefined: that of a subscription opens no booking. */
export function findByToken(db: Db, door: Door, token: string): Promise<BookingRef | undefined> {
  return maybeOne(
    db,
    `select business_id as business, code from orders where ${COLUMNS[door]}_hash = $1
       and state not in ('new', 'refused') and ($2 or state <> 'waiting') and (kind = 'plan') = $3`,
    [hashToken(token), door === 'waiting', door === 'subscription'],
  );
}

/** A booking as people see it. Undefined for an order that is no booking (refused, in line). */
export async function readFacts(
  db: Db,
  deps: FactsDeps,
  ref: BookingRef,
): Promise<BookingFacts | undefined> {
  const row = await readRow(db, ref);
  const business = await findBusiness(db, ref.business);
  if (!row || !business) return undefined;
  const refund = refundTotal(row.refunds);
  const tickets = row.issuedAt ? await listTickets(db, ref) : [];
  const { vault, publicUrl } = deps;
  const { move, repairState, attempt: _, refunds: __, ...same } = row;
  return {
    ...same,
    business,
    offering: { id: row.offeringId, name: row.offeringName },
    payment: paymentOf(row),
    ...(refund && { refund }),
    ...(move && { move: { ...move, expiresAt: new Date(move.expiresAt) } }),
    ...(repairState && { repairState }),
    issuing: row.state === 'paid' && row.issuedAt === null,
    tickets: tickets.map((ticket) => ({
      id: ticket.ticketId,
      seat: ticket.seat,
      state: ticket.state,
      holder: ticket.holder,
      identity: maskedIdentity(vault.unseal(ticket.identitySealed)),
      qr: deps.qrOf(ticket),
    })),
    ticketsUrl: `${publicUrl}/api/v1/bookings/${vault.tokenOf('booking', ref)}/tickets.pdf`,
    statusUrl: `${publicUrl}/b/${vault.tokenOf('booking', ref)}`,
    paymentUrl: `${publicUrl}/pay/${vault.tokenOf('pay', ref)}`,
  } as BookingFacts;
}

function readRow(db: Db, ref: BookingRef): Promise<Row | undefined> {
  return maybeOne(
    db,
    `select o.business_id as business, o.code, o.kind, o.state, o.language,
       o.offering_id as "offeringId", f.name as "offeringName", o.date, o.time, o.quantity,
       coalesce((select json_agg(json_build_object('name', x.name, 'priceIdr', x.price_idr)
           order by x.option_id)
         from order_options x where x.business_id = o.business_id and x.code = o.code), '[]')
         as options,
       o.amount_idr as "amountIdr",
       (select coalesce(sum(p.paid_idr), 0) from payments p
         where p.business_id = o.business_id and p.code = o.code)::bigint as "paidIdr",
       coalesce((select json_agg(json_build_object('state', r.state, 'amountIdr', r.amount_idr))
         from refunds r where r.business_id = o.business_id and r.code = o.code), '[]') as refunds,
       (select json_build_object('state', p.state, 'method', p.method,
           'vaBank', p.va_bank, 'vaNumber', p.va_number) from payments p
         where p.business_id = o.business_id and p.code = o.code
         order by p.attempt desc limit 1) as attempt,
       (select json_build_object('date', m.date, 'time', m.time, 'differenceIdr', m.difference_idr,
           'expiresAt', m.expires_at)
         from moves m where m.business_id = o.business_id and m.code = o.code
           and m.state = 'open') as move,
       o.repair_state as "repairState", o.twin_of is not null as "isRehearsal",
       json_build_object('name', o.customer_name, 'email', o.customer_email,
         'phone', o.customer_phone) as customer,
       o.expires_at as "expiresAt", o.paid_at as "paidAt", o.issued_at as "issuedAt",
       o.visit_at as "visitAt", o.ends_at as "endsAt", o.unconfirmed, o.reschedules
     from orders o join offerings f using (business_id, offering_id)
     where o.business_id = $1 and o.code = $2 and o.kind <> 'plan'
       and o.state not in ('new', 'refused', 'waiting')`,
    [ref.business, ref.code],
  );
}

function paymentOf(row: Row): BookingFacts['payment'] {
  const state = paymentStateOf({
    attempt: row.attempt?.state,
    paidIdr: row.paidIdr,
    askedIdr: row.amountIdr,
    unconfirmed: row.unconfirmed,
  });
  const reason = PAYMENT_REASONS[state];
  const method = row.attempt?.method;
  const { vaBank: bank, vaNumber: number } = row.attempt ?? {};
  const va = row.state === 'held' && bank && number ? { bank, number } : undefined;
  return { state, ...(reason && { reason }), ...(method && { method }), ...(va && { va }) };
}

/** Why a payment is not simply pending or paid, for whoever reads the API. */
const PAYMENT_REASONS: Partial<Record<BookingFacts['payment']['state'], string>> = {
  denied: 'The payment was refused; another method may be tried while the place is held.',
  review: 'The provider checks this payment; the place stays held meanwhile.',
  underpaid: 'Less arrived than was asked for.',
  overpaid: 'More arrived than was asked for; the rest goes back.',
  expired: 'The time to pay on this page is over.',
  unconfirmed: 'The provider could not be asked; money that arrives is still recognised.',
};
