import { createHmac, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { getBusiness } from '../../db/businesses.ts';
import { countOtps, insertOtp, isBaseEmail, lockNewestOtp, markOtp } from '../../db/plan/otps.ts';
import type { Tx } from '../../db/pool.ts';
import type { Vault } from '../../db/vault.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Language } from '../../domain/facts.ts';
import type { CommandDeps } from '../deps.ts';

/** For how long a code is good, how often it may be tried, how many an address is sent an hour. */
const LASTS_MS = 10 * 60_000;
const MOST_TRIES = 5;
const MOST_AN_HOUR = 5;

/**
 * Sends a code of six digits to an address, if a base is registered with it. Says the same whether it
 * was: an answer that differs would tell who is a customer.
 */
export async function requestOtp(
  deps: CommandDeps,
  business: string,
  wish: { email: string; language?: Language | undefined },
): Promise<void> {
  await getBusiness(deps.pool, business);
  const email = wish.email.trim().toLowerCase();
  const now = deps.now();
  const hourAgo = new Date(now.getTime() - 3_600_000);
  if (!(await isBaseEmail(deps.pool, business, email))) return;
  if ((await countOtps(deps.pool, business, email, hourAgo)) >= MOST_AN_HOUR) return;
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const otpId = randomUUID();
  await insertOtp(
    deps.pool,
    {
      ...{ business, otpId, email, language: wish.language ?? 'id' },
      hash: hashOf(deps.vault, business, email, code),
      sealed: deps.vault.seal(code),
      expiresAt: new Date(now.getTime() + LASTS_MS),
    },
    now,
  );
  await deps.workflows.sendOtp(business, otpId).catch((cause: unknown) => {
    const away = new DomainError('UNAVAILABLE', 'No code could be sent now; ask again.', [], 5);
    throw Object.assign(away, { cause });
  });
}

/** Keyed: six digits alone would be guessed from a stolen table at once. */
function hashOf(vault: Vault, business: string, email: string, code: string): Buffer {
  return createHmac('sha256', vault.formKey)
    .update(['otp', business, email, code].join('\0'))
    .digest();
}

export type OtpRefusal = 'OTP_WRONG' | 'OTP_EXPIRED' | 'OTP_TOO_MANY';

/**
 * Uses up an address's newest code, or answers why not; a wrong one counts as a try, which commits with
 * the transaction. A code that was used is over.
 */
export async function useOtp(
  tx: Tx,
  vault: Vault,
  business: string,
  address: string,
  code: string,
  now: Date,
): Promise<OtpRefusal | undefined> {
  const email = address.trim().toLowerCase();
  const otp = await lockNewestOtp(tx, business, email);
  if (!otp) return 'OTP_WRONG';
  if (otp.tries >= MOST_TRIES) return 'OTP_TOO_MANY';
  if (otp.usedAt || otp.expiresAt <= now) return 'OTP_EXPIRED';
  if (!timingSafeEqual(otp.hash, hashOf(vault, business, email, code.trim()))) {
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
