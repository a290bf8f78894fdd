import { describe, expect, it } from 'vitest';
import { identityFault, maskedIdentity, normalIdentity } from '../../src/domain/identity.ts';

/** A NIK of Purbalingga with this birth date (DDMMYY) and serial. */
const nik = (birth: string, serial = '0001', region = '330301') => `${region}${birth}${serial}`;

describe('a NIK', () => {
  // Guards every clause of `nikFault`.
  it.each([
    ['a man of 17 August 1990', nik('170890'), true],
    ['a woman of that day: 40 is added', nik('570890'), true],
    ['the first day of a month', nik('010100'), true],
    ['the last day of a month', nik('311299'), true],
    ['a woman of the last day', nik('711299'), true],
    ['29 February of a leap year', nik('290296'), true],
    ['a woman of 29 February', nik('690200'), true],
    ['29 February of another year', nik('290297'), false],
    ['30 February', nik('300296'), false],
    ['31 April', nik('310490'), false],
    ['a woman of 31 April', nik('710490'), false],
    ['30 April', nik('300490'), true],
    ['day 0', nik('000890'), false],
    ['day 40, which is nobody’s', nik('400890'), false],
    ['day 32', nik('320890'), false],
    ['day 72', nik('720890'), false],
    ['day 81', nik('810890'), false],
    ['month 0', nik('170090'), false],
    ['month 13', nik('171390'), false],
    ['serial 0000', nik('170890', '0000'), false],
    ['serial 9999', nik('170890', '9999'), true],
    ['region 00', nik('170890', '0001', '000001'), false],
    ['15 digits', nik('170890').slice(1), false],
    ['17 digits', `${nik('170890')}1`, false],
    ['a letter', nik('17O890'), false],
    ['digits of another script', nik('١٧٠٨٩٠'), false],
    ['a line break at its end', `${nik('170890')}\n`, false],
    ['nothing', '', false],
  ])('%s', (_what, number, right) => {
    expect(identityFault('nik', number) === undefined).toBe(right);
  });
});

describe('a passport', () => {
  it.each([
    ['X1234567', true],
    ['AB123', true],
    ['A1234', true],
    ['A123', false],
    ['A12345678', true],
    ['A123456789', false],
    ['a1234567', false],
    ['A 123456', false],
    ['Ä1234567', false],
    ['A1234567\n', false],
  ])('%j', (number, right) => {
    expect(identityFault('passport', number) === undefined).toBe(right);
  });
});

describe('one identity', () => {
  it('has one writing', () => {
    expect(normalIdentity(' x12-345.67 ')).toBe('X1234567');
    expect(normalIdentity('3303 0117 0890 0001')).toBe(nik('170890'));
  });

  it('is shown by its last three only', () => {
    expect(maskedIdentity(nik('170890'))).toBe('•••••••••••••001');
    expect(maskedIdentity('12')).toBe('12');
  });
});
