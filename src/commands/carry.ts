import { randomBytes } from 'node:crypto';
import { type Db, maybeOne, type Pool, run } from '../db/pool.ts';
import { hashToken } from '../db/vault.ts';
import type { BookingWish } from './draft.ts';

/** What somebody chose so far; every part of it may be missing, and none is checked yet. */
export type CarriedWish = Partial<BookingWish>;

/**
 * Keeps what somebody chose on the web, for the chat in which they go on; answers the token that a
 * link `https://t.me/<bot>?start=<token>` carries: 32 of the letters that Telegram allows there. It is
 * forgotten after a day.
 */
export async function keepDraft(
  { pool }: { pool: Pool },
  business: string,
  wish: CarriedWish,
): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  await run(pool, `insert into carried (business_id, token_hash, wish) values ($1, $2, $3)`, [
    business,
    hashToken(token),
    JSON.stringify(wish),
  ]);
  return token;
}

/** What was kept under a token, or undefined. It stays until its day is over: a link may be pressed twice. */
export async function takeDraft(
  db: Db,
  business: string,
  token: string,
): Promise<CarriedWish | undefined> {
  const kept = await maybeOne<{ wish: CarriedWish }>(
    db,
    `select wish from carried
     where business_id = $1 and token_hash = $2 and created_at > now() - interval '1 day'`,
    [business, hashToken(token)],
  );
  return kept?.wish;
}

/**
 * Where a person starts to talk to a bot, and what `/start` then carries: at most 64 of A–Z, a–z, 0–9,
 * `_` and `-`. Where a sandbox on this machine stands in for Telegram, that is its chat page.
 */
export function chatLink(
  telegramUrl: string,
  { business, username }: { business: string; username: string },
  payload: string,
): string {
  const { origin, hostname } = new URL(telegramUrl);
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
    return `https://t.me/${username}?start=${payload}`;
  }
  return `${origin}/chat?bot=${business}&start=${payload}`;
}
