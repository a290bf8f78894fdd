import { until } from '../../src/local/until.ts';
import type { Stack } from '../ground/stack.ts';

export interface Message {
  id: number;
  from: 'bot' | 'customer';
  text: string;
  buttons: { label: string; url?: string; copy?: string }[][];
  /** When it was said, ISO 8601. */
  at: string;
  editedAt?: string;
}

export interface Heard {
  answer: string | null;
  messages: Message[];
}

/** A person's chat with a bot, Jiot's unless told otherwise, as the sandbox's Telegram has it. */
export function chatOf(stack: Stack, chatId: number, language = 'id', bot = 'jiot') {
  const deed = async (name: string, body: object): Promise<Heard> => {
    const path = `/control/telegram/${chatId}/${name}`;
    const answer = await stack.sandbox.call('POST', path, { body: { bot, ...body } });
    if (answer.status !== 200) throw new Error(`${name}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const messages = async (): Promise<Message[]> => {
    const path = `/control/telegram/${chatId}/messages?bot=${bot}`;
    return (await stack.sandbox.call('GET', path)).body.messages;
  };
  return {
    chatId,
    say: (text: string) => deed('say', { text, language }),
    press: (label: string, messageId?: number) =>
      deed('press', { label, ...(messageId !== undefined && { messageId }) }),
    contact: () => deed('contact', {}),
    block: () => deed('block', {}),
    messages,
    /** Sends the filled form off, and waits for its answer: what was said since. */
    book: async (): Promise<Heard> => {
      const known = (await messages()).length;
      const { answer } = await deed('press', { label: 'Pesan sekarang' });
      let said: Message[] = [];
      await until('the booking is answered', 20_000, async () => {
        said = (await messages()).slice(known);
        return said.length > 0;
      });
      return { answer, messages: said };
    },
    /** The newest message of the bot. */
    last: async () => (await messages()).filter((one) => one.from === 'bot').at(-1)!,
  };
}

export type Talk = ReturnType<typeof chatOf>;

/** The labels of a message's buttons. */
export function labelsOf(message: Message | undefined): string[] {
  return (message?.buttons ?? []).flat().map((button) => button.label);
}

/** What the bot said, all of it. */
export function textOf({ messages }: Heard): string {
  return messages.map((message) => message.text).join('\n');
}

/** Goes through the form up to its last screen, on a day and hour. */
export async function fillForm(talk: Talk, date: string, time: string): Promise<Heard> {
  await talk.say('/order');
  await talk.press('Booking');
  await talk.say(date);
  await talk.press('iPhone 13');
  await talk.press(time);
  const parts = labelsOf(await talk.last());
  await talk.press(parts.find((label) => label.startsWith('Baterai'))!);
  await talk.press('Lanjut »');
  const chosen = await talk.press('Virtual account BCA');
  if (!textOf(chosen).includes('Periksa pesanan Anda')) throw new Error(textOf(chosen));
  return talk.say(`chat${talk.chatId}@example.com`);
}
