import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BookingFacts, type BookingNoticeKind, NOTICE_KINDS } from '../../src/domain/facts.ts';
import { attachmentsOf } from '../../src/notify/attachments.ts';
import { createTexts } from '../../src/notify/language.ts';
import { renderNotice } from '../../src/notify/notice.ts';
import { readPdf } from '../documents/reading.ts';
import { sampleAppointment, sampleBooking } from '../documents/sample.ts';

const t = createTexts();
const DUE = { state: 'by_hand', amountIdr: 90_000 } as const;
const HELD: Partial<BookingFacts> = { state: 'held', paidIdr: 0, paidAt: null, tickets: [] };

const mail = (kind: BookingNoticeKind, changes: Partial<BookingFacts> = {}) =>
  renderNotice(kind, 'email', sampleBooking(undefined, changes), t);

const MOVE = { date: '2025-11-29', time: null, differenceIdr: 5_000, expiresAt: new Date(0) };

/** Bookings as they may stand when a notice is sent late. */
const STANDS: Partial<BookingFacts>[] = [
  {},
  HELD,
  { ...HELD, expiresAt: null },
  { refund: DUE, tickets: [], state: 'refund_due' },
  { refund: { state: 'done', amountIdr: 1 }, move: MOVE, unconfirmed: true, repairState: 'ready' },
  { issuing: true, tickets: [] },
];

