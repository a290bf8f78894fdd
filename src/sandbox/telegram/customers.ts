import { randomBytes } from 'node:crypto';
import { chatOf, customerOf, customerUser } from './bots.ts';
import { putQuery } from './bounds.ts';
import type { Desk } from './desk.ts';
import { commandEntity } from './entities.ts';
import type { Facts, Kept, Message } from './facts.ts';
import type { Button } from './keyboard.ts';

export interface Heard {
  /** The toast of a pressed button. */
  answer?: string;
  messages: Kept[];
  /** When the deed was done, in milliseconds. */
  at: number;
}

/** How long a bot that heard an update may still take to say something. */
const SILENCE_MS = 2_500;
/** After a word, more words follow at once or not at all. */
const SETTLED_MS = 300;
/** Nobody listens, or the listener fails: the tester gets what there is. */
const LONGEST_WAIT_MS = 10_000;

export type Customers = ReturnType<typeof createCustomers>;

/** What people do in a chat: say, press, share their number. Each waits for the bot's reaction. */
export function createCustomers(facts: Facts, desk: Desk) {
  const userOf = (id: number) => customerUser(customerOf(facts, id));

  const tellMessage = (slug: string, chatId: number, content: Partial<Message>) => {
    const message = desk.add(slug, chatId, 'customer', content);
    return desk.tell(slug, chatId, 'message', message)?.update_id;
  };

  /** Runs the deed, then collects what the bot says until it has settled. */
  const react = async (slug: string, chatId: number, deed: () => Reaction): Promise<Heard> => {
    const before = desk.getBot(slug).changes;
    const at = Date.now();
    const { updateId, queryId, own } = deed();
    const news = () =>
      desk.list(slug, chatId).filter(({ changed, from }) => changed > before && from === 'bot');
    const answerOf = () => (queryId ? facts.queries.get(queryId)?.answer : undefined);
    const state = () => ({
      handled: updateId === undefined || !desk.isPending(slug, updateId),
      spoke: news().length > 0 || Boolean(answerOf()?.text),
    });
    await settled(desk, slug, chatId, state);
    const heard = news().filter(({ message }) => message.message_id !== own);
    const answer = answerOf()?.text;
    return { ...(answer !== undefined && { answer }), messages: heard, at };
  };

  return {
    /** Keeps a person's name, language or phone; the rest stays. */
    put(id: number, change: { name?: string; language?: string }) {
      return facts.customers.put(String(id), { ...customerOf(facts, id), ...change });
    },
    say: (slug: string, chatId: number, text: string) =>
      react(slug, chatId, () => {
        const entities = commandEntity(text);
        const content = { text, ...(entities.length > 0 && { entities }) };
        return { updateId: tellMessage(slug, chatId, content) };
      }),
    shareContact: (slug: string, chatId: number) =>
      react(slug, chatId, () => {
        const { phone, name } = customerOf(facts, chatId);
        const contact = { phone_number: phone, first_name: name, user_id: chatId };
        return { updateId: tellMessage(slug, chatId, { contact }) };
      }),
    /** The newest message that has the button, or that very message. */
    findButton(slug: string, chatId: number, label: string | undefined, messageId?: number) {
      const messages = desk.list(slug, chatId).reverse();
      for (const { message } of messages) {
        if (messageId !== undefined && message.message_id !== messageId) continue;
        const { inline_keyboard: inline, keyboard } = message.reply_markup ?? {};
        const buttons = (inline ?? keyboard ?? []).flat();
        const button = buttons.find(({ text }) => label === undefined || text === label);
        if (button) return { message, button };
      }
      return undefined;
    },
    press: (slug: string, chatId: number, message: Message, button: Button) =>
      react(slug, chatId, () => {
        if (button.callback_data === undefined) {
          return { updateId: tellMessage(slug, chatId, { text: button.text }) };
        }
        const id = String(BigInt(`0x${randomBytes(7).toString('hex')}`));
        putQuery(facts.queries, { id, chatId, at: Date.now() });
        const query = {
          id,
          from: userOf(chatId),
          chat_instance: String(chatId),
          data: button.callback_data,
          message,
        };
        return {
          updateId: desk.tell(slug, chatId, 'callback_query', query)?.update_id,
          queryId: id,
        };
      }),
    /** 403 for the bot from now on, and it is told so. */
    setBlocked(slug: string, chatId: number, isBlocked: boolean) {
      const customer = customerOf(facts, chatId);
      const others = customer.blocked.filter((each) => each !== slug);
      const was = customer.blocked.includes(slug);
      const blocked = isBlocked ? [...others, slug] : others;
      facts.customers.put(String(chatId), { ...customer, blocked });
      if (was === isBlocked) return;
      const member = (status: string) => ({ status, user: { id: desk.getBot(slug).id } });
      desk.tell(slug, chatId, 'my_chat_member', {
        chat: chatOf(facts, chatId),
        from: userOf(chatId),
        date: Math.floor(Date.now() / 1000),
        old_chat_member: member(isBlocked ? 'member' : 'kicked'),
        new_chat_member: member(isBlocked ? 'kicked' : 'member'),
      });
    },
  };
}

interface Reaction {
  updateId?: number | undefined;
  queryId?: string;
  own?: number;
}

interface ReactionState {
  handled: boolean;
  spoke: boolean;
}

/** Until the update was handled and the chat is quiet; never longer than the limit. */
function settled(desk: Desk, slug: string, chatId: number, state: () => ReactionState) {
  return new Promise<void>((done) => {
    let quiet: NodeJS.Timeout | undefined;
    const end = () => {
      clearTimeout(quiet);
      clearTimeout(limit);
      desk.events.off('change', changed);
      desk.events.off('confirmed', confirmed);
      done();
    };
    const listen = () => {
      clearTimeout(quiet);
      const { handled, spoke } = state();
      if (handled) quiet = setTimeout(end, spoke ? SETTLED_MS : SILENCE_MS);
    };
    const changed = (bot: string, chat: number) =>
      bot === slug && (chat === chatId || chat === 0) && listen();
    const confirmed = (bot: string) => bot === slug && listen();
    const limit = setTimeout(end, LONGEST_WAIT_MS);
    desk.events.on('change', changed);
    desk.events.on('confirmed', confirmed);
    listen();
  });
}
