import { Composer } from 'grammy';
import { audit } from '../../db/audit.ts';
import { findChat } from '../../db/chat/chats.ts';
import { say } from '../../db/chat/outgoing.ts';
import { type Base, findBase, readEntitlement, saveBase } from '../../db/plan/bases.ts';
import { short } from '../../notify/buttons.ts';
import { sendAnswer } from '../sender.ts';
import { type BotContext, messageOf, type Say, sayIn, show, type Turn, tell } from '../turn.ts';
import { isAdmin } from './admin.ts';
import { type Misread, type Registration, readPlanForm, readRegistration } from './forms.ts';

/**
 * /daftar: the form, again with what is wrong of it, and the base registered. One that is registered
 * already changes only by a button under what would change; its owners are told of whatever was done.
 */
export const register = new Composer<BotContext>();

register.command('daftar', ({ turn, match }) => {
  const filled = String(match ?? '').trim();
  if (filled) return read(turn, filled);
  turn.chat.form = { flow: 'register' };
  tell(turn, turn.t('register-form', EMPTY));
});

register.on('message:text', (ctx, next) => {
  const { turn } = ctx;
  const isForm = formOf(turn) && isAdmin(turn);
  if (!isForm || ctx.message.text.startsWith('/')) return next();
  return read(turn, ctx.message.text);
});

register.on('callback_query', ({ turn }, next) => {
  const { press } = turn;
  if (press?.flow !== 'b' || !['regset', 'regno'].includes(press.step)) return next();
  const form = press.form === turn.chat.formNo && isAdmin(turn) ? formOf(turn) : undefined;
  if (!form?.was || !form.wanted) return conclude(turn, 'register-stale');
  if (press.step === 'regset') return confirmed(turn, form.was, form.wanted);
  turn.chat.form = undefined;
  return conclude(turn, 'register-kept', { base: form.wanted.base });
});

function formOf({ chat }: Turn) {
  const form = readPlanForm(chat.form);
  return form?.flow === 'register' ? form : undefined;
}

/** Puts the outcome in the place of the question. */
function conclude(turn: Turn, key: string, args: Record<string, string> = {}): void {
  show(turn, { text: turn.t(key, args), keys: [] }, { flow: 'b', step: '' });
}

async function read(turn: Turn, text: string): Promise<void> {
  const wanted = readRegistration(text);
  if ('faults' in wanted) {
    turn.chat.form = { flow: 'register' };
    return tell(turn, mendForm(turn, wanted));
  }
  const known = await findBase(turn.tx, turn.business.business, wanted.base);
  if (known) return askChange(turn, registrationOf(known), wanted);
  await save(turn, wanted);
  tell(turn, turn.t('register-new', said(wanted)));
}

const EMPTY = { name: '', channel: '@', owner: '', email: '' };

/** The form with what was right of it, under what is wrong. */
function mendForm({ t }: Turn, { faults, said }: Misread): string {
  const lines = faults.map((fault) => {
    const written = said[fault] && t('register-written', { said: short(said[fault], 40) });
    return `• ${t(`register-wrong-${fault}`)} ${written}`.trimEnd();
  });
  const wrong = Object.fromEntries(faults.map((fault) => [fault, EMPTY[fault]]));
  return `${t('register-wrong')}\n${lines.join('\n')}\n\n${t('register-form', { ...said, ...wrong })}`;
}

const registrationOf = ({ name, base, ownerChat, email }: Base): Registration => {
  return { name, base, ownerChat, email };
};

const said = ({ name, base, ownerChat, email }: Registration) => {
  return { name, base, email, owner: String(ownerChat) };
};

/** Shows what is registered and what it would be, and changes nothing before the button is pressed. */
async function askChange(turn: Turn, was: Registration, wanted: Registration): Promise<void> {
  const { tx, chat, business, t, deps } = turn;
  const lines = changesOf(t, was, wanted);
  if (lines.length === 0) {
    chat.form = undefined;
    return tell(turn, t('register-same', said(was)));
  }
  chat.formNo += 1;
  chat.form = { flow: 'register', was, wanted };
  const entitlement = await readEntitlement(tx, business.business, was.base);
  const at = entitlement?.active ? entitlement.activeUntil : undefined;
  const until = at ? deps.texts(chat.language, 'say-moment', { at, zone: business.timeZone }) : '–';
  const state = at ? 'active' : 'inactive';
  const head = t('register-known', { base: was.base, state, until });
  delete turn.messageId;
  show(
    turn,
    {
      text: `${head}\n\n${lines.join('\n')}\n\n${t('register-ask')}`,
      keys: [
        [
          { label: t('do-change'), value: '', step: 'regset' },
          { label: t('do-cancel'), value: '', step: 'regno' },
        ],
      ],
    },
    { flow: 'b', step: '' },
  );
}

/** A line for each value that is another one. */
function changesOf(t: Say, was: Registration, wanted: Registration): string[] {
  const [from, to] = [said(was), said(wanted)];
  return (['name', 'owner', 'email'] as const).flatMap((what) => {
    if (from[what] === to[what]) return [];
    return [t(`register-change-${what}`, { from: from[what], to: to[what] })];
  });
}

/** What was confirmed is what was shown: when somebody changed the base meanwhile, it is asked anew. */
async function confirmed(turn: Turn, was: Registration, wanted: Registration): Promise<void> {
  const known = await findBase(turn.tx, turn.business.business, wanted.base);
  const present = known && registrationOf(known);
  if (present && changesOf(turn.t, present, was).length > 0) {
    return askChange(turn, present, wanted);
  }
  await save(turn, wanted, was);
  conclude(turn, 'register-changed', said(wanted));
}

async function save(turn: Turn, wanted: Registration, was?: Registration): Promise<void> {
  const { tx, chat, business } = turn;
  await saveBase(tx, { business: business.business, ...wanted });
  const by = `telegram:${chat.chatId}`;
  const owners = { ownerChat: wanted.ownerChat, ...(was && { wasOwnerChat: was.ownerChat }) };
  await audit(tx, business.business, by, 'base.register', wanted.base, owners);
  chat.form = undefined;
  await tellOwners(turn, wanted, was);
}

/** Tells the owner what is registered, and who was the owner that it is another one. */
async function tellOwners(turn: Turn, wanted: Registration, was?: Registration): Promise<void> {
  const isSameOwner = was?.ownerChat === wanted.ownerChat;
  await tellOwner(turn, wanted.ownerChat, (t) => {
    if (!was || !isSameOwner) return t('register-yours', said(wanted));
    return `${t('register-yours-changed', said(wanted))}\n${changesOf(t, was, wanted).join('\n')}`;
  });
  if (was && !isSameOwner) {
    const business = short(turn.business.name);
    await tellOwner(turn, was.ownerChat, (t) => t('register-gone', { ...said(was), business }));
  }
}

/** Says something in another chat, in its language; it commits with this turn, and is sent after it. */
async function tellOwner(turn: Turn, chatId: number, words: (t: Say) => string): Promise<void> {
  const { tx, deps, business } = turn;
  if (chatId === turn.chat.chatId) return;
  const ref = { business: business.business, chatId };
  const { language = 'id' } = (await findChat(tx, ref)) ?? {};
  const payload = messageOf(chatId, words(sayIn(deps.texts, language)), {});
  await say(tx, ref, [{ method: 'sendMessage', payload }]);
  const before = turn.after;
  turn.after = async () => {
    await before?.();
    await sendAnswer(deps, ref);
  };
}