describe('every notice', () => {
  test.each(NOTICE_KINDS)('%s is whole in both languages, whatever the facts', (kind) => {
    for (const stand of STANDS) {
      for (const sample of [sampleBooking(), sampleAppointment()]) {
        for (const language of ['id', 'en'] as const) {
          for (const channel of ['email', 'operator'] as const) {
            const facts = { ...sample, ...stand, language };
            const { subject, text, html } = renderNotice(kind, channel, facts, t);
            expect(subject).toContain('K7M2P9QX');
            for (const written of [subject, text, html]) {
              expect(written).not.toMatch(/undefined|\bnull\b|NaN|\[object|\{ ?\$/);
            }
          }
        }
      }
    }
  });

  test.each(NOTICE_KINDS)('%s is the same when it is rendered twice', (kind) => {
    expect(mail(kind)).toEqual(mail(kind));
  });

  test('has a subject of its own, so that two are never mistaken', () => {
    const subjects = NOTICE_KINDS.map((kind) => mail(kind, { language: 'en' }).subject);
    expect(new Set(subjects).size).toBe(NOTICE_KINDS.length);
  });
});

describe('the words for what was booked', () => {
  const ofPermits = /e-?tike?t|tickets?\b|permit|gerbang|gate|pendakian|hike|QR code for/i;
  const said = (kind: BookingNoticeKind, facts: BookingFacts) => {
    const { subject, text } = renderNotice(kind, 'email', facts, t);
    return `${subject}\n${text}`;
  };

  test.each(NOTICE_KINDS)('%s of an appointment names no ticket, in both languages', (kind) => {
    for (const stand of STANDS) {
      for (const language of ['id', 'en'] as const) {
        const words = said(kind, { ...sampleAppointment(), ...stand, tickets: [], language });
        expect(words).not.toMatch(ofPermits);
      }
    }
  });

  test.each([
    ['held', { ...HELD }, 'E-tiket datang', 'Your tickets come'],
    ['paid', {}, 'LUNAS: e-tiket Bambangan', 'PAID: your tickets for Bambangan'],
    ['cancelled', {}, 'e-tiket yang pernah terbit', 'any tickets issued'],
    ['closed', {}, 'e-tiketnya tidak berlaku', 'its tickets are void'],
  ] as [BookingNoticeKind, Partial<BookingFacts>, string, string][])(
    '%s of a permit does, in both languages',
    (kind, changes, id, en) => {
      const of = (language: 'id' | 'en') => sampleBooking(undefined, { ...changes, language });
      expect(said(kind, of('id'))).toContain(id);
      expect(said(kind, of('en'))).toContain(en);
    },
  );

  test('paid for an appointment says so with its hour, before the mail is opened', () => {
    const subject = (language: 'id' | 'en') =>
      renderNotice('paid', 'email', { ...sampleAppointment(), language }, t).subject;
    expect(subject('id')).toBe(
      'LUNAS: janji temu Sabtu, 22 November 2025 pukul 10.00 WIB (K7M2P9QX)',
    );
    expect(subject('en')).toBe(
      'PAID: your appointment on Saturday, 22 November 2025 at 10:00 WIB (K7M2P9QX)',
    );
  });
});

describe('a customer', () => {
  test('who has to pay reads how much, until when and where, first', () => {
    const { subject, text } = mail('held', HELD);
    expect(subject).toBe('Tempat Anda ditahan: bayar sebelum 10.30 WIB (K7M2P9QX)');
    const start = text.slice(0, text.indexOf('Pilih cara bayar'));
    expect(start).toContain('Bayar Rp90.000 paling lambat Kamis, 20 November 2025 pukul 10.30 WIB');
    expect(start).toContain('Bayar sekarang:\nhttps://pesan.example/pay/9x8-ABCdef_paytoken');
  });

  test('who has paid finds the download before anything else', () => {
    const ticketsUrl = 'https://pesan.example/api/v1/bookings/x/tickets.pdf';
    const { text, html } = mail('paid', { ticketsUrl });
    expect(text.indexOf(ticketsUrl)).toBeLessThan(text.indexOf('Pembayaran Rp90.000'));
    expect(html.indexOf(`href="${ticketsUrl}"`)).toBeLessThan(html.indexOf('Pembayaran Rp90.000'));
    expect(html).toContain('>Unduh e-tiket (PDF)</a>');
  });

  test('whose tickets are still being issued is not sent to a download', () => {
    const { text } = mail('paid', { tickets: [], issuing: true });
    expect(text).toContain('E-tiket sedang diterbitkan');
    expect(text).not.toContain('Unduh');
  });

  test.each([
    ['expired', { ...HELD, state: 'expired' }, 'uangnya tidak hilang'],
    ['expired', { ...HELD, state: 'expired', unconfirmed: true }, 'tidak menjawab'],
    ['denied', HELD, 'masih ditahan sampai'],
    ['cancelled', { ...HELD, state: 'cancelled' }, 'Tidak ada uang yang kami terima'],
    ['cancelled', { state: 'cancelled' }, 'tidak ada uang yang dikembalikan'],
    ['cancelled', { state: 'refund_due', refund: DUE }, 'menanyakan rekening tujuan'],
    ['closed', { refund: { state: 'requested', amountIdr: 90_000 } }, 'sedang dikembalikan'],
    ['refund_due', { state: 'refund_due', refund: DUE }, 'akan menghubungi Anda'],
    [
      'refunded',
      { state: 'refunded', refund: { ...DUE, state: 'done' } },
      'Rp90.000 sudah kami kirim',
    ],
    ['underpaid', { ...HELD, paidIdr: 80_000 }, 'Masih kurang Rp10.000'],
    ['overpaid', { paidIdr: 100_000 }, 'Kelebihan Rp10.000 adalah uang Anda'],
    ['late_paid', {}, 'kami mengambilnya lagi'],
    ['move_lapsed', {}, 'tetap berlaku'],
  ] as [BookingNoticeKind, Partial<BookingFacts>, string][])(
    'of a booking that is %s reads what it means for the money',
    (kind, facts, words) => {
      expect(mail(kind, facts).text).toContain(words);
    },
  );
});

describe('the HTML of a mail', () => {
  /** What a browser would make of it: the tags it holds. */
  const tagsOf = (html: string) =>
    [...html.matchAll(/<\/?([a-z][a-z0-9]*)/gi)].map(([, tag]) => tag);
  const plain = tagsOf(mail('paid').html);

  test('escapes whatever people put into names', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(
        '<script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='x",
        '&lt;b&gt;',
        '</td></table>',
        'محمد <b>',
        '😀',
      ),
    );
    fc.assert(
      fc.property(nasty, nasty, (name, trail) => {
        const changes = {
          customer: { name, email: null, phone: null },
          offering: { id: 'x', name: trail },
        };
        const { html } = mail('paid', changes);
        expect(tagsOf(html)).toEqual(plain);
      }),
    );
    const script = mail('paid', { offering: { id: 'x', name: '<script>alert(1)</script>' } });
    expect(script.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(script.html).not.toContain('<script');
  });

  test('loads nothing from anywhere and links only to the booking', () => {
    for (const kind of NOTICE_KINDS) {
      const { html } = mail(kind, kind === 'held' ? HELD : {});
      expect(html).not.toMatch(/src=|@import|url\(/);
      const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, link]) => link);
      expect(links.every((link) => link?.startsWith('https://pesan.example/'))).toBe(true);
    }
  });

  test('keeps a name that runs to the left, and a line break, from moving the words after it', () => {
    const named = (name: string) =>
      mail('held', { ...HELD, customer: { name, email: null, phone: null } }).text;
    expect(named('محمد\u202e')).toContain('Halo \u2068محمد\u2069,');
    expect(named('Siti\r\nNurhaliza')).toContain('Halo Siti Nurhaliza,');
    expect(named('')).toMatch(/^Halo,\n/);
  });
});

