import type { BotState, Chat, Customer, Facts, User } from './facts.ts';

const TOKEN = /^(\d{1,16}):sandbox-([a-z0-9][a-z0-9-]{0,62})$/;

/** The bot that a token `<digits>:sandbox-<slug>` names, known from its first call on. */
export function botOfToken(facts: Facts, token: string): BotState | undefined {
  const [, id = '', slug = ''] = TOKEN.exec(token) ?? [];
  if (!slug) return undefined;
  const known = facts.bots.get(slug);
  if (known) return known;
  const fresh = { slug, id: Number(id), nextUpdate: 100_001, nextMessage: 1, changes: 0 };
  return facts.bots.put(slug, fresh);
}

export function changeBot(facts: Facts, slug: string, change: Partial<BotState>): BotState {
  return facts.bots.put(slug, { ...facts.bots.get(slug), ...change } as BotState);
}

export function botUser({ id, slug }: BotState): User {
  return { id, is_bot: true, first_name: nameOf(slug), username: usernameOf(slug) };
}

export function usernameOf(slug: string): string {
  return `${slug.replaceAll('-', '_')}_bot`;
}

function nameOf(slug: string): string {
  return slug.charAt(0).toUpperCase() + slug.slice(1);
}

/** Anybody with a number above 0 is a person who may be written to, as if they had once started. */
export function customerOf(facts: Facts, id: number): Customer {
  return (
    facts.customers.get(String(id)) ?? {
      id,
      name: `Customer ${id}`,
      language: 'id',
      phone: `+62812${String(id).padStart(8, '0').slice(-8)}`,
      blocked: [],
    }
  );
}

export function customerUser({ id, name, language }: Customer): User {
  return { id, is_bot: false, first_name: name, language_code: language };
}

export function chatOf(facts: Facts, id: number): Chat {
  if (id > 0) return { id, type: 'private', first_name: customerOf(facts, id).name };
  const username = facts.settings.get(`channel:${id}`) as string | undefined;
  return { id, type: 'channel', title: username ?? `Channel ${id}`, ...(username && { username }) };
}
