import type { Context } from 'grammy';
import type { CommandDeps } from '../commands/deps.ts';
import type { Business } from '../db/businesses.ts';
import type { TelegramBot } from '../db/chat/bots.ts';
import { type Chat, lockKnownChat } from '../db/chat/chats.ts';
import { closeTurn, type Saying } from '../db/chat/outgoing.ts';
import type { FactsDeps } from '../db/order/facts.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import type { Language, Texts } from '../domain/facts.ts';
import type { Logger } from '../log.ts';
import { type Flow, html, keyboardOf, type Press, type Screen } from '../notify/buttons.ts';
import type { Telegram } from '../notify/telegram.ts';
import type { Hand } from './sender.ts';

/** What the bot's flows reach. */
export interface BotDeps extends CommandDeps, FactsDeps {
  telegram: Telegram;
  texts: Texts;
  log: Logger;
}

/**
 * One update being handled, inside its transaction. Flows change `chat` and say things; both commit
 * together. `after` runs when they have: for a command, whose answer is a turn of its own.
 */
export interface Turn {
  tx: Tx;
  deps: BotDeps;
  business: Business;
  bot: TelegramBot;
  chat: Chat;
  press?: Press;
  /** The message whose button was pressed: it becomes the next step in place. */
  messageId?: number;
  said: Saying[];
  /** Who says it once it has committed, when that is known by then. */
  hand?: Hand;
  toast?: string;
  after?: () => Promise<void>;
  t: Say;
}

export type BotContext = Context & { turn: Turn };

/** A text of the bot in the person's language, its key without `bot-`; what is put in is escaped. */
export type Say = (key: string, args?: Record<string, string | number | Date>) => string;

export function sayIn(texts: Texts, language: Language): Say {
  return (key, args = {}) => {
    const escaped = Object.entries(args).map(([name, value]) => [
      name,
      typeof value === 'string' ? html(value) : value,
    ]);
    return texts(language, `bot-${key}`, Object.fromEntries(escaped));
  };
}

/**
 * A turn of its own that follows a turn's `after`: says how what was asked for went. `turn` itself is
 * over by then.
 */
export async function afterwards(turn: Turn, work: (later: Turn) => Promise<void>): Promise<void> {
  await inTransaction(turn.deps.pool, async (tx) => {
    const chat = await lockKnownChat(tx, turn.chat);
    const later: Turn = { ...turn, tx, chat, said: [] };
    delete later.toast;
    delete later.after;
    await work(later);
    await closeTurn(tx, chat, later.said);
  });
}

/** Says a text, with what else `sendMessage` takes. */
export function tell(turn: Pick<Turn, 'chat' | 'said'>, text: string, more: object = {}): void {
  turn.said.push({ method: 'sendMessage', payload: messageOf(turn.chat.chatId, text, more) });
}

/** Shows a screen: in place of the one whose button was pressed, else as a new message. */
export function show(turn: Turn, screen: Screen, of: { flow: Flow; step: string }): void {
  const form = turn.chat.formNo;
  const more = { reply_markup: keyboardOf(screen.keys, { form, ...of }) };
  if (turn.messageId === undefined) {
    tell(turn, screen.text, more);
    return;
  }
  const payload = messageOf(turn.chat.chatId, screen.text, more);
  turn.said.push({
    method: 'editMessageText',
    payload: { ...payload, message_id: turn.messageId },
  });
}

/** A message of the Bot API with our way of writing. */
export function messageOf(chatId: number, text: string, more: object): Record<string, unknown> {
  return {
    chat_id: chatId,
    text,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    ...more,
  };
}
