import { createHash, randomInt } from 'node:crypto';
import type { BookingRef, Kind, OrderState, Refusal } from '../../domain/booking.ts';
import type { Language } from '../../domain/facts.ts';
import type { IdentityType } from '../../domain/identity.ts';
import type { PayMethod } from '../../domain/payment.ts';
import { type Db, maybeOne, one, run, type Tx } from '../pool.ts';
import { hashToken, type Vault } from '../vault.ts';

/** A checked wish for a booking, priced, with the instants of its visit. */
export interface Draft {
  business: string;
  kind: Kind;
  offeringId: string;
  date: string;
  time: string | null;
  quantity: number;
  amountIdr: number;
  language: Language;
  options: { optionId: string; name: string; priceIdr: number }[];
  customer: { name: string; email: string | null; phone: string | null };
  participants: Participant[];
  /** The chat in which it was booked, and how its customer wants to pay; null: elsewhere, any way. */
  chatId: number | null;
  payMethod: PayMethod | null;
  visitAt: Date;
  endsAt: Date;
  cutOffAt: Date;
}

export interface Participant {
  name: string;
  identityType: IdentityType;
  identityNumber: string;
  birthDate: string | null;
  phone: string | null;
  emergencyName: string | null;
  emergencyPhone: string | null;
}

// No 0, 1, I, L, O, U: codes are read aloud and typed at a gate.
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code that no order has: read aloud and typed, so without letters that look alike. */
export function newCode(): string {
  return Array.from({ length: 8 }, () => CODE_LETTERS[randomInt(CODE_LETTERS.length)]).join('');
}

/** What a key was used for before, or undefined. */
export interface KeyUse {
  code: string;
  requestHash: Buffer;
  requestId: string | null;
}

/** One fingerprint of a request, so that a key with another body is recognised. */
export function fingerprint(request: unknown): Buffer {
  return createHash('sha256').update(JSON.stringify(request)).digest();
}

export const KEY_USE = `
  select code, request_hash as "requestHash", request_id as "requestId" from idempotency_keys`;

/** What this business's key was used for, if it was used in the last 24 hours. */
export function findKeyUse(db: Db, business: string, key: string): Promise<KeyUse | undefined> {
  return maybeOne(
    db,
    `${KEY_USE}
     where business_id = $1 and key = $2 and created_at > now() - interval '24 hours'`,
    [business, key],
  );
}

/**
 * Uses a key for an order (and a request about it). Answers false when it is in use: of two that
 * come at once the second waits here for the first to commit, then sees it.
 */
export async function useKey(
  tx: Tx,
  business: string,
  key: string,
  use: { code: string; requestHash: Buffer; requestId: string | null },
): Promise<boolean> {
  const used = await run(
    tx,
    `insert into idempotency_keys (business_id, key, request_hash, code, request_id)
     values ($1, $2, $3, $4, $5)
     on conflict (business_id, key) do update set request_hash = excluded.request_hash,
         code = excluded.code, request_id = excluded.request_id, created_at = now()
       where idempotency_keys.created_at <= now() - interval '24 hours'`,
    [business, key, use.requestHash, use.code, use.requestId],
  );
  return used === 1;
}

/** A refusal is not remembered: the same key may ask again. */
export async function freeKeys(tx: Tx, ref: BookingRef): Promise<void> {
  await run(tx, `delete from idempotency_keys where business_id = $1 and code = $2`, [
    ref.business,
    ref.code,
  ]);
}

/** Lets the key of a request be used again, unless it was used anew meanwhile. */
export async function freeKey(
  db: Db,
  business: string,
  key: string,
  requestId: string,
): Promise<void> {
  await run(
    db,
    `delete from idempotency_keys where business_id = $1 and key = $2 and request_id = $3`,
    [business, key, requestId],
  );
}

/**
 * Stores a draft as an order that is not answered yet (or waits in line), under a new code, with its
 * options and its party, in one statement.
 */
