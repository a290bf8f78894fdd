import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { getBusiness } from '../../db/businesses.ts';
import type { Base } from '../../db/plan/bases.ts';
import {
  countOtps,
  insertOtp,
  isBaseEmail,
  isOwnAddress,
  lockNewestOtp,
  lockOtps,
  markOtp,
  type OtpOwner,
} from '../../db/plan/otps.ts';
import { inTransaction, type Tx } from '../../db/pool.ts';
import type { Vault } from '../../db/vault.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Language } from '../../domain/facts.ts';
import type { CommandDeps } from '../deps.ts';

/** For how long a code is good, and how often it may be tried. */
const LASTS_MS = 10 * 60_000;
const MOST_TRIES = 5;

/** How many a chat may ask for, and how many others may ask for an address, an hour. */
const MOST_AN_HOUR = 5;

export interface OtpWish {
  email: string;
  language?: Language | undefined;
  /** The chat that asks; the code is good there alone, and one asked for elsewhere is not. */
  chatId?: number | undefined;
}

/**
 * Sends a code of six digits to an address, if a base is registered with it. All else is the same
 * whether it was, the time that it takes and the code that may be tried among it: a difference would
 * tell who is a customer. `too-many`: this chat has asked often enough for now. What others ask for an
 * address is limited in silence, and takes nothing from the chat whose own the address is.
 */
export async function requestOtp(
  deps: CommandDeps,
  business: string,
  wish: OtpWish,
): Promise<'asked' | 'too-many'> {
  await getBusiness(deps.pool, business);
  const owner = ownerOf(business, wish.email, wish.chatId);
  const written = await inTransaction(deps.pool, (tx) => write(deps, tx, owner, wish.language));
  if (written === 'too-many') return 'too-many';
  if (written === 'enough') return 'asked';
  await deps.workflows.sendOtp(business, written.otpId).catch((cause: unknown) => {
    const away = new DomainError('UNAVAILABLE', 'No code could be sent now; ask again.', [], 5);
    throw Object.assign(away, { cause });
  });
  return 'asked';
}

/** Whether a chat has asked for as many codes as it may for now. */
export async function hasAskedEnough(
  tx: Tx,
  { business, chatId }: { business: string; chatId: number },
  now: Date,
): Promise<boolean> {
  const { ofChat } = await countOtps(tx, { business, chatId, email: '' }, hourBefore(now));
  return ofChat >= MOST_AN_HOUR;
}

function hourBefore(now: Date): Date {
  return new Date(now.getTime() - 3_600_000);
}

function ownerOf(business: string, email: string, chatId: number | undefined): OtpOwner {
  return { business, email: email.trim().toLowerCase(), chatId: chatId ?? null };
}

/** A code for an address that no base has is written down too, and never sent. */
async function write(
  { vault, ...deps }: CommandDeps,
  tx: Tx,
  owner: OtpOwner,
  language: Language = 'id',
): Promise<{ otpId: string } | 'too-many' | 'enough'> {
  const now = deps.now();
  await lockOtps(tx, owner.business);
  const count = await countOtps(tx, owner, hourBefore(now));
  if (count.ofChat >= MOST_AN_HOUR) return 'too-many';
  if (count.byOthers >= MOST_AN_HOUR && !(await isOwnAddress(tx, owner))) return 'enough';
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const sealed = vault.seal(code);
  const isKnown = await isBaseEmail(tx, owner.business, owner.email);
  const otp = {
    ...{ ...owner, otpId: randomUUID(), language },
    hash: hashOf(vault, owner, code),
    sealed: isKnown ? sealed : null,
    expiresAt: new Date(now.getTime() + LASTS_MS),
  };
  await insertOtp(tx, otp, now);
  return otp;
}

/** Keyed: six digits alone would be guessed from a stolen table at once. */
function hashOf(vault: Vault, { business, email }: OtpOwner, code: string): Buffer {
  return createHmac('sha256', vault.formKey)
    .update(['otp', business, email, code].join('\0'))
    .digest();
}

export type OtpRefusal = 'OTP_WRONG' | 'OTP_EXPIRED' | 'OTP_TOO_MANY';

/** A code as it was typed: for which base, as whose, and where. */
export interface OtpTry {
  base: Pick<Base, 'business' | 'email'>;
  email: string;
  chatId?: number | undefined;
  code: string;
}

/**
 * Uses up the newest code that was asked for where it is typed, or answers why not; a wrong one counts
 * as a try, which commits with the transaction. A code that was used is over. For an address that is not
 * the base's every code is wrong, and is counted and runs out like any other.
 */
export async function useOtp(
  tx: Tx,
  vault: Vault,
  { base, email, chatId, code }: OtpTry,
  now: Date,
): Promise<OtpRefusal | undefined> {
  const owner = ownerOf(base.business, email, chatId);
  const otp = await lockNewestOtp(tx, owner);
  if (!otp) return 'OTP_WRONG';
  if (otp.tries >= MOST_TRIES) return 'OTP_TOO_MANY';
  if (otp.usedAt || otp.expiresAt <= now) return 'OTP_EXPIRED';
  const isRight = timingSafeEqual(otp.hash, hashOf(vault, owner, code.trim()));
  if (!isRight || owner.email !== base.email) {
    await markOtp(tx, { ...otp, tries: otp.tries + 1 });
    return 'OTP_WRONG';
  }
  await markOtp(tx, { ...otp, usedAt: now });
  return undefined;
}

const REFUSALS: Record<OtpRefusal, string> = {
  OTP_WRONG: 'This is not the code that was sent to the registered address.',
  OTP_EXPIRED: 'This code is over: ask for a new one.',
  OTP_TOO_MANY: 'Too many wrong codes: ask for a new one.',
};

export function otpRefused(refusal: OtpRefusal): DomainError {
  return new DomainError(refusal, REFUSALS[refusal]);
}
