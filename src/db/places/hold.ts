import type { Refusal } from '../../domain/booking.ts';
import type { OrderRow } from '../order/orders.ts';
import { one, type Tx } from '../pool.ts';
import { lockSlotsOf, room } from './quotas.ts';

/** A hold that cannot be: thrown to undo what its transaction began. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal);
  }
}

/**
 * Takes every place that a locked order needs, and its identities for the day; throws `Refused` when
 * one of them cannot be had, and nothing is taken then.
 *
 * The slots are locked by ascending id, then everything is one statement: while a slot is locked
 * everybody else who wants the same day waits. It is a statement after the locking one, so that it
 * sees what was committed while this waited: closures and identities.
 */
export async function holdPlaces(
  tx: Tx,
  order: OrderRow,
  claimsIdentities: boolean,
): Promise<void> {
  const slots = await lockSlotsOf(tx, order.business, order.offeringId, order.date, order.time);
  if (room(slots) < order.quantity) throw new Refused('SOLD_OUT');
  const taken = await one<{ closed: boolean; claimed: number; people: number }>(
    tx,
    `with people as (
       select identity_hash from participants
       where business_id = $1 and code = $2 and $6 order by identity_hash
     ), claimed as (
       insert into identity_claims (business_id, date, identity_hash, code)
       select $1, $3, identity_hash, $2 from people
       on conflict (business_id, date, identity_hash) do nothing returning 1
     ), places as (
       insert into order_places (business_id, code, slot_id, purpose, quantity, phase)
       select $1, $2, unnest($4::bigint[]), 'visit', $5, 'held'
     ), slots as (
       update quota_slots set held = held + $5 where business_id = $1 and slot_id = any($4)
     )
     select (select count(*) from claimed) as claimed, (select count(*) from people) as people,
       exists (select from closures where business_id = $1
         and (offering_id is null or offering_id = $7) and $3 between from_date and to_date)
         as closed`,
    [
      order.business,
      order.code,
      order.date,
      slots.map((slot) => slot.slotId),
      order.quantity,
      claimsIdentities,
      order.offeringId,
    ],
  );
  if (taken.closed) throw new Refused('CLOSED');
  if (taken.claimed < taken.people) throw new Refused('IDENTITY_ALREADY_BOOKED');
}
