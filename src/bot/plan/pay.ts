import { Composer } from 'grammy';
import { hasAskedEnough, requestOtp } from '../../commands/plan/otp.ts';
import { findBase } from '../../db/plan/bases.ts';
import { isEmailOf } from '../../db/plan/otps.ts';
import { type Press, short } from '../../notify/buttons.ts';
import { afterwards, type BotContext, show, type Turn, tell } from '../turn.ts';
import { readContact } from '../typed.ts';
import { type PayForm, readBase, readPlanForm } from './forms.ts';
import { makeInvoice } from './paylink.ts';
import { nameScreen, payScreen } from './payscreens.ts';

/**
 * /bayar: base, plan, the base's registered e-mail, the code that was sent there, the link to pay. A
 * chat that has shown an address to be its own is not asked for it again.
 */
export const pay = new Composer<BotContext>();

// The way in from the website.
pay.command('start', ({ turn, match }, next) => (match === 'bayar' ? begin(turn, '') : next()));

pay.command('bayar', ({ turn, match }) => begin(turn, String(match ?? '')));

/** The buttons of the form, each with the step of the form that shows it; none: every one does. */
const BUTTONS: Record<string, PayForm['step'] | undefined> = {
  pick: 'base',
  other: 'base',
  plan: 'plan',
  again: 'code',
  email: 'code',
  cancel: undefined,
};

pay.on('callback_query', (ctx, next) => {
  const { turn } = ctx;
  const { press } = turn;
  if (press?.flow !== 'b') return next();
  if (press.step === 'base') return beginAt(turn, press.value);
  if (!(press.step in BUTTONS)) return next();
  const form = formOf(turn);
  const step = BUTTONS[press.step];
  if (form?.step === 'making') {
    turn.toast = turn.t('pay-busy');
    return;
  }
  const isOurs = press.form === turn.chat.formNo && (!step || step === form?.step);
  return form && isOurs ? pressed(turn, form, press) : showStale(turn, form);
});

function pressed(turn: Turn, form: PayForm, { step, value }: Press): Promise<void> | void {
  switch (step) {
    case 'pick':
      return chooseBase(turn, value);
    case 'other':
      return show(turn, nameScreen(turn), { flow: 'b', step: 'base' });
    case 'plan':
      return choosePlan(turn, form, value);
    case 'again':
      return askCode(turn, form);
    case 'email':
      return ask(turn, { ...form, step: 'email' });
    default:
      turn.chat.form = undefined;
      return show(turn, { text: turn.t('pay-cancelled'), keys: [] }, { flow: 'b', step: '' });
  }
}

pay.on('message:text', (ctx, next) => {
  const { turn } = ctx;
  const form = formOf(turn);
  const text = ctx.message.text.trim();
  if (!form || text.startsWith('/')) return next();
  switch (form.step) {
    case 'base':
      return chooseBase(turn, text);
    case 'plan':
      return tell(turn, turn.t('pay-use-buttons'));
    case 'email':
      return giveEmail(turn, form, text);
    case 'code':
      return giveCode(turn, form, text);
    case 'making':
      return tell(turn, turn.t('pay-busy'));
  }
});

function formOf({ chat }: Turn): PayForm | undefined {
  const form = readPlanForm(chat.form);
  return form?.flow === 'pay' ? form : undefined;
}

/** Asks what a step of the form asks, from now on. */
async function ask(turn: Turn, form: PayForm): Promise<void> {
  turn.chat.form = form;
  const base =
    form.base === undefined ? undefined : await findBase(turn.tx, turn.chat.business, form.base);
  show(turn, await payScreen(turn, form, base), { flow: 'b', step: form.step });
}

/** A button of an earlier question becomes the present one, or goes when there is none. */
async function showStale(turn: Turn, form: PayForm | undefined): Promise<void> {
  // A second tap on what was answered meanwhile changes nothing beside its answer.
  if (!form && turn.press?.form === turn.chat.formNo) {
    turn.toast = turn.t('pay-over');
    return;
  }
  turn.toast = turn.t(form ? 'order-stale' : 'pay-none');
  if (form) return ask(turn, form);
  show(turn, { text: turn.t('pay-none'), keys: [] }, { flow: 'b', step: '' });
}

async function begin(turn: Turn, named: string): Promise<void> {
  turn.chat.formNo += 1;
  if (named.trim()) return chooseBase(turn, named);
  return ask(turn, { flow: 'pay', step: 'base' });
}

/** A button of a notice or a list begins another form: its invoice is another request. */
async function beginAt(turn: Turn, base: string): Promise<void> {
  turn.chat.formNo += 1;
  delete turn.messageId;
  return chooseBase(turn, base);
}

async function chooseBase(turn: Turn, said: string): Promise<void> {
  const { chat, tx, t } = turn;
  const name = readBase(said);
  const base = name && (await findBase(tx, chat.business, name));
  if (base) return ask(turn, { flow: 'pay', step: 'plan', base: base.base });
  chat.form = { flow: 'pay', step: 'base' } satisfies PayForm;
  tell(turn, t('pay-no-base', { base: short(said, 40) }));
}

async function choosePlan(turn: Turn, form: PayForm, plan: string): Promise<void> {
  const { tx, chat } = turn;
  const base = await findBase(tx, chat.business, form.base ?? '');
  if (!base) return begin(turn, '');
  const chosen: PayForm = { flow: 'pay', step: 'email', base: base.base, plan };
  const isShown = await isEmailOf(tx, chat.business, chat.chatId, base.email);
  if (!isShown) return ask(turn, chosen);
  const making = turn.t('pay-making', { base: base.base });
  show(turn, { text: making, keys: [] }, { flow: 'b', step: '' });
  makeInvoice(turn, base, { ...chosen, step: 'making' });
}

async function giveEmail(turn: Turn, form: PayForm, text: string): Promise<void> {
  const email = readContact(text)?.email?.toLowerCase();
  if (!email) return tell(turn, turn.t('pay-no-email'));
  return askCode(turn, { ...form, step: 'code', email });
}

/** Says the same whether the address is the registered one: a stranger learns nothing. */
async function askCode(turn: Turn, form: PayForm): Promise<void> {
  const { deps, chat, tx } = turn;
  delete turn.messageId;
  if (await hasAskedEnough(tx, chat, deps.now())) {
    chat.form = form;
    return tell(turn, turn.t('pay-code-often'));
  }
  await ask(turn, form);
  const wish = { email: form.email ?? '', language: chat.language, chatId: chat.chatId };
  turn.after = async () => {
    const said = await requestOtp(deps, chat.business, wish).then(
      (asked) => (asked === 'asked' ? undefined : 'pay-code-often'),
      () => 'pay-code-unsent',
    );
    if (said) await afterwards(turn, async (later) => tell(later, later.t(said)));
  };
}

/** An address is the corrected one, not a code: it is no wrong guess, and a code is sent there. */
async function giveCode(turn: Turn, form: PayForm, text: string): Promise<void> {
  if (text.includes('@')) return giveEmail(turn, form, text);
  const base = await findBase(turn.tx, turn.chat.business, form.base ?? '');
  if (!base) return begin(turn, '');
  const code = text.replace(/[\s-]/g, '');
  if (!/^\d{6}$/.test(code)) return tell(turn, turn.t('pay-code-shape'));
  makeInvoice(turn, base, form, code);
}
