import { oneLine } from '../documents/writing.ts';
import type {
  InvoiceFacts,
  NoticeChannel,
  PlanNoticeKind,
  RefundFacts,
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
  stopped: 'bad',
  money_back: 'wait',
  given_back: 'wait',
  money_returned: 'good',
};

const OF_REFUNDS: readonly PlanNoticeKind[] = ['money_back', 'given_back', 'money_returned'];

/** The refund that a notice tells of, named by its number. */
function refundOf(
  kind: PlanNoticeKind,
  occurrence: string,
  facts: SubscriptionFacts,
): RefundFacts | undefined {
  if (!OF_REFUNDS.includes(kind)) return undefined;
  return facts.refunds.find(({ refundNo }) => refundNo === Number(occurrence.split(' ').at(-1)));
}

/** The invoice that a notice is about, named by its attempt or by the refund of what it brought. */
export function invoiceOf(
  kind: PlanNoticeKind,
  occurrence: string,
  facts: SubscriptionFacts,
): InvoiceFacts | undefined {
  const attempt = refundOf(kind, occurrence, facts)?.attempt ?? Number(occurrence);
  return facts.invoices.find((invoice) => invoice.attempt === attempt);
}

/** What the texts of a notice are made of. */
interface Told {
  kind: PlanNoticeKind;
  occurrence: string;
  facts: SubscriptionFacts;
  reader: 'customer' | 'operator';
}

/** Everything that the texts may name; always whole, however late it is sent. */
function argsOf({ kind, occurrence, facts, reader }: Told, t: Texts) {
  const { language, business } = facts;
  const invoice = invoiceOf(kind, occurrence, facts) ?? facts.invoices[0];
  const refund = refundOf(kind, occurrence, facts);
  const period = refund
    ? undefined
    : facts.periods.find((one) => String(one.attempt) === occurrence);
  const until = period?.to ?? facts.activeUntil;
  const moment = { at: until ?? new Date(0), zone: business.timeZone };
  return {
    business: oneLine(business.name),
    base: facts.base,
    baseName: oneLine(facts.baseName),
    code: facts.code,
    reader,
    plan: planOf(kind, occurrence, facts),
    earlier: hasEarlierLink(facts) ? 'yes' : 'no',
    days: invoice?.periodDays ?? 0,
    amountIdr: invoice?.amountIdr ?? 0,
    refundIdr: refund?.amountIdr ?? 0,
    money: refund?.state ?? 'due',
    state: facts.state,
    until: until ? t(language, 'say-moment', moment) : '',
  };
}

/** The plan of the invoice that a notice is about or offers; of one about none, the subscription's. */
function planOf(kind: PlanNoticeKind, occurrence: string, facts: SubscriptionFacts): string {
  const offered = kind === 'ending' ? facts.invoices[0] : undefined;
  const invoice = offered ?? invoiceOf(kind, occurrence, facts);
  return oneLine(invoice?.planName ?? facts.plan.name);
}

/** Whether a link was made for the next period before the newest one: what was paid last is over. */
function hasEarlierLink({ invoices, periods }: SubscriptionFacts): boolean {
  const newest = Math.max(0, ...invoices.map(({ attempt }) => attempt));
  const paid = Math.max(0, ...periods.map(({ attempt }) => attempt));
  return invoices.some(({ attempt }) => attempt > paid && attempt < newest);
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
  if (kind === 'ended' || kind === 'stopped') return facts.state !== 'active';
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
  const reader = isOperators ? 'operator' : 'customer';
  const args = argsOf({ kind, occurrence, facts, reader }, t);
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
      [t(language, 'plan-plan'), args.plan],
      [t(language, 'notice-code'), facts.code],
    ],
    small: [
      isOperators
        ? t(language, 'notice-operator-end', args)
        : t(language, 'notice-secret', { kind: 'plan' }),
    ],
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
  const args = argsOf({ kind, occurrence, facts, reader: 'customer' }, t);
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
  const label = facts.state === 'active' ? 'plan-do-extend' : 'plan-do-again';
  return [
    ...(payUrl ? [[{ label: t(language, 'plan-do-pay'), url: payUrl }]] : []),
    ...(again && !facts.isRehearsal
      ? [[{ label: t(language, label), value: facts.base, step: 'base' }]]
      : []),
    [{ label: t(language, 'plan-do-status'), url: facts.statusUrl }],
  ];
}
