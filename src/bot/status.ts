import { Composer } from 'grammy';
import { z } from 'zod';
import { findChatOf, listOrdersOf } from '../db/chat/chats.ts';
import { readFacts } from '../db/order/facts.ts';
import { whenOf } from '../documents/booking.ts';
import type { BookingFacts, Language, Texts } from '../domain/facts.ts';
import { type Key, listed, rows, type Screen } from '../notify/buttons.ts';
import { isOwner } from './owner.ts';
import type { Words } from './screens.ts';
import { type BotContext, show, type Turn, tell } from './turn.ts';
import { isContactOf, readContact } from './typed.ts';

/** How a booking stands: /status, the chat's own bookings as buttons, and codes that are typed. */
export const status = new Composer<BotContext>();

status.command('status', (ctx) => {
  const { turn, match } = ctx;
  return match ? look(turn, String(match)) : ask(turn);
});

status.on('callback_query', (ctx, next) => {
  const { press } = ctx.turn;
  return press?.flow === 's' ? look(ctx.turn, press.value) : next();
});

status.on(['message:text', 'message:contact'], async (ctx, next) => {
  const { turn } = ctx;
  const text = ctx.message.text ?? ctx.message.contact!.phone_number;
  const asking = Asking.safeParse(turn.chat.asking).data;
  if (text.startsWith('/')) return next();
  if (asking?.code) return prove(turn, asking.code, asking.wrong, text);
  // A word of eight letters, "tomorrow" say, is a code only when it is one of ours.
  const isOurs = isCode(text) && (await factsOf(turn, text.trim().toUpperCase()));
  return asking || isOurs ? look(turn, text) : next();
});

/** `code`: whose e-mail or phone is asked for; without it a code is. */
const Asking = z.object({ code: z.string().optional(), wrong: z.number().default(0) });

/** How many of its own bookings a chat is shown. */
const OWN = 8;

/** Three wrong answers end a question, and all questions for an hour. */
const MOST_WRONG = 3;

async function ask(turn: Turn): Promise<void> {
  const { chat, t, tx, deps } = turn;
  const own = await listOrdersOf(tx, chat, OWN);
  // What is typed with a form open is for the form.
  chat.asking = chat.form ? undefined : { wrong: 0 };
  if (own.length === 0) return tell(turn, t('status-ask'));
  const keys = own.map(({ code, date, time }): Key => {
    const day = deps.texts(chat.language, 'say-day', { date });
    return { label: `${code} · ${day}${time ? ` ${time}` : ''}`, value: code };
  });
  show(turn, { text: t('status-own'), keys: rows(keys, 1) }, { flow: 's', step: '' });
}

function isCode(text: string): boolean {
  return /^[0-9A-Za-z]{8}$/.test(text.trim());
}

async function look(turn: Turn, said: string): Promise<void> {
  const { chat, t, tx } = turn;
  const code = said.trim().toUpperCase();
  const facts = isCode(code) ? await factsOf(turn, code) : undefined;
  if (!facts) {
    chat.asking = undefined;
    return tell(turn, t('status-unknown'));
  }
  const mine = await findChatOf(tx, { business: chat.business, code });
  if (mine?.chatId === chat.chatId) return showBooking(turn, facts);
  if (isOwner(turn)) return showToOwner(turn, facts);
  if (chat.wrongAnswers >= MOST_WRONG) {
    chat.asking = undefined;
    return tell(turn, t('status-locked'));
  }
  chat.asking = { code, wrong: 0 };
  tell(turn, t('status-whose'));
}

async function prove(turn: Turn, code: string, wrong: number, text: string): Promise<void> {
  const { chat, t } = turn;
  const contact = readContact(text);
  const facts = await factsOf(turn, code);
  if (chat.wrongAnswers < MOST_WRONG && contact && facts && isContactOf(contact, facts.customer)) {
    return showBooking(turn, facts);
  }
  chat.wrongAnswers += 1;
  const left = MOST_WRONG - Math.max(wrong + 1, chat.wrongAnswers);
  chat.asking = left > 0 ? { code, wrong: wrong + 1 } : undefined;
  tell(turn, left > 0 ? t('status-wrong', { left }) : t('status-ended'));
}

function factsOf({ tx, deps, chat }: Turn, code: string): Promise<BookingFacts | undefined> {
  return readFacts(tx, deps, { business: chat.business, code });
}

function showBooking(turn: Turn, facts: BookingFacts): void {
  const { t, chat, deps, business } = turn;
  const { language } = chat;
  chat.asking = undefined;
  delete turn.messageId;
  const words = { t, texts: deps.texts, language, business: business.name };
  show(turn, bookingScreen(facts, words), { flow: 's', step: '' });
}

/** The owner sees how it stands, without the links, which are the customer's alone. */
function showToOwner(turn: Turn, facts: BookingFacts): void {
  const { t, chat, deps } = turn;
  chat.asking = undefined;
  delete turn.messageId;
  const text = t('status-owner', {
    ...wordsOf(facts, deps.texts, chat.language),
    options: listed(facts.options.map((option) => option.name)),
  });
  const change: Key = { label: t('do-repair'), value: facts.code, flow: 'w', step: 'one' };
  const keys = facts.state === 'paid' ? [[change]] : [];
  show(turn, { text, keys }, { flow: 's', step: '' });
}

/** How a booking stands, in the words of who asks. */
function wordsOf(facts: BookingFacts, texts: Texts, language: Language) {
  return {
    code: facts.code,
    state: texts(language, 'say-state', { state: facts.state }),
    repair: texts(language, 'say-repair', { repair: facts.repairState ?? 'none' }),
    when: whenOf({ ...facts, language }, texts),
    amountIdr: facts.amountIdr,
  };
}

/** How a booking stands, and where to pay while its place is held. */
export function bookingScreen(facts: BookingFacts, { t, texts, language }: Words): Screen {
  const { statusUrl } = facts;
  const shown = t('status-shown', { ...wordsOf(facts, texts, language), statusUrl });
  // A number of an attempt that is over takes no money any more.
  const va = facts.payment.state === 'pending' ? facts.payment.va : undefined;
  const text = va ? `${shown}\n${t('order-va', { number: va.number })}` : shown;
  const keys: Key[][] = [[{ label: t('do-order'), url: facts.statusUrl }]];
  if (facts.state === 'held') keys.unshift([{ label: t('do-pay'), url: facts.paymentUrl }]);
  return { text, keys };
}
