import { z } from 'zod';
import { audit } from '../db/audit.ts';
import { getBusiness } from '../db/businesses.ts';
import { findBot, noteWebhook, saveBot, webhookSecret } from '../db/chat/bots.ts';
import { DomainError } from '../domain/errors.ts';
import type { Language, Texts } from '../domain/facts.ts';
import type { CommandDeps } from './deps.ts';

/** What setting up a bot reaches: Telegram, by one call of the Bot API. */
export interface TelegramDeps extends Pick<CommandDeps, 'pool' | 'vault' | 'publicUrl'> {
  texts: Texts;
  telegram: {
    call(token: string, method: string, payload?: Record<string, unknown>): Promise<unknown>;
  };
}

/** The commands that Telegram's menu lists, by what a business sells. */
const MENUS = {
  appointment: ['order', 'status', 'catalog', 'help'],
  permit: ['help'],
  plan: ['bayar', 'langganan', 'menfess', 'help'],
} as const;

/** Has Telegram send a bot's updates to us, with a secret. Safe to repeat. */
export async function setWebhook(deps: TelegramDeps, business: string, who: string) {
  const bot = await getBot(deps, business);
  const url = `${deps.publicUrl}/webhooks/telegram/${business}`;
  // Noted first: a process that asks for updates would take the webhook away again.
  await noteWebhook(deps.pool, business, url);
  await asked(deps, bot.token, 'setWebhook', {
    url,
    secret_token: webhookSecret(deps.vault, business),
    allowed_updates: ['message', 'callback_query'],
  }).catch(async (error: unknown) => {
    await noteWebhook(deps.pool, business, bot.webhookUrl);
    throw error;
  });
  await listCommands(deps, bot);
  await audit(deps.pool, business, who, 'telegram.set-webhook', business);
  return { url };
}

/** Has Telegram keep a bot's updates for us to ask for. Safe to repeat. */
export async function removeWebhook(deps: TelegramDeps, business: string, who: string) {
  const bot = await getBot(deps, business);
  await asked(deps, bot.token, 'deleteWebhook', {});
  await noteWebhook(deps.pool, business, null);
  await listCommands(deps, bot);
  await audit(deps.pool, business, who, 'telegram.remove-webhook', business);
}

/** Tells Telegram what the bot's menu lists, in both languages. Safe to repeat. */
export async function listCommands(
  deps: Pick<TelegramDeps, 'telegram' | 'texts' | 'pool'>,
  { business, token }: { business: string; token: string },
): Promise<void> {
  const { kind } = await getBusiness(deps.pool, business);
  const commandsIn = (language: Language) =>
    MENUS[kind].map((command) => ({
      command,
      description: deps.texts(language, `bot-command-${command}`),
    }));
  const inEnglish = { commands: commandsIn('en'), language_code: 'en' };
  await deps.telegram.call(token, 'setMyCommands', { commands: commandsIn('id') });
  await deps.telegram.call(token, 'setMyCommands', inEnglish);
  await deps.telegram.call(token, 'setChatMenuButton', { menu_button: { type: 'commands' } });
}

/** What Telegram refuses is told to whoever asked; its words name no token. */
async function asked(
  { telegram }: TelegramDeps,
  token: string,
  method: string,
  payload: Record<string, unknown>,
): Promise<unknown> {
  try {
    return await telegram.call(token, method, payload);
  } catch (error) {
    const { code = 0, description } = error as { code?: number; description?: string };
    const refused = code >= 400 && code < 500 && code !== 429;
    const words = `Telegram answered: ${description ?? 'nothing'}`;
    throw Object.assign(new DomainError(refused ? 'NOT_ALLOWED' : 'UNAVAILABLE', words), {
      cause: error,
    });
  }
}

/** What a bot is made from: the token of @BotFather, and who may use the owner's commands. */
export interface BotWish {
  token: string;
  ownerChats: number[];
}

/** Gives a business its bot, or another one. Answers the name that Telegram knows it by. */
export async function connectBot(
  deps: TelegramDeps,
  business: string,
  wish: BotWish,
  who: string,
): Promise<string> {
  await getBusiness(deps.pool, business);
  const before = await findBot(deps.pool, deps.vault, business);
  const { username } = Me.parse(await asked(deps, wish.token, 'getMe', {}));
  await saveBot(deps.pool, deps.vault, { business, username, ...wish });
  // Another token has no webhook of ours yet.
  if (before?.token !== wish.token) await noteWebhook(deps.pool, business, null);
  await listCommands(deps, { business, token: wish.token });
  await audit(deps.pool, business, who, 'telegram.connect', username);
  return username;
}

const Me = z.object({ username: z.string() });

async function getBot(deps: TelegramDeps, business: string) {
  const bot = await findBot(deps.pool, deps.vault, business);
  if (!bot) throw new DomainError('NOT_FOUND', 'This business has no bot.');
  return bot;
}
