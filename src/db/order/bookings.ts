import type { BookingState } from '../../domain/booking.ts';
import { type Db, many } from '../pool.ts';

/** A booking as a list shows it. */
export interface BookingLine {
  code: string;
  state: BookingState;
  repairState: string | null;
  offering: string;
  date: string;
  time: string | null;
  quantity: number;
  amountIdr: number;
  paidIdr: number;
  customer: { name: string; email: string | null; phone: string | null };
  expiresAt: Date | null;
  paidAt: Date | null;
  createdAt: Date;
}

export interface BookingFilter {
  /** A code, a part of a name, an e-mail or a phone number. */
  q?: string | undefined;
  state?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The code after which to go on. */
  after?: string | undefined;
}

/** Bookings of a business for operators: newest first, after a code, by what they ask for. */
export function listBookings(
  db: Db,
  business: string,
  filter: BookingFilter,
  limit: number,
): Promise<BookingLine[]> {
  return many(
    db,
    `select o.code, o.state, o.repair_state as "repairState", o.offering_id as offering, o.date,
       o.time, o.quantity, o.amount_idr as "amountIdr",
       (select coalesce(sum(p.paid_idr), 0) from payments p
         where p.business_id = o.business_id and p.code = o.code)::bigint as "paidIdr",
       json_build_object('name', o.customer_name, 'email', o.customer_email,
         'phone', o.customer_phone) as customer,
       o.expires_at as "expiresAt", o.paid_at as "paidAt", o.created_at as "createdAt"
     from orders o
     where o.business_id = $1 and o.twin_of is null
       and o.state not in ('new', 'refused', 'waiting')
       and ($2::text is null or o.code = upper($2) or lower(o.customer_email) = lower($2)
         or o.customer_phone = $2 or strpos(lower(o.customer_name), lower($2)) > 0)
       and ($3::text is null or o.state = $3)
       and ($4::date is null or o.date >= $4) and ($5::date is null or o.date <= $5)
       and ($6::text is null or (o.created_at, o.code) < (select a.created_at, a.code from orders a
         where a.business_id = $1 and a.code = $6))
     order by o.created_at desc, o.code desc limit $7`,
    [
      business,
      filter.q ?? null,
      filter.state ?? null,
      filter.from ?? null,
      filter.to ?? null,
      filter.after ?? null,
      limit,
    ],
  );
}
