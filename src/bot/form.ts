import { z } from 'zod';
import type { CarriedWish } from '../commands/carry.ts';
import type { Option } from '../db/offerings.ts';
import { addDays, isDate } from '../domain/calendar.ts';
import { optionsOf, type Shop } from './shop.ts';
import { readContact, readDate, readTime } from './typed.ts';

export const STEPS = [
  'start',
  'date',
  'device',
  'time',
  'parts',
  'method',
  'contact',
  'confirm',
  'booking',
] as const;
export type Step = (typeof STEPS)[number];

export const METHODS = ['bca', 'bank', 'qris', 'any'] as const;
export type Method = (typeof METHODS)[number];

/** Where an order form stands. It is kept in the chat's row, so it survives whatever we do not. */
export const Form = z.object({
  step: z.enum(STEPS),
  month: z.string(),
  date: z.string().optional(),
  device: z.string().optional(),
  time: z.string().optional(),
  parts: z.array(z.string()),
  method: z.enum(METHODS).optional(),
  contact: z.object({ email: z.string().optional(), phone: z.string().optional() }).optional(),
  name: z.string().optional(),
  /** Set when it is sent off: who asks, in which language, when, and of what, whatever changes. */
  sent: z
    .object({
      name: z.string(),
      language: z.enum(['id', 'en']),
      at: z.string(),
      offering: z.string().optional(),
    })
    .optional(),
});
export type Form = z.output<typeof Form>;

/** What a person did: pressed a button of the current step, or wrote. */
export type Act = { press: string } | { text: string } | { phone: string };

/** What is to be said beside showing the current step; a key of `locales/` after `bot-order-`. */
export type Remark =
  | 'not-a-date'
  | 'past'
  | 'too-far'
  | 'day-closed'
  | 'hour-gone'
  | 'not-an-hour'
  | 'choose-part'
  | 'not-a-contact'
  | 'use-buttons'
  | 'full-day'
  | 'withdrawn';

export interface Moved {
  /** Undefined: the person cancelled. */
  form: Form | undefined;
  remark?: Remark;
}

/** A new form, whose calendar opens on the month of a day. */
export function openForm(day: string): Form {
  return { step: 'start', month: day.slice(0, 7), parts: [] };
}

/**
 * One step of an order form: what a person did leads to the next step, or stays with a remark. Pure:
 * the same form, act and shop give the same answer.
 */
export function move(form: Form, act: Act, shop: Shop): Moved {
  if ('press' in act && act.press === 'cancel') return { form: undefined };
  const less = form.step !== 'booking' && withoutGone(form, shop);
  if (less) return less;
  if ('press' in act && act.press === 'back') return { form: back(form, shop) };
  switch (form.step) {
    case 'start':
      if ('press' in act) return { form: { ...form, step: 'date' } };
      return chooseDate({ ...form, step: 'date' }, act, shop, 'use-buttons');
    case 'date':
      return chooseDate(form, act, shop, 'not-a-date');
    case 'device':
      return chooseDevice(form, act, shop);
    case 'time':
      return chooseTime(form, act, shop);
    case 'parts':
      return chooseParts(form, act, shop);
    case 'method':
      return chooseMethod(form, act);
    case 'contact':
      return giveContact(form, act);
    case 'confirm':
      return confirm(form, act);
    case 'booking':
      return { form };
  }
}

function chooseDate(form: Form, act: Act, shop: Shop, unread: Remark): Moved {
  if ('phone' in act) return { form, remark: unread };
  if ('press' in act) {
    if (act.press === 'none') return { form, remark: 'day-closed' };
    const first = act.press.startsWith('m') && `${act.press.slice(1)}-01`;
    if (first && isDate(first)) return { form: { ...form, month: monthWithin(first, shop) } };
    // What a button says comes back through the person's client, which may say anything.
    if (!isDate(act.press)) return { form, remark: 'use-buttons' };
    return takeDate(form, act.press, shop);
  }
  const date = readDate(act.text, shop.today);
  return date ? takeDate(form, date, shop) : { form, remark: unread };
}

