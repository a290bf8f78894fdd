import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, startSandbox, until } from './support.ts';
import { apiOf, BUDI, peopleOf, SITI, textOf } from './telegramchat.ts';

let sandbox: Running;
let people: ReturnType<typeof peopleOf>;
beforeEach(async () => {
  sandbox = await startSandbox({ retryScale: 1 });
  people = peopleOf(sandbox);
  await apiOf(sandbox).setWebhook(`${sandbox.receiver.url}/hook`, { secret_token: 'sandi' });
});
afterEach(() => sandbox.stop());

const texts = () => sandbox.receiver.received.map(textOf);
const queued = (count: number) =>
  until(`${count} in the queue`, async () => {
    return (await apiOf(sandbox).getWebhookInfo()).pending_update_count === count;
  });
const secrets = (chatId: number) =>
  sandbox.receiver.received
    .filter(({ body }) => (body.message as { chat: { id: number } }).chat.id === chatId)
    .map(({ headers }) => headers['x-telegram-bot-api-secret-token']);

test.each([{ times: 1 }, {}])('reorder swaps two updates of a chat (%o)', async (times) => {
  const fault = { provider: 'telegram', webhook: { reorder: true }, ...times };
  await sandbox.control('PUT', '/faults', fault);
  void people.say(SITI, 'satu');
  await queued(1);
  void people.say(SITI, 'dua');
  await queued(0);
  expect(texts()).toEqual(['dua', 'satu']);
  await people.allAnswered();
});

test('one that is held back holds up no other chat', async () => {
  const fault = { provider: 'telegram', webhook: { reorder: true }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  void people.say(SITI, 'satu');
  await queued(1);
  void people.say(BUDI, 'dua');
  await until('the other chat', () => texts().includes('dua'));
  expect(texts()).toEqual(['dua']);
  await sandbox.control('DELETE', '/faults');
  await until('the one held back', () => texts().includes('satu'));
  await people.allAnswered();
});

test('it goes by itself when nothing follows, and not twice', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 0.0001 });
  await sandbox.control('PUT', '/faults', { provider: 'telegram', webhook: { reorder: true } });
  const before = Date.now();
  await people.say(SITI, 'satu');
  expect(texts()).toEqual(['satu']);
  expect(Date.now() - before).toBeGreaterThanOrEqual(299);
});

test('a webhook fault of one chat is neither met nor used up by others', async () => {
  const fault = { provider: 'telegram', chatId: SITI, webhook: { badSignature: true }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  sandbox.receiver.answerBy((res) => {
    const token = sandbox.receiver.received.at(-1)?.headers['x-telegram-bot-api-secret-token'];
    res.writeHead(token === 'sandi' ? 200 : 401).end();
  });
  await people.say(BUDI, 'satu');
  await people.say(SITI, 'dua');
  expect(secrets(BUDI)).toEqual(['sandi']);
  expect(secrets(SITI)).toEqual(['forged', 'sandi']);
});

test('copies follow the first attempt that is not dropped', async () => {
  const fault = { provider: 'telegram', webhook: { drop: 1, duplicate: 2 }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  await people.say(SITI, 'satu');
  expect(texts()).toEqual(['satu', 'satu', 'satu']);
  const { body } = await sandbox.control('GET', `/deliveries?ref=${SITI}`);
  expect(body.deliveries).toMatchObject([{ status: null }, { status: 200 }]);
});

test('lifting faults ends a drop that is just under way', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 10 });
  const fault = { provider: 'telegram', webhook: { drop: 50, delayMs: 500 }, times: 1 };
  await sandbox.control('PUT', '/faults', fault);
  void people.say(SITI, 'satu');
  await until('the fault to be met', async () => {
    const { body } = await sandbox.control('GET', '/faults');
    return !(body.faults as { webhook?: unknown }[])[0]?.webhook;
  });
  await sandbox.control('DELETE', '/faults');
  await until('the repeat', () => texts().length === 1);
  await people.allAnswered();
});

test('a fault of a chat of another provider is refused', async () => {
  const fault = { provider: 'midtrans', chatId: SITI, api: { status: 500 } };
  const { status, body } = await sandbox.control('PUT', '/faults', fault);
  expect([status, body.error]).toEqual([400, expect.stringContaining('Only telegram has chats.')]);
});
