import { InlineKeyboard } from 'grammy';

/** What a button says when it is pressed: which flow, of which form, on which step, and what. */
export interface Press {
  flow: Flow;
  form: number;
  step: string;
  value: string;
}

/** One letter a flow: 64 bytes are all that a button may carry. */
export type Flow = 'o' | 's' | 'c' | 'w' | 'b' | 'a';

/** Raised when what buttons say changes: older ones are stale then. */
const VERSION = '1';

/**
 * The data of a button. Never more than 64 bytes: a step has at most 7 letters, a form's number 10
 * digits, an option's id 41 characters (a check of `offering_options`).
 */
export function dataOf({ flow, form, step, value }: Press): string {
  const data = [VERSION, flow, form, step, value].join(':');
  if (Buffer.byteLength(data) > 64) throw new Error('A button of the bot would carry too much.');
  return data;
}

/** What a button said, or undefined when it is of another version. */
export function readPress(data: string): Press | undefined {
  const [, flow, form, step, value] = /^1:([oscwba]):(\d+):([a-z]*):(.*)$/s.exec(data) ?? [];
  if (flow === undefined) return undefined;
  return { flow: flow as Flow, form: Number(form), step: step!, value: value! };
}

/** A button as screens describe it. */
export type Key =
  | { label: string; value: string; step?: string; flow?: Flow }
  | { label: string; url: string }
  | { label: string; copy: string };

/** A message with its buttons; `text` is HTML whose values are escaped. */
export interface Screen {
  text: string;
  keys: Key[][];
}

/** Turns a screen's keys into Telegram's; those without a flow of their own get this one's. */
export function keyboardOf(keys: Key[][], of: { flow: Flow; form: number; step: string }) {
  const keyboard = new InlineKeyboard();
  for (const row of keys) {
    for (const key of row) {
      if ('url' in key) keyboard.url(key.label, key.url);
      else if ('copy' in key) keyboard.copyText(key.label, key.copy);
      else keyboard.text(key.label, dataOf({ ...of, ...key }));
    }
    keyboard.row();
  }
  return { inline_keyboard: keyboard.inline_keyboard.filter((row) => row.length > 0) };
}

/** Keys in rows of so many. */
export function rows(keys: Key[], wide: number): Key[][] {
  const count = Math.ceil(keys.length / wide);
  return Array.from({ length: count }, (_, row) => keys.slice(row * wide, (row + 1) * wide));
}

/** What one list in a message names at most, so that a message never grows beyond its 4,096. */
const MOST_NAMES = 12;
const LONGEST_NAME = 100;

/** A name as a message shows it: a business may have called something by a whole page. */
export function short(name: string, longest = LONGEST_NAME): string {
  const letters = Array.from(name);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : name;
}

/** Names one after the other; what is too many is counted. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => short(name));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [`+${more}`] : [])].join(', ');
}

/** For a text that Telegram reads as HTML. */
export function html(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
