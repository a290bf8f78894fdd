import { coding } from './activities.ts';

/** Sends one code by mail. Its digits and its address stay in Postgres; after its time nobody wants it. */
export async function otp({ business, otpId }: { business: string; otpId: string }): Promise<void> {
  await coding.sendOtp(business, otpId);
}