export async function insertOrder(
  tx: Tx,
  vault: Vault,
  draft: Draft,
  state: 'new' | 'waiting',
  requestedAt: Date,
): Promise<BookingRef> {
  const ref = { business: draft.business, code: newCode() };
  const hashed = (capability: 'booking' | 'pay' | 'waiting') =>
    hashToken(vault.tokenOf(capability, ref));
  await run(
    tx,
    `with "order" as (
     insert into orders (business_id, code, kind, offering_id, date, time, quantity, state,
       amount_idr, booked_idr, owed_idr, language, customer_name, customer_email, customer_phone, token_hash,
       pay_token_hash, waiting_token_hash, waiting_no, requested_at, visit_at, ends_at, cut_off_at,
       chat_id, pay_method)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 0, $10, $11, $12, $13, $14, $15, $16,
       case when $8 = 'waiting' then nextval('waiting_numbers') end, $17, $18, $19, $20, $21, $22)
     ), options as (
       insert into order_options (business_id, code, option_id, name, price_idr)
       select $1, $2, o."optionId", o.name, o."priceIdr"
       from json_to_recordset($23) as o("optionId" text, name text, "priceIdr" bigint)
     )
     insert into participants (business_id, code, seat, name, identity_type, identity_sealed,
       identity_hash, birth_date, phone, emergency_name, emergency_phone)
     select $1, $2, p.seat, p.name, p."identityType", decode(p.sealed, 'hex'),
       decode(p.hash, 'hex'), p."birthDate", p.phone, p."emergencyName", p."emergencyPhone"
     from json_to_recordset($24) as p(seat int, name text, "identityType" text, sealed text,
       hash text, "birthDate" date, phone text, "emergencyName" text, "emergencyPhone" text)`,
    [
      ref.business,
      ref.code,
      draft.kind,
      draft.offeringId,
      draft.date,
      draft.time,
      draft.quantity,
      state,
      draft.amountIdr,
      draft.language,
      draft.customer.name,
      draft.customer.email,
      draft.customer.phone,
      hashed('booking'),
      hashed('pay'),
      state === 'waiting' ? hashed('waiting') : null,
      requestedAt,
      draft.visitAt,
      draft.endsAt,
      draft.cutOffAt,
      draft.chatId,
      draft.payMethod,
      JSON.stringify(draft.options),
      JSON.stringify(sealedParty(vault, draft)),
    ],
  );
  return ref;
}

/** The party as it is stored, seat by seat. */
function sealedParty(vault: Vault, { business, participants }: Draft): object[] {
  return participants.map(({ identityNumber, ...person }, index) => ({
    ...person,
    seat: index + 1,
    sealed: vault.seal(identityNumber).toString('hex'),
    hash: identityHashOf(vault, business, { ...person, identityNumber }).toString('hex'),
  }));
}

/** How a person is found without being readable. */
export function identityHashOf(
  vault: Vault,
  business: string,
  person: Pick<Participant, 'identityType' | 'identityNumber'>,
): Buffer {
  return vault.identityHash(business, `${person.identityType}:${person.identityNumber}`);
}

/** What a booking was answered with when it was made. */
export interface FirstAnswer {
  state: OrderState;
  refusal: Refusal | null;
  bookedIdr: number;
  expiresAt: Date | null;
}

const ANSWER = `state, refusal, booked_idr as "bookedIdr", expires_at as "expiresAt"`;

/** How an order was answered, if it was. */
export function readAnswer(db: Db, ref: BookingRef): Promise<FirstAnswer> {
  return one(db, `select ${ANSWER} from orders where business_id = $1 and code = $2`, [
    ref.business,
    ref.code,
  ]);
}

/**
 * How an order was answered; one that nobody answered yet is asked for again: its hold is fresh from
 * now on.
 */
export function askAgain(db: Db, ref: BookingRef, at: Date): Promise<FirstAnswer> {
  return one(
    db,
    `update orders set requested_at = case when state = 'new' then $3 else requested_at end
     where business_id = $1 and code = $2
     returning ${ANSWER}`,
    [ref.business, ref.code, at],
  );
}