function takeDate(form: Form, date: string, shop: Shop): Moved {
  const shown = { ...form, month: monthWithin(date, shop) };
  if (date < shop.today) return { form, remark: 'past' };
  if (date > shop.lastDay) return { form, remark: 'too-far' };
  if (!shop.free.has(date)) return { form: shown, remark: 'day-closed' };
  const { time: _, ...rest } = shown;
  return { form: { ...rest, date, step: form.device ? 'time' : 'device' } };
}

function monthWithin(date: string, { today, lastDay }: Shop): string {
  const [first, last] = [today.slice(0, 7), lastDay.slice(0, 7)];
  const month = date.slice(0, 7);
  return [first, month, last].sort()[1]!;
}

function chooseDevice(form: Form, act: Act, shop: Shop): Moved {
  const device = pick(act, optionsOf(shop, 'device'));
  if (!device) return { form, remark: 'use-buttons' };
  // An hour that was chosen before, on the web say, is not asked for again.
  const chosen = form.time !== undefined && shop.free.get(form.date ?? '')?.includes(form.time);
  if (chosen) return { form: { ...form, device, step: 'parts' } };
  return toHours({ ...form, device }, shop);
}

/** The hours of a day; a day that filled up meanwhile is chosen again. */
function toHours(form: Form, shop: Shop): Moved {
  if (form.date && shop.free.has(form.date)) return { form: { ...form, step: 'time' } };
  return { form: { ...form, step: 'date' }, remark: 'full-day' };
}

function chooseTime(form: Form, act: Act, shop: Shop): Moved {
  const wanted = 'press' in act ? act.press.replace('.', ':') : 'text' in act && readTime(act.text);
  if (!wanted) return { form, remark: 'not-an-hour' };
  const free = shop.free.get(form.date ?? '');
  if (!free) return { form: { ...form, step: 'date' }, remark: 'full-day' };
  if (!free.includes(wanted)) return { form, remark: 'hour-gone' };
  return { form: { ...form, time: wanted, step: 'parts' } };
}

function chooseParts(form: Form, act: Act, shop: Shop): Moved {
  if ('press' in act && act.press === 'next') {
    const isEmpty = form.parts.length === 0 && optionsOf(shop, 'part').length > 0;
    return isEmpty ? { form, remark: 'choose-part' } : { form: { ...form, step: 'method' } };
  }
  const part = pick(act, optionsOf(shop, 'part'));
  if (!part) return { form, remark: 'use-buttons' };
  const parts = form.parts.includes(part)
    ? form.parts.filter((one) => one !== part)
    : [...form.parts, part];
  return { form: { ...form, parts } };
}

function chooseMethod(form: Form, act: Act): Moved {
  const method = 'press' in act && METHODS.find((one) => one === act.press);
  if (!method) return { form, remark: 'use-buttons' };
  return { form: { ...form, method, step: 'confirm' } };
}

/** The chat itself is how its person is reached: a contact may be added here, and need not be. */
function confirm(form: Form, act: Act): Moved {
  if (!('press' in act)) {
    const given = giveContact(form, act);
    return given.remark ? { form, remark: 'use-buttons' } : given;
  }
  if (act.press === 'contact') return { form: { ...form, step: 'contact' } };
  if (act.press === 'book') return { form: { ...form, step: 'booking' } };
  return { form, remark: 'use-buttons' };
}

function giveContact(form: Form, act: Act): Moved {
  const contact =
    'phone' in act ? readContact(act.phone) : 'text' in act ? readContact(act.text) : undefined;
  return contact
    ? { form: { ...form, contact, step: 'confirm' } }
    : { form, remark: 'not-a-contact' };
}

