import type { BookingFacts, BookingNoticeKind, Texts } from '../domain/facts.ts';
import { noticeArgs } from './args.ts';
import { html, type Key, keyboardOf } from './buttons.ts';

/** Whether the chat is told of this by a message of its own: what its own answers said is not. */
export function isSaidInChat(kind: BookingNoticeKind): boolean {
  return kind !== 'held';
}

/** Notices whose mail speaks of mails or documents: a chat has its own words for them. */
const OWN_WORDS: readonly BookingNoticeKind[] = [
  'paid',
  'late_paid',
  'review',
  'refunded',
  'expired',
  'visit',
];

/** What a message of the Bot API holds at most; a notice is far shorter. */
const LONGEST = 4_000;

/** One notice as a message of the Bot API: what happened, what to do next, and one press to do it. */
export function chatNotice(kind: BookingNoticeKind, facts: BookingFacts, t: Texts) {
  const { language } = facts;
  const args = noticeArgs(facts, t);
  const title = t(language, `notice-${kind}-title`, args);
  const key = OWN_WORDS.includes(kind) ? `bot-notice-${kind}` : `notice-${kind}-text`;
  const text = t(language, key, args);
  const ends = t(language, 'bot-notice-ends', args);
  const mark = facts.isRehearsal ? `<b>${html(t(language, 'plan-rehearsal'))}</b>\n` : '';
  const said = `${mark}<b>${html(title)}</b>\n\n${html(text)}\n\n${html(ends)}`;
  return {
    text: said.length > LONGEST ? `${mark}<b>${html(title)}</b>\n\n${html(ends)}` : said,
    parse_mode: 'HTML',
    link_preview_options: { is_disabled: true },
    reply_markup: keyboardOf(keysOf(kind, facts, t), { flow: 'o', form: 0, step: '' }),
  };
}

function keysOf(kind: BookingNoticeKind, facts: BookingFacts, t: Texts): Key[][] {
  const { language, state } = facts;
  const keys: Key[][] = [];
  if (state === 'held' || kind === 'move_difference') {
    keys.push([{ label: t(language, 'bot-do-pay'), url: facts.paymentUrl }]);
  }
  keys.push([{ label: t(language, 'bot-do-order'), url: facts.statusUrl }]);
  if (['expired', 'cancelled', 'closed'].includes(kind) && facts.kind === 'appointment') {
    keys.push([{ label: t(language, 'bot-do-again'), value: facts.code, step: 'again' }]);
  }
  return keys;
}
