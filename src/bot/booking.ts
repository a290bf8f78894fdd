import { setTimeout as wait } from 'node:timers/promises';
import { type Booked, findBooked, placeBooking } from '../commands/book.ts';
import type { BookingWish } from '../commands/draft.ts';
import { getBusiness } from '../db/businesses.ts';
import { type Chat, type ChatRef, findChat, lockKnownChat, saveChat } from '../db/chat/chats.ts';
import { type Saying, say, sayNotice } from '../db/chat/outgoing.ts';
import { listAttempts } from '../db/money/payments.ts';
import { readFacts } from '../db/order/facts.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';
import type { BookingFacts } from '../domain/facts.ts';
import { keyboardOf, type Screen } from '../notify/buttons.ts';
import { afterRefusal, type Form, readForm } from './form.ts';
import { heldScreen } from './held.ts';
import { chosenOf, screenOf, summary, type Words } from './screens.ts';
import { readShop, type Shop } from './shop.ts';
import { bookingScreen } from './status.ts';
import { type BotDeps, messageOf, sayIn } from './turn.ts';

/** A form that was sent off. */
type Sent = Form & { sent: NonNullable<Form['sent']> };

/** What became of a form that was sent off. */
type Outcome =
  | { booked: Booked; va: string | undefined }
  | { refused: 'lost' | 'closed-now' | 'unavailable' | 'refused' | 'given-up' };

/**
 * Books what a chat's form asks for, if it was sent off. It runs outside the chat's lock, since a hold
 * waits for Temporal; its key is the form, so that a repeat (the update sent again, a restart in the
 * middle, a second replica, upkeep) gets the same booking, and says it once. Answers whether there was
 * anything to book.
 */
export async function bookForm(
  deps: BotDeps,
  ref: ChatRef,
  by: 'person' | 'upkeep' = 'person',
): Promise<boolean> {
  const chat = await findChat(deps.pool, ref);
  const form = readForm(chat?.form);
  if (!chat || form?.step !== 'booking' || !form.sent) return false;
  const sent: Sent = { ...form, sent: form.sent };
  const outcome = isLate(deps, sent)
    ? await lookUp(deps, chat, sent)
    : await place(deps, chat, sent);
  // A person was told already that it takes longer.
  if (by === 'upkeep' && 'refused' in outcome && outcome.refused === 'unavailable') return true;
  await inTransaction(deps.pool, (tx) => conclude(deps, tx, chat, sent, outcome));
  return true;
}

/** For this long after it was sent off a form is tried again; then its person has gone elsewhere. */
const TRIED_FOR_MS = 10 * 60_000;

function isLate(deps: BotDeps, { sent }: Sent): boolean {
  return deps.now().getTime() - Date.parse(sent.at) > TRIED_FOR_MS;
}

/** With spaces, which no caller of the API may have in a key: nobody else can take it. */
function keyOf({ chatId, formNo }: Chat): string {
  return `telegram ${chatId} ${formNo}`;
}

async function lookUp(deps: BotDeps, chat: Chat, form: Sent): Promise<Outcome> {
  const booked = await findBooked(deps, chat.business, keyOf(chat));
  return booked ? withVa(deps, chat, form, booked) : { refused: 'given-up' };
}

async function place(deps: BotDeps, chat: Chat, form: Sent): Promise<Outcome> {
  try {
    const wish = await wishOf(deps, chat, form);
    const { booked } = await placeBooking(deps, chat.business, keyOf(chat), wish);
    return await withVa(deps, chat, form, booked);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'SOLD_OUT') return { refused: 'lost' };
    // INVALID: what was chosen stopped being there meanwhile, an hour that is too near now, say.
    const gone: readonly string[] = ['CLOSED', 'NOT_ALLOWED', 'INVALID'];
    if (gone.includes(error.code)) return { refused: 'closed-now' };
    if (error.code === 'UNAVAILABLE') return { refused: 'unavailable' };
    return { refused: 'refused' };
  }
}

async function wishOf(deps: BotDeps, chat: Chat, form: Sent): Promise<BookingWish> {
  const { method, sent } = form;
  return {
    offering: sent.offering ?? (await offeringOf(deps, chat)),
    date: form.date ?? '',
    time: form.time,
    options: chosenOf(form),
    language: sent.language,
    chatId: chat.chatId,
    payMethod: method === 'any' ? undefined : method,
    customer: { name: sent.name, ...form.contact },
  };
}

/** What a form is about that was sent off before its offering was noted. */
async function offeringOf(deps: BotDeps, { business }: Chat): Promise<string> {
  const shop = await readShop(deps.pool, await getBusiness(deps.pool, business), deps.now());
  return shop?.offering.offeringId ?? '';
}

