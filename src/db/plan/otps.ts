import type { Language } from '../../domain/facts.ts';
import { type Db, maybeOne, one, run, type Tx } from '../pool.ts';

/** A code that was asked for. */
export interface Otp {
  business: string;
  otpId: string;
  email: string;
  /** The chat that asked, and the only one that may use it; null: asked for elsewhere. */
  chatId: number | null;
  hash: Buffer;
  tries: number;
  usedAt: Date | null;
  expiresAt: Date;
}

/** Whose code it is: of an address, in a chat or outside of all. */
export type OtpOwner = Pick<Otp, 'business' | 'email' | 'chatId'>;

/** Writes down a code: hashed for ever, sealed until it was sent; null: it is never sent. */
export async function insertOtp(
  tx: Tx,
  otp: OtpOwner &
    Pick<Otp, 'otpId' | 'hash' | 'expiresAt'> & { sealed: Buffer | null; language: Language },
  now: Date,
): Promise<void> {
  await run(
    tx,
    `insert into otps (business_id, otp_id, email, chat_id, code_hash, code_sealed, language,
       expires_at, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[otp.business, otp.otpId, otp.email, otp.chatId, otp.hash, otp.sealed, otp.language],
      ...[otp.expiresAt, now],
    ],
  );
}

/** Lets one request of a business after the other count codes and write its own. */
export async function lockOtps(tx: Tx, business: string): Promise<void> {
  await run(tx, `select pg_advisory_xact_lock(hashtextextended('otps ' || $1, 0))`, [business]);
}

export interface OtpCount {
  /** Asked for by this chat, whatever the address. */
  ofChat: number;
  /** Asked for an address by all who have not shown that it is theirs. */
  byOthers: number;
}

/** How many codes were asked for since an instant. */
export function countOtps(tx: Tx, owner: OtpOwner, since: Date): Promise<OtpCount> {
  return one(
    tx,
    `select count(*) filter (where chat_id = $3)::int as "ofChat",
       count(*) filter (where email = $2 and not ${IS_OWN})::int as "byOthers"
     from otps o where business_id = $1 and (email = $2 or chat_id = $3) and created_at > $4`,
    [owner.business, owner.email, owner.chatId, since],
  );
}

/** An address is a chat's own when its base was registered for that chat, or the chat has shown it. */
const IS_OWN = `(exists (select from bases b where b.business_id = o.business_id
    and b.email = o.email and b.owner_chat = o.chat_id)
  or exists (select from chat_emails c where c.business_id = o.business_id
    and c.email = o.email and c.chat_id = o.chat_id))`;

export async function isOwnAddress(tx: Tx, owner: OtpOwner): Promise<boolean> {
  const { own } = await one<{ own: boolean }>(
    tx,
    `select ${IS_OWN} as own
     from (select $1::text as business_id, $2::text as email, $3::bigint as chat_id) o`,
    [owner.business, owner.email, owner.chatId],
  );
  return own;
}

/** Locks the newest code of its owner. */
export function lockNewestOtp(tx: Tx, owner: OtpOwner): Promise<Otp | undefined> {
  return maybeOne(
    tx,
    `select business_id as business, otp_id as "otpId", email, chat_id as "chatId",
       code_hash as hash, tries, used_at as "usedAt", expires_at as "expiresAt"
     from otps where business_id = $1 and email = $2 and chat_id is not distinct from $3
     order by created_at desc limit 1 for update`,
    [owner.business, owner.email, owner.chatId],
  );
}

export async function markOtp(tx: Tx, { business, otpId, tries, usedAt }: Otp): Promise<void> {
  await run(tx, 'update otps set tries = $3, used_at = $4 where business_id = $1 and otp_id = $2', [
    business,
    otpId,
    tries,
    usedAt,
  ]);
}

/** A code that is still to be sent; undefined once it was, or when it is over. */
export function findUnsentOtp(
  db: Db,
  business: string,
  otpId: string,
): Promise<{ email: string; sealed: Buffer; language: Language; expiresAt: Date } | undefined> {
  return maybeOne(
    db,
    `select email, code_sealed as sealed, language, expires_at as "expiresAt" from otps
     where business_id = $1 and otp_id = $2 and code_sealed is not null`,
    [business, otpId],
  );
}

/** Forgets a code in the clear: it was sent. */
export async function markOtpSent(db: Db, business: string, otpId: string): Promise<void> {
  await run(db, 'update otps set code_sealed = null where business_id = $1 and otp_id = $2', [
    business,
    otpId,
  ]);
}

/** Forgets codes that are over, with their addresses. */
export async function forgetOtps(db: Db): Promise<void> {
  await run(
    db,
    `delete from otps where (business_id, otp_id) in (
       select business_id, otp_id from otps where created_at < now() - interval '1 day' limit 5000)`,
  );
}

/** Remembers that an address is that of whoever writes in a chat. */
export async function rememberEmail(
  tx: Tx,
  business: string,
  chatId: number,
  email: string,
): Promise<void> {
  await run(
    tx,
    `insert into chat_emails (business_id, chat_id, email) values ($1, $2, $3)
     on conflict do nothing`,
    [business, chatId, email],
  );
}

export async function isEmailOf(
  db: Db,
  business: string,
  chatId: number,
  email: string,
): Promise<boolean> {
  const known = await maybeOne(
    db,
    'select 1 from chat_emails where business_id = $1 and chat_id = $2 and email = $3',
    [business, chatId, email],
  );
  return known !== undefined;
}

/** Whether a base of the business is registered with this address. */
export async function isBaseEmail(db: Db, business: string, email: string): Promise<boolean> {
  const known = await maybeOne(
    db,
    'select 1 from bases where business_id = $1 and email = $2 limit 1',
    [business, email],
  );
  return known !== undefined;
}
