import type { PageState } from '../state.ts';

export interface Heard {
  /** The toast of a pressed button. */
  answer?: string | null;
}

export async function readState(bot: string, people: number[]): Promise<PageState> {
  const query = new URLSearchParams({ bot, people: people.join(',') });
  const response = await fetch(`/chat/state?${query}`);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status}.`);
  return (await response.json()) as PageState;
}

/** One deed of a person, by the same control calls that tests use. */
export async function act(chatId: number, deed: string, body: object): Promise<Heard> {
  const response = await fetch(`/control/telegram/${chatId}/${deed}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as Heard & { error?: string };
  if (!response.ok) throw new Error(answer.error ?? `The sandbox answered ${response.status}.`);
  return answer;
}
