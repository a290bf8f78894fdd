import type { Language } from '../../domain/facts.ts';
import { type Db, maybeOne, one, run, type Tx } from '../pool.ts';

/** A code that was asked for. */
export interface Otp {
  business: string;
  otpId: string;
  email: string;
  hash: Buffer;
  tries: number;
  usedAt: Date | null;
  expiresAt: Date;
}

/** Writes down a code: hashed for ever, sealed until it was sent. */
export async function insertOtp(
  db: Db,
  otp: Pick<Otp, 'business' | 'otpId' | 'email' | 'hash' | 'expiresAt'> & {
    sealed: Buffer;
    language: Language;
  },
  now: Date,
): Promise<void> {
  await run(
    db,
    `insert into otps (business_id, otp_id, email, code_hash, code_sealed, language, expires_at,
       created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [otp.business, otp.otpId, otp.email, otp.hash, otp.sealed, otp.language, otp.expiresAt, now],
  );
}

/** How many codes an address was sent since an instant. */
export async function countOtps(
  db: Db,
  business: string,
  email: string,
  since: Date,
): Promise<number> {
  const { count } = await one<{ count: number }>(
    db,
    `select count(*)::int as count from otps
     where business_id = $1 and email = $2 and created_at > $3`,
    [business, email, since],
  );
  return count;
}

/** Locks the newest code of an address. */
export function lockNewestOtp(tx: Tx, business: string, email: string): Promise<Otp | undefined> {
  return maybeOne(
    tx,
    `select business_id as business, otp_id as "otpId", email, code_hash as hash, tries,
       used_at as "usedAt", expires_at as "expiresAt"
     from otps where business_id = $1 and email = $2
     order by created_at desc limit 1 for update`,
    [business, email],
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
