import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
} from 'node:crypto';
import type { BookingRef } from '../domain/booking.ts';

/** What a link may be for. Each opens only its own door. */
export type Capability = 'booking' | 'pay' | 'waiting' | 'invoice';

/**
 * Everything derived from the one master secret (`PESAN_SECRET`), each by its own HKDF label.
 *
 * - `seal`/`unseal`: AES-256-GCM, for identity numbers and provider keys at rest.
 * - `identityHash`: keyed, so that equal identities are found without being readable.
 * - `tokenOf`: 192 bits by HMAC, so that a repeated request can be answered with the same link;
 *   only its hash is stored.
 */
export interface Vault {
  seal(plain: string): Buffer;
  unseal(sealed: Buffer): string;
  identityHash(business: string, identity: string): Buffer;
  /** `attempt` names one invoice of a subscription. */
  tokenOf(capability: Capability, ref: BookingRef, attempt?: number): string;
  formKey: Buffer;
  ticketSeed: Buffer;
}

/** Throws an `Error` when the secret is shorter than 32 characters. */
export function createVault(secret: string): Vault {
  if (secret.length < 32) throw new Error('PESAN_SECRET must have at least 32 characters.');
  const key = (label: string) => Buffer.from(hkdfSync('sha256', secret, 'pesan', label, 32));
  const sealKey = key('seal');
  const identityKey = key('identity');
  const tokenKey = key('token');
  return {
    seal: (plain) => seal(sealKey, plain),
    unseal: (sealed) => unseal(sealKey, sealed),
    identityHash: (business, identity) =>
      createHmac('sha256', identityKey).update(`${business}\0${identity}`).digest(),
    tokenOf: (capability, ref, attempt) =>
      createHmac('sha256', tokenKey)
        .update([capability, ref.business, ref.code, attempt].filter(isGiven).join('\0'))
        .digest()
        .subarray(0, 24)
        .toString('base64url'),
    formKey: key('form'),
    ticketSeed: key('ticket'),
  };
}

function isGiven(part: string | number | undefined): boolean {
  return part !== undefined;
}

/** How a token is stored and looked up. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** Version, nonce, tag, text: the version byte lets a later key live beside this one. */
function seal(key: Buffer, plain: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), text]);
}

function unseal(key: Buffer, sealed: Buffer): string {
  if (sealed[0] !== 1) throw new Error('This value was sealed in a form that is not known here.');
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 13));
  decipher.setAuthTag(sealed.subarray(13, 29));
  return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
}
