import { subscribe } from '../../commands/plan/subscribe.ts';
import type { Base } from '../../db/plan/bases.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Key } from '../../notify/buttons.ts';
import { afterwards, show, type Turn, tell } from '../turn.ts';
import type { PayForm } from './forms.ts';
import { codeKeys } from './payscreens.ts';

/** Asks for the invoice once this turn has committed; its key is the form, so a repeat makes no second. */
export function makeInvoice(turn: Turn, base: Base, form: PayForm, code?: string): void {
  const { deps, chat } = turn;
  chat.form = form;
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

/** A code that is over is sent anew by one press, or to another address. */
function refuse(turn: Turn, { code }: DomainError): void {
  const text = turn.t(REFUSED[code] ?? 'pay-failed');
  delete turn.messageId;
  const keys = code in REFUSED ? codeKeys(turn) : [];
  show(turn, { text, keys }, { flow: 'b', step: 'code' });
}
