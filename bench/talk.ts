export interface Message {
  text: string;
  buttons: { label: string }[][];
  at: string;
  editedAt?: string;
}

/** What a bot answered, and when it was asked: instants of the sandbox's clock. */
export interface Heard {
  at: string;
  messages: Message[];
}

export type Person = ReturnType<typeof openChat>;

/** A person's chat with a bot, on the sandbox's Telegram. */
export function openChat(sandboxUrl: string, bot: string, chatId: number) {
  const chat = `${sandboxUrl}/control/telegram/${chatId}`;
  const deed = async (name: string, body: object): Promise<Heard> => {
    const answer = await fetch(`${chat}/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ bot, ...body }),
    });
    if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Heard;
  };
  return {
    say: (text: string) => deed('say', { text, language: 'id' }),
    press: (label: string) => deed('press', { label }),
    messages: async (): Promise<Message[]> => {
      const answer = await fetch(`${chat}/messages?bot=${bot}`);
      return ((await answer.json()) as { messages: Message[] }).messages;
    },
  };
}
