import { Api } from 'grammy';
import type { Json, Received, Running } from './support.ts';

export const SITI = 920001;
export const BUDI = 920002;

/** grammY's own client for the bot `jiot`, as Pesan has it. */
export function apiOf(sandbox: { url: string }, timeoutSeconds = 15): Api {
  return new Api('9100:sandbox-jiot', { apiRoot: `${sandbox.url}/telegram`, timeoutSeconds });
}

export function textOf({ body }: Received): string {
  return (body.message as { text?: string } | undefined)?.text ?? '';
}

/** A call that answers an update, so that whoever spoke need not wait for silence. */
export function replyTo({ body }: Received): Json {
  const { chat } = body.message as { chat: { id: number } };
  return { method: 'sendMessage', chat_id: chat.id, text: 'ya' };
}

/** People who talk to `jiot`; what they said is waited for at the end. */
export function peopleOf(sandbox: Running) {
  const deeds: Promise<{ body: Json }>[] = [];
  const deed = (chatId: number, name: string, body: Json) => {
    const done = sandbox.control('POST', `/telegram/${chatId}/${name}`, { bot: 'jiot', ...body });
    deeds.push(done);
    return done;
  };
  return {
    deed,
    say: (chatId: number, text: string) => deed(chatId, 'say', { text }),
    allAnswered: () => Promise.all(deeds),
  };
}
