import { Composer } from 'grammy';
import { short } from '../../notify/buttons.ts';
import { type BotContext, type Turn, tell } from '../turn.ts';
import { isAdmin } from './admin.ts';

/** What a bot of plans can do: /start, /help, and the answer to whatever nothing else understood. */
export const planHelp = new Composer<BotContext>();

planHelp.command('start', ({ turn }) => {
  const { chat, business } = turn;
  tell(turn, turn.t('start', { name: chat.name, business: short(business.name) }));
  list(turn);
});

planHelp.command('help', ({ turn }) => list(turn));

/** The last of all flows. */
export const planLost = new Composer<BotContext>();

planLost.on('message', ({ turn }) => {
  tell(turn, turn.t('unknown'));
  list(turn);
});

planLost.on('callback_query', ({ turn }) => {
  turn.toast ??= turn.t('order-stale');
});

function list(turn: Turn): void {
  const { t, business } = turn;
  const text = t('plan-help', { business: short(business.name) });
  tell(turn, isAdmin(turn) ? `${text}\n\n${t('plan-help-admin')}` : text);
}
