import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a webhook was signed with a secret (Standard Webhooks 1.0) within the last five minutes.
 * `text` is the body as it came, before anybody parsed it.
 */
export function isGenuine(
  secret: string,
  headers: Record<string, string | string[] | undefined>,
  text: string,
  nowMs = Date.now(),
): boolean {
  const id = String(headers['webhook-id']);
  const timestamp = String(headers['webhook-timestamp']);
  const ageMs = nowMs - Number(timestamp) * 1_000;
  // An old one may have been overheard and sent again; NaN is no age either.
  if (!(Math.abs(ageMs) <= 5 * 60_000)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const wanted = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest();
  // There may be several, divided by blanks: while a secret is changed, say.
  return String(headers['webhook-signature'])
    .split(' ')
    .filter((signature) => signature.startsWith('v1,'))
    .map((signature) => Buffer.from(signature.slice('v1,'.length), 'base64'))
    .some((given) => given.length === wanted.length && timingSafeEqual(given, wanted));
}
