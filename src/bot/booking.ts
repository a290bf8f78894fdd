import { setTimeout as wait } from 'node:timers/promises';
import { type Booked, placeBooking } from '../commands/book.ts';
import type { BookingWish } from '../commands/draft.ts';
import { getBusiness } from '../db/businesses.ts';
import { type Chat, type ChatRef, findChat, lockKnownChat, saveChat } from '../db/chats.ts';
import { type Saying, say } from '../db/outgoing.ts';
import { listAttempts } from '../db/payments.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';
import { keyboardOf, type Screen } from '../notify/buttons.ts';
import { afterRefusal, type Form, readForm } from './form.ts';
import { heldScreen } from './held.ts';
import { chosenOf, screenOf, summary, type Words } from './screens.ts';
import { readShop, type Shop } from './shop.ts';
import { type BotDeps, sayIn, tell } from './turn.ts';

/** What became of a form that was sent off. */
type Outcome =
  | { booked: Booked; va: string | undefined }
  | { refused: 'lost' | 'closed-now' | 'unavailable' | 'refused' };

/**
 * Books what a chat's form asks for, if it was sent off. It runs outside the chat's lock, since a hold
 * waits for Temporal; its key is the form, so that a repeat (the update sent again, a restart in the
 * middle, a second replica) gets the same booking, and says it once.
 */
export async function bookForm(deps: BotDeps, ref: ChatRef): Promise<void> {
  const chat = await findChat(deps.pool, ref);
  const form = readForm(chat?.form);
  if (!chat || form?.step !== 'booking') return;
  const outcome = await place(deps, chat, form);
  await inTransaction(deps.pool, (tx) => conclude(deps, tx, chat, outcome));
}

async function place(deps: BotDeps, chat: Chat, form: Form): Promise<Outcome> {
  // With spaces, which no caller of the API may have in a key: nobody else can take it.
  const key = `telegram ${chat.chatId} ${chat.formNo}`;
  try {
    const { booked } = await placeBooking(deps, chat.business, key, await wishOf(deps, chat, form));
    const isVa = form.method === 'bca';
    const va = isVa ? await findVa(deps, chat.business, booked.code) : undefined;
    return { booked, va };
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

async function wishOf(deps: BotDeps, chat: Chat, form: Form): Promise<BookingWish> {
  const shop = await readShop(deps.pool, chat.business, deps.now());
  const { method } = form;
  return {
    offering: shop?.offering.offeringId ?? '',
    date: form.date ?? '',
    time: form.time,
    options: chosenOf(form),
    language: chat.language,
    chatId: chat.chatId,
    payMethod: method === 'any' ? undefined : method,
    customer: { name: form.name ?? chat.name, ...form.contact },
  };
}

/** The number is part of the answer, if the provider gives it about as fast as a person reads. */
const VA_WITHIN_MS = 3_000;
const LOOK_AGAIN_MS = 100;

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

/** Writes down what became of the form and says it, unless somebody did meanwhile. */
async function conclude(deps: BotDeps, tx: Tx, before: Chat, outcome: Outcome): Promise<void> {
  const chat = await lockKnownChat(tx, before);
  const form = readForm(chat.form);
  if (form?.step !== 'booking' || chat.formNo !== before.formNo) return;
  const business = await getBusiness(tx, chat.business);
  const shop = await readShop(tx, chat.business, deps.now());
  if (!shop) return;
  const { texts } = deps;
  const { language } = chat;
  const words = { t: sayIn(texts, language), texts, language, business: business.name };
  const next = answerOf(outcome, form, shop, business.timeZone, words);
  if (!next.form) chat.form = undefined;
  else if (next.form !== form) {
    // A new number makes the old form's buttons stale, and its key another.
    chat.formNo += 1;
    chat.form = next.form;
  }
  const said: Saying[] = [];
  const of = { flow: 'o', form: chat.formNo, step: next.form?.step ?? '' } as const;
  tell({ chat, said }, next.text, { reply_markup: keyboardOf(next.keys, of) });
  await saveChat(tx, chat);
  await say(tx, chat, said);
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
  if (outcome.refused === 'refused') return { text: t('order-refused'), keys: [] };
  if (outcome.refused === 'unavailable') {
    const again = { label: t('do-resend'), value: 'resend' };
    return { text: t('order-unavailable'), keys: [[again]], form };
  }
  const next = afterRefusal(form, shop);
  const screen = screenOf(next, shop, words);
  return { ...screen, text: `${t(`order-${outcome.refused}`)}\n\n${screen.text}`, form: next };
}
