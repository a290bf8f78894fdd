import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { until } from '../../src/local/until.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';
import { axeFaults, overflow, useBrowser, watchErrors } from '../pages/browser.ts';

const stack = useStack();
const { active, ask, pay } = subscribersOf(stack);
const held = useBrowser();

const SIZES = [
  ['a phone', { width: 360, height: 740 }],
  ['a desktop', { width: 1280, height: 800 }],
] as const;

const pathOf = ({ code }: { code: string }) =>
  `/s/${stack.vault.tokenOf('booking', { business: 'rafess', code })}`;

async function open(path: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await held.browser.newContext({ viewport, locale: 'id-ID' });
  const page = await context.newPage();
  await page.goto(`${stack.url}${path}`);
  return page;
}

async function expectUsable(page: Page): Promise<void> {
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
}

describe.each(SIZES)('the page of a subscription on %s', { timeout: 60_000 }, (_where, size) => {
  // Guards the live island of the page, and that a press leads on to the provider's page.
  test('shows how it stands, leads to a new invoice, and tells by itself that it was paid', async () => {
    const subscriber = await active('weekly');
    const page = await open(pathOf(subscriber), size);
    const errors = watchErrors(page);
    await page.getByRole('heading', { name: subscriber.base }).waitFor();
    expect(await page.locator('.headline.good').textContent()).toContain('Aktif sampai');
    await expectUsable(page);
    errors.expectNone();
    const receipt = page.getByRole('link', { name: 'Kuitansi' });
    const pdf = await page.request.get(
      new URL((await receipt.getAttribute('href'))!, stack.url).href,
    );
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf']);

    const beside = await page.context().newPage();
    await beside.goto(`${stack.url}${pathOf(subscriber)}`);
    await page.getByRole('radio', { name: /^Mingguan/ }).check();
    await page.getByRole('button', { name: 'Lanjut membayar' }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/s/'));
    await until('the page to pay on', 20_000, async () => {
      return page.url().startsWith(`${stack.sandbox.url}/xendit/`);
    });
    await pay(subscriber, 2);
    await until('the other window shows both payments', 20_000, async () => {
      return (await beside.getByRole('link', { name: 'Kuitansi' }).count()) === 2;
    });
    await expectUsable(beside);
    await page.context().close();
  });

  test('that was never paid offers to pay, and turns active by itself', async () => {
    const subscriber = await ask('daily');
    const page = await open(pathOf(subscriber), size);
    expect(await page.locator('.headline .state').textContent()).toContain('Menunggu pembayaran');
    await page.locator('a.pay').waitFor();
    await expectUsable(page);
    await pay(subscriber, 1);
    await page.locator('.headline.good').waitFor();
    await expectUsable(page);
    await page.context().close();
  });
});
