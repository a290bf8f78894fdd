import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { run } from '../../src/db/pool.ts';
import { workday } from '../api/support.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { CHROMIUM_ARGS, findChromium, useBrowser } from './browser.ts';

const stack = useStack();
const held = useBrowser();
const ended: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end();
});

const formOf = (quantity: number, ahead = 17) =>
  `${stack.url}/slamet/book?offering=bambangan&date=${dayAhead(ahead)}&quantity=${quantity}`;
const HOLD = { name: 'Tahan tempat dan bayar' } as const;
const press = (page: Page) => page.getByRole('button', HOLD).last().click();
const passport = () => `K${Math.floor(1e6 + Math.random() * 9e6)}`;

/** Fills the form in but for an e-mail address that is whole. */
async function fillIn(page: Page, names: string[], customer: string): Promise<void> {
  for (const [at, name] of names.entries()) {
    await page.fill(`#m${at}-name`, name);
    await page.selectOption(`#m${at}-type`, 'passport');
    await page.fill(`#m${at}-number`, passport());
  }
  await page.fill('#name', customer);
  await page.fill('#email', 'sari@');
}

async function expectRefused(page: Page, names: string[], customer: string): Promise<void> {
  await page.getByText('perlu diperbaiki').first().waitFor();
  for (const [at, name] of names.entries())
    expect(await page.inputValue(`#m${at}-name`)).toBe(name);
  expect(await page.inputValue('#name')).toBe(customer);
  expect(await page.inputValue('#email')).toBe('sari@');
}

/** The mistake mended and sent again, it is booked. */
async function expectBooks(page: Page): Promise<void> {
  await page.fill('#email', 'sari@example.com');
  await press(page);
  await page.waitForURL(/\/b\/[\w-]{32}$/);
}

test('offers digits for a NIK, and letters for a passport', { timeout: 60_000 }, async () => {
  const page = await held.browser.newPage();
  await page.goto(formOf(2));
  const keys = () => page.locator('#m1-number').getAttribute('inputmode');
  await expect.poll(keys).toBe('numeric');
  await page.selectOption('#m1-type', 'passport');
  expect(await keys()).toBe('text');
  await page.close();
});

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])(
  'a form that booked nothing, in a browser %s',
  { timeout: 90_000 },
  (_how, javaScriptEnabled) => {
    const open = async (): Promise<BrowserContext> => {
      const context = await held.browser.newContext({ javaScriptEnabled, locale: 'id-ID' });
      context.setDefaultTimeout(20_000);
      ended.push(() => context.close());
      return context;
    };
    const names = ['Budi Santoso', 'Ayu Lestari'];

    test('is loaded again, left by back and come to by forward, and books in the end', async () => {
      const page = await (await open()).newPage();
      await page.goto(formOf(2));
      await fillIn(page, names, 'Sari');
      await press(page);
      await expectRefused(page, names, 'Sari');
      await page.reload();
      await expectRefused(page, names, 'Sari');
      await page.goBack();
      // A form that was only opened is kept by nobody: forward leads to what was typed.
      await page.locator('#m0-name').waitFor();
      await page.goForward();
      await expectRefused(page, names, 'Sari');
      await expectBooks(page);
      await page.goBack();
      expect(page.url()).toContain('/slamet/book');
      await page.goForward();
      await page.getByRole('heading', { name: 'Tempat Anda ditahan' }).waitFor();
    });

    test('stands in two tabs, each with its own words, and both book', async () => {
      const context = await open();
      const [one, two] = [await context.newPage(), await context.newPage()];
      for (const [page, name] of [
        [one, 'Satu'],
        [two, 'Dua'],
      ] as const) {
        await page.goto(formOf(1));
        await fillIn(page, [name], name);
        await press(page);
        await expectRefused(page, [name], name);
      }
      await expectRefused(one, ['Satu'], 'Satu');
      await one.reload();
      await expectRefused(one, ['Satu'], 'Satu');
      await expectBooks(one);
      await two.reload();
      await expectRefused(two, ['Dua'], 'Dua');
      await expectBooks(two);
    });

    test('of two businesses side by side is kept by each', async () => {
      const context = await open();
      const [hike, repair] = [await context.newPage(), await context.newPage()];
      await hike.goto(formOf(1));
      await fillIn(hike, ['Budi'], 'Sari');
      await press(hike);
      await repair.goto(`${stack.url}/jiot/book?offering=repair&date=${workday(5)}&time=10:00`);
      await repair.fill('#name', 'Joko');
      await repair.fill('#email', 'joko@');
      await repair.locator('#party button[type=submit]').last().click();
      await repair.getByText('perlu diperbaiki').first().waitFor();
      await hike.reload();
      await expectRefused(hike, ['Budi'], 'Sari');
      await repair.reload();
      expect(await repair.inputValue('#name')).toBe('Joko');
      await expectBooks(hike);
      await repair.reload();
      expect(await repair.inputValue('#name')).toBe('Joko');
    });

    test('of twenty people with long names keeps every word', async () => {
      await run(
        stack.pool,
        `update businesses set rules = rules || '{"maxParty": 20}' where business_id = 'slamet'`,
      );
      const page = await (await open()).newPage();
      const many = Array.from({ length: 20 }, () => randomBytes(48).toString('hex'));
      await page.goto(formOf(20, javaScriptEnabled ? 18 : 19));
      await fillIn(page, many, 'Sari');
      await press(page);
      await expectRefused(page, many, 'Sari');
      await expectBooks(page);
    });

    test('where cookies are off is answered with everything typed, and says why', async () => {
      const page = await (await openWithoutCookies(javaScriptEnabled)).newPage();
      await page.goto(formOf(2));
      await fillIn(page, names, 'Sari');
      await press(page);
      for (const _again of [1, 2]) {
        await page.getByText('izinkan cookie').waitFor();
        expect(await page.inputValue('#m1-name')).toBe('Ayu Lestari');
        expect(await page.inputValue('#name')).toBe('Sari');
        await press(page);
      }
    });
  },
);

/** A browser of which a person has forbidden all cookies. */
async function openWithoutCookies(javaScriptEnabled: boolean): Promise<BrowserContext> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'pesan-chromium-'));
  ended.push(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(path.join(home, 'Default'));
  const content = { profile: { default_content_setting_values: { cookies: 2 } } };
  writeFileSync(path.join(home, 'Default', 'Preferences'), JSON.stringify(content));
  const context = await chromium.launchPersistentContext(home, {
    executablePath: findChromium(),
    args: CHROMIUM_ARGS,
    javaScriptEnabled,
    locale: 'id-ID',
  });
  context.setDefaultTimeout(20_000);
  ended.push(() => context.close());
  return context;
}
