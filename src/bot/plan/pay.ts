import { Composer } from 'grammy';
import { requestOtp } from '../../commands/plan/otp.ts';
import { subscribe } from '../../commands/plan/subscribe.ts';
import { listOfferings } from '../../db/offerings.ts';
import { type Base, findBase, listBasesOf } from '../../db/plan/bases.ts';
import { isEmailOf } from '../../db/plan/otps.ts';
import { DomainError } from '../../domain/errors.ts';
import { type Key, rows, short } from '../../notify/buttons.ts';
import { afterwards, type BotContext, show, type Turn, tell } from '../turn.ts';
import { readContact } from '../typed.ts';
import { maskedEmail, type PayForm, readBase, readPlanForm } from './forms.ts';

/**
 * /bayar: base, plan, the base's registered e-mail, the code that was sent there, the link to pay. A
 * chat that has shown an address to be its own is not asked for it again.
 */
export const pay = new Composer<BotContext>();

// The way in from the website.
pay.command('start', ({ turn, match }, next) => (match === 'bayar' ? begin(turn, '') : next()));

pay.command('bayar', ({ turn, match }) => begin(turn, String(match ?? '')));

pay.on('callback_query', (ctx, next) => {
  const { turn } = ctx;
  const { press } = turn;
  if (press?.flow !== 'b') return next();
  switch (press.step) {
    case 'base':
      // Another form, also when it begins at a button of a notice: its invoice is another request.
      turn.chat.formNo += 1;
      return chooseBase(turn, press.value);
    case 'other':
      return askBase(turn);
    case 'plan':
      return choosePlan(turn, press.value);
    case 'again':
      return askCode(turn);
    case 'cancel':
      turn.chat.form = undefined;
      return show(turn, { text: turn.t('pay-cancelled'), keys: [] }, { flow: 'b', step: '' });
    default:
      return next();
  }
});

pay.on('message:text', (ctx, next) => {
  const { turn } = ctx;
  const form = readPlanForm(turn.chat.form);
  const text = ctx.message.text.trim();
  if (form?.flow !== 'pay' || text.startsWith('/')) return next();
  switch (form.step) {
    case 'base':
      return chooseBase(turn, text);
    case 'plan':
      return tell(turn, turn.t('pay-use-buttons'));
    case 'email':
      return giveEmail(turn, form, text);
    case 'code':
      return giveCode(turn, form, text);
  }
});

/** A button that ends the form. */
function cancelKey(turn: Turn): Key {
  return { label: turn.t('do-cancel'), value: '', step: 'cancel' };
}

async function begin(turn: Turn, named: string): Promise<void> {
  const { chat, tx, t } = turn;
  chat.formNo += 1;
  if (named.trim()) return chooseBase(turn, named);
  const own = await listBasesOf(tx, chat.business, chat.chatId);
  if (own.length === 0) return askBase(turn);
  setForm(turn, { flow: 'pay', step: 'base' });
  const keys = own.slice(0, 20).map(({ base, name }): Key => {
    return { label: `${short(name, 40)} (${base})`, value: base, step: 'base' };
  });
  const other: Key = { label: t('do-other-base'), value: '', step: 'other' };
  const text = t('pay-base');
  show(turn, { text, keys: [...rows(keys, 1), [other, cancelKey(turn)]] }, BASE);
}

const BASE = { flow: 'b', step: 'base' } as const;

function setForm(turn: Turn, form: PayForm): void {
  turn.chat.form = form;
}

function askBase(turn: Turn): void {
  setForm(turn, { flow: 'pay', step: 'base' });
  show(turn, { text: turn.t('pay-name-base'), keys: [[cancelKey(turn)]] }, BASE);
}

async function chooseBase(turn: Turn, said: string): Promise<void> {
  const { chat, tx, t, business } = turn;
  const name = readBase(said);
  const base = name && (await findBase(tx, chat.business, name));
  if (!base) {
    setForm(turn, { flow: 'pay', step: 'base' });
    return tell(turn, t('pay-no-base', { base: short(said, 40) }));
  }
  setForm(turn, { flow: 'pay', step: 'plan', base: base.base });
  const plans = await listOfferings(tx, business.business);
  const keys = plans
    .filter((plan) => plan.periodDays !== null)
    .slice(0, 20)
    .map(({ offeringId, name: plan, priceIdr, periodDays }): Key => {
      const label = t('pay-plan-line', {
        plan: short(plan, 30),
        amountIdr: priceIdr,
        days: periodDays!,
      });
      return { label, value: offeringId, step: 'plan' };
    });
  const text = t('pay-plan', { base: base.base, name: short(base.name, 60) });
  show(turn, { text, keys: [...rows(keys, 1), [cancelKey(turn)]] }, { flow: 'b', step: 'plan' });
}

