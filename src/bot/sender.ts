import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { InputFile } from 'grammy';
import { z } from 'zod';
import { findBot, type TelegramBot } from '../db/chat/bots.ts';
import { type ChatRef, markBlocked } from '../db/chat/chats.ts';
import {
  forgetSaid,
  leaveChat,
  markLastSaid,
  markSaid,
  markUnsaid,
  nextOutgoing,
  type Outgoing,
  reserveMoment,
  sayOtherwise,
  takeChat,
} from '../db/chat/outgoing.ts';
import type { Pool } from '../db/pool.ts';
import type { Vault } from '../db/vault.ts';
import { type Telegram, TelegramError } from '../notify/telegram.ts';

export interface SenderDeps {
  pool: Pool;
  vault: Vault;
  telegram: Telegram;
}

/**
 * Says what the outbox holds for a chat, in order and from one hand: while another hand is at it this
 * returns `done` at once, and that hand says ours too. What cannot be said now stays due: `later` then,
 * also when its time has not come yet. A crash between saying and marking may repeat that one message.
 */
export async function sendChat(deps: SenderDeps, ref: ChatRef): Promise<'done' | 'later'> {
  const me = randomUUID();
  const [bot, isOurs] = await Promise.all([
    findBot(deps.pool, deps.vault, ref.business),
    takeChat(deps.pool, ref, me),
  ]);
  if (!bot || !isOurs) return 'done';
  return sendAs(deps, { me, bot, ref, given: [] });
}

/** The one hand that says things to a chat, and what it was given to say, if it was: it has no more. */
export interface Hand {
  me: string;
  bot: TelegramBot;
  ref: ChatRef;
  given: Outgoing[];
}

async function sendAs(deps: SenderDeps, hand: Hand): Promise<'done' | 'later'> {
  const { ref, me } = hand;
  do {
    let outcome: 'done' | 'later' | 'left' | undefined;
    try {
      outcome = await drain(deps, hand);
      if (outcome === 'later') return 'later';
    } finally {
      if (outcome !== 'left') await leaveChat(deps.pool, ref, me);
    }
    // What came in while we were letting go found us still there: we look once more.
  } while ((await isTime(deps, ref)) && (await takeChat(deps.pool, ref, me)));
  return 'done';
}

async function isTime({ pool }: SenderDeps, ref: ChatRef): Promise<boolean> {
  return (await nextOutgoing(pool, ref))?.waitMs === 0;
}

/** A first try that Telegram failed is made again after a second or two; more is left to upkeep. */
const MOST_WAIT_MS = 3_000;
const MORE_TRIES = 2;

/**
 * Says what the outbox holds for a person who waits for an answer: what Telegram did not take is tried
 * twice more, as soon as its time comes, if that is near. The rest stays due. `hand`: who has the right
 * to send already.
 */
export async function sendAnswer(deps: SenderDeps, ref: ChatRef, hand?: Hand): Promise<void> {
  let outcome = hand ? await sendAs(deps, hand) : await sendChat(deps, ref);
  for (let more = MORE_TRIES; outcome === 'later' && more > 0; more -= 1) {
    const { waitMs = 0 } = (await nextOutgoing(deps.pool, ref)) ?? {};
    if (waitMs > MOST_WAIT_MS) return;
    await wait(waitMs);
    outcome = await sendChat(deps, ref);
  }
}

/** One message a second in a chat (Bots FAQ); what a person asked for may come at once, in a burst. */
const NOTICES_APART_MS = 1_000;

/** The right to send is renewed this often, at the latest: far sooner than it ends. */
const RENEW_MS = 5_000;

async function drain(deps: SenderDeps, hand: Hand): Promise<'done' | 'later' | 'left'> {
  const { ref, me } = hand;
  let renewedAt = performance.now();
  for (let wasNotice = false; ; ) {
    if (performance.now() - renewedAt > RENEW_MS) {
      if (!(await takeChat(deps.pool, ref, me))) return 'done';
      renewedAt = performance.now();
    }
    const given = hand.given.shift();
    const next = given ? { ...given, waitMs: 0 } : await nextOutgoing(deps.pool, ref);
    if (!next) return 'done';
    if (next.waitMs > 0) return 'later';
    if (wasNotice && next.isNotice) await wait(NOTICES_APART_MS);
    const isLast = given !== undefined && hand.given.length === 0;
    const outcome = await send(deps, hand, next, isLast);
    if (outcome === 'later' || outcome === 'left') return outcome;
    wasNotice = next.isNotice;
  }
}

