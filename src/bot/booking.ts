import { setTimeout as wait } from 'node:timers/promises';
import { type Booked, findBooked, placeBooking } from '../commands/book.ts';
import type { BookingWish } from '../commands/draft.ts';
import { getBusiness } from '../db/businesses.ts';
import { type Chat, type ChatRef, findChat, lockKnownChat, saveChat } from '../db/chats.ts';
import { type Saying, say, sayNotice } from '../db/outgoing.ts';
import { listAttempts } from '../db/payments.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';
import type { Language } from '../domain/facts.ts';
import { keyboardOf, type Screen } from '../notify/buttons.ts';
import { afterRefusal, type Form, readForm } from './form.ts';
import { heldScreen } from './held.ts';
import { chosenOf, screenOf, summary, type Words } from './screens.ts';
import { readShop, type Shop } from './shop.ts';
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
  const shop = await readShop(deps.pool, await getBusiness(deps.pool, chat.business), deps.now());
  const { method } = form;
  return {
    offering: shop?.offering.offeringId ?? '',
    date: form.date ?? '',
    time: form.time,
    options: chosenOf(form),
    language: form.sent.language,
    chatId: chat.chatId,
    payMethod: method === 'any' ? undefined : method,
    customer: { name: form.sent.name, ...form.contact },
  };
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
    if (attempt?.vaNumber) return attempt.vaNumber;
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
  const business = await getBusiness(tx, chat.business);
  const shop = await readShop(tx, business, deps.now());
  if (!shop) return;
  const words = wordsIn(deps, form.sent.language, business.name);
  const next = answerOf(outcome, form, shop, business.timeZone, words);
  if (isWaiting) await goOn(tx, chat, next.form);
  const of = { flow: 'o', form: chat.formNo, step: next.form?.step ?? '' } as const;
  const more = { reply_markup: keyboardOf(next.keys, of) };
  const payload = messageOf(chat.chatId, next.text, more);
  const saying: Saying = { method: 'sendMessage', payload };
  if ('booked' in outcome) await sayNotice(tx, chat, `${outcome.booked.code}.held`, saying);
  else await say(tx, chat, [saying]);
}

function wordsIn({ texts }: BotDeps, language: Language, business: string): Words {
  return { t: sayIn(texts, language), texts, language, business };
}

/** A form that goes on has a new number: the old buttons are stale, and its key is another. */
async function goOn(tx: Tx, chat: Chat, next: Form | undefined): Promise<void> {
  if (next && next.step !== 'booking') chat.formNo += 1;
  chat.form = next;
  await saveChat(tx, chat);
}

/** What is said of an outcome, and how the form goes on; without one it is over. */
function answerOf(
  outcome: Outcome,
  form: Form,
  shop: Shop,
  timeZone: string,
  words: Words,
): Screen & { form?: Form } {
  const { t } = words;
  if ('booked' in outcome) {
    const chosen = summary(form, shop, words);
    return heldScreen(outcome.booked, chosen, timeZone, outcome.va, words);
  }
  const isOver = outcome.refused === 'refused' || outcome.refused === 'given-up';
  if (isOver) return { text: t(`order-${outcome.refused}`), keys: [] };
  if (outcome.refused === 'unavailable') {
    const again = { label: t('do-resend'), value: 'resend' };
    return { text: t('order-unavailable'), keys: [[again]], form };
  }
  const next = afterRefusal(form, shop);
  const screen = screenOf(next, shop, words);
  return { ...screen, text: `${t(`order-${outcome.refused}`)}\n\n${screen.text}`, form: next };
}
