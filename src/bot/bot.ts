import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Composer, Context } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import { z } from 'zod';
import type { Business } from '../db/businesses.ts';
import { findShopBot, type TelegramBot } from '../db/chat/bots.ts';
import { type ChatRef, openChat } from '../db/chat/chats.ts';
import { closeTurn } from '../db/chat/outgoing.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import type { Language } from '../domain/facts.ts';
import { readPress } from '../notify/buttons.ts';
import { bookForm } from './booking.ts';
import { catalog } from './catalog.ts';
import { readForm } from './form.ts';
import { help, lost } from './help.ts';
import { order } from './order.ts';
import { owner } from './owner.ts';
import { takePatiently } from './patience.ts';
import { plans } from './plan/plans.ts';
import { sendAnswer } from './sender.ts';
import { status } from './status.ts';
import { type BotContext, type BotDeps, sayIn, type Turn } from './turn.ts';

export type Taken = 'taken' | 'duplicate' | 'ignored' | 'left' | 'no-bot';

export interface Bot {
  /**
   * Handles one update of a business's bot, however it arrived. Its number, the chat's new state and
   * what is said commit together; the same update again changes nothing, and finishes what a crash
   * left undone. What follows (sending, booking) is waited for shortly; upkeep finishes it if this
   * process does not. Throws when the update could not be stored: it is to be sent again. One that
   * cannot be taken however often it is sent is noted and `left` behind: it would hold up all others.
   */
  take(business: string, update: unknown): Promise<Taken>;
}

/** The bots of all businesses, as one. The order of the flows is the order in which they are asked. */
export function createBot(deps: BotDeps): Bot {
  const flows = new Composer<BotContext>();
  flows.branch(
    ({ turn }) => turn.business.kind === 'plan',
    plans.middleware(),
    new Composer<BotContext>(owner, order, help, catalog, status, lost).middleware(),
  );
  const handle = flows.middleware();
  return takePatiently(deps, {
    async take(business, update) {
      const found = await findShopBot(deps.pool, deps.vault, business);
      if (!found) return 'no-bot';
      const { bot } = found;
      const parsed = Incoming.safeParse(update);
      if (!parsed.success) return 'ignored';
      const from = personOf(parsed.data);
      if (!from) return 'ignored';
      const ref = { business, chatId: from.id };
      const turn = await inTransaction(deps.pool, async (tx) => {
        const turn = await begin(deps, tx, found, ref, parsed.data);
        if (!turn) return undefined;
        const ctx = new Context(update as Update, deps.telegram.apiOf(bot.token), meOf(bot));
        await handle(Object.assign(ctx, { turn }), async () => undefined);
        await conclude(turn, parsed.data);
        return turn;
      });
      await shortly(follow(deps, ref, turn));
      return turn ? 'taken' : 'duplicate';
    },
  });
}

const Person = z.object({
  id: z.number().int(),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});

/** What is read of an update before grammY has it; only private chats are talked to. */
const Incoming = z.object({
  update_id: z.number().int(),
  message: z.object({ from: Person.optional(), chat: z.object({ type: z.string() }) }).optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: Person,
      data: z.string().default(''),
      message: z.object({ message_id: z.number().int() }).optional(),
    })
    .optional(),
});
type Incoming = z.output<typeof Incoming>;

function personOf({ message, callback_query: query }: Incoming) {
  if (query) return query.from;
  return message?.chat.type === 'private' ? message.from : undefined;
}

/** Undefined for an update that was here before. */
async function begin(
  deps: BotDeps,
  tx: Tx,
  { bot, shop: business }: { bot: TelegramBot; shop: Business },
  ref: ChatRef,
  update: Incoming,
): Promise<Turn | undefined> {
  const { first_name: first, last_name: last, language_code: code } = personOf(update)!;
  const language = languageOf(code);
  const name = [first, last].filter(Boolean).join(' ').slice(0, 100);
  const chat = await openChat(tx, ref, update.update_id, { name, language });
  if (!chat) return undefined;
  const query = update.callback_query;
  const press = query && readPress(query.data);
  const messageId = query?.message?.message_id;
  return {
    ...{ tx, deps, business, bot, chat, said: [], t: sayIn(deps.texts, language) },
    ...(press && { press }),
    ...(messageId !== undefined && { messageId }),
  };
}

/** Indonesian for its speakers and their neighbours, and for whoever does not say; else English. */
function languageOf(code: string | undefined): Language {
  return !code || /^(id|in|ms|jv|su)\b/i.test(code) ? 'id' : 'en';
}

/** A pressed button waits for its answer: that goes first, then what was said. */
async function conclude(turn: Turn, { callback_query: query }: Incoming): Promise<void> {
  const { tx, chat, said, toast } = turn;
  // 200 characters are all that a toast holds.
  const text = toast?.slice(0, 200);
  const payload = { callback_query_id: query?.id, ...(text && { text }) };
  const answered = query ? [{ method: 'answerCallbackQuery', payload }] : [];
  const me = randomUUID();
  const given = await closeTurn(tx, chat, [...answered, ...said], me);
  const ref = { business: chat.business, chatId: chat.chatId };
  if (given.length > 0) turn.hand = { me, bot: turn.bot, ref, given };
}

/**
 * What follows the commit: sending, and the command that the update led to, whose answer is sent, too.
 * Never throws: what could not be done is in Postgres, and upkeep does it.
 */
async function follow(deps: BotDeps, ref: ChatRef, turn: Turn | undefined): Promise<void> {
  const later = (error: unknown) => deps.log.warn({ error: nameOf(error) }, 'A chat waits');
  const sending = sendAnswer(deps, ref, turn?.hand).catch(later);
  // An update that was here before may have been left right after its commit.
  const isSent = !turn || readForm(turn.chat.form)?.step === 'booking';
  const hasBooked = isSent && (await bookForm(deps, ref).catch(later));
  await turn?.after?.().catch(later);
  await sending;
  if (hasBooked || turn?.after) await sendAnswer(deps, ref).catch(later);
}

/** Who sends us something is answered within two seconds; one person's booking holds up nobody's. */
const PATIENCE_MS = 1_500;

async function shortly(work: Promise<void>): Promise<void> {
  const done = new AbortController();
  const patience = wait(PATIENCE_MS, undefined, { signal: done.signal }).catch(() => undefined);
  await Promise.race([work, patience]);
  done.abort();
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

/** What grammY knows of the bot without asking Telegram. */
function meOf({ token, username }: TelegramBot): UserFromGetMe {
  return {
    id: Number(token.split(':')[0]),
    is_bot: true,
    first_name: username,
    username,
  } as UserFromGetMe;
}
