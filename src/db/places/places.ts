import type { OrderRow } from '../order/orders.ts';
import { many, run, type Tx } from '../pool.ts';
import { addToSlots, type Slot } from './quotas.ts';

export type Purpose = 'visit' | 'move';
export type Phase = 'waiting' | 'held' | 'sold';

interface Place {
  slotId: number;
  quantity: number;
  phase: Phase;
}

/** Writes down that an order draws on these locked slots, and takes them unless it only waits. */
export async function takePlaces(
  tx: Tx,
  order: OrderRow,
  slots: readonly Slot[],
  phase: Phase,
  purpose: Purpose = 'visit',
): Promise<void> {
  const slotIds = slots.map((slot) => slot.slotId);
  await run(
    tx,
    `insert into order_places (business_id, code, slot_id, purpose, quantity, phase)
     select $1, $2, unnest($3::bigint[]), $4, $5, $6
     on conflict (business_id, code, slot_id, purpose) do update set phase = excluded.phase`,
    [order.business, order.code, slotIds, purpose, order.quantity, phase],
  );
  if (phase === 'held') await addToSlots(tx, order.business, slotIds, { held: order.quantity });
  if (phase === 'sold') await addToSlots(tx, order.business, slotIds, { sold: order.quantity });
}

/** Gives back what an order holds for a purpose. The slots are locked by the caller. */
export async function releasePlaces(tx: Tx, order: OrderRow, purpose: Purpose): Promise<void> {
  const places = await many<Place>(
    tx,
    `delete from order_places where business_id = $1 and code = $2 and purpose = $3
     returning slot_id as "slotId", quantity, phase`,
    [order.business, order.code, purpose],
  );
  for (const place of places) {
    const back = -place.quantity;
    if (place.phase === 'held')
      await addToSlots(tx, order.business, [place.slotId], { held: back });
    if (place.phase === 'sold')
      await addToSlots(tx, order.business, [place.slotId], { sold: back });
  }
}

/** Turns what an order holds into sold. Works also when the capacity was lowered below it. */
export async function sellPlaces(tx: Tx, order: OrderRow, purpose: Purpose): Promise<void> {
  const slotIds = await lockOwnSlots(tx, order, purpose);
  await addToSlots(tx, order.business, slotIds, { held: -order.quantity, sold: order.quantity });
  await run(
    tx,
    `update order_places set phase = 'sold'
     where business_id = $1 and code = $2 and purpose = $3 and phase = 'held'`,
    [order.business, order.code, purpose],
  );
}

/** Locks, by ascending id, the slots that an order holds and answers their ids. */
async function lockOwnSlots(tx: Tx, order: OrderRow, purpose: Purpose): Promise<number[]> {
  const slots = await many<{ slotId: number }>(
    tx,
    `select slot_id as "slotId" from quota_slots
     where business_id = $1 and slot_id in (
       select slot_id from order_places
       where business_id = $1 and code = $2 and purpose = $3 and phase = 'held')
     order by slot_id for update`,
    [order.business, order.code, purpose],
  );
  return slots.map((slot) => slot.slotId);
}

/** A move that was paid: what was held for it becomes what the order draws on. */
export async function adoptMovedPlaces(tx: Tx, order: OrderRow): Promise<void> {
  await run(
    tx,
    `update order_places set purpose = 'visit'
     where business_id = $1 and code = $2 and purpose = 'move'`,
    [order.business, order.code],
  );
}

/**
 * Claims the day for every identity of the party: one identity holds one place a day.
 *
 * Answers false when somebody else has one of them. Claims are made in the order of their hashes, so
 * that two parties with the same people cannot wait for each other.
 */
export async function claimIdentities(tx: Tx, order: OrderRow, date: string): Promise<boolean> {
  const claimed = await run(
    tx,
    `insert into identity_claims (business_id, date, identity_hash, code)
     select business_id, $3, identity_hash, code from participants
     where business_id = $1 and code = $2 order by identity_hash
     on conflict (business_id, date, identity_hash) do update set code = excluded.code
       where identity_claims.code = excluded.code`,
    [order.business, order.code, date],
  );
  const [wanted] = await many<{ count: number }>(
    tx,
    `select count(*) as count from participants where business_id = $1 and code = $2`,
    [order.business, order.code],
  );
  return claimed === wanted!.count;
}

/** Frees the identities of an order for a day. */
export async function releaseIdentities(tx: Tx, order: OrderRow, date: string): Promise<void> {
  await run(tx, `delete from identity_claims where business_id = $1 and code = $2 and date = $3`, [
    order.business,
    order.code,
    date,
  ]);
}
