import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { ticketKeys, verifyTicket } from '../../src/documents/qr.ts';
import { until } from '../../src/local/until.ts';
import { readPdf } from '../documents/reading.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { axeFaults, useBrowser, watchErrors } from '../pages/browser.ts';

const stack = useStack();
const held = useBrowser();

const DATE = dayAhead(9);
const MEMBERS = [
  { name: 'Sari Dewi', nik: '3303014107920001' },
  { name: 'Budi 🏔️ Santoso', nik: '3303010102880002' },
  { name: 'Ayu <b>Lestari</b>', nik: '3303015512950003' },
];

test('a party of three is booked, paid and ticketed as people do it, on a phone', {
  timeout: 90_000,
}, async () => {
  const context = await held.browser.newContext({
    viewport: { width: 360, height: 740 },
    locale: 'id-ID',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const errors = watchErrors(page);
  await bookParty(page);
  expect(await page.locator('h1').textContent()).toBe('Tempat Anda ditahan');
  expect(await page.locator('.countdown').textContent()).toMatch(/^(29|30):\d\d$/);
  expect(await axeFaults(page)).toEqual([]);
  const code = (await page.locator('.code').textContent())!;
  const statusUrl = page.url();

  // Gone if the page were loaded anew.
  await page.evaluate(() => {
    document.documentElement.dataset.seen = 'before';
  });
  const bank = await context.newPage();
  await payByAccount(bank, page);
  await page.getByRole('heading', { name: 'Lunas. Sampai jumpa!' }).waitFor();
  await page.locator('.tickets li').nth(2).waitFor();
  expect(page.url()).toBe(statusUrl);
  expect(await page.evaluate(() => document.documentElement.dataset.seen)).toBe('before');
  // The tab that paid came back by an address that names the order, and was led to the booking.
  await bank.waitForURL(`${statusUrl}?returned`);

  const first = page.locator('main a').first();
  expect(await first.textContent()).toBe('Unduh 3 e-tiket (PDF)');
  const [download] = await Promise.all([page.waitForEvent('download'), first.click()]);
  await expectTickets(readFileSync(await download.path()), code);
  await expectMail(code);
  errors.expectNone();
  await context.close();
});

async function bookParty(page: Page): Promise<void> {
  await page.goto(stack.url);
  await page.getByRole('link', { name: 'Basecamp Gunung Slamet' }).click();
  await page.getByRole('link', { name: 'Pesan Bambangan' }).click();
  await page.fill('#date', DATE);
  await page.fill('#quantity', '3');
  await page.getByRole('button', { name: 'Lanjut' }).click();
  for (const [at, { name, nik }] of MEMBERS.entries()) {
    await page.fill(`#m${at}-name`, name);
    await page.fill(`#m${at}-number`, nik);
  }
  await page.fill('#m0-sos-name', 'Ibu Dewi');
  await page.fill('#m0-sos-phone', '0812 1111 2222');
  await page.fill('#name', 'Sari Dewi');
  await page.fill('#email', 'sari@example.com');
  await page.getByRole('button', { name: 'Tahan tempat dan bayar' }).click();
  await page.waitForURL(/\/b\/[\w-]{32}$/);
}

/** In another tab, so that the page of the booking has to find out by itself. */
async function payByAccount(bank: Page, page: Page): Promise<void> {
  const pay = await page.locator('a.pay').getAttribute('href');
  await bank.goto(new URL(pay!, stack.url).href);
  await bank.waitForURL(/\/midtrans\/snap\//);
  await bank.locator('button[value="bca_va"]').click();
  await bank.getByRole('button', { name: 'Simulasikan pembayaran' }).click();
}

async function expectTickets(pdf: Buffer, code: string): Promise<void> {
  const { publicKey } = ticketKeys(stack.vault.ticketSeed);
  const pages = await readPdf(pdf);
  expect(pages).toHaveLength(3);
  const tickets = pages.map(({ qr }) => verifyTicket(publicKey, qr ?? ''));
  expect(tickets).toEqual(
    [1, 2, 3].map((seat) =>
      expect.objectContaining({ business: 'slamet', code, date: DATE, seat }),
    ),
  );
  expect(pages[0]!.text).toContain('Sari Dewi');
  expect(pages[2]!.text).toContain('Ayu <b>Lestari</b>');
}

async function expectMail(code: string): Promise<void> {
  type Mail = { subject: string; text: string; attachments: { contentType: string }[] };
  const received = async () => {
    const { body } = await stack.sandbox.call('GET', '/control/mail?to=sari@example.com');
    return (body.messages as Mail[]).find(({ subject }) => subject.startsWith('LUNAS'));
  };
  await until('the tickets are in the mailbox', 20_000, async () => Boolean(await received()));
  const mail = (await received())!;
  expect(mail.subject).toContain(code);
  expect(mail.attachments.map(({ contentType }) => contentType)).toContain('application/pdf');
}
