import { botUser, customerOf } from '../telegram/bots.ts';
import { messageRow } from '../telegram/control.ts';
import type { Desk } from '../telegram/desk.ts';
import type { Facts, Kept } from '../telegram/facts.ts';
import { type Command, commandsFor } from '../telegram/settings.ts';
import { listPeople, type Person } from './people.ts';

export type Row = ReturnType<typeof messageRow>;

/** One person's chat with the bot. */
export interface ChatState {
  person: Person;
  blocked: boolean;
  messages: Row[];
  commands: Command[];
  /** The reply keyboard under the typing box. */
  keyboard: Row['buttons'];
}

/** A channel in which the bot posted, as its followers see it. */
export interface ChannelState {
  id: number;
  /** `@` and its name. */
  name: string;
  messages: Row[];
}

/** What the chat page shows: every bot and person there is, the chats that are open, the channels. */
export interface PageState {
  bots: { slug: string; name: string; username: string; about: string }[];
  people: Person[];
  chats: ChatState[];
  channels: ChannelState[];
}

const MOST_MESSAGES = 200;
const MOST_CHANNELS = 4;

export function readState(facts: Facts, desk: Desk, slug: string, open: number[]): PageState {
  const people = listPeople(facts, slug, open);
  const bots = [...facts.bots.values()].map((bot) => ({
    slug: bot.slug,
    name: settingOf(facts, 'name', bot.slug) || botUser(bot).first_name,
    username: botUser(bot).username ?? '',
    about: settingOf(facts, 'description', bot.slug),
  }));
  const isKnown = facts.bots.get(slug) !== undefined;
  const chosen = isKnown ? open : [];
  const chats = chosen.flatMap((id) => {
    const person = people.find((each) => each.id === id);
    return person ? [chatState(facts, desk, slug, person)] : [];
  });
  return { bots, people, chats, channels: isKnown ? listChannels(facts, desk, slug) : [] };
}

/** Channels have numbers below zero; the newest ones are shown. */
function listChannels(facts: Facts, desk: Desk, slug: string): ChannelState[] {
  const ids = [...facts.chatsOf(slug).values()].filter((id) => id < 0).slice(-MOST_CHANNELS);
  return ids.map((id) => {
    const kept = desk.list(slug, id).slice(-MOST_MESSAGES);
    const name = `@${facts.settings.get(`channel:${id}`) ?? id}`;
    return { id, name, messages: kept.map(messageRow) };
  });
}

function chatState(facts: Facts, desk: Desk, slug: string, person: Person): ChatState {
  const kept = desk.list(slug, person.id).slice(-MOST_MESSAGES);
  return {
    person,
    blocked: customerOf(facts, person.id).blocked.includes(slug),
    messages: kept.map(messageRow),
    commands: commandsFor(facts, slug, person.id, person.language),
    keyboard: replyKeyboard(kept),
  };
}

/** The newest one that was neither taken away nor, being for one use, used. */
function replyKeyboard(kept: Kept[]): Row['buttons'] {
  const last = kept.findLastIndex(({ message }) => {
    const { keyboard, remove_keyboard: removed } = message.reply_markup ?? {};
    return keyboard !== undefined || removed === true;
  });
  const holder = kept[last];
  if (!holder?.message.reply_markup?.keyboard) return [];
  const isForOneUse = holder.message.reply_markup.one_time_keyboard === true;
  const isUsed = kept.slice(last + 1).some(({ from }) => from === 'customer');
  return isForOneUse && isUsed ? [] : messageRow(holder).buttons;
}

function settingOf(facts: Facts, name: string, slug: string): string {
  return String(facts.settings.get(`${name}:${slug}:`) ?? '');
}
