import { Composer } from 'grammy';
import { type Synced, syncPayments } from '../../commands/sync.ts';
import { audit } from '../../db/audit.ts';
import { countPayments, readRevenue } from '../../db/money/reports.ts';
import { listBases } from '../../db/plan/bases.ts';
import { addDays, dateIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { parseProviderRef } from '../../domain/payment.ts';
import { html, short } from '../../notify/buttons.ts';
import { barsPng } from '../../notify/chart.ts';
import { afterwards, type BotContext, type Say, type Turn, tell } from '../turn.ts';

/**
 * What only the business's admin may do in the chat: sync, report, see all bases; /daftar, which has a
 * file of its own, is let through to it.
 */
export const admin = new Composer<BotContext>();

admin.command(['daftar', 'sync', 'report', 'bases'], ({ turn }, next) => {
  if (isAdmin(turn)) return next();
  tell(turn, turn.t('admin-only'));
});

admin.command('bases', ({ turn }) => showBases(turn));
admin.command('report', ({ turn }) => report(turn));
admin.command('sync', ({ turn, match }) => sync(turn, String(match ?? '').trim()));

export function isAdmin({ bot, chat }: Turn): boolean {
  return bot.ownerChats.includes(chat.chatId);
}

/** What fits a message, whatever the names. */
const MOST_BASES = 40;

async function showBases(turn: Turn): Promise<void> {
  const { tx, business, t, deps, chat } = turn;
  const bases = await listBases(tx, business.business, MOST_BASES + 1);
  if (bases.length === 0) return tell(turn, t('bases-none'));
  const lines = bases.slice(0, MOST_BASES).map(({ base, activeUntil, state }) => {
    const isActive = state === 'active' && activeUntil;
    const until = isActive
      ? deps.texts(chat.language, 'say-moment', { at: activeUntil, zone: business.timeZone })
      : '';
    return t(isActive ? 'bases-active' : 'bases-inactive', { base, until });
  });
  if (bases.length > MOST_BASES) lines.push('…');
  tell(turn, [t('bases'), ...lines].join('\n'));
}

/** Revenue of the last 30 days, today included: in words, and by day as a picture. */
async function report(turn: Turn): Promise<void> {
  const { tx, business, t, deps, chat } = turn;
  const today = dateIn(business.timeZone, deps.now());
  const from = addDays(today, -29);
  const revenue = await readRevenue(tx, business.business, from, today);
  const payments = await countPayments(tx, business.business, from, today);
  const plans = revenue.offerings.map(({ offering, name, amountIdr }) => {
    const count = payments.find((one) => one.offering === offering)?.payments ?? 0;
    return t('report-plan', { plan: short(name, 40), amountIdr, count });
  });
  const day = (date: string) => deps.texts(chat.language, 'say-day', { date });
  const text = [
    t('report', { from: day(from), to: day(today), amountIdr: revenue.totalIdr }),
    ...plans.slice(0, 20),
  ].join('\n');
  const most = Math.max(0, ...revenue.days.map((one) => one.amountIdr));
  const png = barsPng({
    title: t('report-picture'),
    most: t('report-most', { amountIdr: most }),
    bars: revenue.days.map(({ date, amountIdr }) => {
      const [, month, dayOfMonth] = date.split('-');
      return { label: `${dayOfMonth}/${month}`, figure: amountIdr };
    }),
  });
  // A caption holds 1,024 characters: the words are a message of their own.
  tell(turn, text);
  turn.said.push({
    method: 'sendPhoto',
    payload: {
      chat_id: chat.chatId,
      photo: { file: png.toString('base64'), name: `revenue-${today}.png` },
    },
  });
}

/** Asks the provider now about one invoice, one subscription's, or all that are open. */
function sync(turn: Turn, named: string): void {
  const { deps, business, chat, t } = turn;
  const wanted = named.toUpperCase();
  const invoice = parseProviderRef(wanted);
  tell(turn, t('sync-asking'));
  turn.after = async () => {
    const code = invoice?.code ?? (wanted || undefined);
    const synced = await syncPayments(deps, business.business, code).catch((error: unknown) => {
      if (error instanceof DomainError) return undefined;
      throw error;
    });
    await afterwards(turn, async (later) => {
      await audit(later.tx, business.business, `telegram:${chat.chatId}`, 'payments.sync', named);
      tell(later, synced ? syncedText(later, synced, wanted, !!invoice) : later.t('sync-failed'));
    });
  };
}

/** What was asked about, each with its before and after; of one invoice, that one alone. */
function syncedText({ t }: Turn, synced: Synced, wanted: string, isOne: boolean): string {
  const looked = synced.looked.filter(({ ref }) => !isOne || ref === wanted);
  const lines = looked.slice(0, 30).map((one) => lineOf(t, one));
  const isSilent = !isOne || looked.length === 0;
  const silent = isSilent ? (synced.unanswered ?? []) : [];
  const all = [...lines, ...silent.map((one) => `${html(one)}: ${t('sync-none')}`)];
  if (all.length > 0) return [t('sync'), ...all].join('\n').slice(0, 4_000);
  return wanted ? t('sync-unknown', { named: short(wanted, 40) }) : t('sync-nothing');
}

/** The states as the provider has them, and in words. */
function lineOf(t: Say, { ref, from, to }: Synced['looked'][number]): string {
  const [before, after] = [word(from), word(to)];
  const now = t('sync-state', { state: after });
  const said = t(before === after ? 'sync-same' : 'sync-changed', { now });
  return `${html(ref)}: ${before} → ${after} (${said})`;
}

/** The state of an invoice as its admin knows it from the provider. */
function word(state: string): string {
  if (state === 'new') return 'PENDING';
  return (state === 'cancelled' ? 'expired' : state).toUpperCase();
}
