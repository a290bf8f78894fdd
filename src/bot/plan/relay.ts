import { Composer } from 'grammy';
import { addWord, countPosts, listWords, notePost, removeWord } from '../../db/chat/relay.ts';
import { findBase, readEntitlement } from '../../db/plan/bases.ts';
import { short } from '../../notify/buttons.ts';
import { type BotContext, messageOf, type Turn, tell } from '../turn.ts';
import { isAdmin } from './admin.ts';
import { readBase, readPlanForm } from './forms.ts';

/**
 * The relay: who comes by a base's link (`/start demo_base`) or names it with `/menfess` writes to its
 * followers; each message is posted in the base's channel, without a name, while the base is active.
 */
export const relay = new Composer<BotContext>();

/**
 * Whoever asks the bot for something else, by a command or a button, has stopped writing to a base. It
 * goes before all that may answer: what is written next must not be posted.
 */
export const leaveRelay = new Composer<BotContext>();

leaveRelay.on(['message:text', 'callback_query'], (ctx, next) => {
  const { chat } = ctx.turn;
  const isRelay = readPlanForm(chat.form)?.flow === 'relay';
  if (isRelay && !isWritten(ctx.message?.text)) chat.form = undefined;
  return next();
});

const isWritten = (text: string | undefined) => text !== undefined && !text.startsWith('/');

relay.command('start', ({ turn, match }, next) => {
  return match ? open(turn, String(match)) : next();
});

relay.command('menfess', ({ turn, match }) => open(turn, String(match ?? '')));

relay.command('filter', ({ turn, match }) => {
  if (!isAdmin(turn)) return tell(turn, turn.t('admin-only'));
  return filter(turn, String(match ?? ''));
});

relay.on('message:text', (ctx, next) => {
  const { turn } = ctx;
  const form = readPlanForm(turn.chat.form);
  if (form?.flow !== 'relay' || ctx.message.text.startsWith('/')) return next();
  return post(turn, form.base, ctx.message.text);
});

async function open(turn: Turn, named: string): Promise<void> {
  const { chat, tx, t } = turn;
  if (!named.trim()) return tell(turn, t('relay-which'));
  const name = readBase(named);
  const base = name && (await findBase(tx, chat.business, name));
  if (!base) return tell(turn, t('relay-no-base', { base: short(named, 40) }));
  // Nobody is to write what is refused afterwards.
  const entitlement = await readEntitlement(tx, chat.business, base.base);
  if (!entitlement?.active) return tell(turn, t('relay-inactive', { base: base.base }));
  chat.form = { flow: 'relay', base: base.base };
  tell(turn, t('relay-open', { base: base.base }));
}

/** The longest message that is passed on: with its base's name it fits one of Telegram's. */
const LONGEST = 3_500;

async function post(turn: Turn, base: string, text: string): Promise<void> {
  const { chat, tx, t, business, deps } = turn;
  const entitlement = await readEntitlement(tx, chat.business, base);
  if (!entitlement?.active) return tell(turn, t('relay-inactive', { base }));
  if ([...text].length > LONGEST) return tell(turn, t('relay-long', { most: LONGEST }));
  if (isFiltered(text, await listWords(tx, chat.business))) return tell(turn, t('relay-word'));
  const sender = deps.vault.identityHash(chat.business, `chat:${chat.chatId}`);
  const most = business.rules.relayPerHour;
  if ((await countPosts(tx, chat.business, sender)) >= most) {
    return tell(turn, t('relay-often', { most }));
  }
  await notePost(tx, chat.business, base, sender);
  turn.said.push({
    method: 'sendMessage',
    payload: {
      ...{ chat_id: base, text, link_preview_options: { is_disabled: true } },
      // What its writer is told, once it is known.
      told: {
        posted: messageOf(chat.chatId, t('relay-posted', { base }), {}),
        failed: messageOf(chat.chatId, t('relay-unposted', { base }), {}),
      },
    },
  });
}

/**
 * Whether a text has one of the words: as a word of its own, or spelt with signs between its letters,
 * whatever their case and accents. Who wants to get by it still can; it keeps out what is careless.
 */
export function isFiltered(text: string, words: readonly string[]): boolean {
  const bare = plainOf(text);
  const spelt = bare.replace(/[^\p{L}\p{N}\s]+/gu, '');
  const texts = [bare, spelt].map((one) => ` ${one.replace(/[^\p{L}\p{N}]+/gu, ' ')} `);
  return words.some((word) => texts.some((one) => one.includes(` ${plainOf(word)} `)));
}

/** Small letters without accents and without signs that nobody sees. */
function plainOf(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '');
}

/** `/filter` lists the words, `/filter +word` adds one, `/filter -word` takes it away. */
async function filter(turn: Turn, said: string): Promise<void> {
  const { tx, t, chat } = turn;
  const [, sign, word] = /^\s*([+-])\s*([\p{L}\p{N}]{2,40})\s*$/u.exec(said.toLowerCase()) ?? [];
  if (sign === '+' && word) await addWord(tx, chat.business, word);
  if (sign === '-' && word) await removeWord(tx, chat.business, word);
  const words = await listWords(tx, chat.business);
  tell(turn, t('filter', { words: words.length > 0 ? words.slice(0, 200).join(', ') : '–' }));
}
