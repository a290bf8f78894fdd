import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAssets } from '../../src/api/web/assets.ts';
import { axeFaults, overflow, SIZES, useBrowser, watchErrors } from './browser.ts';
import { galleryOf } from './gallery.tsx';
import { sampleLook } from './sample.ts';

const { urls, router } = createAssets();
const gallery = {
  id: galleryOf(sampleLook('id', urls)),
  en: galleryOf(sampleLook('en', urls)),
};

/** The policy of the api, as strict as it is there. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'";

const held = useBrowser();
let server: Server;
let url: string;

beforeAll(async () => {
  const app = express();
  app.use(router);
  app.get(/\/events$/, (_req, res) => void res.type('text/event-stream').write(':\n\n'));
  app.get('/:language/:name', (req, res) => {
    const html = gallery[req.params.language as 'id' | 'en'].get(req.params.name);
    res.setHeader('Content-Security-Policy', POLICY);
    res.type('html').send(html);
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** On the larger screen, one of each page: its states differ only in words and colours. */
const ONE_OF_EACH =
  /^(home|shop-.*|when-permit|when-appointment|who-wrong|who-sold-out|who-appointment|status-(held|paid|choose-date|closed|repair)|wait-waiting|plain-not-found|pay-wait)$/;

describe.each(SIZES)('at $width × $height', (viewport) => {
  const phone = viewport.width < 500;
  const language = phone ? 'id' : 'en';
  const shown = [...gallery.id.keys()].filter((name) => phone || ONE_OF_EACH.test(name));
  let page: Page;
  beforeAll(async () => {
    page = await held.browser.newPage({ viewport });
  });
  afterAll(() => page.close());

  test.each(shown)('%s can be used by everybody', async (name) => {
    const errors = watchErrors(page);
    await page.goto(`${url}/${language}/${name}`);
    expect(await axeFaults(page)).toEqual([]);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    errors.expectNone();
  });
});

test('axe finds what is wrong with a page that has something wrong', async () => {
  const page = await held.browser.newPage();
  await page.setContent('<html><body><img src="data:,"><input></body></html>');
  const faults = await axeFaults(page);
  await page.close();
  expect(faults.join('\n')).toMatch(/html-has-lang[\s\S]*image-alt|image-alt[\s\S]*html-has-lang/);
  expect(faults.join('\n')).toContain('label');
});

test('the end of a hold counts down by the clock of the server', async () => {
  const page = await held.browser.newPage();
  await page.goto(`${url}/id/status-held`);
  const left = await page.locator('.countdown').textContent();
  await page.close();
  // The page was made at 03:14:20 for a hold that ends at 03:30; this machine's clock is elsewhere.
  expect(left).toMatch(/^15:(40|3\d)$/);
});

test('a price is added up while the form is filled in', async () => {
  const page = await held.browser.newPage();
  await page.goto(`${url}/id/who-permit`);
  const total = page.locator('[data-total] output');
  expect(await total.textContent()).toBe('Rp90.000');
  await page.selectOption('#m1-type', 'passport');
  expect(await total.textContent()).toBe('Rp160.000');
  await page.goto(`${url}/id/who-appointment`);
  expect(await page.locator('[data-total]').isVisible()).toBe(false);
  await page.selectOption('#device', 'iphone-13');
  await page.check('input[value="screen"]');
  expect(await total.textContent()).toBe('Rp900.000');
  await page.close();
});
