import { EventEmitter } from 'node:events';
import { botUser, changeBot, chatOf, customerOf, customerUser } from './bots.ts';
import { putBounded } from './bounds.ts';
import type { BotState, Facts, Kept, Message, Update } from './facts.ts';

const keyOf = ({ message }: Kept) => String(message.message_id);

/** Not delivered unless asked for (Bot API, getUpdates, `allowed_updates`). */
const ON_REQUEST = ['chat_member', 'message_reaction', 'message_reaction_count'];
/** Telegram keeps an update that nobody fetched for a day. */
export const UPDATE_LIFE_MS = 24 * 60 * 60_000;

export type Desk = ReturnType<typeof createDesk>;

/** Where messages and updates are written; whoever waits hears `update` and `change`. */
export function createDesk(facts: Facts) {
  const events = new EventEmitter().setMaxListeners(0);

  const getBot = (slug: string) => facts.bots.get(slug) as BotState;

  const keep = (slug: string, { from, at, message }: Omit<Kept, 'changed'>, isEdit = false) => {
    const now = Date.now();
    const changed = getBot(slug).changes + 1;
    changeBot(facts, slug, { changes: changed });
    const { id } = message.chat;
    const times = isEdit ? { ...(at && { at }), editedAt: now } : { at: now };
    const row: Kept = { message, from, changed, ...times };
    putBounded(facts.messagesOf(slug, id), keyOf(row), row, keyOf);
    facts.chatsOf(slug).put(String(id), id);
    events.emit('change', slug, id);
    return message;
  };

  return {
    events,
    getBot,
    /** Writes a message into a chat and answers it as the Bot API shows it. */
    add(slug: string, chatId: number, from: Kept['from'], content: Partial<Message>): Message {
      const bot = getBot(slug);
      const id = bot.nextMessage;
      changeBot(facts, slug, { nextMessage: id + 1 });
      const author = from === 'bot' ? botUser(bot) : customerUser(customerOf(facts, chatId));
      const date = Math.floor(Date.now() / 1000);
      const chat = chatOf(facts, chatId);
      const message = { message_id: id, from: author, chat, date, ...content };
      return keep(slug, { from, message });
    },
    edit(slug: string, kept: Kept, content: Partial<Message>): Message {
      const edit_date = Math.floor(Date.now() / 1000);
      return keep(slug, { ...kept, message: { ...kept.message, ...content, edit_date } }, true);
    },
    remove(slug: string, chatId: number, messageId: number) {
      facts.messagesOf(slug, chatId).remove(String(messageId));
      changeBot(facts, slug, { changes: getBot(slug).changes + 1 });
      events.emit('change', slug, chatId);
    },
    find: (slug: string, chatId: number, messageId: number) =>
      facts.messagesOf(slug, chatId).get(String(messageId)),
    list: (slug: string, chatId: number) => [...facts.messagesOf(slug, chatId).values()],
    /** Queues an update for the bot; undefined when it did not ask for that kind. */
    tell(slug: string, chatId: number, kind: string, body: unknown): Update | undefined {
      const bot = getBot(slug);
      const allowed = bot.webhook?.allowed_updates ?? bot.allowedUpdates;
      if (allowed?.length ? !allowed.includes(kind) : ON_REQUEST.includes(kind)) return undefined;
      const update: Update = { update_id: bot.nextUpdate, [kind]: body };
      changeBot(facts, slug, { nextUpdate: bot.nextUpdate + 1 });
      const pending = { update, chatId, at: Date.now(), attempts: 0 };
      facts.pendingOf(slug).put(String(update.update_id), pending);
      events.emit('update', slug);
      return update;
    },
    /** Confirms an update: it is never told again. */
    confirm(slug: string, updateId: number) {
      facts.pendingOf(slug).remove(String(updateId));
      events.emit('confirmed', slug);
    },
    listPending(slug: string) {
      const pending = [...facts.pendingOf(slug).values()];
      for (const { update, at } of pending) {
        const isOld = Date.now() - at > UPDATE_LIFE_MS;
        if (isOld) facts.pendingOf(slug).remove(String(update.update_id));
      }
      return pending.filter(({ at }) => Date.now() - at <= UPDATE_LIFE_MS);
    },
    isPending: (slug: string, updateId: number) =>
      facts.pendingOf(slug).get(String(updateId)) !== undefined,
  };
}
