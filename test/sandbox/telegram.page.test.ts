import { afterAll, beforeAll, expect, test } from 'vitest';
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
