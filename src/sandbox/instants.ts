const JAKARTA_OFFSET_MS = 7 * 3_600_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** "2025-11-21 16:33:49": GMT+7 without an offset, as Midtrans writes every instant. */
export function jakartaTime(ms: number): string {
  return new Date(ms + JAKARTA_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** Reads "2025-11-21 16:33:49 +0700"; without an offset it is GMT+7. Undefined when it is neither. */
export function parseJakartaTime(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?: ?([+-]\d\d):?(\d\d))?$/.exec(text.trim());
  if (!match) return undefined;
  const [, date, time, hours = '+07', minutes = '00'] = match;
  const ms = Date.parse(`${date}T${time}${hours}:${minutes}`);
  return Number.isNaN(ms) ? undefined : ms;
}

const LONG_DATE = new Intl.DateTimeFormat('id-ID', {
  timeZone: 'Asia/Jakarta',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** "21 November 2025, 16:33 WIB", for people. */
export function jakartaWords(ms: number): string {
  return `${LONG_DATE.format(ms)}, ${jakartaTime(ms).slice(11, 16)} WIB`;
}

/** "1 jam 12 menit", rounded down to the minute; "kurang dari semenit" at the very end. */
export function remainingWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return 'kurang dari semenit';
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const parts = [
    days > 0 ? `${days} hari` : '',
    hours > 0 ? `${hours} jam` : '',
    days === 0 && minutes % 60 > 0 ? `${minutes % 60} menit` : '',
  ];
  return parts.filter(Boolean).join(' ');
}