/** Answers `left` when the right to send was given back with the last that it was given for. */
async function send(
  deps: SenderDeps,
  hand: Hand,
  next: Outgoing,
  isLast: boolean,
): Promise<'done' | 'later' | 'left'> {
  const { bot, me } = hand;
  if (next.isNotice) await pace(deps, next);
  const { told, ...said } = next.payload;
  const call = (payload: Record<string, unknown>) =>
    deps.telegram.call(bot.token, next.method, withFile(payload));
  try {
    await call(said).catch((error: unknown) => {
      if (!isLinkRefused(error)) throw error;
      return call(withoutLinks(said));
    });
  } catch (error) {
    if (!(error instanceof TelegramError)) throw error;
    // What becomes of it is in Postgres, and comes before the rest.
    hand.given = [];
    return unsaid(deps, next, error);
  }
  const writer = Told.safeParse(told).data;
  // Nobody is to find out later who wrote what was posted without a name.
  if (writer) await sayOtherwise(deps.pool, next, messageTo(writer.posted));
  else if (said.chat_id !== next.chatId) await forgetSaid(deps.pool, next);
  else if (!isLast) await markSaid(deps.pool, next, 'sent');
  else {
    await markLastSaid(deps.pool, next, me);
    return 'left';
  }
  return 'done';
}

/** What the writer of a post is told when it is in its channel, or is not going to be. */
const Told = z.object({
  posted: z.record(z.string(), z.unknown()),
  failed: z.record(z.string(), z.unknown()),
});

const messageTo = (payload: Record<string, unknown>) => ({ method: 'sendMessage', payload });

/** A post that Telegram did not take this often, within a minute or so, is given up. */
const TRIES_OF_A_POST = 5;

/** A picture waits in the outbox as base 64; Telegram takes it as a file. */
function withFile(payload: Record<string, unknown>): Record<string, unknown> {
  const photo = File.safeParse(payload.photo).data;
  if (!photo) return payload;
  return { ...payload, photo: new InputFile(Buffer.from(photo.file, 'base64'), photo.name) };
}

const File = z.object({ file: z.base64(), name: z.string() });

/** Telegram takes no buttons to addresses that only this machine knows: `http://localhost:3000`. */
function isLinkRefused(error: unknown): boolean {
  return error instanceof TelegramError && /button URL|BUTTON_URL_INVALID/i.test(error.description);
}

function withoutLinks(payload: Record<string, unknown>): Record<string, unknown> {
  const markup = payload.reply_markup as { inline_keyboard?: { url?: string }[][] } | undefined;
  const rows = markup?.inline_keyboard ?? [];
  const kept = rows.map((row) => row.filter((button) => button.url === undefined));
  return { ...payload, reply_markup: { inline_keyboard: kept.filter((row) => row.length > 0) } };
}

/** Notices to many at once leave as fast as Telegram allows; an answer to a person never waits. */
async function pace(deps: SenderDeps, { business }: Outgoing): Promise<void> {
  await wait(await reserveMoment(deps.pool, business));
}

async function unsaid(
  deps: SenderDeps,
  next: Outgoing,
  error: TelegramError,
): Promise<'done' | 'later'> {
  const reason = `${error.code} ${error.description}`.slice(0, 200);
  const writer = Told.safeParse(next.payload.told).data;
  if (writer && (!error.temporary || next.tries + 1 >= TRIES_OF_A_POST)) {
    await sayOtherwise(deps.pool, next, messageTo(writer.failed));
    return 'done';
  }
  // A channel that does not take the bot's posts says nothing about the person who wrote.
  if (error.blocked && next.payload.chat_id === next.chatId) {
    await markBlocked(deps.pool, next);
    return 'done';
  }
  if (error.temporary) {
    await markUnsaid(deps.pool, next, reason, error.retryAfterSeconds);
    return 'later';
  }
  // The message to change is gone, or too old: the person waits for what it was to say.
  if (next.method === 'editMessageText' && isUneditable(error)) {
    const { message_id: _, ...payload } = next.payload;
    await sayOtherwise(deps.pool, next, { method: 'sendMessage', payload });
    return 'done';
  }
  // The same text once more, or a button pressed long ago: nothing is lost.
  const harmless = /message is not modified|query is too old/.test(error.description);
  await markSaid(deps.pool, next, harmless ? 'dropped' : 'failed', reason);
  return 'done';
}

function isUneditable({ description }: TelegramError): boolean {
  return /message to edit not found|message can't be edited/i.test(description);
}
