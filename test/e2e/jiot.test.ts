import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { until } from '../../src/local/until.ts';
import { chatOf, textOf } from '../bot/talk.ts';
import { useStack } from '../ground/stack.ts';
import { axeFaults, useBrowser, watchErrors } from '../pages/browser.ts';

const stack = useStack({ polls: true });
const held = useBrowser();

const SIZES = [
  ['a phone', { width: 360, height: 740 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const;

async function open(path: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await held.browser.newContext({ viewport, locale: 'id-ID' });
  const page = await context.newPage();
  await page.goto(`${stack.url}${path}`);
  return page;
}

async function repairState(code: string, state: string, note?: string): Promise<void> {
  const answer = await stack.call('POST', `/api/v1/admin/jiot/bookings/${code}/repair-state`, {
    token: await stack.tokenOf('owner', 'jiot'),
    key: `${code}-${state}`,
    body: { state, ...(note && { note }) },
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}

describe('the website of a repair shop', () => {
  test('Reservasi button: leads into the chat, prices and free hours stand beside it', async () => {
    const page = await open('/jiot', SIZES[0][1]);
    const reserve = page.getByRole('link', { name: 'Reservasi', exact: true });
    const href = new URL((await reserve.getAttribute('href'))!);
    expect(`${href.origin}${href.pathname}`).toBe(`${stack.sandbox.url}/chat`);
    expect(Object.fromEntries(href.searchParams)).toEqual({ bot: 'jiot', start: 'order' });
    const answer = await chatOf(stack, 801).say(`/start ${href.searchParams.get('start')}`);
    expect(textOf(answer)).toContain('Pesan janji servis');
    expect(await page.locator('.catalogue').textContent()).toMatch(/Baterai\s*Rp400\.000/);
    expect(await page.locator('.hours-free a').count()).toBe(6);
    expect(await axeFaults(page)).toEqual([]);
    await page.context().close();
  });

  test('what was chosen on the web comes along into the chat', async () => {
    const page = await open('/jiot', SIZES[0][1]);
    await page.locator('.hours-free a').nth(3).click();
    const chosen = new URL(page.url()).searchParams;
    const carry = await page
      .getByRole('link', { name: 'Lanjutkan di Telegram' })
      .getAttribute('href');
    const led = await stack.call('GET', carry!, { headers: { accept: 'text/html' } });
    expect(led.status).toBe(303);
    const start = new URL(led.headers.get('location')!).searchParams.get('start')!;
    expect(start).toMatch(/^[\w-]{32}$/);
    await chatOf(stack, 802).say(`/start ${start}`);
    const asked = await chatOf(stack, 802).press('iPhone 13');
    expect(textOf(asked)).toContain('Suku cadang');
    const { form } = (
      await stack.pool.query(`select form from chats where business_id = 'jiot' and chat_id = 802`)
    ).rows[0];
    expect(form).toMatchObject({ date: chosen.get('date'), time: chosen.get('time') });
    await page.context().close();
  });

  test.each(SIZES)(
    'Data Order on %s turns paid by itself and follows the repair',
    async (_w, size) => {
      const page = await open('/jiot', size);
      const errors = watchErrors(page);
      await page.locator('.hours-free a').first().click();
      await page.getByLabel('Perangkat').selectOption('iphone-13');
      await page.getByLabel(/^Baterai/).check();
      await page.getByLabel('Nama pemesan').fill('Rina');
      await page.getByLabel('Nomor telepon pemesan').fill('0812 555 666');
      await page.locator('form#party button[type=submit]').last().click();
      await page.getByRole('heading', { name: 'Tempat Anda ditahan' }).waitFor();
      expect(await page.getByRole('link', { name: /^Bayar Sekarang/ }).textContent()).toContain(
        'Rp450.000',
      );
      expect(await axeFaults(page)).toEqual([]);
      const code = (await page.locator('.code').textContent())!;
      await until('there is a page to pay on', 15_000, async () => {
        const { rowCount } = await stack.pool.query(
          `select 1 from payments where code = $1 and page_url is not null`,
          [code],
        );
        return rowCount === 1;
      });
      await stack.provider(`${code}-1`, 'settle');
      await page.getByRole('heading', { name: 'Lunas. Sampai jumpa!' }).waitFor();
      expect(await page.locator('.stations [aria-current]').textContent()).toMatch(
        /^dalam antrean/,
      );
      await repairState(code, 'in_progress');
      await page.locator('.stations .done').waitFor();
      await repairState(code, 'ready', 'Baterai asli terpasang');
      await page.getByText('Baterai asli terpasang').waitFor();
      expect(await page.locator('.stations .reached').count()).toBe(3);
      expect(await axeFaults(page)).toEqual([]);
      errors.expectNone();
      await page.context().close();
    },
  );
});