/** The number is part of the answer, if the provider gives it about as fast as a person reads. */
const VA_WITHIN_MS = 3_000;
const LOOK_AGAIN_MS = 100;

async function withVa(deps: BotDeps, chat: Chat, form: Form, booked: Booked): Promise<Outcome> {
  const va = form.method === 'bca' ? await findVa(deps, chat.business, booked.code) : undefined;
  return { booked, va };
}

/** The virtual account of a new booking; later it stands behind the link to pay, and in /status. */
async function findVa(deps: BotDeps, business: string, code: string): Promise<string | undefined> {
  const patience = Date.now() + VA_WITHIN_MS;
  while (Date.now() < patience) {
    const [attempt] = await listAttempts(deps.pool, { business, code });
    if (attempt?.vaNumber) return attempt.state === 'pending' ? attempt.vaNumber : undefined;
    await wait(LOOK_AGAIN_MS);
  }
  return undefined;
}

/**
 * Writes down what became of the form and says it. What is booked is said whatever became of the form
 * meanwhile, and once by its name; all else only to who still waits for it.
 */
async function conclude(
  deps: BotDeps,
  tx: Tx,
  before: Chat,
  form: Sent,
  outcome: Outcome,
): Promise<void> {
  const chat = await lockKnownChat(tx, before);
  const isWaiting = chat.formNo === before.formNo && readForm(chat.form)?.step === 'booking';
  if (!isWaiting && !('booked' in outcome)) return;
  const next = await answerOf(deps, tx, chat, form, outcome);
  if (isWaiting) await goOn(tx, chat, next.form);
  const of = { flow: 'o', form: chat.formNo, step: next.form?.step ?? '' } as const;
  const more = { reply_markup: keyboardOf(next.keys, of) };
  const payload = messageOf(chat.chatId, next.text, more);
  const saying: Saying = { method: 'sendMessage', payload };
  if ('booked' in outcome) await sayNotice(tx, chat, `${outcome.booked.code}.held`, saying);
  else await say(tx, chat, [saying]);
}

/** A form that goes on has a new number: the old buttons are stale, and its key is another. */
async function goOn(tx: Tx, chat: Chat, next: Form | undefined): Promise<void> {
  if (next && next.step !== 'booking') chat.formNo += 1;
  chat.form = next;
  await saveChat(tx, chat);
}

/** What is said of an outcome, and how the form goes on; without one it is over. */
async function answerOf(
  deps: BotDeps,
  tx: Tx,
  chat: Chat,
  form: Sent,
  outcome: Outcome,
): Promise<Screen & { form?: Form | undefined }> {
  const business = await getBusiness(tx, chat.business);
  const { language } = form.sent;
  const t = sayIn(deps.texts, language);
  const words = { t, texts: deps.texts, language, business: business.name };
  const shop = await readShop(tx, business, deps.now());
  if ('booked' in outcome) {
    const facts = await readFacts(tx, deps, { business: chat.business, code: outcome.booked.code });
    return bookedScreen(outcome, facts, form, shop, words);
  }
  if (outcome.refused === 'unavailable') {
    const again = { label: t('do-resend'), value: 'resend' };
    return { text: t('order-unavailable'), keys: [[again]], form };
  }
  if (outcome.refused === 'refused' || outcome.refused === 'given-up') {
    return { text: t(`order-${outcome.refused}`), keys: [] };
  }
  return shop ? askedAgain(outcome.refused, form, shop, words) : over(t('order-refused'));
}

/**
 * What was booked, as it stands now: whoever asks again, after an hour say, is not asked to pay for a
 * place that was given back.
 */
function bookedScreen(
  { booked, va }: Extract<Outcome, { booked: Booked }>,
  facts: BookingFacts | undefined,
  form: Sent,
  shop: Shop | undefined,
  words: Words,
): Screen {
  if (!facts) return over(words.t('order-given-up'));
  if (!shop || facts.state !== 'held') return bookingScreen(facts, words);
  return heldScreen(booked, summary(form, shop, words), facts.business.timeZone, va, words);
}

/** The step that asks again for what could not be had, and why. */
function askedAgain(
  refused: 'lost' | 'closed-now',
  form: Sent,
  shop: Shop,
  words: Words,
): Screen & { form?: Form | undefined } {
  const { form: next, remark = refused } = afterRefusal(form, shop);
  if (!next) return over(words.t('order-refused'));
  const screen = screenOf(next, shop, words);
  return { ...screen, text: `${words.t(`order-${remark}`)}\n\n${screen.text}`, form: next };
}

function over(text: string): Screen {
  return { text, keys: [] };
}
