import { spokenIn } from '../domain/english.ts';
import type { Language, Texts } from '../domain/facts.ts';
import { type Key, listed, rows, type Screen, short } from '../notify/buttons.ts';
import { daysOf, type Form, METHODS, type Remark } from './form.ts';
import { optionsOf, priceOf, type Shop } from './shop.ts';
import type { Say } from './turn.ts';

/** What screens are written with. */
export interface Words {
  t: Say;
  texts: Texts;
  language: Language;
  business: string;
}

/** The screen of a form's current step. The same form and shop give the same screen. */
export function screenOf(form: Form, shop: Shop, words: Words): Screen {
  const { t } = words;
  switch (form.step) {
    case 'start':
      return {
        text: t('order-start', { business: short(words.business) }),
        keys: [[{ label: t('do-book'), value: 'book' }, cancelKey(t)]],
      };
    case 'date':
      return { text: t('order-date'), keys: [...calendar(form, shop, t), ends(t)] };
    case 'device':
      return {
        text: t('order-device', { day: dayOf(form, words) }),
        keys: [...options(shop, 'device', [], words), ends(t)],
      };
    case 'time':
      return { text: t('order-time', { day: dayOf(form, words) }), keys: hours(form, shop, t) };
    case 'parts':
      return {
        text: t('order-parts', { amountIdr: totalOf(form, shop) }),
        keys: [
          ...options(shop, 'part', form.parts, words),
          [{ label: t('do-next'), value: 'next' }],
          ends(t),
        ],
      };
    case 'method':
      return {
        text: t('order-method', { amountIdr: totalOf(form, shop) }),
        keys: [
          ...rows(
            METHODS.map((method) => ({ label: t(`method-${method}`), value: method })),
            2,
          ),
          ends(t),
        ],
      };
    case 'contact':
      return { text: t('order-contact'), keys: [ends(t)] };
    case 'confirm':
      return {
        text: t('order-confirm', summary(form, shop, words)),
        keys: [
          [{ label: t('do-now'), value: 'book' }],
          [{ label: t('do-contact'), value: 'contact' }],
          ends(t),
        ],
      };
    case 'booking':
      return { text: t('order-booking'), keys: [] };
  }
}

/** What is said of a remark. */
export function remarkText(remark: Remark, shop: Shop, { t, texts, language }: Words): string {
  const last = texts(language, 'say-day', { date: shop.lastDay });
  return t(`order-${remark}`, { last });
}

function contactOf({ contact }: Form): string {
  return contact?.email ?? contact?.phone ?? '';
}

function dayOf(form: Form, { texts, language }: Words): string {
  return form.date ? texts(language, 'say-day', { date: form.date }) : '';
}

/** What was chosen, in the words of the person. */
export function summary(form: Form, shop: Shop, words: Words) {
  const { t } = words;
  const named = (id: string) => {
    const option = shop.offering.options.find((o) => o.optionId === id);
    return option ? spokenIn(words.language, option).name : id;
  };
  return {
    day: dayOf(form, words),
    time: form.time ?? '',
    device: form.device ? short(named(form.device)) : '',
    parts: listed(form.parts.map(named)) || t('order-no-parts'),
    method: t(`method-${form.method ?? 'any'}`),
    contact: contactOf(form) || t('order-this-chat'),
    amountIdr: totalOf(form, shop),
  };
}

/** What has been chosen so far costs this much. */
function totalOf(form: Form, shop: Shop): number {
  return priceOf(shop, form.date ?? shop.today, chosenOf(form));
}

export function chosenOf(form: Form): string[] {
  return [...(form.device ? [form.device] : []), ...form.parts];
}

function cancelKey(t: Say): Key {
  return { label: t('do-cancel'), value: 'cancel' };
}

function ends(t: Say): Key[] {
  return [{ label: t('do-back'), value: 'back' }, cancelKey(t)];
}

/** A month with its weekdays; only days with a free hour can be chosen. */
function calendar(form: Form, shop: Shop, t: Say): Key[][] {
  const none = (label: string): Key => ({ label, value: 'none' });
  const [year, month] = form.month.split('-').map(Number);
  const [first, last] = [shop.today.slice(0, 7), shop.lastDay.slice(0, 7)];
  const title = t('month', { month: month ?? 1, year: String(year) });
  const days = daysOf(form.month).map((day): Key => {
    if (!day) return none(' ');
    const free = shop.free.has(day);
    return free ? { label: String(Number(day.slice(8))), value: day } : none('·');
  });
  return [
    [
      form.month > first ? { label: '‹', value: `m${shifted(form.month, -1)}` } : none(' '),
      none(title),
      form.month < last ? { label: '›', value: `m${shifted(form.month, 1)}` } : none(' '),
    ],
    t('weekdays').split(' ').map(none),
    ...rows(days, 7),
  ];
}

function shifted(month: string, by: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + by, 1)).toISOString().slice(0, 7);
}

function hours(form: Form, shop: Shop, t: Say): Key[][] {
  const free = shop.free.get(form.date ?? '') ?? [];
  return [
    ...rows(
      free.map((time) => ({ label: time, value: time.replace(':', '.') })),
      4,
    ),
    ends(t),
  ];
}

/** A business with very many options shows the first 60: a keyboard holds 100 buttons. */
const MOST_OPTIONS = 60;

function options(
  shop: Shop,
  sort: 'device' | 'part',
  chosen: readonly string[],
  { texts, language }: Words,
): Key[][] {
  const keys = optionsOf(shop, sort).map((option): Key => {
    const { optionId, name, priceIdr } = spokenIn(language, option);
    const price = texts(language, 'say-idr', { amountIdr: priceIdr });
    const mark = chosen.includes(optionId) ? '✓ ' : '';
    const title = short(name, 60);
    return { label: sort === 'part' ? `${mark}${title} (${price})` : title, value: optionId };
  });
  return rows(keys.slice(0, MOST_OPTIONS), sort === 'part' ? 1 : 2);
}
