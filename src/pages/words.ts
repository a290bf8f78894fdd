import type { Look } from './look.ts';

/** Amounts, days and instants as people of the page's language write them. */

export function idr(look: Look, amountIdr: number): string {
  return look.t('say-idr', { amountIdr });
}

/** `Sabtu, 22 November 2025`. */
export function day(look: Look, date: string): string {
  return look.t('say-day', { date });
}

/** `22 Nov`: where a whole calendar has to fit. */
export function shortDay(look: Look, date: string): string {
  return format(look, date, { day: 'numeric', month: 'short' });
}

/** `November 2025`. */
export function month(look: Look, date: string): string {
  return format(look, date, { month: 'long', year: 'numeric' });
}

/** `Sab`. */
export function weekday(look: Look, date: string): string {
  return format(look, date, { weekday: 'short' });
}

function format(look: Look, date: string, parts: Intl.DateTimeFormatOptions): string {
  const locale = look.language === 'id' ? 'id-ID' : 'en-GB';
  const options = { ...parts, timeZone: 'UTC' };
  return new Intl.DateTimeFormat(locale, options).format(new Date(`${date}T00:00:00Z`));
}

/** `Sabtu, 22 November 2025 pukul 06.00 WIB`. */
export function moment(look: Look, at: Date, zone: string): string {
  return look.t('say-moment', { at, zone });
}

/** `06.00 WIB`. */
export function clock(look: Look, at: Date, zone: string): string {
  return look.t('say-clock', { at, zone });
}

/** `10.00`, of a slot's `10:00`. */
export function hour(look: Look, time: string): string {
  return look.language === 'id' ? time.replace(':', '.') : time;
}

/** The paragraphs of a text: blank lines part them. */
export function paragraphs(text: string): string[] {
  return text.split(/\n\s*\n/);
}
