import { Composer } from 'grammy';
import { takeDraft } from '../commands/carry.ts';
import { findContactOf } from '../db/chat/chats.ts';
import { type Act, type Form, type Moved, move, openForm, readForm, withWish } from './form.ts';
import { remarkText, screenOf, type Words } from './screens.ts';
import { readShop, type Shop } from './shop.ts';
import { type BotContext, show, type Turn, tell } from './turn.ts';

/** The order form: /order, the links that lead to it, its buttons and what is typed into it. */
export const order = new Composer<BotContext>();

// A command ends what was asked before it; the flows behind this one ask anew.
order.on('message:text', (ctx, next) => {
  if (ctx.message.text.startsWith('/')) ctx.turn.chat.asking = undefined;
  return next();
});

order.command('order', (ctx) => begin(ctx.turn));
order.command('start', (ctx, next) => (ctx.match ? begin(ctx.turn, ctx.match) : next()));

order.on('callback_query', async (ctx, next) => {
  const { press } = ctx.turn;
  if (press?.flow !== 'o') return next();
  await pressed(ctx.turn, press);
});

order.on(['message:text', 'message:contact'], async (ctx, next) => {
  const { chat } = ctx.turn;
  const text = ctx.message.text;
  if (!readForm(chat.form) || chat.asking || text?.startsWith('/')) return next();
  const act = text === undefined ? { phone: ctx.message.contact!.phone_number } : { text };
  await go(ctx.turn, act);
});

/** Opens a form; what was chosen on the web comes along by its token. */
async function begin(turn: Turn, token = 'order'): Promise<void> {
  const { chat, deps, tx, business } = turn;
  // What was sent off is answered first: its place may be held already.
  if (readForm(chat.form)?.step === 'booking') return tell(turn, turn.t('order-one-by-one'));
  const shop = await readShop(tx, business, deps.now());
  if (!shop || shop.free.size === 0) return tell(turn, turn.t('order-nothing'));
  const [wish, contact] = await Promise.all([
    token === 'order' ? undefined : takeDraft(tx, business.business, token),
    findContactOf(tx, chat),
  ]);
  const form = openForm(firstFree(shop));
  if (contact?.email) form.contact = { email: contact.email };
  else if (contact?.phone) form.contact = { phone: contact.phone };
  if (readForm(chat.form)?.step === 'contact') stopSharing(turn, 'order-share-over');
  chat.formNo += 1;
  chat.asking = undefined;
  chat.form = wish ? withWish(form, wish, shop) : form;
  showForm(turn, chat.form as Form, shop);
}

/** The calendar opens where there is something to choose. */
function firstFree({ free, today }: Shop): string {
  return [...free.keys()].sort()[0] ?? today;
}

/** A form that nobody touched for this long is over. */
const FORM_LASTS_MS = 2 * 3_600_000;

async function pressed(turn: Turn, press: { form: number; step: string; value: string }) {
  const { chat, t } = turn;
  if (press.step === 'again') {
    delete turn.messageId;
    return begin(turn);
  }
  const form = readForm(chat.form);
  if (!form) {
    turn.toast = t('order-none');
    return;
  }
  if (isOld(turn, form)) {
    chat.form = undefined;
    return show(turn, { text: t('order-expired'), keys: [] }, { flow: 'o', step: '' });
  }
  chat.asking = undefined;
  if (press.form === chat.formNo && press.step === form.step) {
    return go(turn, { press: press.value });
  }
  turn.toast = t('order-stale');
  const shop = await readShop(turn.tx, turn.business, turn.deps.now());
  if (shop) showForm(turn, form, shop);
}

/** A form that was sent off ends with its answer, not by its age. */
function isOld({ chat, deps }: Turn, form: Form): boolean {
  const age = deps.now().getTime() - chat.changedAt.getTime();
  return form.step !== 'booking' && age > FORM_LASTS_MS;
}

async function go(turn: Turn, act: Act): Promise<void> {
  const { chat, t } = turn;
  const form = readForm(chat.form)!;
  const shop = await readShop(turn.tx, turn.business, turn.deps.now());
  if (isOld(turn, form) || !shop) {
    chat.form = undefined;
    return tell(turn, t('order-expired'));
  }
  const moved = move(form, act, shop);
  chat.form = moved.form?.step === 'booking' ? sendOff(turn, moved.form, shop) : moved.form;
  if (form.step === 'contact' && moved.form?.step !== 'contact') {
    stopSharing(turn, 'press' in act ? 'order-share-over' : 'order-contact-thanks');
  }
  answer(turn, form, moved, shop);
}

/** From now on the form is a request, whose repeat is the same one. */
function sendOff({ chat, deps }: Turn, form: Form, { offering }: Shop): Form {
  const { name = chat.name, sent } = form;
  const by = sent ?? { name, language: chat.language, offering: offering.offeringId };
  return { ...form, sent: { ...by, at: deps.now().toISOString() } };
}

function answer(turn: Turn, before: Form, { form, remark }: Moved, shop: Shop): void {
  const { t } = turn;
  if (!form) {
    show(turn, { text: t('order-cancelled'), keys: [] }, { flow: 'o', step: '' });
    return;
  }
  const said = remark && remarkText(remark, shop, wordsOf(turn));
  if (said && turn.messageId !== undefined) {
    turn.toast = said;
    if (form === before) return;
  }
  showForm(turn, form, shop, turn.messageId === undefined ? said : undefined);
  if (form.step === 'contact' && before.step !== 'contact') offerSharing(turn);
}

function showForm(turn: Turn, form: Form, shop: Shop, remark?: string): void {
  const screen = screenOf(form, shop, wordsOf(turn));
  const text = remark ? `${remark}\n\n${screen.text}` : screen.text;
  show(turn, { ...screen, text }, { flow: 'o', step: form.step });
}

/** A button that sends one's own number exists only under the field for writing. */
function offerSharing(turn: Turn): void {
  const { t } = turn;
  tell(turn, t('order-share'), {
    reply_markup: {
      keyboard: [[{ text: t('do-share'), request_contact: true }]],
      one_time_keyboard: true,
      resize_keyboard: true,
    },
  });
}

/** Takes that button away again, which only another message can. */
function stopSharing(turn: Turn, words: 'order-share-over' | 'order-contact-thanks'): void {
  tell(turn, turn.t(words), { reply_markup: { remove_keyboard: true } });
}

function wordsOf({ t, deps, chat, business }: Turn): Words {
  return { t, texts: deps.texts, language: chat.language, business: business.name };
}
