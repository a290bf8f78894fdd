import { connectBot, removeWebhook, setWebhook } from '../commands/telegram.ts';
import type { Reach } from './reach.ts';
import { type Flags, type Said, Usage, wanted } from './usage.ts';

/** Gives a business its bot. */
export async function telegramConnect(reach: Reach, flags: Flags): Promise<Said> {
  const business = wanted(flags.business, '--business');
  const token = wanted(flags.token, '--token');
  const { owner } = flags;
  if (owner && !/^\d{1,15}$/.test(owner)) throw new Usage('--owner is the number of a chat.');
  const wish = { token, ownerChats: owner ? [Number(owner)] : [] };
  const username = await connectBot(reach, business, wish, 'cli');
  return { text: `https://t.me/${username}` };
}

/** Has Telegram send the bot's updates to this installation's public address. */
export async function telegramSetWebhook(reach: Reach, flags: Flags): Promise<Said> {
  const { url } = await setWebhook(reach, wanted(flags.business, '--business'), 'cli');
  return { text: url };
}

/** Has the api ask Telegram for the bot's updates. */
export async function telegramRemoveWebhook(reach: Reach, flags: Flags): Promise<Said> {
  await removeWebhook(reach, wanted(flags.business, '--business'), 'cli');
  return { text: 'Updates are asked for by long polling.' };
}
