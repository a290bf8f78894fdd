import { Composer } from 'grammy';
import { listOfferings, type Option } from '../db/offerings.ts';
import { spokenIn } from '../domain/english.ts';
import { type Key, type Screen, short } from '../notify/buttons.ts';
import type { BotContext, Say, Turn } from './turn.ts';
import { show } from './turn.ts';

/** Lines a page: with names as long as they may be, a page stays far below a message's 4,096. */
const A_PAGE = 15;

/** The catalogue: /catalog, page by page. */
export const catalog = new Composer<BotContext>();

catalog.command('catalog', (ctx) => page(ctx.turn, 1));

catalog.on('callback_query', (ctx, next) => {
  const { press } = ctx.turn;
  return press?.flow === 'c' ? page(ctx.turn, Number(press.value)) : next();
});

async function page(turn: Turn, wanted: number): Promise<void> {
  const offered = await listOfferings(turn.tx, turn.business.business);
  const options = offered
    .flatMap((offering) => offering.options)
    .map((option) => spokenIn(turn.chat.language, option));
  show(turn, catalogPage(options, wanted, turn.t), { flow: 'c', step: '' });
}

/** One page of parts, the devices below the first; a page that is not there is the nearest one. */
export function catalogPage(options: readonly Option[], wanted: number, t: Say): Screen {
  const parts = options.filter((option) => option.sort === 'part');
  const devices = options.filter((option) => option.sort === 'device');
  if (options.length === 0) return { text: t('catalog-empty'), keys: [] };
  const pages = Math.max(1, Math.ceil(parts.length / A_PAGE));
  const number = Math.min(Math.max(1, Math.trunc(wanted) || 1), pages);
  const shown = parts.slice((number - 1) * A_PAGE, number * A_PAGE);
  const lines = [
    t('catalog-title', { page: number, pages }),
    ...shown.map((part) => line(part, t)),
  ];
  if (number === 1 && devices.length > 0) {
    lines.push('', t('catalog-devices'), ...devices.slice(0, A_PAGE).map((one) => line(one, t)));
  }
  const keys: Key[] = [];
  if (number > 1) keys.push({ label: t('do-previous-page'), value: String(number - 1) });
  if (number < pages) keys.push({ label: t('do-next-page'), value: String(number + 1) });
  return { text: lines.join('\n'), keys: keys.length > 0 ? [keys] : [] };
}

function line({ name, priceIdr }: Option, t: Say): string {
  return t('catalog-line', { name: short(name), amountIdr: priceIdr });
}
