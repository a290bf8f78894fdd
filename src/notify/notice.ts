import { runsLeft } from '../documents/bidi.ts';
import { contactOf } from '../documents/booking.ts';
import { oneLine } from '../documents/writing.ts';
import type {
  BookingFacts,
  BookingNoticeKind,
  Language,
  NoticeChannel,
  Texts,
} from '../domain/facts.ts';
import { noticeArgs } from './args.ts';
import { hasAttachments } from './attachments.ts';
import { type Letter, type Tone, toHtml, toText } from './letter.ts';

export interface RenderedNotice {
  subject: string;
  text: string;
  html: string;
}

/** Operators read the language of the businesses, whichever the customer chose. */
const OPERATOR_LANGUAGE: Language = 'id';

type Action = 'pay' | 'pay-again' | 'pay-difference' | 'tickets' | 'status' | 'choose';

const LOOK: Record<BookingNoticeKind, { tone: Tone; action: Action }> = {
  held: { tone: 'wait', action: 'pay' },
  offered: { tone: 'good', action: 'pay' },
  remind: { tone: 'wait', action: 'pay' },
  denied: { tone: 'bad', action: 'pay-again' },
  review: { tone: 'wait', action: 'status' },
  underpaid: { tone: 'bad', action: 'status' },
  overpaid: { tone: 'wait', action: 'status' },
  paid: { tone: 'good', action: 'tickets' },
  expired: { tone: 'bad', action: 'status' },
  cancelled: { tone: 'plain', action: 'status' },
  closed: { tone: 'bad', action: 'status' },
  late_paid: { tone: 'good', action: 'tickets' },
  moved: { tone: 'good', action: 'tickets' },
  move_lapsed: { tone: 'plain', action: 'status' },
  move_difference: { tone: 'wait', action: 'pay-difference' },
  refund_due: { tone: 'wait', action: 'status' },
  refunded: { tone: 'good', action: 'status' },
  visit: { tone: 'plain', action: 'tickets' },
  repair: { tone: 'plain', action: 'status' },
  choose_date: { tone: 'bad', action: 'choose' },
};

/**
 * One notice as a mail. Says first what happened and what to do next. The same facts give the same
 * text. The customer's mail holds their links; the operator's holds no link, no identity number and
 * nothing of the customer but the booking's code.
 */
export function renderNotice(
  kind: BookingNoticeKind,
  channel: NoticeChannel,
  facts: BookingFacts,
  t: Texts,
): RenderedNotice {
  const letter =
    channel === 'operator'
      ? operatorLetter(kind, { ...facts, language: OPERATOR_LANGUAGE }, t)
      : customerLetter(kind, facts, t);
  if (facts.isRehearsal) {
    const mark = t(letter.language, 'plan-rehearsal');
    letter.subject = `${mark} ${letter.subject}`;
    letter.title = `${mark} ${letter.title}`;
  }
  return { subject: letter.subject, text: toText(letter), html: toHtml(letter) };
}

function customerLetter(kind: BookingNoticeKind, facts: BookingFacts, t: Texts): Letter {
  const { language } = facts;
  const args = noticeArgs(facts, t);
  const say = (key: string) => t(language, `notice-${key}`, args);
  const button = buttonOf(kind, facts, t);
  const paragraphs = parted(say(`${kind}-text`));
  if (hasAttachments(kind, facts)) paragraphs.push(say('attached'));
  return {
    language,
    tone: LOOK[kind].tone,
    from: oneLine(facts.business.name),
    subject: say(`${kind}-subject`),
    greeting: greetingOf(facts, t),
    title: say(`${kind}-title`),
    // Tickets are what people open this mail for, at the gate too: nothing stands above them.
    buttonFirst: button.action === 'tickets',
    button,
    linkHint: say('link'),
    paragraphs,
    details: detailsOf(facts, t, args),
    small: [
      t(language, 'notice-contact', { ...args, contact: oneLine(contactOf(facts)) }),
      say('secret'),
    ],
  };
}

/** Short and factual, for whoever runs the business. */
function operatorLetter(kind: BookingNoticeKind, facts: BookingFacts, t: Texts): Letter {
  const { language } = facts;
  const args = noticeArgs(facts, t);
  const story = t(language, `notice-${kind}-operator`, args);
  const [, happened = story, task = ''] = /^(.+?)\.(?:\s+(.*))?$/.exec(story) ?? [];
  return {
    language,
    tone: LOOK[kind].tone,
    from: oneLine(facts.business.name),
    subject: `[${facts.code}] ${happened}`,
    title: happened,
    paragraphs: [...(task ? [task] : []), t(language, 'notice-operator-lines', args)],
    details: [],
    small: [t(language, 'notice-operator-end', args)],
  };
}

function greetingOf(facts: BookingFacts, t: Texts): string {
  const name = Array.from(oneLine(facts.customer.name)).slice(0, 80).join('');
  if (!name) return t(facts.language, 'notice-greeting-nameless');
  // Isolated, a name that runs to the left leaves the comma after it where it belongs.
  const isolated = runsLeft(name) ? `\u2068${name}\u2069` : name;
  return t(facts.language, 'notice-greeting', { name: isolated });
}

function buttonOf(kind: BookingNoticeKind, facts: BookingFacts, t: Texts) {
  const wanted = LOOK[kind].action;
  const hasTickets = facts.tickets.some((ticket) => ticket.state !== 'void');
  const action = wanted === 'tickets' && !hasTickets ? 'status' : wanted;
  const url = action.startsWith('pay')
    ? facts.paymentUrl
    : action === 'tickets'
      ? (facts.ticketsUrl ?? facts.statusUrl)
      : facts.statusUrl;
  return { action, url, label: t(facts.language, `notice-do-${action}`) };
}

function detailsOf(
  facts: BookingFacts,
  t: Texts,
  args: ReturnType<typeof noticeArgs>,
): [string, string][] {
  const { language } = facts;
  const rupiah = (amountIdr: number) => t(language, 'say-idr', { amountIdr });
  const rows: [string, string][] = [
    [t(language, 'notice-code'), facts.code],
    [t(language, 'say-offering', args), oneLine(facts.offering.name)],
    [t(language, 'notice-day'), String(args.when)],
  ];
  if (facts.kind === 'permit' || facts.quantity > 1) {
    rows.push([t(language, 'notice-party'), t(language, 'say-party', args)]);
  }
  rows.push([t(language, 'notice-amount'), rupiah(facts.amountIdr)]);
  if (facts.paidIdr > 0) rows.push([t(language, 'notice-paid'), rupiah(facts.paidIdr)]);
  if (facts.refund) {
    const state = t(language, 'say-refund', { refund: facts.refund.state });
    rows.push([t(language, 'notice-refund'), `${rupiah(facts.refund.amountIdr)}, ${state}`]);
  }
  return [...rows, [t(language, 'notice-state'), t(language, 'say-state', args)]];
}

function parted(text: string): string[] {
  return text.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
}
