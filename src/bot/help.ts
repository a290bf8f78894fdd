import { Composer } from 'grammy';
import { short } from '../notify/buttons.ts';
import { isOwner } from './owner.ts';
import { type BotContext, type Turn, tell } from './turn.ts';

/** What the bot can do: /start, /help, and the answer to whatever nothing else understood. */
export const help = new Composer<BotContext>();

help.command('start', ({ turn }) => {
  const { chat, business } = turn;
  tell(turn, turn.t('start', { name: chat.name, business: short(business.name) }));
  list(turn);
});

help.command('help', ({ turn }) => list(turn));

/** The last of all flows. */
export const lost = new Composer<BotContext>();

lost.on('message', ({ turn }) => {
  tell(turn, turn.t('unknown'));
  list(turn);
});

lost.on('callback_query', ({ turn }) => {
  turn.toast ??= turn.t('order-stale');
});

function list(turn: Turn): void {
  const { t, business } = turn;
  const text = t('help', { business: short(business.name) });
  tell(turn, isOwner(turn) ? `${text}\n\n${t('help-owner')}` : text);
}
