import { bad } from './refusal.ts';

export interface Button {
  text: string;
  callback_data?: string;
  url?: string;
  copy_text?: { text: string };
  request_contact?: boolean;
}

export interface Markup {
  inline_keyboard?: Button[][];
  keyboard?: Button[][];
  remove_keyboard?: boolean;
  [other: string]: unknown;
}

/** Reads `reply_markup` as Telegram checks it; undefined when there is none. */
export function readMarkup(value: unknown): Markup | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'object') throw bad('object expected as reply markup');
  const markup = value as Markup;
  if (markup.inline_keyboard) return { inline_keyboard: rowsOf(markup.inline_keyboard, inline) };
  if (markup.keyboard) return { ...markup, keyboard: rowsOf(markup.keyboard, reply) };
  return markup;
}

function rowsOf(rows: unknown, read: (button: Button) => Button): Button[][] {
  if (!Array.isArray(rows)) throw bad("can't parse reply keyboard markup JSON object");
  return rows
    .filter((row) => Array.isArray(row) && row.length > 0)
    .map((row: (Button | string)[]) =>
      row.map((button) => read(typeof button === 'string' ? { text: button } : button)),
    );
}

function inline(button: Button): Button {
  needText(button);
  const { callback_data: data, url, copy_text: copy } = button;
  if (data !== undefined) {
    const bytes = Buffer.byteLength(data);
    if (bytes < 1 || bytes > 64) throw bad('BUTTON_DATA_INVALID');
  } else if (url !== undefined) {
    if (!isUrl(url)) {
      throw bad(`inline keyboard button URL '${url}' is invalid: Wrong HTTP URL`);
    }
  } else if (copy !== undefined) {
    if (!copy.text || copy.text.length > 256) throw bad('BUTTON_COPY_TEXT_INVALID');
  } else {
    throw bad(
      "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
    );
  }
  return button;
}

function reply(button: Button): Button {
  needText(button);
  return button;
}

function needText(button: Button): void {
  if (typeof button?.text !== 'string' || button.text === '') {
    throw bad('can\'t parse keyboard button: Field "text" must be of type String');
  }
}

function isUrl(url: string): boolean {
  return URL.canParse(url) && /^(https?|tg|mailto):/i.test(url);
}
