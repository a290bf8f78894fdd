import jsqr from 'jsqr';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFaults, overflow, SIZES, useBrowser, watchErrors } from '../pages/browser.ts';
import { type Json, type Running, startSandbox, until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

let box: Running;
let xendit: ReturnType<typeof xenditCallerOf>;
beforeAll(async () => {
  box = await startSandbox();
  xendit = xenditCallerOf(box, box.receiver);
  await xendit.be();
});
afterAll(() => box.stop());

const pathOf = (invoice: Json) => `/xendit/web/${invoice.id}`;
const pageOf = (invoice: Json, query = '') => fetch(box.url + pathOf(invoice) + query);

/** What a browser without script does with a form of the page. */
const submit = (invoice: Json, step: string, fields: Record<string, string> = {}) =>
  fetch(`${box.url}${pathOf(invoice)}/${step}`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
  });

test('the address of an invoice is its page, and names merchant, amount and what is left of time', async () => {
  const made = await xendit.create('p-1', { description: 'Tujuh hari', invoice_duration: 3_600 });
  const response = await fetch(String(made.invoice_url));
  expect(response.status).toBe(200);
  const text = await response.text();
  for (const part of ['SANDBOX', 'Rafess', 'Rp 15.000', 'p-1', 'Tujuh hari', 'menit lagi']) {
    expect(text).toContain(part);
  }
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("script-src 'self'");
});

test('the page offers what the merchant wants, and takes nothing else', async () => {
  const made = await xendit.create('p-some', { payment_methods: ['QRIS', 'BCA'] });
  const text = await (await pageOf(made)).text();
  expect([...text.matchAll(/value="(\w+)"/g)].map(([, id]) => id)).toEqual(['BCA', 'QRIS']);
  await submit(made, 'channel', { channel: 'OVO' });
  await submit(made, 'pay');
  expect((await xendit.get(made)).status).toBe('PENDING');
});

test('without script too, paying leads to where the merchant wanted, and is told', async () => {
  const made = await xendit.create('p-pay', { success_redirect_url: 'http://localhost:3000/ok' });
  await submit(made, 'channel', { channel: 'BRI' });
  const shown = (await (await pageOf(made)).text()).match(/data-copy="(\d{17})"/)?.[1];
  const paid = await submit(made, 'pay');
  expect(paid.headers.get('location')).toBe('http://localhost:3000/ok');
  const told = await until('the webhook', () => xendit.toldOf(made)[0]);
  expect(told.body).toMatchObject({ payment_channel: 'BRI', payment_destination: shown });
  expect(await (await pageOf(made)).text()).toContain('Pembayaran berhasil');
});

test('paid twice on the page is paid and told once', async () => {
  const made = await xendit.create('p-twice');
  await submit(made, 'channel', { channel: 'BCA' });
  await submit(made, 'pay');
  await submit(made, 'pay');
  await until('nothing to wait', async () => {
    const { body } = await box.control('GET', '/deliveries?ref=p-twice');
    return (body.waiting as unknown[]).length === 0;
  });
  expect(xendit.toldOf(made)).toHaveLength(1);
});

test('a denied wallet leaves the invoice open for another way', async () => {
  const made = await xendit.create('p-deny');
  await submit(made, 'channel', { channel: 'OVO' });
  const denied = await submit(made, 'deny');
  const text = await (await fetch(box.url + denied.headers.get('location'))).text();
  expect(text).toContain('Pembayaran dengan OVO ditolak.');
  expect((await xendit.get(made)).status).toBe('PENDING');
});

test('a number that was given out stays good when another way is chosen', async () => {
  const made = await xendit.create('p-change');
  const numberOf = async () =>
    (await (await pageOf(made)).text()).match(/data-copy="(\d{14,18})"/)?.[1];
  await submit(made, 'channel', { channel: 'BCA' });
  const number = await numberOf();
  await submit(made, 'channel', { channel: 'INDOMARET' });
  expect(await numberOf()).not.toBe(number);
  await submit(made, 'channel', { channel: 'BCA' });
  expect(await numberOf()).toBe(number);
});

test('the QR code names the merchant, the invoice and the amount', async () => {
  const made = await xendit.create('p-qr');
  const response = await fetch(`${box.url}${pathOf(made)}/qr.png`);
  const { data, width, height } = PNG.sync.read(Buffer.from(await response.arrayBuffer()));
  // Its types name the module, not the function that it is.
  const jsQR = jsqr as unknown as typeof jsqr.default;
  const read = jsQR(new Uint8ClampedArray(data), width, height)?.data;
  for (const part of ['540515000', 'SANDBOX Rafess', 'p-qr']) expect(read).toContain(part);
});

