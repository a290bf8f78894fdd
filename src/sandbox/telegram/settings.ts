import { randomBytes } from 'node:crypto';
import type { Args } from './args.ts';
import { botUser, chatOf, customerOf, customerUser } from './bots.ts';
import type { Desk } from './desk.ts';
import type { Facts } from './facts.ts';
import { chatIdOf, type Method } from './messages.ts';
import { bad } from './refusal.ts';

export interface Command {
  command: string;
  description: string;
}

/** What a bot says about itself, and what it may do with chats and their members. */
export function settingMethods(facts: Facts, desk: Desk): Record<string, Method> {
  const { settings } = facts;
  const kept =
    (name: string, field: string): Method =>
    (slug, args) => {
      settings.put(`${name}:${slug}:${args.text('language_code') ?? ''}`, args.text(field) ?? '');
      return true;
    };
  const member =
    (status: string): Method =>
    (_slug, args) => {
      const userId = userOf(args);
      settings.put(`member:${chatIdOf(facts, args)}:${userId}`, status);
      return true;
    };

  return {
    getme: (slug) => ({
      ...botUser(desk.getBot(slug)),
      can_join_groups: true,
      can_read_all_group_messages: false,
      supports_inline_queries: false,
    }),
    logout: () => true,
    close: () => true,
    setmycommands(slug, args) {
      settings.put(commandsKey(slug, args), readCommands(args.json('commands')));
      return true;
    },
    getmycommands: (slug, args) => settings.get(commandsKey(slug, args)) ?? [],
    deletemycommands(slug, args) {
      settings.remove(commandsKey(slug, args));
      return true;
    },
    setmydescription: kept('description', 'description'),
    setmyshortdescription: kept('short_description', 'short_description'),
    setmyname: kept('name', 'name'),
    setchatmenubutton(slug, args) {
      const button = args.json('menu_button') ?? { type: 'default' };
      settings.put(`menu:${slug}:${args.text('chat_id') ?? ''}`, button);
      return true;
    },
    getchatmenubutton: (slug, args) =>
      settings.get(`menu:${slug}:${args.text('chat_id') ?? ''}`) ??
      settings.get(`menu:${slug}:`) ?? { type: 'commands' },
    getchat: (_slug, args) => chatOf(facts, chatIdOf(facts, args)),
    getchatmember(slug, args) {
      const userId = userOf(args);
      const bot = desk.getBot(slug);
      if (userId === bot.id) return { status: 'administrator', user: botUser(bot) };
      const status = settings.get(`member:${chatIdOf(facts, args)}:${userId}`) ?? 'left';
      return { status, user: customerUser(customerOf(facts, userId)) };
    },
    createchatinvitelink: (slug, args) => invite(facts, desk, slug, args),
    revokechatinvitelink(_slug, args) {
      const key = `invite:${args.text('invite_link') ?? ''}`;
      const link = settings.get(key) as Record<string, unknown> | undefined;
      if (!link) throw bad('INVITE_HASH_EXPIRED');
      return settings.put(key, { ...link, is_revoked: true });
    },
    approvechatjoinrequest: member('member'),
    declinechatjoinrequest: member('left'),
    banchatmember: member('kicked'),
    unbanchatmember(_slug, args) {
      const key = `member:${chatIdOf(facts, args)}:${userOf(args)}`;
      const isBanned = settings.get(key) === 'kicked';
      if (isBanned || !args.flag('only_if_banned')) settings.put(key, 'left');
      return true;
    },
  };
}

/** The menu a person sees: that of the chat, then of the language, then the one for all. */
export function commandsFor(facts: Facts, slug: string, chatId: number, language: string) {
  const scopes = [`chat:${chatId}`, 'all_private_chats:', 'default:'];
  for (const scope of scopes) {
    for (const code of [language, '']) {
      const found = facts.settings.get(`commands:${slug}:${scope}:${code}`);
      if (found) return found as Command[];
    }
  }
  return [];
}

function commandsKey(slug: string, args: Args): string {
  const scope = (args.json('scope') ?? {}) as { type?: string; chat_id?: number | string };
  const place = `${scope.type ?? 'default'}:${scope.chat_id ?? ''}`;
  return `commands:${slug}:${place}:${args.text('language_code') ?? ''}`;
}

function readCommands(value: unknown): Command[] {
  if (!Array.isArray(value)) throw bad('parameter "commands" is required');
  if (value.length > 100) throw bad('BOT_COMMANDS_TOO_MUCH');
  return value.map(({ command, description }: Command) => {
    if (!/^[a-z0-9_]{1,32}$/.test(command ?? '')) throw bad('BOT_COMMAND_INVALID');
    const length = description?.length ?? 0;
    if (length < 1 || length > 256) throw bad('BOT_COMMAND_DESCRIPTION_INVALID');
    return { command, description };
  });
}

function userOf(args: Args): number {
  const id = args.int('user_id');
  if (!id || id < 0) throw bad('invalid user_id specified');
  return id;
}

function invite(facts: Facts, desk: Desk, slug: string, args: Args) {
  const chatId = chatIdOf(facts, args);
  if (chatId > 0) throw bad('chat not found');
  const name = args.text('name');
  const members = args.int('member_limit');
  const asks = args.flag('creates_join_request');
  if ((name?.length ?? 0) > 32) throw bad('INVITE_NAME_TOO_LONG');
  if (members && asks)
    throw bad("member limit can't be specified for links requiring administrator approval");
  const link = {
    invite_link: `https://t.me/+${randomBytes(12).toString('base64url')}`,
    creator: botUser(desk.getBot(slug)),
    creates_join_request: asks,
    is_primary: false,
    is_revoked: false,
    ...(name && { name }),
    ...(members && { member_limit: members }),
    ...(args.int('expire_date') && { expire_date: args.int('expire_date') }),
  };
  return facts.settings.put(`invite:${link.invite_link}`, link);
}
