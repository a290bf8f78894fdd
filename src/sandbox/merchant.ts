import { createHash } from 'node:crypto';
import type { Request } from 'express';

/** The key that came as Basic user name with no password, as both payment providers want it. */
export function basicKeyOf(req: Request): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const [key = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password === '' ? key : undefined;
}

/** "mount-slamet" → "Mount Slamet": the pages' name for a merchant. */
export function merchantNameOf(merchant: string): string {
  return merchant
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}

/** Bytes that are always the same for a merchant. */
export function merchantHash(merchant: string): Buffer {
  return createHash('sha256').update(merchant).digest();
}