test('an expired page is 410 and lets late money come once', async () => {
  const made = await xendit.create('p-over', { failure_redirect_url: 'http://localhost:3000/no' });
  await submit(made, 'channel', { channel: 'BCA' });
  await xendit.api('POST', `/invoices/${made.id}/expire!`);
  const page = await pageOf(made);
  expect(page.status).toBe(410);
  const text = await page.text();
  for (const part of ['Waktu pembayaran habis', 'http://localhost:3000/no', 'late money']) {
    expect(text).toContain(part);
  }
  await submit(made, 'pay');
  await until('both webhooks', () => xendit.toldOf(made).length === 2);
  const statuses = xendit.toldOf(made).map(({ body }) => body.status);
  expect(statuses.sort()).toEqual(['EXPIRED', 'PAID']);
  expect((await xendit.get(made)).status).toBe('EXPIRED');
  const after = await (await pageOf(made)).text();
  expect(after).not.toContain('late money');
  expect(after).toContain('Rp 15.000 datang setelah waktunya habis.');
});

test('an unknown page is a clear 404, and what a merchant sends is shown as text', async () => {
  const unknown = await fetch(`${box.url}/xendit/web/nothing`);
  expect(unknown.status).toBe(404);
  expect(await unknown.text()).toContain('Halaman tidak ditemukan');
  const items = [{ name: '<b>Izin</b>', price: 15_000, quantity: 1 }];
  const made = await xendit.create('p-escape', { description: '<img src=x>', items });
  const text = await (await pageOf(made)).text();
  expect(text).not.toContain('<img src=x>');
  expect(text).toContain('&lt;b>Izin');
});

describe.each(SIZES)('in a browser of $width pixels', (viewport) => {
  const held = useBrowser();

  async function expectGood(page: Page) {
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  }

  test('a person chooses a bank, copies the number, pays and sees it', async () => {
    const made = await xendit.create(`b-bank-${viewport.width}`, { invoice_duration: 7_000 });
    const context = await held.browser.newContext({
      viewport,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    const errors = watchErrors(page);
    await page.goto(String(made.invoice_url));
    expect(await page.getByRole('timer').textContent()).toMatch(/^01:56:\d\d$/);
    await expectGood(page);
    await page.getByRole('button', { name: 'BCA Virtual Account' }).click();
    await page.getByRole('heading', { name: 'BCA Virtual Account' }).waitFor();
    await expectGood(page);
    await page.getByRole('button', { name: 'Salin · Copy: Nomor virtual account' }).click();
    await page.getByText('Tersalin ✓').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^10766\d{11}$/);
    await page.getByRole('button', { name: 'Simulasikan pembayaran' }).click();
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    await expectGood(page);
    expect((await xendit.get(made)).payment_destination).toBe(copied);
    errors.expectNone();
    await context.close();
  });

  test('a person unfolds the wallets, is denied, and pays by QR code', async () => {
    const made = await xendit.create(`b-wallet-${viewport.width}`);
    const page = await held.browser.newPage({ viewport });
    const errors = watchErrors(page);
    await page.goto(String(made.invoice_url));
    await page.getByText('Dompet digital').click();
    await page.getByRole('button', { name: 'OVO' }).click();
    await page.getByRole('button', { name: 'Simulasikan penolakan' }).click();
    await page.getByRole('alert').waitFor();
    await expectGood(page);
    await page.getByText('Kode QR').click();
    await page.getByRole('button', { name: 'QRIS' }).click();
    const picture = page.getByRole('img', { name: 'Kode QRIS' });
    await picture.waitFor();
    const width = await picture.evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      return img.naturalWidth;
    });
    expect(width).toBeGreaterThan(200);
    await expectGood(page);
    await xendit.pay(made.id);
    await page.getByRole('heading', { name: 'Pembayaran berhasil' }).waitFor();
    errors.expectNone();
    await page.close();
  });

  test('a page that is open when its time ends says so by itself', async () => {
    const made = await xendit.create(`b-end-${viewport.width}`, { invoice_duration: 2 });
    const page = await held.browser.newPage({ viewport });
    await page.goto(String(made.invoice_url));
    await page.getByRole('heading', { name: 'Waktu pembayaran habis' }).waitFor();
    await expectGood(page);
    await page.close();
  });
});
