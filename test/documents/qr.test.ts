import fc from 'fast-check';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import { describe, expect, test } from 'vitest';
import { base32, fromBase32 } from '../../src/documents/base32.ts';
import {
  qrPng,
  qrSvg,
  signTicket,
  type TicketToken,
  ticketKeys,
  verifyTicket,
} from '../../src/documents/qr.ts';

const KEYS = ticketKeys(Buffer.alloc(32, 1));
const TICKET: TicketToken = {
  business: 'slamet',
  ticketId: 'T9K2M4P7QXW',
  code: 'K7M2P9QX',
  date: '2025-11-22',
  seat: 3,
};
const readQr = jsqr as unknown as (
  pixels: Uint8ClampedArray,
  width: number,
  height: number,
) => { data: string } | null;

const tickets: fc.Arbitrary<TicketToken> = fc.record({
  business: fc.stringMatching(/^[a-z][a-z0-9-]{1,30}$/),
  ticketId: fc.stringMatching(/^T[0-9A-Z]{10}$/),
  code: fc.stringMatching(/^[0-9A-Z]{8}$/),
  date: fc
    .integer({ min: 0, max: 0xffff })
    .map((day) => new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10)),
  seat: fc.integer({ min: 1, max: 255 }),
});

describe('a signed ticket', () => {
  test('says what was signed, whatever the ticket', () => {
    fc.assert(
      fc.property(tickets, (ticket) => {
        expect(verifyTicket(KEYS.publicKey, signTicket(KEYS.privateKey, ticket))).toEqual(ticket);
      }),
    );
  });

  test('is the same text when it is signed twice, also after a restart', () => {
    const again = ticketKeys(Buffer.alloc(32, 1));
    expect(signTicket(again.privateKey, TICKET)).toBe(signTicket(KEYS.privateKey, TICKET));
    expect(again.keyId).toBe(KEYS.keyId);
  });

  test('is forged when any bit of any letter is another', () => {
    const qr = signTicket(KEYS.privateKey, TICKET);
    fc.assert(
      fc.property(fc.nat(qr.length - 1), fc.nat(6), (at, bit) => {
        const letter = String.fromCharCode(qr.charCodeAt(at) ^ (1 << bit));
        const changed = qr.slice(0, at) + letter + qr.slice(at + 1);
        expect(verifyTicket(KEYS.publicKey, changed)).toBe('forged');
      }),
      { numRuns: 500 },
    );
  });

  test('is forged when any bit of its bytes is another, written as base 32 again', () => {
    const bytes = fromBase32(signTicket(KEYS.privateKey, TICKET).slice(5))!;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(verifyTicket(KEYS.publicKey, `PSN1.${base32(changed)}`)).toBe('forged');
    }
  });

  test('is forged when cut short, lengthened, in small letters or signed by another key', () => {
    const qr = signTicket(KEYS.privateKey, TICKET);
    const other = signTicket(ticketKeys(Buffer.alloc(32, 2)).privateKey, TICKET);
    const wrong = [qr.slice(0, -1), `${qr}A`, `${qr} `, qr.toLowerCase(), qr.slice(5), other];
    for (const text of [...wrong, '', 'PSN1.', 'PSN1.AAAA', `PSN1.${'A'.repeat(5000)}`]) {
      expect(verifyTicket(KEYS.publicKey, text)).toBe('forged');
    }
  });

  test('never throws and never believes whatever a camera reads', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^PSN1\.[A-Z2-7]{0,200}$/)), (text) => {
        expect(verifyTicket(KEYS.publicKey, text)).toBe('forged');
      }),
    );
  });

  test('fits a QR code of version 7, in its alphanumeric mode', () => {
    const code = QRCode.create(signTicket(KEYS.privateKey, TICKET), { errorCorrectionLevel: 'M' });
    expect(code.version).toBeLessThanOrEqual(7);
    expect(code.segments).toHaveLength(1);
    expect(signTicket(KEYS.privateKey, TICKET)).toMatch(/^PSN1\.[A-Z2-7]+$/);
  });

  test('is refused for names and days that it has no room for', () => {
    const sign = (change: Partial<TicketToken>) =>
      signTicket(KEYS.privateKey, { ...TICKET, ...change });
    expect(() => sign({ business: 'x'.repeat(41) })).toThrow('short plain names');
    expect(() => sign({ ticketId: 'Siti Nurhaliza' })).toThrow('short plain names');
    expect(() => sign({ date: '2025-11-22T00:00' })).toThrow('a day from 2000');
    expect(() => sign({ date: '1999-12-31' })).toThrow('a day from 2000');
    expect(() => sign({ seat: 0 })).toThrow('a seat from 1');
  });
});

test('keys are refused from a secret that is too short', () => {
  expect(() => ticketKeys(Buffer.alloc(15))).toThrow('16 bytes');
});

test('base 32 reads only what it writes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
      const text = base32(bytes);
      expect(fromBase32(text)).toEqual(Buffer.from(bytes));
      expect(text.length).toBe(Math.ceil((bytes.length * 8) / 5));
    }),
  );
  expect(base32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  expect(fromBase32('MY')).toEqual(Buffer.from('f'));
  expect(fromBase32('MZ')).toBeUndefined();
});

test('a QR picture is read back, and an SVG one is a picture', async () => {
  const qr = signTicket(KEYS.privateKey, TICKET);
  const { data, width, height } = PNG.sync.read(await qrPng(qr));
  expect(readQr(new Uint8ClampedArray(data), width, height)?.data).toBe(qr);
  expect(await qrSvg(qr)).toMatch(/^<svg[^>]+viewBox="0 0 53 53"/);
});
