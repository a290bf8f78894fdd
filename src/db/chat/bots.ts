import { createHmac } from 'node:crypto';
import { BUSINESS, type Business } from '../businesses.ts';
import { type Db, many, maybeOne, run } from '../pool.ts';
import type { Vault } from '../vault.ts';

export interface TelegramBot {
  business: string;
  username: string;
  token: string;
  ownerChats: number[];
  webhookUrl: string | null;
}

interface Row extends Omit<TelegramBot, 'token'> {
  sealed: Buffer;
}

const COLUMNS = `business_id as business, username, token_sealed as sealed,
  owner_chats::text[]::int8[] as "ownerChats", webhook_url as "webhookUrl"`;

/** A business's bot with its token, or undefined when it has none. */
export async function findBot(
  db: Db,
  vault: Vault,
  business: string,
): Promise<TelegramBot | undefined> {
  const row = await maybeOne<Row>(
    db,
    `select ${COLUMNS} from telegram_bots where business_id = $1`,
    [business],
  );
  return row && unsealed(vault, row);
}

/** A business and its bot, as one look; undefined when it has none. */
export async function findShopBot(
  db: Db,
  vault: Vault,
  business: string,
): Promise<{ bot: TelegramBot; shop: Business } | undefined> {
  const row = await maybeOne<Row & { shop: Business }>(
    db,
    `select ${COLUMNS}, (select row_to_json(b) from (${BUSINESS} where business_id = $1) b) as shop
     from telegram_bots where business_id = $1`,
    [business],
  );
  if (!row) return undefined;
  const { shop, ...bot } = row;
  return { bot: unsealed(vault, bot), shop };
}

export async function listBots(db: Db, vault: Vault): Promise<TelegramBot[]> {
  const rows = await many<Row>(db, `select ${COLUMNS} from telegram_bots order by business_id`);
  return rows.map((row) => unsealed(vault, row));
}

function unsealed(vault: Vault, { sealed, ...bot }: Row): TelegramBot {
  return { ...bot, ownerChats: bot.ownerChats.map(Number), token: vault.unseal(sealed) };
}

/** Adds a business's bot, or changes it; how its updates arrive stays as it is. */
export async function saveBot(
  db: Db,
  vault: Vault,
  bot: Omit<TelegramBot, 'webhookUrl'>,
): Promise<void> {
  await run(
    db,
    `insert into telegram_bots (business_id, username, token_sealed, owner_chats)
     values ($1, $2, $3, $4)
     on conflict (business_id) do update set username = excluded.username,
       token_sealed = excluded.token_sealed, owner_chats = excluded.owner_chats`,
    [bot.business, bot.username, vault.seal(bot.token), bot.ownerChats],
  );
}

/** Notes where Telegram sends a bot's updates; null: they are asked for. */
export async function noteWebhook(db: Db, business: string, url: string | null): Promise<void> {
  await run(db, 'update telegram_bots set webhook_url = $2 where business_id = $1', [
    business,
    url,
  ]);
}

/** What Telegram must show with each update that it sends: derived, so that nobody has to keep it. */
export function webhookSecret(vault: Vault, business: string): string {
  return createHmac('sha256', vault.formKey).update(`telegram\0${business}`).digest('base64url');
}

/**
 * Longer than a long poll; a process that died is followed by another after it. One whose update takes
 * longer than this may be followed, too: both then see the same update, which is taken once.
 */
const LEASE = '12 seconds';

/**
 * Takes or renews the right to ask for a bot's updates: Telegram answers one asker at a time. Answers
 * false while another process has it, or when updates are sent to us.
 */
export async function leaseUpdates(db: Db, business: string, process: string): Promise<boolean> {
  const leased = await run(
    db,
    `update telegram_bots set polled_by = $2, polled_until = clock_timestamp() + interval '${LEASE}'
     where business_id = $1 and webhook_url is null
       and (polled_by = $2 or polled_until < clock_timestamp())`,
    [business, process],
  );
  return leased === 1;
}

/** Gives that right back, so that the next process need not wait. */
export async function releaseUpdates(db: Db, business: string, process: string): Promise<void> {
  await run(
    db,
    `update telegram_bots set polled_until = '-infinity' where business_id = $1 and polled_by = $2`,
    [business, process],
  );
}
