import { Composer } from 'grammy';
import { answerRequest } from '../commands/ask.ts';
import { audit } from '../db/audit.ts';
import { listDay } from '../db/chat/chats.ts';
import { readFacts } from '../db/order/facts.ts';
import { insertRequest } from '../db/order/requests.ts';
import type { BookingRef } from '../domain/booking.ts';
import { dateIn, isDate } from '../domain/calendar.ts';
import { DomainError } from '../domain/errors.ts';
import { type Key, listed, rows, short } from '../notify/buttons.ts';
import { afterwards, type BotContext, show, type Turn, tell } from './turn.ts';
import { readDate } from './typed.ts';

/** What only the business's owner may do in the chat: the day's appointments and their repairs. */
export const owner = new Composer<BotContext>();

const REPAIR_STATES = ['queued', 'in_progress', 'waiting_part', 'ready', 'handed_over'] as const;
type RepairState = (typeof REPAIR_STATES)[number];

owner.command(['today', 'webhook'], ({ turn }, next) => {
  if (isOwner(turn)) return next();
  tell(turn, turn.t('owner-only'));
});

owner.command('today', ({ turn, match }) => {
  const { business, deps } = turn;
  const said = String(match ?? '').trim();
  const today = dateIn(business.timeZone, deps.now());
  const date = said ? readDate(said, today) : today;
  return date ? showDay(turn, date) : tell(turn, turn.t('order-not-a-date'));
});

owner.command('webhook', ({ turn }) => {
  const url = turn.bot.webhookUrl;
  tell(turn, turn.t('webhook', { way: url ? 'webhook' : 'polling', url: url ?? '' }));
});

owner.on('callback_query', (ctx, next) => {
  const { turn } = ctx;
  const { press } = turn;
  if (press?.flow !== 'w' || !isOwner(turn)) return next();
  if (press.step === 'one') return showOne(turn, press.value);
  if (press.step === 'day') return showDay(turn, press.value);
  const [code = '', number = ''] = press.value.split('.');
  const state = REPAIR_STATES[Number(number)];
  return state ? setState(turn, code, state) : next();
});

/** Whether the chat is one of the business's owner. */
export function isOwner({ bot, chat }: Turn): boolean {
  return bot.ownerChats.includes(chat.chatId);
}

/** What fits a keyboard and a message; the console has all. */
const A_DAY = 40;

/** The appointments of a local day; of today when the day is none, as an older button's is. */
async function showDay(turn: Turn, wanted = ''): Promise<void> {
  const { tx, business, deps, t, chat } = turn;
  const date = isDate(wanted) ? wanted : dateIn(business.timeZone, deps.now());
  const day = deps.texts(chat.language, 'say-day', { date });
  const all = await listDay(tx, business.business, date);
  if (all.length === 0) return show(turn, { text: t('today-none', { day }), keys: [] }, DAY);
  const keys = all.slice(0, A_DAY).map(({ code, time, options, repairState }): Key => {
    const state = deps.texts(chat.language, 'say-repair', { repair: repairState ?? 'none' });
    return { label: `${time ?? ''} ${short(options, 40)} · ${state}`, value: code };
  });
  const more = all.length - keys.length;
  const text = [t('today', { day }), ...(more > 0 ? [t('today-more', { count: more })] : [])];
  show(turn, { text: text.join('\n'), keys: rows(keys, 1) }, { flow: 'w', step: 'one' });
}

const DAY = { flow: 'w', step: 'day' } as const;

async function showOne(turn: Turn, code: string): Promise<void> {
  const { tx, business, deps, t, chat } = turn;
  const facts = await readFacts(tx, deps, { business: business.business, code });
  if (!facts) return showDay(turn);
  const say = (repair: string) => deps.texts(chat.language, 'say-repair', { repair });
  const text = t('today-one', {
    time: facts.time ?? '',
    code,
    options: listed(facts.options.map((option) => option.name)),
    repair: say(facts.repairState ?? 'none'),
  });
  const states = REPAIR_STATES.map(
    (state, at): Key => ({
      label: `${facts.repairState === state ? '✓ ' : ''}${say(state)}`,
      value: `${code}.${at}`,
    }),
  );
  const back: Key = { label: t('do-back'), value: facts.date, step: 'day' };
  show(turn, { text, keys: [...rows(states, 1), [back]] }, { flow: 'w', step: 'set' });
}

/**
 * Asks for the new state as the console would: the wish commits with the update, so that it is done
 * whatever becomes of this process.
 */
async function setState(turn: Turn, code: string, state: RepairState): Promise<void> {
  const { tx, deps, chat, business } = turn;
  const ref = { business: business.business, code };
  if (!(await readFacts(tx, deps, ref))) return showDay(turn);
  const askedBy = `telegram:${chat.chatId}`;
  const wanted = { kind: 'repair_state', askedBy, wish: { state } } as const;
  const requestId = await insertRequest(tx, ref, wanted);
  await audit(tx, ref.business, askedBy, 'booking.repair-state', code, { state });
  turn.after = () => sayState(turn, ref, state, requestId);
}

/** Says how it stands when the wish is answered. */
async function sayState(turn: Turn, ref: BookingRef, state: RepairState, requestId: string) {
  const { deps, chat, t } = turn;
  const answer = await answerRequest(deps, ref, requestId).then(
    () => 'today-done',
    (error) =>
      error instanceof DomainError && error.code !== 'UNAVAILABLE' ? 'today-failed' : 'today-later',
  );
  const repair = deps.texts(chat.language, 'say-repair', { repair: state });
  await afterwards(turn, async (later) => {
    tell(later, t(answer, { repair }));
    if (answer === 'today-done') await showOne(later, ref.code);
  });
}
