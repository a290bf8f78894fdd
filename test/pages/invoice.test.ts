import { h } from 'preact';
import { expect, test } from 'vitest';
import { one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { createTexts } from '../../src/notify/language.ts';
import { toHtml } from '../../src/pages/document.tsx';
import { InvoicePage } from '../../src/pages/invoice.tsx';
import { readPdf } from '../documents/reading.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';
import { INVOICES } from './plans.ts';
import { sampleLook } from './sample.ts';
import { createVisitor, type Seen, words } from './visitor.ts';

const stack = useStack();
const { active, ask, pay } = subscribersOf(stack);

const pageOf = (name: string) =>
  toHtml(h(InvoicePage, { look: sampleLook('id'), shown: INVOICES[name]! }));
const said = (html: string) => words({ html } as Seen);

test.each([
  ['returned', 'Belum membayar? Lanjutkan di sini. Bayar Sekarang · Rp15.000'],
  ['lapsed-active', 'Tidak ada yang dibayar lewat tautan ini'],
  ['lapsed-active', '@demo_base aktif sampai Jumat, 21 November 2025 pukul 10.12 WIB'],
  ['lapsed-pending', '@demo_base belum aktif'],
  ['lapsed-ended', '@demo_base tidak aktif'],
  ['paid', 'untuk masa sampai Jumat, 21 November 2025'],
  ['partly-back', 'sudah kami terima'],
  ['back', 'dikembalikan kepada yang membayar'],
  ['checking', 'sedang diperiksa'],
])('says of an invoice that is %s what became of it: %s', (name, text) => {
  expect(said(pageOf(name))).toContain(text);
});

test.each([
  ['lapsed-active', 'wait'],
  ['lapsed-ended', 'bad'],
  ['back', 'plain'],
  ['paid', 'good'],
])('shows only what was paid as good: %s', (name, tone) => {
  expect(pageOf(name)).toContain(`<section class="headline ${tone}">`);
});

const linkOf = (code: string, attempt: number) =>
  `/pay/${stack.vault.tokenOf('invoice', { business: 'rafess', code }, attempt)}`;
const pathOf = (code: string) =>
  `/s/${stack.vault.tokenOf('booking', { business: 'rafess', code })}`;

// Guards that a link which was never paid is not called paid because its base is active.
test('says of an expired link that nothing was paid by it, and how to get another', async () => {
  const { code, base } = await active('weekly');
  await ask('weekly', base);
  const visitor = createVisitor(stack.url);
  await until('its page is there', 20_000, async () => {
    return (await visitor.get(linkOf(code, 2))).status === 302;
  });
  await stack.sandbox.call('POST', `/control/xendit/${code}-2/expire`);
  await until('it has expired', 20_000, async () => {
    return words(await visitor.get(linkOf(code, 2))).includes('Tautan ini sudah berakhir');
  });
  const expired = await visitor.get(linkOf(code, 2));
  expect(words(expired)).toContain(`${base} aktif sampai`);
  expect(words(expired)).not.toContain('sudah dibayar');
  expect(expired.html).toContain('start=bayar');
  expect(words(await visitor.get(linkOf(code, 1)))).toContain(`${base} sudah dibayar`);
});

test('leads on to the subscription only who has been there, and to the chat everybody', async () => {
  const { code } = await active('daily');
  const payer = createVisitor(stack.url);
  const first = await payer.get(linkOf(code, 1));
  expect(first.html).not.toContain('/s/');
  expect(words(first)).toContain('hanya terbuka lewat tautannya sendiri');
  expect(words(first)).toContain('Buka chat');
  await payer.get(pathOf(code));
  expect((await payer.get(linkOf(code, 1))).html).toContain(`href="${pathOf(code)}"`);
});

test('says nothing of a payment that is not there to who comes back from paying', async () => {
  const { code } = await ask('weekly');
  const payer = createVisitor(stack.url);
  await until('its page is there', 20_000, async () => {
    return (await payer.get(linkOf(code, 1))).status === 302;
  });
  const led = await payer.get(`/rafess/return?order_id=${code}-1`);
  expect(led.headers.get('location')).toBe(`${linkOf(code, 1)}?returned`);
  const back = await payer.get(`${linkOf(code, 1)}?returned`);
  expect(words(back)).toContain('Pembayaran belum kami terima');
  expect(back.html).toContain(`href="${linkOf(code, 1)}"`);
  const stranger = await createVisitor(stack.url).get(`/rafess/return?order_id=${code}-1`);
  expect(words(stranger)).not.toMatch(/Terima kasih|[Pp]esanan/);
  expect(words(stranger)).toContain('Buka chat');
  await pay({ code, base: '' }, 1);
  expect(words(await payer.get(`${linkOf(code, 1)}?returned`))).toContain('sudah dibayar');
});

const receiptOf = async (code: string, attempt: number) => {
  const answer = await fetch(`${stack.url}${pathOf(code)}/receipts/${attempt}.pdf`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const pages = await readPdf(Buffer.from(await answer.arrayBuffer()));
  return pages
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ');
};

test('gives a receipt of a whole period, its plan by name, how it was paid, and what went back', async () => {
  const { code, base } = await active('monthly');
  const { from, to } = await one<{ from: Date; to: Date }>(
    stack.pool,
    'select from_at as "from", to_at as "to" from periods where code = $1',
    [code],
  );
  const zone = 'Asia/Jakarta';
  const text = await receiptOf(code, 1);
  expect(text).toContain(createTexts()('id', 'say-period', { from, to, zone }));
  expect(text).toContain(`${base} · Bulanan`);
  expect(text).toMatch(/Cara bayar\s+Transfer bank/);
  expect(text).toContain('LUNAS');
  await run(
    stack.pool,
    `insert into refunds (business_id, code, refund_no, attempt, amount_idr, reason, state, created_at)
     values ('rafess', $1, 1, 1, 20000, 'Half of it', 'by_hand', now())`,
    [code],
  );
  const back = await receiptOf(code, 1);
  expect(back).toContain('-Rp20.000');
  expect(back).not.toContain('LUNAS');
});
