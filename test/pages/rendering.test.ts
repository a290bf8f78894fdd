import { h } from 'preact';
import { describe, expect, test } from 'vitest';
import type { BookingFacts } from '../../src/domain/facts.ts';
import { toHtml } from '../../src/pages/document.tsx';
import { StatusPage } from '../../src/pages/statuspage.tsx';
import { sampleAppointment, sampleBooking } from '../documents/sample.ts';
import { galleryOf } from './gallery.tsx';
import { STATUSES, sampleLook, sampleStatus } from './sample.ts';

const LANGUAGES = ['id', 'en'] as const;
const pages = LANGUAGES.flatMap((language) =>
  [...galleryOf(sampleLook(language))].map(([name, html]) => ({ language, name, html })),
);

const statusPage = (facts: BookingFacts) =>
  toHtml(h(StatusPage, { look: sampleLook('id'), status: sampleStatus(facts) }));

/** What a reader sees of a page, its markup and entities undone. */
function textOf(html: string): string {
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
}

describe.each(pages)('$name in $language', ({ html, language }) => {
  test('is a whole page in its language, with one heading and a title', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}"`));
    expect(html.match(/<h1[ >]/g)).toHaveLength(1);
    expect(html).toMatch(/<title>[^<]{4,}<\/title>/);
    expect(html).toContain('<main id="main">');
    expect(html.endsWith('</html>')).toBe(true);
    expect(html).not.toMatch(/undefined|NaN|\[object|\{ ?\$/);
  });

  test('holds no inline script or style, and loads nothing from elsewhere', () => {
    expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i);
    for (const [tag] of html.matchAll(/<script[^>]*>/g)) expect(tag).toMatch(/ src="\/[^"]+"/);
    for (const [, address] of html.matchAll(/\s(?:src|action|formAction)="([^"]*)"/g)) {
      expect(address).toMatch(/^\/(?!\/)/);
    }
    for (const [, address] of html.matchAll(/<a [^>]*href="([^"]*)"/g)) {
      expect(address).toMatch(/^(\/(?!\/)|#|\?|tel:|mailto:)/);
    }
  });

  test('has every id once, and leads to no field that is not there', () => {
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id!);
    expect(ids).toEqual([...new Set(ids)]);
    const named = [
      ...[...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id!),
      ...[...html.matchAll(/\sfor="([^"]+)"/g)].map(([, id]) => id!),
      ...[...html.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/g)].flatMap(([, list]) =>
        list!.split(' '),
      ),
    ];
    for (const id of named) expect(ids).toContain(id);
  });
});

