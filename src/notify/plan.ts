import { oneLine } from '../documents/writing.ts';
import type {
  InvoiceFacts,
  NoticeChannel,
  PlanNoticeKind,
  SubscriptionFacts,
  Texts,
} from '../domain/facts.ts';
import { html, type Key, keyboardOf } from './buttons.ts';
import { type Letter, type Tone, toHtml, toText } from './letter.ts';
import type { RenderedNotice } from './notice.ts';

const TONES: Record<PlanNoticeKind, Tone> = {
  activated: 'good',
  renewed: 'good',
  renewed_again: 'good',
  invoice_expired: 'bad',
  ending: 'wait',
  ended: 'bad',
  money_back: 'wait',
  money_returned: 'good',
};

/** What a notice of a subscription is about beside the subscription: the newest invoice, by its link. */
function invoiceOf(facts: SubscriptionFacts, occurrence: string): InvoiceFacts | undefined {
  const named = facts.invoices.find((invoice) => String(invoice.attempt) === occurrence);
  return named ?? facts.invoices[0];
}

/** Everything that the texts may name; always whole, however late it is sent. */
function argsOf(facts: SubscriptionFacts, occurrence: string, t: Texts) {
  const { language, business } = facts;
  const invoice = invoiceOf(facts, occurrence);
  const period = facts.periods.find((one) => String(one.attempt) === occurrence);
  const until = period?.to ?? facts.activeUntil;
  const moment = { at: until ?? new Date(0), zone: business.timeZone };
  return {
    business: oneLine(business.name),
    base: facts.base,
    baseName: oneLine(facts.baseName),
    code: facts.code,
    plan: oneLine(facts.plan.name),
    days: invoice?.periodDays ?? 0,
    amountIdr: invoice?.amountIdr ?? 0,
    refundIdr: facts.refund?.amountIdr ?? 0,
    money: facts.refund?.state ?? 'due',
    until: until ? t(language, 'say-moment', moment) : '',
  };
}

/** Whether a notice still tells the truth: nobody is reminded of an end that was put off. */
export function isPlanNoticeTrue(
  kind: PlanNoticeKind,
  occurrence: string,
  facts: SubscriptionFacts,
): boolean {
  if (kind === 'ending') {
    const renewedSince = facts.periods.some((period) => period.paidAt.toISOString() > occurrence);
    return facts.state === 'active' && !renewedSince;
  }
  if (kind === 'ended') return facts.state !== 'active';
  if (kind === 'invoice_expired') {
    const attempt = Number(occurrence);
    return !facts.invoices.some((one) => one.attempt >= attempt && one.state === 'paid');
  }
  return true;
}

/** Which notices offer to pay, and by which invoice: a fresh one, of this very moment. */
function payUrlOf(kind: PlanNoticeKind, facts: SubscriptionFacts): string | undefined {
  if (kind !== 'ending') return undefined;
  return facts.invoices.find(({ state }) => state === 'new' || state === 'pending')?.paymentUrl;
}

/** One notice of a subscription as a mail; the operator's holds no link and no address. */
export function planLetter(
  kind: PlanNoticeKind,
  occurrence: string,
  channel: NoticeChannel,
  read: SubscriptionFacts,
  t: Texts,
): RenderedNotice {
  const isOperators = channel === 'operator';
  const facts = isOperators ? { ...read, language: 'id' as const } : read;
  const { language } = facts;
  const args = argsOf(facts, occurrence, t);
  const say = (part: string) => t(language, `plan-${kind}-${part}`, args);
  const mark = facts.isRehearsal ? `${t(language, 'plan-rehearsal')} ` : '';
  const payUrl = payUrlOf(kind, facts);
  const letter: Letter = {
    language,
    tone: TONES[kind],
    from: oneLine(facts.business.name),
    subject: mark + (isOperators ? `[${facts.code}] ${say('title')}` : say('subject')),
    title: mark + say('title'),
    paragraphs: [say('text')],
    ...(!isOperators && {
      button: payUrl
        ? { label: t(language, 'plan-do-pay'), url: payUrl }
        : { label: t(language, 'plan-do-status'), url: facts.statusUrl },
      linkHint: t(language, 'notice-link'),
    }),
    details: [
      [t(language, 'plan-base'), facts.base],
      [t(language, 'plan-plan'), facts.plan.name],
      [t(language, 'notice-code'), facts.code],
    ],
    small: [isOperators ? t(language, 'notice-operator-end') : t(language, 'notice-secret')],
  };
  return { subject: letter.subject, text: toText(letter), html: toHtml(letter) };
}

/** One notice of a subscription as a message of the Bot API. */
export function planMessage(
  kind: PlanNoticeKind,
  occurrence: string,
  facts: SubscriptionFacts,
  t: Texts,
) {
  const { language } = facts;
  const args = argsOf(facts, occurrence, t);
  const mark = facts.isRehearsal ? `<b>${html(t(language, 'plan-rehearsal'))}</b>\n` : '';
  const title = html(t(language, `plan-${kind}-title`, args));
  const payUrl = payUrlOf(kind, facts);
  const link = payUrl ? `\n\n${payUrl}` : '';
  const text = `${mark}<b>${title}</b>\n\n${html(t(language, `plan-${kind}-text`, args))}${link}`;
  return {
    text,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: keyboardOf(keysOf(kind, facts, t, payUrl), { flow: 'b', form: 0, step: '' }),
  };
}

function keysOf(
  kind: PlanNoticeKind,
  facts: SubscriptionFacts,
  t: Texts,
  payUrl: string | undefined,
): Key[][] {
  const { language } = facts;
  const again = kind === 'invoice_expired' || kind === 'ended';
  return [
    ...(payUrl ? [[{ label: t(language, 'plan-do-pay'), url: payUrl }]] : []),
    ...(again && !facts.isRehearsal
      ? [[{ label: t(language, 'plan-do-again'), value: facts.base, step: 'base' }]]
      : []),
    [{ label: t(language, 'plan-do-status'), url: facts.statusUrl }],
  ];
}
