import { fingerprint, insertOrder, useKey } from '../db/order/drafts.ts';
import type { FactsDeps } from '../db/order/facts.ts';
import { lockOrder } from '../db/order/orders.ts';
import { leaveLine, offerDays, positionInLine } from '../db/places/line.ts';
import { takePlaces } from '../db/places/places.ts';
import { lockDays, lockSlotsOf } from '../db/places/quotas.ts';
import { inTransaction, one } from '../db/pool.ts';
import type { BookingRef, OrderState } from '../domain/booking.ts';
import { DomainError } from '../domain/errors.ts';
import { cancelBooking } from './ask.ts';
import { findUse } from './book.ts';
import type { CommandDeps } from './deps.ts';
import { type BookingWish, draftBooking } from './draft.ts';
import { wakeOffers } from './offers.ts';

export interface Joined {
  token: string;
  position: number;
}

/**
 * Joins the line for a day. If the party fits right now and nobody who fits stands before it, it is
 * offered at once: there is one way to be offered places. The same key and wish join once.
 */
export async function joinLine(
  deps: CommandDeps,
  business: string,
  key: string,
  wish: BookingWish,
): Promise<{ joined: Joined; replayed: boolean }> {
  const requestHash = fingerprint(['waiting', wish]);
  const used = await findUse(deps, business, key, requestHash);
  if (used) return { joined: await joinedAs(deps, { business, code: used.code }), replayed: true };

  const now = deps.now();
  const draft = await draftBooking(deps.pool, business, wish, now);
  const ref = await inTransaction(deps.pool, async (tx) => {
    // All slots of the day first, by id: joining may at once become an offer.
    await lockDays(tx, business, [draft]);
    const slots = await lockSlotsOf(tx, business, draft.offeringId, draft.date, draft.time);
    if (slots.length === 0 || slots.some((slot) => slot.capacity < draft.quantity)) {
      throw new DomainError('NOT_ALLOWED', 'This date never has room for a party of this size.');
    }
    const ref = await insertOrder(tx, deps.vault, draft, 'waiting', now);
    const use = { code: ref.code, requestHash, requestId: null };
    if (!(await useKey(tx, business, key, use))) throw KEY_TAKEN;
    await takePlaces(tx, await lockOrder(tx, ref), slots, 'waiting');
    await offerDays(tx, business, [draft], deps.holdMinutes, now);
    return ref;
  }).catch((error: unknown) => {
    if (error === KEY_TAKEN) return undefined;
    throw error;
  });
  if (!ref) return joinLine(deps, business, key, wish);
  await wakeOffers(deps, business);
  return { joined: await joinedAs(deps, ref), replayed: false };
}

const KEY_TAKEN = new Error('This key was used meanwhile.');

async function joinedAs(deps: CommandDeps, ref: BookingRef): Promise<Joined> {
  const token = deps.vault.tokenOf('waiting', ref);
  return { token, position: await positionInLine(deps.pool, ref) };
}

export type WaitState = 'waiting' | 'offered' | 'taken' | 'lapsed' | 'left';

/** How a wait stands; with the booking's token once it was offered places. */
export async function readWait(
  deps: CommandDeps,
  ref: BookingRef,
): Promise<{ state: WaitState; position?: number; bookingToken?: string }> {
  const order = await one<{ state: OrderState; offeredAt: Date | null }>(
    deps.pool,
    `select state, offered_at as "offeredAt" from orders where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
  const state = waitStateOf(order.state);
  if (state === 'waiting') return { state, position: await positionInLine(deps.pool, ref) };
  if (!order.offeredAt) return { state };
  return { state, bookingToken: deps.vault.tokenOf('booking', ref) };
}

function waitStateOf(state: OrderState): WaitState {
  switch (state) {
    case 'waiting':
      return 'waiting';
    case 'held':
    case 'review':
      return 'offered';
    case 'expired':
    case 'new':
    case 'refused':
      return 'lapsed';
    case 'cancelled':
      return 'left';
    default:
      return 'taken';
  }
}

/** Leaves the line, or gives an offer back. Doing it twice changes nothing. */
export async function leaveWait(
  deps: CommandDeps & FactsDeps,
  ref: BookingRef,
): Promise<WaitState> {
  const left = await inTransaction(deps.pool, (tx) =>
    leaveLine(tx, ref, deps.holdMinutes, deps.now()),
  );
  if (left) {
    await wakeOffers(deps, ref.business);
    return 'left';
  }
  const { state } = await readWait(deps, ref);
  if (state !== 'offered') return state;
  await cancelBooking(deps, ref, 'The offer was given back.', { by: 'customer' });
  return (await readWait(deps, ref)).state;
}
