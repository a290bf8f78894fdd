import { listOfferings } from '../../db/offerings.ts';
import { type Base, listBasesOf } from '../../db/plan/bases.ts';
import { spokenIn } from '../../domain/english.ts';
import { maskedEmail } from '../../domain/identity.ts';
import { type Key, rows, type Screen, short } from '../../notify/buttons.ts';
import type { Turn } from '../turn.ts';
import type { PayForm } from './forms.ts';

/** The question of a step of /bayar. The same form and base give the same one. */
export async function payScreen(turn: Turn, form: PayForm, base?: Base): Promise<Screen> {
  const { t } = turn;
  if (!base || form.step === 'base') return baseScreen(turn);
  switch (form.step) {
    case 'plan':
      return planScreen(turn, base);
    case 'email':
      return {
        text: t('pay-email', { base: base.base, email: maskedEmail(base.email) }),
        keys: [[cancelKey(turn)]],
      };
    case 'code':
      return { text: t('pay-code', { email: form.email ?? '' }), keys: codeKeys(turn) };
    case 'making':
      return { text: t('pay-busy'), keys: [] };
  }
}

/** The chat's own bases as buttons; a chat without any writes the name of one. */
async function baseScreen(turn: Turn): Promise<Screen> {
  const { chat, tx, t } = turn;
  const own = await listBasesOf(tx, chat.business, chat.chatId);
  if (own.length === 0) return nameScreen(turn);
  const keys = own.slice(0, 20).map(({ base, name }): Key => {
    return { label: `${short(name, 40)} (${base})`, value: base, step: 'pick' };
  });
  const other: Key = { label: t('do-other-base'), value: '', step: 'other' };
  return { text: t('pay-base'), keys: [...rows(keys, 1), [other, cancelKey(turn)]] };
}

export function nameScreen(turn: Turn): Screen {
  return { text: turn.t('pay-name-base'), keys: [[cancelKey(turn)]] };
}

async function planScreen(turn: Turn, { base, name }: Base): Promise<Screen> {
  const plans = await planKeys(turn, (offeringId) => offeringId, 'plan');
  const text = turn.t('pay-plan', { base, name: short(name, 60) });
  return { text, keys: [...plans, [cancelKey(turn)]] };
}

/** A business with very many plans shows the first. */
const MOST_PLANS = 20;

/** The plans with their prices and lengths, one a row; the one that is kept so far is marked. */
export async function planKeys(
  turn: Turn,
  valueFor: (offeringId: string) => string,
  step: string,
  kept?: string,
): Promise<Key[][]> {
  const offered = await listOfferings(turn.tx, turn.business.business);
  const keys = offered.flatMap((offering): Key[] => {
    const { offeringId, name, priceIdr, periodDays } = spokenIn(turn.chat.language, offering);
    if (periodDays === null) return [];
    const named = { plan: short(name, 30), amountIdr: priceIdr, days: periodDays };
    const mark = offeringId === kept ? '✓ ' : '';
    const label = `${mark}${turn.t('pay-plan-line', named)}`;
    return [{ label, value: valueFor(offeringId), step }];
  });
  return rows(keys.slice(0, MOST_PLANS), 1);
}

/** What may be done instead of writing a code. */
export function codeKeys(turn: Turn): Key[][] {
  const { t } = turn;
  return [
    [
      { label: t('do-new-code'), value: '', step: 'again' },
      { label: t('do-other-email'), value: '', step: 'email' },
    ],
    [cancelKey(turn)],
  ];
}

/** A button that ends the form. */
function cancelKey(turn: Turn): Key {
  return { label: turn.t('do-cancel'), value: '', step: 'cancel' };
}