/** By the id that a button carries, letter by letter, or by the id or name as it was typed. */
function pick(act: Act, options: Option[]): string | undefined {
  if ('phone' in act) return undefined;
  if ('press' in act) return options.find((o) => o.optionId === act.press)?.optionId;
  const said = act.text.trim().toLowerCase();
  const namesOf = ({ optionId, name, english }: Option) => [optionId, name, english?.name];
  return options.find((one) => namesOf(one).some((name) => name?.toLowerCase() === said))?.optionId;
}

/** The step before; what was chosen stays chosen. */
function back(form: Form, shop: Shop): Form {
  if (form.step === 'contact') return { ...form, step: 'confirm' };
  if (form.step === 'confirm') return { ...form, step: 'method' };
  const at = STEPS.indexOf(form.step);
  const before = STEPS[Math.max(0, at - 1)]!;
  if (before === 'time') return toHours(form, shop).form!;
  return { ...form, step: form.step === 'booking' ? 'booking' : before };
}

/**
 * A form that could not be booked goes back: to what was withdrawn from the catalogue meanwhile, else,
 * a lost race, to where another hour or another day is chosen.
 */
export function afterRefusal(form: Form, shop: Shop): Moved {
  const { time: _, sent: __, ...rest } = form;
  const less = withoutGone({ ...rest, ...(form.time && { time: form.time }) }, shop);
  return less ?? { form: toHours(rest, shop).form };
}

/** The form without what cannot be had any more, at the step that asks for it; undefined if all can. */
function withoutGone(form: Form, shop: Shop): Moved | undefined {
  const { device, ...rest } = form;
  const isOffered = (sort: 'device' | 'part', id: string) =>
    optionsOf(shop, sort).some((option) => option.optionId === id);
  const parts = form.parts.filter((part) => isOffered('part', part));
  const keepsDevice = device === undefined || isOffered('device', device);
  if (keepsDevice && parts.length === form.parts.length) return undefined;
  const less: Form = { ...rest, parts, ...(device && keepsDevice && { device }) };
  if (!shop.free.get(less.date ?? '')?.includes(less.time ?? '')) delete less.time;
  const steps = [form.step, firstOpen(less), ...(keepsDevice ? ['parts' as const] : [])];
  const step = STEPS.find((one) => steps.includes(one))!;
  return { form: { ...less, step }, remark: 'withdrawn' };
}

/** The days of a month's calendar, with blanks that put the first under its weekday. */
export function daysOf(month: string): (string | undefined)[] {
  const first = `${month}-01`;
  const blanks = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  const days: (string | undefined)[] = Array.from({ length: blanks }, () => undefined);
  for (let day = first; day.startsWith(month); day = addDays(day, 1)) days.push(day);
  while (days.length % 7 !== 0) days.push(undefined);
  return days;
}

/** A form as it was kept, or undefined when there is none, or none that is understood any more. */
export function readForm(kept: unknown): Form | undefined {
  return Form.safeParse(kept).data;
}

/** A form that begins with what was chosen elsewhere; what cannot be had any more is asked for. */
export function withWish(form: Form, wish: CarriedWish, shop: Shop): Form {
  const chosen = (sort: 'device' | 'part') =>
    optionsOf(shop, sort)
      .map((option) => option.optionId)
      .filter((id) => wish.options?.includes(id));
  const [device] = chosen('device');
  const hours = wish.date === undefined ? undefined : shop.free.get(wish.date);
  const filled: Form = { ...form, parts: chosen('part') };
  if (device) filled.device = device;
  if (wish.date !== undefined && hours) {
    Object.assign(filled, { date: wish.date, month: wish.date.slice(0, 7) });
    if (wish.time !== undefined && hours.includes(wish.time)) filled.time = wish.time;
  }
  const { name, email, phone } = wish.customer ?? {};
  if (name) filled.name = name;
  if (email) filled.contact = { email };
  else if (phone) filled.contact = { phone };
  return { ...filled, step: firstOpen(filled) };
}

function firstOpen(form: Form): Step {
  if (!form.date) return 'date';
  if (!form.device) return 'device';
  if (!form.time) return 'time';
  return form.parts.length === 0 ? 'parts' : 'method';
}
