import { createHash } from 'node:crypto';
import type { Request } from 'express';

const SERVER_KEY = /^SB-Mid-server-([a-z0-9][a-z0-9-]{0,62})$/;

/** The merchant whose server key came as Basic user name; undefined for any other key. */
export function merchantOf(req: Request): string | undefined {
  const encoded = /^Basic (.+)$/i.exec(req.headers.authorization ?? '')?.[1] ?? '';
  const [key = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return password === '' ? SERVER_KEY.exec(key)?.[1] : undefined;
}

export function serverKeyOf(merchant: string): string {
  return `SB-Mid-server-${merchant}`;
}

/** "G" and nine digits, always the same for a merchant. */
export function merchantIdOf(merchant: string): string {
  const hash = createHash('sha256').update(merchant).digest();
  return `G${String(hash.readUInt32BE(0) % 1_000_000_000).padStart(9, '0')}`;
}

/** "mount-slamet" → "Mount Slamet": the page's name for a merchant. */
export function merchantNameOf(merchant: string): string {
  return merchant
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
}
