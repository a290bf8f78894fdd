import { afterAll, beforeAll, expect, test } from 'vitest';
import { barsPng } from '../../src/notify/chart.ts';
import { axeFaults, overflow, useBrowser, watchErrors } from '../pages/browser.ts';
import { type Running, startSandbox } from './support.ts';

const held = useBrowser();
let sandbox: Running;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

test('a person starts from a deep link on a phone, and sees what the bot says', async () => {
  const bot = (method: string, body: unknown) =>
    sandbox.call('POST', `/telegram/bot9100:sandbox-jiot/${method}`, { body });
  await bot('getMe', {});
  const page = await held.browser.newPage({ viewport: { width: 360, height: 740 } });
  const errors = watchErrors(page);
  await page.goto(`${sandbox.url}/chat?bot=jiot&start=order`);
  await page.getByRole('button', { name: 'Mulai · Start' }).click();
  await page.getByRole('log').getByText('/start order').waitFor();
  const day = (text: string) => ({ text, callback_data: 'x' });
  await bot('sendMessage', {
    chat_id: 920001,
    text: 'Pilih <b>hari</b>',
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [['Sn', 'Sl', 'Rb', 'Km', 'Jm', 'Sb', 'Mg'].map(day)] },
  });
  await page.getByRole('button', { name: 'Km' }).waitFor();
  expect(await page.locator('.said-bot b').textContent()).toBe('hari');
  expect(await axeFaults(page)).toEqual([]);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  errors.expectNone();
  await page.close();
});

test('a phone shows whose chat it is in the strip of people, and a picture to its end', async () => {
  const token = '9000:sandbox-rafess';
  await sandbox.call('POST', `/telegram/bot${token}/getMe`, { body: {} });
  const page = await held.browser.newPage({ viewport: { width: 360, height: 740 } });
  await page.goto(`${sandbox.url}/chat?bot=rafess&people=900002,900001`);
  const isShown = (id: number) =>
    page.waitForFunction((name) => {
      const box = document.getElementById(name)?.getBoundingClientRect();
      return box && box.left >= 0 && box.right <= window.innerWidth;
    }, `person-${id}`);
  await isShown(900002);
  await page.locator('#person-900001').click();
  await isShown(900001);

  const form = new FormData();
  form.set('chat_id', '900001');
  const bars = [1, 5, 3].map((figure) => ({ label: '01/01', figure }));
  const png = barsPng({ title: 'Revenue by day', most: 'Rp5', bars });
  form.set('photo', new Blob([new Uint8Array(png)]), 'revenue.png');
  // More than a screen, so that the picture has to be scrolled to.
  const text = Array.from({ length: 60 }, (_, at) => `Baris ${at}`).join('\n');
  const body = { chat_id: 900001, text };
  await sandbox.call('POST', `/telegram/bot${token}/sendMessage`, { body });
  const url = `${sandbox.url}/telegram/bot${token}/sendPhoto`;
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(200);
  await page.locator('#chat-900001 img.picture').waitFor();
  await page.waitForFunction(() => {
    const list = document.querySelector('#chat-900001 .messages');
    const picture = list?.querySelector('img');
    if (!list || !picture?.complete || picture.naturalHeight === 0) return false;
    return list.scrollHeight - list.scrollTop - list.clientHeight < 2;
  });
  await page.close();
});
