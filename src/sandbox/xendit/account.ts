import type { Request } from 'express';
import { basicKeyOf, merchantHash } from '../merchant.ts';

const SECRET_KEY = /^xnd_(?:development|production)_([a-z0-9][a-z0-9-]{0,62})$/;

/** The merchant whose secret key came as Basic user name; undefined for any other key. */
export function merchantOf(req: Request): string | undefined {
  return SECRET_KEY.exec(basicKeyOf(req) ?? '')?.[1];
}

/** What stands in `x-callback-token` of every webhook to this merchant. */
export function callbackTokenOf(merchant: string): string {
  return `xnd-callback-${merchant}`;
}

/** The `user_id` and `business_id`: 24 hex digits, always the same for a merchant. */
export function userIdOf(merchant: string): string {
  return merchantHash(merchant).toString('hex').slice(0, 24);
}
