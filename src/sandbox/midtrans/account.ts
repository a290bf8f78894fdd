import type { Request } from 'express';
import { basicKeyOf, merchantHash } from '../merchant.ts';

const SERVER_KEY = /^SB-Mid-server-([a-z0-9][a-z0-9-]{0,62})$/;

/** The merchant whose server key came as Basic user name; undefined for any other key. */
export function merchantOf(req: Request): string | undefined {
  return SERVER_KEY.exec(basicKeyOf(req) ?? '')?.[1];
}

export function serverKeyOf(merchant: string): string {
  return `SB-Mid-server-${merchant}`;
}

/** "G" and nine digits, always the same for a merchant. */
export function merchantIdOf(merchant: string): string {
  const digits = merchantHash(merchant).readUInt32BE(0) % 1_000_000_000;
  return `G${String(digits).padStart(9, '0')}`;
}
