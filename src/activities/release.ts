import type { OrderRow } from '../db/order/orders.ts';
import { offerDays } from '../db/places/line.ts';
import { type Purpose, releaseIdentities, releasePlaces } from '../db/places/places.ts';
import { type Day, lockDays } from '../db/places/quotas.ts';
import { maybeOne, run, type Tx } from '../db/pool.ts';
import type { Deps } from './deps.ts';

/**
 * Gives back what a locked order holds for its visit and for an open move, and offers it to the line
 * in the same transaction. Locks all slots of those days by id. Nothing held: nothing changes.
 */
export async function releaseOrder(deps: Deps, tx: Tx, order: OrderRow, now: Date): Promise<void> {
  const move = await closeMove(tx, order, 'lapsed');
  const days = [{ date: order.date, time: order.time }, ...(move ? [move] : [])];
  const freed = days.map((day) => day.date);
  await giveBack(deps, tx, order, { days, purposes: ['visit', 'move'], freed }, now);
  await voidTickets(tx, order);
}

/**
 * Gives back places for these purposes and frees the party's identities on the `freed` dates, then
 * lets the line have what fits. Slots are locked before identities, as everywhere.
 */
export async function giveBack(
  deps: Deps,
  tx: Tx,
  order: OrderRow,
  what: { days: Day[]; purposes: Purpose[]; freed: string[] },
  now: Date,
): Promise<void> {
  // The line would be offered real places by the time of a rehearsal.
  if (order.isTwin) return;
  await lockDays(tx, order.business, what.days);
  for (const purpose of what.purposes) await releasePlaces(tx, order, purpose);
  for (const date of what.freed) await releaseIdentities(tx, order, date);
  await offerDays(tx, order.business, what.days, deps.holdMinutes, now);
}

/** Ends the open move of an order and answers the day it wanted, if there was one. */
export async function closeMove(
  tx: Tx,
  order: OrderRow,
  state: 'done' | 'lapsed',
): Promise<(Day & { moveNo: number }) | undefined> {
  order.moveExpiresAt = null;
  order.moveAmountIdr = null;
  return maybeOne(
    tx,
    `update moves set state = $3 where business_id = $1 and code = $2 and state = 'open'
     returning date, time, move_no as "moveNo"`,
    [order.business, order.code, state],
  );
}

/** Makes every QR code of an order worthless. */
export async function voidTickets(tx: Tx, order: OrderRow): Promise<void> {
  await run(
    tx,
    `update tickets set state = 'void' where business_id = $1 and code = $2 and state <> 'void'`,
    [order.business, order.code],
  );
}