async function choosePlan(turn: Turn, plan: string): Promise<void> {
  const form = readPlanForm(turn.chat.form);
  if (form?.flow !== 'pay' || !form.base) {
    turn.toast = turn.t('order-stale');
    return begin(turn, '');
  }
  const base = await findBase(turn.tx, turn.chat.business, form.base);
  if (!base) return begin(turn, '');
  const chosen: PayForm = { flow: 'pay', step: 'email', base: base.base, plan };
  const { business, chatId } = turn.chat;
  if (await isEmailOf(turn.tx, business, chatId, base.email))
    return makeInvoice(turn, base, chosen);
  setForm(turn, chosen);
  const text = turn.t('pay-email', { base: base.base, email: maskedEmail(base.email) });
  show(turn, { text, keys: [[cancelKey(turn)]] }, { flow: 'b', step: 'email' });
}

function giveEmail(turn: Turn, form: PayForm, text: string): void {
  const email = readContact(text)?.email?.toLowerCase();
  if (!email) {
    tell(turn, turn.t('pay-no-email'));
    return;
  }
  setForm(turn, { ...form, step: 'code', email });
  askCode(turn);
}

/** Says the same whether the address is the registered one: a stranger learns nothing. */
function askCode(turn: Turn): void {
  const form = readPlanForm(turn.chat.form);
  if (form?.flow !== 'pay' || !form.email || form.step !== 'code') {
    turn.toast = turn.t('order-stale');
    return;
  }
  const { email } = form;
  const { deps, chat } = turn;
  delete turn.messageId;
  tell(turn, turn.t('pay-code', { email }));
  turn.after = async () => {
    const wish = { email, language: chat.language };
    const sent = await requestOtp(deps, chat.business, wish).then(
      () => true,
      () => false,
    );
    if (!sent) await afterwards(turn, async (later) => tell(later, later.t('pay-code-unsent')));
  };
}

async function giveCode(turn: Turn, form: PayForm, text: string): Promise<void> {
  const code = text.replace(/\D/g, '');
  const base = await findBase(turn.tx, turn.chat.business, form.base ?? '');
  if (!base) return begin(turn, '');
  if (code.length !== 6) return tell(turn, turn.t('pay-code-shape'));
  makeInvoice(turn, base, form, code);
}

/** Asks for the invoice once this turn has committed; its key is the form, so a repeat makes no second. */
function makeInvoice(turn: Turn, base: Base, form: PayForm, code?: string): void {
  const { deps, chat } = turn;
  setForm(turn, form);
  tell(turn, turn.t('pay-making', { base: base.base }));
  turn.after = async () => {
    const wish = {
      plan: form.plan ?? '',
      base: base.base,
      email: form.email ?? base.email,
      otp: code,
      language: chat.language,
      chatId: chat.chatId,
    };
    const key = `telegram ${chat.chatId} ${chat.formNo} ${code ?? ''}`;
    const made = await subscribe(deps, chat.business, key, wish).catch((error: unknown) => {
      if (error instanceof DomainError) return error;
      throw error;
    });
    await afterwards(turn, async (later) => {
      if (made instanceof DomainError) return refuse(later, made);
      if (later.chat.formNo === chat.formNo) later.chat.form = undefined;
      sayLink(later, base, made.subscribed.paymentUrl, made.subscribed.statusUrl);
    });
  };
}

function sayLink(turn: Turn, base: Base, paymentUrl: string, statusUrl: string): void {
  const text = turn.t('pay-link', { base: base.base, url: paymentUrl });
  const keys: Key[][] = [
    [{ label: turn.t('do-pay'), url: paymentUrl }],
    [{ label: turn.t('do-subscription'), url: statusUrl }],
  ];
  delete turn.messageId;
  show(turn, { text, keys }, { flow: 'b', step: '' });
}

const REFUSED: Partial<Record<DomainError['code'], string>> = {
  OTP_WRONG: 'pay-code-wrong',
  OTP_EXPIRED: 'pay-code-expired',
  OTP_TOO_MANY: 'pay-code-many',
};

/** A code that is over is sent anew by one press. */
function refuse(turn: Turn, { code }: DomainError): void {
  const text = turn.t(REFUSED[code] ?? 'pay-failed');
  const again: Key = { label: turn.t('do-new-code'), value: '', step: 'again' };
  delete turn.messageId;
  const keys = code in REFUSED ? [[again, cancelKey(turn)]] : [];
  show(turn, { text, keys }, { flow: 'b', step: 'code' });
}
