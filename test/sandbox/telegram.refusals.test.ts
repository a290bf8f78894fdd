import { Api, GrammyError, InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, startSandbox } from './support.ts';

const TOKEN = '9100:sandbox-jiot';
const SITI = 920001;
const BLOCKED = 'Forbidden: bot was blocked by the user';
let sandbox: Running;
let api: Api;
beforeEach(async () => {
  sandbox = await startSandbox();
  api = apiOf(TOKEN);
  await api.getMe();
});
afterEach(() => sandbox.stop());

const apiOf = (token: string) => new Api(token, { apiRoot: `${sandbox.url}/telegram` });

async function refusalOf(call: Promise<unknown>) {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof GrammyError)) throw new Error(`not refused, but ${String(error)}`);
  return error;
}

async function reasonOf(call: Promise<unknown>) {
  const { error_code, description } = await refusalOf(call);
  return `${error_code} ${description}`;
}

test('what cannot be sent is refused in the words of Telegram', async () => {
  expect(await reasonOf(api.sendMessage(SITI, ' '))).toBe('400 Bad Request: message text is empty');
  const long = api.sendMessage(SITI, 'a'.repeat(4097));
  expect(await reasonOf(long)).toBe('400 Bad Request: message is too long');
  expect(await reasonOf(api.sendMessage(-5, 'a'))).toBe('400 Bad Request: chat not found');
  expect(await reasonOf(apiOf('123:secret').getMe())).toBe('401 Unauthorized');
  const query = api.answerCallbackQuery('1234');
  expect(await reasonOf(query)).toBe(
    '400 Bad Request: query is too old and response timeout expired or query ID is invalid',
  );
});

test('an edit that changes nothing is refused', async () => {
  const { message_id } = await api.sendMessage(SITI, 'a');
  expect(await reasonOf(api.editMessageText(SITI, message_id, 'a'))).toBe(
    '400 Bad Request: message is not modified: specified new message content and reply markup are ' +
      'exactly the same as a current content and reply markup of the message',
  );
});

test('who blocked the bot hears nothing until unblocking it', async () => {
  await sandbox.control('POST', `/telegram/${SITI}/block`, { bot: 'jiot' });
  expect(await reasonOf(api.sendMessage(SITI, 'a'))).toBe(`403 ${BLOCKED}`);
  await sandbox.control('POST', `/telegram/${SITI}/unblock`, { bot: 'jiot' });
  expect((await api.sendMessage(SITI, 'b')).text).toBe('b');
});

test('a bot beyond its limit is told how long to wait', async () => {
  await sandbox.control('PUT', '/telegram/limits', { perChatPerSecond: 0.1, burst: 1 });
  await api.sendMessage(SITI, 'a');
  const { error_code, parameters } = await refusalOf(api.sendMessage(SITI, 'b'));
  expect([error_code, parameters.retry_after]).toEqual([429, 10]);
  expect((await api.sendMessage(SITI + 1, 'a')).text).toBe('a');
});

test('a webhook that is set ends asking for updates', async () => {
  await api.setWebhook(`${sandbox.receiver.url}/hook`);
  expect(await reasonOf(api.getUpdates())).toMatch(/^409 Conflict: can't use getUpdates method/);
});

test('a fault is refused in the shape of Telegram', async () => {
  for (const [status, reason] of [
    [403, BLOCKED],
    [429, 'Too Many Requests: retry after 1'],
    [502, 'Bad Gateway'],
  ]) {
    const fault = { provider: 'telegram', api: { status }, times: 1 };
    await sandbox.control('PUT', '/faults', fault);
    expect(await reasonOf(api.sendMessage(SITI, 'a'))).toBe(`${status} ${reason}`);
  }
  expect((await api.sendMessage(SITI, 'a')).text).toBe('a');
});

test('a document is taken as an upload', async () => {
  const file = new InputFile(Buffer.from('%PDF-1.7'), 'nota.pdf');
  const { document, caption } = await api.sendDocument(SITI, file, { caption: 'Nota' });
  expect([document.file_name, document.file_size, caption]).toEqual(['nota.pdf', 8, 'Nota']);
});
