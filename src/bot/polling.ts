import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { listCommands, setWebhook } from '../commands/telegram.ts';
import {
  findBot,
  leaseUpdates,
  listBots,
  releaseUpdates,
  type TelegramBot,
} from '../db/chat/bots.ts';
import type { Bot } from './bot.ts';
import type { BotDeps } from './turn.ts';

/** How long Telegram may keep a question for updates; the lease is twice as long. */
const POLL_SECONDS = 6;

/** How soon a bot that was added, or that another process let go, is found. */
const LOOK_MS = 2_000;

const Updates = z.array(z.looseObject({ update_id: z.number().int() }));

/**
 * Asks Telegram for the updates of every bot that has no webhook, until `stopping`; of several
 * processes one asks for a bot, by a lease. Resolves when it stopped asking.
 */
export async function pollUpdates(deps: BotDeps, bot: Bot, stopping: AbortSignal): Promise<void> {
  const running = new Map<string, Promise<void>>();
  while (!stopping.aborted) {
    const bots = await listBots(deps.pool, deps.vault).catch(() => []);
    for (const one of bots) {
      const { business } = one;
      if (one.webhookUrl || running.has(business)) continue;
      const polling = pollBot(deps, bot, one, stopping).finally(() => running.delete(business));
      running.set(business, polling);
    }
    await pause(LOOK_MS, stopping);
  }
  await Promise.allSettled(running.values());
}

/** Asks for one bot's updates while the lease is ours. */
async function pollBot(deps: BotDeps, bot: Bot, of: TelegramBot, stopping: AbortSignal) {
  const me = randomUUID();
  let offset: number | undefined;
  try {
    const isOurs = await leaseUpdates(deps.pool, of.business, me);
    if (!isOurs || !(await prepare(deps, of, stopping))) return;
    while (!stopping.aborted && (await leaseUpdates(deps.pool, of.business, me))) {
      const updates = Updates.parse(
        await deps.telegram.call(of.token, 'getUpdates', question(offset), stopping),
      );
      const took = await takeAll(bot, of.business, updates);
      const next = updates[took - 1];
      if (next) offset = next.update_id + 1;
      if (took < updates.length) await pause(1_000, stopping);
    }
  } catch (error) {
    const name = error instanceof Error ? error.name : 'unknown';
    if (!stopping.aborted) deps.log.warn({ business: of.business, error: name }, 'No updates now');
  } finally {
    await releaseUpdates(deps.pool, of.business, me).catch(() => undefined);
  }
}

/**
 * Telegram keeps updates for us only without a webhook; its menu lists what the bot can do. Answers
 * whether to go on: a webhook that an owner set just before it was deleted here is set again.
 */
async function prepare(deps: BotDeps, bot: TelegramBot, stopping: AbortSignal): Promise<boolean> {
  await deps.telegram.call(bot.token, 'deleteWebhook', {}, stopping);
  const now = await findBot(deps.pool, deps.vault, bot.business);
  if (now?.webhookUrl) {
    await setWebhook(deps, bot.business, 'polling');
    return false;
  }
  await listCommands(deps, bot);
  return true;
}

function question(offset: number | undefined) {
  return {
    timeout: POLL_SECONDS,
    allowed_updates: ['message', 'callback_query'],
    ...(offset !== undefined && { offset }),
  };
}

/**
 * Takes updates, one chat's in their order and different chats' side by side. Answers how many, from
 * the first on, are done: the others are asked for again.
 */
async function takeAll(
  bot: Bot,
  business: string,
  updates: z.output<typeof Updates>,
): Promise<number> {
  const lines = new Map<string, Promise<boolean>>();
  const taken = updates.map((update) => {
    const chat = chatOf(update);
    const before = lines.get(chat) ?? Promise.resolve(true);
    const mine = before.then((isFree) => isFree && takeOne(bot, business, update));
    lines.set(chat, mine);
    return mine;
  });
  const done = await Promise.all(taken);
  const first = done.indexOf(false);
  return first < 0 ? updates.length : first;
}

/** Answers whether Telegram need not send it again. */
async function takeOne(bot: Bot, business: string, update: object): Promise<boolean> {
  return bot.take(business, update).then(
    () => true,
    () => false,
  );
}

function chatOf(update: Record<string, unknown>): string {
  const { message, callback_query: query } = update as {
    message?: { chat?: { id?: number } };
    callback_query?: { from?: { id?: number } };
  };
  return String(query?.from?.id ?? message?.chat?.id ?? '');
}

function pause(ms: number, stopping: AbortSignal): Promise<unknown> {
  return wait(ms, undefined, { signal: stopping }).catch(() => undefined);
}
