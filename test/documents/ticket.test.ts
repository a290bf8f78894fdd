import { describe, expect, test } from 'vitest';
import { verifyTicket } from '../../src/documents/qr.ts';
import { ticketPdf } from '../../src/documents/ticket.ts';
import { createTexts } from '../../src/notify/language.ts';
import { readInfo, readPdf } from './reading.ts';
import { KEYS, sampleAppointment, sampleBooking, sampleTicket } from './sample.ts';

const t = createTexts();

describe('the tickets of a booking', () => {
  test('are one page a member, each with what a gate needs to see', async () => {
    const pages = await readPdf(await ticketPdf(sampleBooking(), t));
    expect(pages).toHaveLength(3);
    const [, second] = pages;
    for (const words of [
      'Basecamp Gunung Slamet',
      'Bambangan',
      'Sabtu, 22 November 2025',
      'mulai pukul 06.00 WIB',
      'Budi Santoso',
      '•••••••••••••003',
      'T9K2M4P7QX2',
      'K7M2P9QX',
      '2 dari 3',
      'halo@slamet.example',
      'Halaman 2 dari 3',
    ]) {
      expect(second?.text).toContain(words);
    }
    expect(second?.text).not.toContain('Siti');
  });

  test('carry a code that is read from the page and verified without network', async () => {
    const pages = await readPdf(await ticketPdf(sampleBooking(), t));
    const read = pages.map((page) => verifyTicket(KEYS.publicKey, page.qr ?? ''));
    expect(read).toEqual(
      [1, 2, 3].map((seat) => ({
        business: 'slamet',
        ticketId: `T9K2M4P7QX${seat}`,
        code: 'K7M2P9QX',
        date: '2025-11-22',
        seat,
      })),
    );
  });

  test('are the same bytes when they are printed twice, dated when the booking was paid', async () => {
    const first = await ticketPdf(sampleBooking(), t);
    expect(first.equals(await ticketPdf(sampleBooking(), createTexts()))).toBe(true);
    expect(await readInfo(first)).toMatchObject({
      Title: 'E-tiket Bambangan, K7M2P9QX',
      CreationDate: 'D:20251120031200Z',
    });
  });

  test('leave out what is void, and are refused when nothing is left', async () => {
    const facts = sampleBooking();
    facts.tickets[0]!.state = 'void';
    const pages = await readPdf(await ticketPdf(facts, t));
    expect(pages).toHaveLength(2);
    expect(pages[0]?.text).toContain('Budi Santoso');
    expect(() => ticketPdf(sampleAppointment({ tickets: [] }), t)).toThrow('no valid ticket');
  });

  test('speak English to a booking in English', async () => {
    const [page] = await readPdf(await ticketPdf(sampleBooking(['Ann'], { language: 'en' }), t));
    expect(page?.text).toContain('Saturday, 22 November 2025');
    expect(page?.text).toContain('Show this code at the gate');
  });

  test('name the hour of an appointment and leave out an identity that was not asked', async () => {
    const ticket = { ...sampleTicket('Rina Wijaya', 1), identity: '' };
    const [page] = await readPdf(await ticketPdf(sampleAppointment({ tickets: [ticket] }), t));
    expect(page?.text).toContain('mulai pukul 10.00 WIB');
    expect(page?.text).not.toContain('Identitas');
  });
});

describe('a name on a ticket', () => {
  test.each([
    ['of Indonesia', 'R. Ajeng Kartini, S.Pd.', 'R. Ajeng Kartini, S.Pd.'],
    ['of Vietnam and Poland', 'Nguyễn Văn Ánh Żółć', 'Nguyễn Văn Ánh Żółć'],
    ['that looks like a program', '<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['that looks like SQL', "Robert'); drop table orders;--", "Robert'); drop table orders;--"],
    ['with a face that the font has', 'Budi 😀', 'Budi'],
    ['with a picture that it has not', '🏔️ Budi 🎉', 'Budi'],
    ['with marks that turn lines around', 'Budi\u202e\u2066 Santoso\u0000', 'Budi Santoso'],
  ])('%s is printed', async (_, holder, printed) => {
    const [page] = await readPdf(await ticketPdf(sampleBooking([holder]), t));
    expect(page?.text).toContain(printed);
    expect(page?.text).not.toContain('□');
    expect(verifyTicket(KEYS.publicKey, page?.qr ?? '')).not.toBe('forged');
  });

  test.each([
    ['Arabic', 'محمد علي'],
    ['Hebrew', 'שרה כהן'],
  ])('in %s is printed in its own letters and the order of its words', async (_, holder) => {
    const [page] = await readPdf(await ticketPdf(sampleBooking([holder]), t));
    expect(page?.text.normalize('NFKC')).toContain(holder);
  });

  test('in letters that no font has says so, and the ticket stays valid', async () => {
    const [page] = await readPdf(await ticketPdf(sampleBooking(['王小明 Wang']), t));
    expect(page?.text).toContain('□□□ Wang');
    expect(page?.text).toContain('Tanda □ menggantikan huruf');
    expect(verifyTicket(KEYS.publicKey, page?.qr ?? '')).not.toBe('forged');
  });

  test('of nothing but pictures becomes the number of its seat', async () => {
    const [page] = await readPdf(await ticketPdf(sampleBooking(['🏔️🎉']), t));
    expect(page?.text).toContain('Peserta 1');
  });

  test('of any length stays on its page and beside its code', async () => {
    const holder = 'Raden Mas Soerjo Koesoemo Hadiningrat '.repeat(40);
    const pages = await readPdf(await ticketPdf(sampleBooking([holder, 'W'.repeat(3000)]), t));
    expect(pages).toHaveLength(2);
    expect(pages.map((page) => page.text.includes('…'))).toEqual([true, true]);
    for (const page of pages) {
      expect(verifyTicket(KEYS.publicKey, page.qr ?? '')).not.toBe('forged');
    }
  });
});