describe('an operator', () => {
  test.each(NOTICE_KINDS)('is told of %s without a secret or the customer', (kind) => {
    for (const changes of [HELD, { refund: DUE }]) {
      const facts = sampleBooking(undefined, { ...changes, language: 'en' });
      const { subject, text, html } = renderNotice(kind, 'operator', facts, t);
      for (const written of [subject, text, html]) {
        expect(written).not.toMatch(/Siti|siti@|•|token|href|https?:|PSN1/);
      }
      expect(text).toContain('Kode: K7M2P9QX');
      expect(subject.length).toBeLessThan(90);
    }
  });

  test('reads what is to be done by hand', () => {
    const { subject, text } = renderNotice(
      'refund_due',
      'operator',
      sampleBooking(undefined, { refund: DUE }),
      t,
    );
    expect(subject).toBe('[K7M2P9QX] Rp90.000 harus dikembalikan');
    expect(text).toContain('minta rekening kepada pelanggan');
  });
});

describe('the documents of a notice', () => {
  test('come with the mail that says paid', async () => {
    const attached = await attachmentsOf('paid', 'email', sampleBooking(), t);
    expect(attached.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      ['e-tiket-K7M2P9QX.pdf', 'application/pdf'],
      ['kuitansi-K7M2P9QX.pdf', 'application/pdf'],
      ['K7M2P9QX.ics', 'text/calendar; charset=utf-8'],
    ]);
    expect(await readPdf(attached[0]!.content)).toHaveLength(3);
    expect(mail('paid').text).toContain('terlampir');
  });

  test('are the receipt and the calendar file alone where there are no tickets', async () => {
    const attached = await attachmentsOf('paid', 'email', sampleAppointment(), t);
    expect(attached.map(({ filename }) => filename)).toEqual([
      'kuitansi-K7M2P9QX.pdf',
      'K7M2P9QX.ics',
    ]);
  });

  test('go to no operator, and with no notice of a booking that is not paid', async () => {
    expect(await attachmentsOf('paid', 'operator', sampleBooking(), t)).toEqual([]);
    expect(
      await attachmentsOf('paid', 'email', sampleBooking([], { state: 'refund_due' }), t),
    ).toEqual([]);
    for (const kind of NOTICE_KINDS.filter(
      (kind) => !['paid', 'late_paid', 'moved'].includes(kind),
    )) {
      expect(await attachmentsOf(kind, 'email', sampleBooking(), t)).toEqual([]);
      expect(mail(kind).text).not.toContain('terlampir');
    }
  });
});
