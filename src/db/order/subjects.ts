import type { BookingRef, Kind } from '../../domain/booking.ts';
import { type Db, one } from '../pool.ts';

/** What the start of an order's workflow shows to operators. */
export function getSubject(
  db: Db,
  ref: BookingRef,
): Promise<
  BookingRef & {
    kind: Kind;
    offeringId: string;
    date: string;
    quantity: number;
    amountIdr: number;
    visitAt: Date;
  }
> {
  return one(
    db,
    `select business_id as business, code, kind, offering_id as "offeringId", date, quantity,
       amount_idr as "amountIdr", visit_at as "visitAt"
     from orders where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
}
