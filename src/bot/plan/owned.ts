import { Composer } from 'grammy';
import { planNext, setReminders } from '../../commands/plan/plan.ts';
import { listBasesOf } from '../../db/plan/bases.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import { findSubscriptionOf } from '../../db/plan/subscriptions.ts';
import type { SubscriptionFacts } from '../../domain/facts.ts';
import { type Key, rows, short } from '../../notify/buttons.ts';
import { type BotContext, show, type Turn, tell } from '../turn.ts';
import { planKeys } from './payscreens.ts';

/** /langganan: what is active until when, the pause of reminders, and the plan of the next period. */
export const owned = new Composer<BotContext>();

owned.command('langganan', ({ turn }) => list(turn));

owned.on('callback_query', (ctx, next) => {
  const { turn } = ctx;
  const { press } = turn;
  if (press?.flow !== 'b') return next();
  switch (press.step) {
    case 'one':
      return one(turn, press.value);
    case 'pause':
    case 'resume':
      return pause(turn, press.value, press.step === 'pause');
    case 'change':
      return askPlan(turn, press.value);
    case 'next':
      return change(turn, press.value);
    default:
      return next();
  }
});

async function list(turn: Turn): Promise<void> {
  const { chat, tx, t } = turn;
  const own = await listBasesOf(tx, chat.business, chat.chatId);
  if (own.length === 0) return tell(turn, t('owned-none'));
  if (own.length === 1) return one(turn, own[0]!.base);
  const keys = own.slice(0, 20).map(({ base, name }): Key => {
    return { label: `${short(name, 40)} (${base})`, value: base, step: 'one' };
  });
  show(turn, { text: t('owned'), keys: rows(keys, 1) }, { flow: 'b', step: 'one' });
}

/** A subscription of this very chat, or undefined: buttons may be pressed by whoever made them up. */
async function ownOf(turn: Turn, base: string): Promise<SubscriptionFacts | undefined> {
  const { chat, tx, deps } = turn;
  const bases = await listBasesOf(tx, chat.business, chat.chatId);
  if (!bases.some((own) => own.base === base)) return undefined;
  const subscription = await findSubscriptionOf(tx, chat.business, base);
  return subscription && readSubscription(tx, deps, subscription, chat.language);
}

async function one(turn: Turn, base: string): Promise<void> {
  const { t, deps, chat } = turn;
  const facts = await ownOf(turn, base);
  const payKey: Key = { label: t('do-pay-base'), value: base, step: 'base' };
  if (!facts) {
    return show(
      turn,
      { text: t('owned-never', { base: short(base, 40) }), keys: [[payKey]] },
      { flow: 'b', step: 'one' },
    );
  }
  const zone = facts.business.timeZone;
  const until = facts.activeUntil
    ? deps.texts(chat.language, 'say-moment', { at: facts.activeUntil, zone })
    : '';
  const text = t('owned-one', {
    base: facts.base,
    state: deps.texts(chat.language, `page-plan-state-${facts.state}`),
    plan: short(facts.plan.name, 40),
    until: until || '–',
    next: facts.nextPlan ? short(facts.nextPlan.name, 40) : short(facts.plan.name, 40),
    reminders: facts.remindersPaused ? 'paused' : 'on',
  });
  const pauseKey: Key = facts.remindersPaused
    ? { label: t('do-resume'), value: base, step: 'resume' }
    : { label: t('do-pause'), value: base, step: 'pause' };
  const keys: Key[][] = [
    [payKey],
    ...(facts.state === 'active'
      ? [[pauseKey], [{ label: t('do-change-plan'), value: base, step: 'change' }]]
      : []),
    [{ label: t('do-subscription'), url: facts.statusUrl }],
  ];
  show(turn, { text, keys }, { flow: 'b', step: 'one' });
}

async function pause(turn: Turn, base: string, isPaused: boolean): Promise<void> {
  const facts = await ownOf(turn, base);
  if (facts) {
    const ref = { business: facts.business.business, code: facts.code };
    await setReminders(turn.tx, ref, isPaused, `telegram:${turn.chat.chatId}`);
    turn.toast = turn.t(isPaused ? 'owned-paused' : 'owned-resumed');
  }
  return one(turn, base);
}

async function askPlan(turn: Turn, base: string): Promise<void> {
  const { t, tx, chat } = turn;
  const facts = await ownOf(turn, base);
  if (!facts) return list(turn);
  const bases = await listBasesOf(tx, chat.business, chat.chatId);
  // Its place among the chat's bases: a name and a plan together may be more than a button carries.
  const at = bases.findIndex((own) => own.base === base);
  const kept = (facts.nextPlan ?? facts.plan).id;
  const keys = await planKeys(turn, (plan) => `${at}.${plan}`, 'next', kept);
  const back: Key = { label: t('do-back'), value: base, step: 'one' };
  const text = t('owned-change', { base: short(base, 40) });
  show(turn, { text, keys: [...keys, [back]] }, { flow: 'b', step: 'change' });
}

async function change(turn: Turn, value: string): Promise<void> {
  const { tx, chat } = turn;
  const [at = '', plan = ''] = value.split(/\.(.*)/s);
  const bases = await listBasesOf(tx, chat.business, chat.chatId);
  const base = bases[Number(at)]?.base;
  const facts = base && (await ownOf(turn, base));
  if (!base || !facts) return list(turn);
  const ref = { business: facts.business.business, code: facts.code };
  if (await planNext(tx, ref, plan, `telegram:${chat.chatId}`))
    turn.toast = turn.t('owned-changed');
  return one(turn, base);
}
