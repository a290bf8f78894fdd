import { setTimeout as wait } from 'node:timers/promises';
import { type Booked, placeBooking } from '../commands/book.ts';
import type { BookingWish } from '../commands/draft.ts';
import { getBusiness } from '../db/businesses.ts';
import { type Chat, type ChatRef, findChat, lockKnownChat, saveChat } from '../db/chats.ts';
import { type Saying, say } from '../db/outgoing.ts';
import { listAttempts } from '../db/payments.ts';
import { inTransaction, type Tx } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';
import { keyboardOf } from '../notify/buttons.ts';
import { afterRefusal, type Form, readForm } from './form.ts';
import { heldScreen } from './held.ts';
import { chosenOf, screenOf, summary, type Words } from './screens.ts';
import { readShop } from './shop.ts';
import { type BotDeps, sayIn, tell } from './turn.ts';

/** What became of a form that was sent off. */
type Outcome = { booked: Booked } | { refused: 'lost' | 'closed-now' | 'unavailable' | 'refused' };

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
  const va =
    'booked' in outcome && form.method === 'bca'
      ? await findVa(deps, chat.business, outcome.booked.code)
      : undefined;
  await inTransaction(deps.pool, (tx) => conclude(deps, tx, chat, outcome, va));
}

async function place(deps: BotDeps, chat: Chat, form: Form): Promise<Outcome> {
  const key = `telegram-${chat.chatId}-${chat.formNo}`;
  try {
    const { booked } = await placeBooking(deps, chat.business, key, await wishOf(deps, chat, form));
    return { booked };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === 'SOLD_OUT') return { refused: 'lost' };
    if (error.code === 'CLOSED' || error.code === 'NOT_ALLOWED') return { refused: 'closed-now' };
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
async function conclude(
  deps: BotDeps,
  tx: Tx,
  before: Chat,
  outcome: Outcome,
  va: string | undefined,
): Promise<void> {
  const chat = await lockKnownChat(tx, before);
  const form = readForm(chat.form);
  if (form?.step !== 'booking' || chat.formNo !== before.formNo) return;
  const business = await getBusiness(tx, chat.business);
  const shop = await readShop(tx, chat.business, deps.now());
  if (!shop) return;
  const words: Words = {
    t: sayIn(deps.texts, chat.language),
    texts: deps.texts,
    language: chat.language,
    business: business.name,
  };
  const said: Saying[] = [];
  const keys = (rows: Parameters<typeof keyboardOf>[0], step: string) => ({
    reply_markup: keyboardOf(rows, { flow: 'o', form: chat.formNo, step }),
  });
  if ('booked' in outcome) {
    const screen = heldScreen(
      outcome.booked,
      summary(form, shop, words),
      business.timeZone,
      va,
      words,
    );
    tell({ chat, said }, screen.text, keys(screen.keys, ''));
    chat.form = undefined;
  } else if (outcome.refused === 'unavailable') {
    const again = { label: words.t('do-resend'), value: 'resend' };
    tell({ chat, said }, words.t('order-unavailable'), keys([[again]], 'booking'));
  } else if (outcome.refused === 'refused') {
    tell({ chat, said }, words.t('order-refused'));
    chat.form = undefined;
  } else {
    // A new number makes the old form's buttons stale, and its key another.
    chat.formNo += 1;
    const next = afterRefusal(form, shop);
    const screen = screenOf(next, shop, words);
    const text = `${words.t(`order-${outcome.refused}`)}\n\n${screen.text}`;
    tell({ chat, said }, text, keys(screen.keys, next.step));
    chat.form = next;
  }
  await saveChat(tx, chat);
  await say(tx, chat, said);
}