test.each([
  ['markup', '<script>alert("x")</script>'],
  ['an attribute', '" onmouseover="alert(1)'],
  ['SQL', "Robert'); drop table orders;--"],
  ['emoji', 'Sari 🏔️👩🏽‍🚒'],
  ['a name that runs to the left', 'محمد عبد الله'],
  ['marks that turn a line around', '\u202eevil\u202c'],
])('shows a name with %s as it was written, and as nothing else', (_what, name) => {
  const html = statusPage(sampleBooking([name, 'Budi'], { customer: customerOf(name) }));
  expect(textOf(html)).toContain(name);
  expect(html).not.toContain('<script>');
  expect(html).not.toContain('" onmouseover');
  // Whichever way a name runs, it does not turn the words around it.
  const escaped = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
  expect(html).toMatch(new RegExp(`<bdi>${escaped.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
});

const customerOf = (name: string) => ({ name, email: null, phone: null });

describe('the status page', () => {
  test('offers the download of tickets before anything else, once there are tickets', () => {
    const html = toHtml(h(StatusPage, { look: sampleLook('id'), status: STATUSES.paid! }));
    const first = /<main id="main">.*?<a [^>]*href="([^"]*)"/s.exec(html)?.[1];
    expect(first).toBe('/api/v1/bookings/3q2-ABCdef_statustoken/tickets.pdf');
    expect(html.match(/<svg class="qr"/g)).toHaveLength(3);
  });

  test('has a code that is read for every member, drawn as the documents draw it', () => {
    const facts = sampleBooking(['Siti']);
    const html = statusPage(facts);
    const path = /class="qr".*?<path d="([^"]+)"/s.exec(html)?.[1] ?? '';
    expect(path.match(/M/g)!.length).toBeGreaterThan(500);
  });

  test.each([
    ['held', 'Bayar Sekarang · Rp90.000'],
    ['denied', 'Coba bayar lagi Rp90.000'],
    ['underpaid', 'Bayar Sekarang · Rp40.000'],
    ['issuing', 'E-tiket sedang diterbitkan'],
    ['expired', 'Terlanjur membayar? Uangnya tidak hilang'],
    ['unconfirmed', 'tidak dapat kami pastikan'],
    ['cancelled', 'Tidak ada uang yang kami terima'],
    ['cancelled-late', 'tidak ada uang yang dikembalikan'],
    ['closed', 'Rp90.000 sedang dikembalikan'],
    ['refund-by-hand', 'menanyakan rekening tujuan'],
    ['refunded', 'Dana Rp90.000 sudah dikembalikan'],
    ['overpaid', 'Anda membayar lebih Rp10.000'],
    ['move-waits', 'Bayar selisih Rp30.000'],
    ['choose-date', 'tanpa biaya pindah'],
    ['partly-refunded', 'Rp15.000 sedang dikembalikan'],
  ])('says of %s what became of the money and what to do', (name, words) => {
    expect(textOf(toHtml(h(StatusPage, lookAt(name))))).toContain(words);
  });

  test('asks nobody to pay whose money is written down, and goes on by itself', () => {
    const html = toHtml(h(StatusPage, lookAt('counting')));
    expect(textOf(html)).toContain('Pembayaran Anda sedang kami periksa');
    expect(textOf(html)).not.toMatch(/Rp0|Menunggu pembayaran|Bayar Sekarang/);
    expect(html).not.toContain('class="button pay"');
    expect(html).toContain('http-equiv="refresh"');
    expect(html).toContain('data-live=');
  });

  test('says where its link is mailed, masked, and how else to find the page again', () => {
    const customer = { name: 'Siti', email: 'siti.n@example.com', phone: '+62811000003' };
    const wayBack = (changes: Partial<BookingFacts['customer']>, held = STATUSES.held!.facts) =>
      statusPage({ ...held, customer: { ...customer, ...changes } }).match(
        /<p class="way-back">(.*?)<\/p>/,
      )?.[1];
    expect(wayBack({})).toContain('juga kami kirim ke s•••@example.com');
    expect(wayBack({})).not.toContain('siti.n');
    expect(wayBack({ email: null })).toContain('dengan kode K7M2P9QX dan nomor HP');
    const repair = STATUSES['repair-held']!.facts;
    expect(wayBack({ email: null }, repair)).toMatch(/\/status \w+ ke bot Telegram/);
    expect(wayBack({ email: null, phone: null }, repair)).toContain('chat tempat Anda memesan');
    expect(wayBack({}, STATUSES.paid!.facts)).toBeUndefined();
  });

  test.each(['expired', 'cancelled', 'closed', 'refunded'])(
    'leads from %s to the same trail, day and party again',
    (name) => {
      const html = toHtml(h(StatusPage, lookAt(name)));
      const query = 'offering=bambangan&amp;date=2025-11-22&amp;quantity=3&amp;again=K7M2P9QX';
      expect(html).toContain(`href="/slamet/book?${query}"`);
    },
  );

  test('is looked at again without script exactly while something may change', () => {
    const refreshed = (name: string) =>
      /<noscript><meta http-equiv="refresh"/.test(toHtml(h(StatusPage, lookAt(name))));
    for (const name of ['held', 'review', 'issuing', 'move-waits', 'expired', 'closed']) {
      expect([name, refreshed(name)]).toEqual([name, true]);
    }
    for (const name of ['paid', 'cancelled', 'refunded', 'completed']) {
      expect([name, refreshed(name)]).toEqual([name, false]);
    }
  });

  test('shows no way to a gate on a day that was closed', () => {
    const html = toHtml(h(StatusPage, lookAt('choose-date')));
    expect(html).not.toContain('class="qr"');
    expect(html).not.toContain('tickets.pdf');
  });
});

describe.each(LANGUAGES)('an appointment, in %s', (language) => {
  test.each(Object.keys(STATUSES))('that stands as %s names no ticket', (name) => {
    const status = STATUSES[name]!;
    const facts = { ...sampleAppointment(), ...standOf(status.facts), tickets: [] };
    const html = toHtml(
      h(StatusPage, { look: sampleLook(language), status: { ...status, facts } }),
    );
    expect(textOf(html)).not.toMatch(/e-?tike?t|tickets?\b|gerbang|\bgate\b/i);
  });
});

/** How a booking stands, whatever was booked. */
function standOf({ state, paidIdr, paidAt, payment, refund, issuing, unconfirmed }: BookingFacts) {
  return { state, paidIdr, paidAt, payment, issuing, unconfirmed, ...(refund && { refund }) };
}

const lookAt = (name: string) => ({ look: sampleLook('id'), status: STATUSES[name]! });

test('a form comes back with what was typed, each mistake at its field and in the list', () => {
  const html = galleryOf(sampleLook('id')).get('who-wrong')!;
  const field = /<input[^>]*id="m1-number"[^>]*>/.exec(html)?.[0] ?? '';
  expect(field).toContain('value="123"');
  expect(field).toContain('aria-invalid="true"');
  expect(field).toContain('aria-describedby="m1-number-wrong"');
  expect(html).toContain('<a href="#m1-number">');
  // A mistake among the fields that are folded away unfolds them.
  expect(html).toMatch(/id="m2-".*?<details open/s);
  expect(html).toMatch(/<title>Periksa isian/);
});

test('the first button of a form, which Enter presses, is never one for another day', () => {
  for (const name of ['who-sold-out', 'who-identity', 'who-permit']) {
    const html = galleryOf(sampleLook('id')).get(name)!;
    const first = /<form id="party".*?(<button[^>]*>)/s.exec(html)?.[1] ?? '';
    expect(first).not.toContain('name="other"');
  }
});
