import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, startSandbox, until } from './support.ts';

const TOKEN = '9100:sandbox-jiot';
let sandbox: Running;
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const bot = (method: string, body: unknown = {}) =>
  sandbox.call('POST', `/telegram/bot${TOKEN}/${method}`, { body });
const say = (text: string) =>
  sandbox.control('POST', '/telegram/920001/say', { bot: 'jiot', text });
const heard = (text: string) =>
  sandbox.receiver.received.filter(
    ({ body }) => (body.message as { text?: string } | undefined)?.text === text,
  );

test('a token of another form is nobody, and an unknown method is not found', async () => {
  const nobody = await sandbox.call('POST', '/telegram/bot123:secret/getMe', {});
  expect([nobody.status, nobody.body.description]).toEqual([401, 'Unauthorized']);
  const unknown = await bot('flyAway');
  expect([unknown.status, unknown.body.description]).toEqual([404, 'Not Found: method not found']);
});

test('a fault for one call is not used up by asking for updates', async () => {
  await bot('getMe');
  const fault = { provider: 'telegram', api: { status: 500 }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  expect((await bot('getUpdates')).status).toBe(200);
  expect((await bot('sendMessage', { chat_id: 920001, text: 'a' })).status).toBe(500);
  expect((await bot('sendMessage', { chat_id: 920001, text: 'a' })).status).toBe(200);
});

test('a drop is met by one update, for so many attempts', async () => {
  await bot('setWebhook', { url: `${sandbox.receiver.url}/hook` });
  const fault = { provider: 'telegram', webhook: { drop: 2 }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  const said = say('satu');
  await until('the update', () => heard('satu').length === 1);
  expect((await said).status).toBe(200);
  const { body } = await sandbox.control('GET', '/deliveries?ref=920001');
  const statuses = (body.deliveries as { status: number | null }[]).map(({ status }) => status);
  expect(statuses.slice(0, 2)).toEqual([null, null]);
});

test('lifting faults wakes a chat that rests', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 10 });
  await bot('setWebhook', { url: `${sandbox.receiver.url}/hook` });
  await sandbox.control('PUT', '/faults', { provider: 'telegram', webhook: { drop: 50 } });
  const said = say('dua');
  await until('two drops', async () => {
    const { body } = await sandbox.control('GET', '/deliveries?ref=920001');
    return (body.deliveries as unknown[]).length >= 2;
  });
  await sandbox.control('DELETE', '/faults');
  await until('the update', () => heard('dua').length === 1);
  expect((await said).status).toBe(200);
});
