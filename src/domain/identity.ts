export type IdentityType = 'nik' | 'passport';

/**
 * Why an identity number cannot be right, or undefined when it can.
 *
 * A NIK (Permendagri 102/2019) has 16 digits: six of a region, the birth date as DDMMYY with 40 added
 * to the day for women, and a serial that is never 0000. A passport number (ICAO 9303) has five to
 * nine letters and digits.
 */
export function identityFault(type: IdentityType, number: string): string | undefined {
  return type === 'nik' ? nikFault(number) : passportFault(number);
}

/** Which identities of a party cannot be, by seat: impossible numbers, and whoever is there twice. */
export function partyFaults(
  party: readonly { identityType: IdentityType; identityNumber: string }[],
): { seat: number; message: string }[] {
  const seen = new Set<string>();
  return party.flatMap(({ identityType, identityNumber }, seat) => {
    const number = normalIdentity(identityNumber);
    const identity = `${identityType}:${number}`;
    const isTwice = seen.has(identity);
    seen.add(identity);
    const message =
      identityFault(identityType, number) ??
      (isTwice ? 'This identity is in the party twice.' : undefined);
    return message ? [{ seat, message }] : [];
  });
}

function passportFault(number: string): string | undefined {
  return /^[A-Z0-9]{5,9}$/.test(number)
    ? undefined
    : 'A passport number has 5 to 9 letters and digits.';
}

function nikFault(nik: string): string | undefined {
  if (!/^\d{16}$/.test(nik)) return 'A NIK has 16 digits.';
  if (/^0|0000$/.test(nik)) return 'This NIK has a region or serial that does not exist.';
  const day = Number(nik.slice(6, 8)) % 40;
  const rawDay = Number(nik.slice(6, 8));
  const month = Number(nik.slice(8, 10));
  const year = Number(nik.slice(10, 12));
  const dayFits = rawDay !== 40 && rawDay <= 71 && day >= 1 && day <= daysIn(month, year);
  return dayFits ? undefined : 'This NIK holds a birth date that does not exist.';
}

/** Days of a month; 29 in any February of a year that is a leap year in 1900s or 2000s. */
function daysIn(month: number, twoDigitYear: number): number {
  if (month < 1 || month > 12) return 0;
  if (month === 2) return twoDigitYear % 4 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** One writing for the same identity, so that two writings cannot hold two places. */
export function normalIdentity(number: string): string {
  return number.replace(/[\s.-]/g, '').toUpperCase();
}

/** What a screen or a ticket may show of an identity number: its last three characters. */
export function maskedIdentity(number: string): string {
  return '•'.repeat(Math.max(0, number.length - 3)) + number.slice(-3);
}

/** An address of which only its own people recognise it: `o•••@example.com`. */
export function maskedEmail(email: string): string {
  const [who = '', where = ''] = email.split('@');
  return `${who.slice(0, 1)}•••@${where}`;
}
