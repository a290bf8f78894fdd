import { DateTime } from 'luxon';
import { addDays, isDate } from '../domain/calendar.ts';

const MONTHS = [
  ['januari', 'january', 'jan'],
  ['februari', 'february', 'feb'],
  ['maret', 'march', 'mar'],
  ['april', 'apr'],
  ['mei', 'may'],
  ['juni', 'june', 'jun'],
  ['juli', 'july', 'jul'],
  ['agustus', 'august', 'agu', 'aug', 'ags'],
  ['september', 'sep', 'sept'],
  ['oktober', 'october', 'okt', 'oct'],
  ['november', 'nov', 'nop'],
  ['desember', 'december', 'des', 'dec'],
];

const WEEKDAYS = [
  ['senin', 'monday'],
  ['selasa', 'tuesday'],
  ['rabu', 'wednesday'],
  ['kamis', 'thursday'],
  ["jum'at", 'jumat', 'friday'],
  ['sabtu', 'saturday'],
  ['minggu', 'sunday', 'ahad'],
];

const AHEAD: Record<string, number> = {
  'hari ini': 0,
  today: 0,
  besok: 1,
  tomorrow: 1,
  lusa: 2,
  'day after tomorrow': 2,
};

/**
 * The local day that a person typed, or undefined: `2026-11-25`, `25/11/2026`, `25-11-26`, `25 Nov`,
 * `25 november 2026`, `besok`, `tomorrow`, `senin`. Day before month, as in Indonesia. Without a year
 * it is the next such day from `today` on.
 */
export function readDate(text: string, today: string): string | undefined {
  const said = text.trim().toLowerCase().replace(/\s+/g, ' ').replace(/[.,]$/, '');
  const ahead = AHEAD[said];
  if (ahead !== undefined) return addDays(today, ahead);
  return (
    readWeekday(said, today) ?? readIso(said) ?? readNumbers(said, today) ?? readWords(said, today)
  );
}

function readWeekday(said: string, today: string): string | undefined {
  const name = said.replace(/^(hari|next|this|on) /, '').replace(/ (depan|ini)$/, '');
  const wanted = WEEKDAYS.findIndex((names) => names.includes(name));
  if (wanted < 0) return undefined;
  const ahead = (wanted + 1 - DateTime.fromISO(today).weekday + 7) % 7;
  // Who says the name of today's day means next week's.
  return addDays(today, ahead === 0 ? 7 : ahead);
}

function readIso(said: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(said) ?? [];
  return year ? made(Number(year), Number(month), Number(day)) : undefined;
}

function readNumbers(said: string, today: string): string | undefined {
  const [, day, month, year] =
    /^(\d{1,2})[-/. ](\d{1,2})(?:[-/. ](\d{2}|\d{4}))?$/.exec(said) ?? [];
  return day ? yearly(Number(day), Number(month), year, today) : undefined;
}

function readWords(said: string, today: string): string | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?(?:,?[ -](\d{2}|\d{4}))?$/.exec(said);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?$/.exec(said);
  const [day, name, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const month = MONTHS.findIndex((names) => names.includes(name ?? '')) + 1;
  return day && month > 0 ? yearly(Number(day), month, year, today) : undefined;
}

function yearly(
  day: number,
  month: number,
  year: string | undefined,
  today: string,
): string | undefined {
  if (year) return made(Number(year) + (year.length === 2 ? 2000 : 0), month, day);
  const thisYear = Number(today.slice(0, 4));
  const date = made(thisYear, month, day);
  return date && date >= today ? date : made(thisYear + 1, month, day);
}

function made(year: number, month: number, day: number): string | undefined {
  const two = (number: number) => String(number).padStart(2, '0');
  const date = `${year}-${two(month)}-${two(day)}`;
  return isDate(date) ? date : undefined;
}

/** An hour that a person typed, `HH:MM`: `9`, `09.00`, `9:00`, `jam 9`. */
export function readTime(text: string): string | undefined {
  const said = text
    .trim()
    .toLowerCase()
    .replace(/^(jam|pukul|at) /, '');
  const [, hour, minute = '00'] = /^(\d{1,2})(?:[.:](\d{2}))?$/.exec(said) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59) return undefined;
  return `${hour.padStart(2, '0')}:${minute}`;
}

export interface Contact {
  email?: string;
  phone?: string;
}

/** The e-mail or phone that a person typed, or undefined. */
export function readContact(text: string): Contact | undefined {
  const said = text.trim();
  if (said.length > 200) return undefined;
  if (/^[^\s@<>"',;:]+@[^\s@<>"',;:]+\.[^\s@.<>"',;:]{2,}$/.test(said)) return { email: said };
  const phone = said.replace(/[\s().-]/g, '');
  return /^\+?\d{8,15}$/.test(phone) ? { phone } : undefined;
}

/** Whether an answer is a contact of this customer, however it was written. */
export function isContactOf(
  answer: Contact,
  customer: { email: string | null; phone: string | null },
): boolean {
  if (answer.email) return answer.email.toLowerCase() === customer.email?.toLowerCase();
  const wanted = plainPhone(customer.phone ?? '');
  return wanted !== '' && plainPhone(answer.phone ?? '') === wanted;
}

/** `0812…`, `+62812…` and `62812…` are one number. */
function plainPhone(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^0/, '62');
}
