import type { Card } from './order.ts';

/** The cards of Midtrans' own sandbox (docs, "Testing payment", 2025). */
export const TEST_CARDS = [
  { number: '4811111111111114', name: 'diterima · accepted', accepted: true },
  { number: '4911111111111113', name: 'ditolak · denied', accepted: false },
] as const;

export const TEST_CVV = '123';
export const TEST_OTP = '112233';

/** A card as it may be shown and sent, or what the form should say. */
export function readCard(form: { number?: string; expiry?: string; cvv?: string }): Card | string {
  const number = (form.number ?? '').replace(/\D/g, '');
  if (!TEST_CARDS.some((card) => card.number === number)) {
    return 'Nomor kartu tidak dikenal. Pakai salah satu kartu uji di bawah ini. · Unknown card: use one of the test cards below.';
  }
  const [, month = '', year = ''] = /^(\d\d)\s*\/\s*(\d\d)$/.exec((form.expiry ?? '').trim()) ?? [];
  if (!isAhead(Number(month), 2000 + Number(year))) {
    return 'Masa berlaku harus di masa depan, misalnya 12/30. · The expiry date must lie ahead, such as 12/30.';
  }
  if ((form.cvv ?? '').trim() !== TEST_CVV) {
    return 'CVV uji adalah 123. · The test CVV is 123.';
  }
  return { masked: `${number.slice(0, 8)}-${number.slice(-4)}`, bank: 'bni', type: 'credit' };
}

/** What the bank says after 3-D Secure: a wrong code and the denied card are both refused. */
export function bankAccepts(card: Card | undefined, otp: string): boolean {
  const known = TEST_CARDS.find(({ number }) => card?.masked.startsWith(number.slice(0, 8)));
  return Boolean(known?.accepted) && otp.trim() === TEST_OTP;
}

function isAhead(month: number, year: number): boolean {
  return month >= 1 && month <= 12 && Date.UTC(year, month, 1) > Date.now();
}
