import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Request, Response } from 'express';

export interface CookieDeps {
  publicUrl: string;
}

/** A cookie of a request, or undefined. */
export function cookieOf(request: Request, name: string): string | undefined {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return undefined;
}

/**
 * Sets a cookie that no script reads and that comes along when a link is followed here, but not with
 * what another site sends, for the addresses under a path. Values are plain ASCII.
 */
export function setCookie(
  { publicUrl }: CookieDeps,
  response: Response,
  name: string,
  value: string,
  maxAgeSeconds: number,
  path = '/',
): void {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  response.append(
    'Set-Cookie',
    `${name}=${value}; Path=${path}; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure}`,
  );
}

/** 128 bits that only the holder of the key can make for this text. */
export function signature(key: Buffer, purpose: string, text: string): string {
  return createHmac('sha256', key)
    .update(`${purpose}\0${text}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

/** Compares in constant time. */
export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
