import { subscribe } from '../../commands/plan/subscribe.ts';
import type { Base } from '../../db/plan/bases.ts';
import { findInvoiceByToken } from '../../db/plan/periods.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import { DomainError } from '../../domain/errors.ts';
import type { InvoiceFacts } from '../../domain/facts.ts';
import { type Key, short } from '../../notify/buttons.ts';
import { afterwards, show, type Turn } from '../turn.ts';
import type { PayForm } from './forms.ts';
import { codeKeys } from './payscreens.ts';

/** Asks for the invoice once this turn has committed; its key is the form, so a repeat makes no second. */
export function makeInvoice(turn: Turn, base: Base, form: PayForm, code?: string): void {
  const { deps, chat } = turn;
  chat.form = form;
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
      const isOurs = later.chat.formNo === chat.formNo;
      if (made instanceof DomainError) return refuse(later, made, isOurs);
      if (isOurs) later.chat.form = undefined;
      await sayLink(later, form, made.subscribed.paymentUrl, made.subscribed.statusUrl);
    });
  };
}

/** Says what the link is for, as the invoice has it that it opens: that may be an earlier one. */
async function sayLink(turn: Turn, form: PayForm, paymentUrl: string, statusUrl: string) {
  const { t, deps, chat, business } = turn;
  const invoice = await invoiceAt(turn, paymentUrl);
  const text = t('pay-link', {
    base: form.base ?? '',
    url: paymentUrl,
    plan: short(invoice.planName, 40),
    days: invoice.periodDays,
    amountIdr: invoice.amountIdr,
    until: deps.texts(chat.language, 'say-moment', {
      at: invoice.expiresAt,
      zone: business.timeZone,
    }),
  });
  const keys: Key[][] = [
    [{ label: t('do-pay'), url: paymentUrl }],
    [{ label: t('do-subscription'), url: statusUrl }],
  ];
  delete turn.messageId;
  show(turn, { text, keys }, { flow: 'b', step: '' });
}

async function invoiceAt({ tx, deps, chat }: Turn, paymentUrl: string): Promise<InvoiceFacts> {
  const found = await findInvoiceByToken(tx, paymentUrl.split('/').at(-1)!);
  const facts = found && (await readSubscription(tx, deps, found, chat.language));
  const invoice = facts?.invoices.find((one) => one.attempt === found?.attempt);
  if (!invoice) throw new Error('The link to pay that was just made opens no invoice.');
  return invoice;
}

const REFUSED: Partial<Record<DomainError['code'], string>> = {
  OTP_WRONG: 'pay-code-wrong',
  OTP_EXPIRED: 'pay-code-expired',
  OTP_TOO_MANY: 'pay-code-many',
};

/** A code that is over is sent anew by one press, or to another address; whatever else ends the form. */
function refuse(turn: Turn, { code }: DomainError, isOurs: boolean): void {
  const text = turn.t(REFUSED[code] ?? 'pay-failed');
  delete turn.messageId;
  if (!(code in REFUSED) && isOurs) turn.chat.form = undefined;
  const keys = code in REFUSED ? codeKeys(turn) : [];
  show(turn, { text, keys }, { flow: 'b', step: 'code' });
}
