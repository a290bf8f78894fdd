import { getBusiness, known } from '../db/businesses.ts';
import {
  askAgain,
  findKeyUse,
  fingerprint,
  identityHashOf,
  insertOrder,
  type KeyUse,
  readAnswer,
  useKey,
} from '../db/order/drafts.ts';
import { type Ground, readGround, type Wanted } from '../db/order/ground.ts';
import { getSubject } from '../db/order/subjects.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import type { BookingRef, Order, Refusal } from '../domain/booking.ts';
import { isDate, isoIn } from '../domain/calendar.ts';
import { DomainError, invalid } from '../domain/errors.ts';
import { type CommandDeps, linksOf } from './deps.ts';
import { type BookingWish, draftOf, type PricedDraft, toParticipant } from './draft.ts';
import type { Subject } from './workflows.ts';

export interface Booked {
  code: string;
  token: string;
  state: 'held';
  amountIdr: number;
  expiresAt: string;
  statusUrl: string;
  paymentUrl: string;
}

/**
 * Books: answers with held places and the instant until which they are held.
 *
 * The same key and wish answer the same, also while the first is still being answered; a refusal is
 * not remembered. Throws `INVALID`, `SOLD_OUT`, `CLOSED`, `IDENTITY_ALREADY_BOOKED`, `NOT_ALLOWED`,
 * `IDEMPOTENCY_MISMATCH`, and `UNAVAILABLE` when no worker answered in time: asking again with the
 * same key then is safe.
 */
export async function placeBooking(
  deps: CommandDeps,
  business: string,
  key: string,
  wish: BookingWish,
): Promise<{ booked: Booked; replayed: boolean }> {
  const requestHash = fingerprint(['booking', wish]);
  const now = deps.now();
  const ground = await readGround(deps.pool, wantedBy(deps, business, key, wish));
  // A key that was used answers as before, even if the wish could not be booked any more.
  const used = sameUse(ground.use, requestHash);
  if (used) return { booked: await holdAgain(deps, { business, code: used.code }), replayed: true };

  const draft = draftOf(known(ground.business), ground.offering, wish, now);
  refuseEarly(ground, draft);
  const write = async (tx: Tx) => {
    const ref = await insertOrder(tx, deps.vault, draft, 'new', now);
    const use = { code: ref.code, requestHash, requestId: null };
    if (await useKey(tx, business, key, use)) return ref;
    throw new KeyTaken();
  };
  // The hold, which stands on it, is what has to reach the disk before anybody is told anything.
  const ref = await inTransaction(deps.pool, write, { flush: 'later' }).catch((error: unknown) => {
    if (error instanceof KeyTaken) return undefined;
    throw error;
  });
  // Somebody used the key between our look and our insert: theirs is the booking.
  if (!ref) return placeBooking(deps, business, key, wish);
  return { booked: await hold(deps, { ...draft, ...ref }, draft.timeZone), replayed: false };
}

class KeyTaken extends Error {}

/** What a wish asks Postgres for. Whether it is well made is seen afterwards: a used key comes first. */
function wantedBy(deps: CommandDeps, business: string, key: string, wish: BookingWish): Wanted {
  const people = (wish.participants ?? []).map(toParticipant);
  return {
    business,
    key,
    offeringId: wish.offering,
    date: isDate(wish.date) ? wish.date : null,
    time: wish.time ?? null,
    identityHashes: people.map((person) => identityHashOf(deps.vault, business, person)),
  };
}

/** What this key did before. Throws `IDEMPOTENCY_MISMATCH` when it did something else. */
export async function findUse(
  deps: CommandDeps,
  business: string,
  key: string,
  requestHash: Buffer,
): Promise<KeyUse | undefined> {
  return sameUse(await findKeyUse(deps.pool, business, key), requestHash);
}

function sameUse(use: KeyUse | undefined, requestHash: Buffer): KeyUse | undefined {
  if (use && !use.requestHash.equals(requestHash)) {
    throw new DomainError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for another request: use a new key for a new request.',
    );
  }
  return use;
}

/**
 * Refuses at once what cannot be held, before a workflow is started for it. A look without locks: the
 * hold itself decides.
 */
