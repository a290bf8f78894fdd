import { getBusiness } from '../../db/businesses.ts';
import { findUnsentOtp, markOtpSent } from '../../db/plan/otps.ts';
import { otpLetter } from '../../notify/otp.ts';
import type { Deps } from '../deps.ts';

/** Sends a code by mail and forgets it in the clear; one that was sent is not sent again. */
export async function sendOtp(deps: Deps, business: string, otpId: string): Promise<void> {
  const otp = await findUnsentOtp(deps.pool, business, otpId);
  if (!otp) return;
  const { name, timeZone } = await getBusiness(deps.pool, business);
  const { email: to, language, sealed, expiresAt } = otp;
  const code = deps.vault.unseal(sealed);
  const letter = otpLetter({ business: name, timeZone, language, code, expiresAt }, deps.texts);
  const messageId = `<otp-${otpId}@${business}.pesan>`;
  await deps.mailer.send({ to, ...letter, attachments: [], messageId });
  await markOtpSent(deps.pool, business, otpId);
}
