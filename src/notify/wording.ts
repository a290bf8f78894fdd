import { DateTime } from 'luxon';
import type { Language } from '../domain/facts.ts';

/**
 * How amounts, days and instants are written for people. The names of days and months stand here, so
 * that a document is the same bytes on every machine, whatever language data its Node was built with.
 */

const DAYS: Record<Language, readonly string[]> = {
  id: ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
};

const MONTHS: Record<Language, readonly string[]> = {
  id: 'Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember'.split(
    ' ',
  ),
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
};

/** The abbreviations that Indonesians use; other zones are written as their offset, `UTC+9`. */
const ZONES: Record<string, string> = {
  'Asia/Jakarta': 'WIB',
  'Asia/Pontianak': 'WIB',
  'Asia/Makassar': 'WITA',
  'Asia/Ujung_Pandang': 'WITA',
  'Asia/Jayapura': 'WIT',
};

/** Whole rupiah as they are written in Indonesia, also in English texts: `Rp25.000`. */
export function rupiah(amountIdr: number): string {
  const digits = String(Math.abs(Math.trunc(amountIdr))).replace(/\B(?=(\d{3})+$)/g, '.');
  return `${amountIdr < 0 ? '-' : ''}Rp${digits}`;
}

/** A local day, `YYYY-MM-DD`, as `Sabtu, 22 November 2025`. */
export function day(language: Language, date: string): string {
  return dayOf(language, DateTime.fromISO(date, { zone: 'utc' }));
}

/** The time of an instant in a zone: `06.00 WIB`, in English `06:00 WIB`. */
export function clock(language: Language, at: Date, zone: string): string {
  const local = DateTime.fromJSDate(at, { zone });
  return `${local.toFormat(language === 'id' ? 'HH.mm' : 'HH:mm')} ${zoneName(local)}`;
}

/** An instant in a zone, day and time: `Sabtu, 22 November 2025 pukul 06.00 WIB`. */
export function moment(language: Language, at: Date, zone: string): string {
  const local = DateTime.fromJSDate(at, { zone });
  const joint = language === 'id' ? 'pukul' : 'at';
  return `${dayOf(language, local)} ${joint} ${clock(language, at, zone)}`;
}

function dayOf(language: Language, at: DateTime): string {
  if (!at.isValid) throw new Error('A day or an instant to write is not one.');
  return `${DAYS[language][at.weekday - 1]}, ${at.day} ${MONTHS[language][at.month - 1]} ${at.year}`;
}

function zoneName(local: DateTime): string {
  const known = ZONES[local.zoneName ?? ''];
  if (known) return known;
  return local.offset === 0 ? 'UTC' : `UTC${local.toFormat('Z')}`;
}