function refuseEarly({ left, closed, claimed }: Ground, draft: PricedDraft): void {
  // No slot: outside the opening hours, or a day that nobody opened.
  if (left === undefined || closed) throw refusalError('CLOSED');
  if (left < draft.quantity) throw refusalError('SOLD_OUT');
  if (claimed && draft.rules.oneIdentityADay) throw refusalError('IDENTITY_ALREADY_BOOKED');
}

/**
 * The same key again: the answer that was given is given again, whatever became of the booking since;
 * one that nobody answered is asked for again.
 */
async function holdAgain(deps: CommandDeps, ref: BookingRef): Promise<Booked> {
  const [first, { timeZone }] = await Promise.all([
    askAgain(deps.pool, ref, deps.now()),
    getBusiness(deps.pool, ref.business),
  ]);
  if (first.state === 'new') return hold(deps, await getSubject(deps.pool, ref), timeZone);
  if (first.state === 'refused') throw refusalError(first.refusal ?? 'STALE');
  return bookedAs(deps, ref, timeZone, first.bookedIdr, first.expiresAt);
}

/**
 * What a key holds, as it was answered; undefined when nothing is. Asks nobody but Postgres: minutes
 * after a request it is final, since no hold that old is taken any more.
 */
export async function findBooked(
  deps: CommandDeps,
  business: string,
  key: string,
): Promise<Booked | undefined> {
  const use = await findKeyUse(deps.pool, business, key);
  if (!use) return undefined;
  const ref = { business, code: use.code };
  const [first, { timeZone }] = await Promise.all([
    readAnswer(deps.pool, ref),
    getBusiness(deps.pool, business),
  ]);
  const isHeld = first.state !== 'new' && first.state !== 'refused';
  return isHeld ? bookedAs(deps, ref, timeZone, first.bookedIdr, first.expiresAt) : undefined;
}

/** Has the workflow hold the order, and answers as the first time. */
async function hold(deps: CommandDeps, subject: Subject, timeZone: string): Promise<Booked> {
  const order = await answered(() => deps.workflows.hold(subject));
  if (order.state === 'refused') throw refusalError(order.refusal ?? 'STALE');
  const ref = { business: subject.business, code: subject.code };
  const expiresAt = order.expiresAtMs === undefined ? null : new Date(order.expiresAtMs);
  return bookedAs(deps, ref, timeZone, subject.amountIdr, expiresAt);
}

function bookedAs(
  deps: CommandDeps,
  ref: BookingRef,
  timeZone: string,
  amountIdr: number,
  expiresAt: Date | null,
): Booked {
  return {
    code: ref.code,
    token: deps.vault.tokenOf('booking', ref),
    state: 'held',
    amountIdr,
    expiresAt: isoIn(timeZone, expiresAt ?? deps.now()),
    ...linksOf(deps, ref),
  };
}

/** Temporal that does not answer is our outage, not the caller's mistake. */
export async function answered(ask: () => Promise<Order>): Promise<Order> {
  try {
    return await ask();
  } catch (error) {
    throw Object.assign(
      new DomainError(
        'UNAVAILABLE',
        'This could not be answered now. Nothing is lost: ask again with the same key.',
        [],
        5,
      ),
      { cause: error },
    );
  }
}

const REFUSALS: Record<Refusal, string> = {
  SOLD_OUT: 'There are not enough places left on this date.',
  CLOSED: 'This date or time is closed.',
  IDENTITY_ALREADY_BOOKED: 'Somebody of this party holds a place on this date already.',
  NOT_ALLOWED: 'It is too late to book this.',
  STALE: 'The booking could not be answered in time. Nothing was booked; ask again.',
};

function refusalError(refusal: Refusal): DomainError {
  if (refusal === 'STALE') return new DomainError('UNAVAILABLE', REFUSALS.STALE, [], 1);
  return new DomainError(refusal, REFUSALS[refusal]);
}

/** Throws `INVALID` for a missing or unusable key; answers it otherwise. */
export function checkKey(key: string | undefined): string {
  if (key && /^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw invalid({
    pointer: '/headers/idempotency-key',
    message: 'Idempotency-Key is needed: 1 to 200 visible characters, new for each new request.',
  });
}
