import { type Api, GrammyError, HttpError } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, type Running, startSandbox, until } from './support.ts';
import { apiOf, BUDI, peopleOf, SITI } from './telegramchat.ts';

let sandbox: Running;
let api: Api;
beforeEach(async () => {
  sandbox = await startSandbox();
  api = apiOf(sandbox);
  await api.getMe();
});
afterEach(() => sandbox.stop());

const put = (fault: Json) =>
  sandbox.control('PUT', '/faults', { provider: 'telegram', times: 1, ...fault });
const said = async (chatId: number) => {
  const { body } = await sandbox.control('GET', `/telegram/${chatId}/messages?bot=jiot`);
  return (body.messages as { text: string }[]).map(({ text }) => text);
};
const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a call that hangs ends when its caller gives up, and does nothing', async () => {
  await put({ api: { hang: true } });
  const before = performance.now();
  const error = await errorOf(apiOf(sandbox, 1).sendMessage(SITI, 'a'));
  expect(error).toBeInstanceOf(HttpError);
  expect(performance.now() - before).toBeGreaterThan(950);
  await api.sendMessage(SITI, 'b');
  expect(await said(SITI)).toEqual(['b']);
});

test('a slow call takes so much longer, then does its work', async () => {
  await put({ api: { latencyMs: 400 } });
  const before = performance.now();
  await api.sendMessage(SITI, 'a');
  expect(performance.now() - before).toBeGreaterThanOrEqual(399);
  expect(await said(SITI)).toEqual(['a']);
});

test('a lost answer breaks the connection after the work was done', async () => {
  await put({ api: { lostResponse: true } });
  expect(await errorOf(api.sendMessage(SITI, 'a'))).toBeInstanceOf(HttpError);
  expect(await said(SITI)).toEqual(['a']);
});

test('a page of HTML in place of an answer, and nothing done', async () => {
  await put({ api: { html: true }, times: 2 });
  expect(await errorOf(api.sendMessage(SITI, 'a'))).toBeInstanceOf(HttpError);
  const call = { method: 'POST', body: new URLSearchParams({ chat_id: `${SITI}`, text: 'a' }) };
  const answer = await fetch(`${sandbox.url}/telegram/bot9100:sandbox-jiot/sendMessage`, call);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([
    502,
    'text/html; charset=utf-8',
  ]);
  expect(await said(SITI)).toEqual([]);
});

test('an api fault of one chat is neither met nor used up by others', async () => {
  await put({ chatId: SITI, api: { status: 403 } });
  await api.getMe();
  expect((await api.sendMessage(BUDI, 'a')).text).toBe('a');
  const refused = await errorOf(api.sendMessage(SITI, 'a'));
  expect(refused).toBeInstanceOf(GrammyError);
  expect(refused).toMatchObject({ error_code: 403 });
  expect((await api.sendMessage(SITI, 'b')).text).toBe('b');
});

test('the buttons of a chat that is broken cannot be answered, those of others can', async () => {
  const reply_markup = { inline_keyboard: [[{ text: 'Ya', callback_data: 'y' }]] };
  await api.sendMessage(SITI, 'Jadi?', { reply_markup });
  await api.sendMessage(BUDI, 'Jadi?', { reply_markup });
  const people = peopleOf(sandbox);
  void people.deed(SITI, 'press', { label: 'Ya' });
  void people.deed(BUDI, 'press', { label: 'Ya' });
  const pressed = await until('two presses', async () => {
    const updates = await api.getUpdates();
    return updates.length === 2 ? updates : undefined;
  });
  await put({ chatId: SITI, api: { status: 500 } });
  for (const { callback_query: query } of pressed) {
    const answered = await errorOf(api.answerCallbackQuery(query?.id ?? '', { text: 'Baik' }));
    if (query?.from.id === SITI) expect(answered).toMatchObject({ error_code: 500 });
    else expect(answered).toBeUndefined();
  }
  await api.getUpdates({ offset: (pressed[1]?.update_id ?? 0) + 1 });
  const toasts = (await people.allAnswered()).map(({ body }) => body.answer);
  expect(toasts).toEqual([null, 'Baik']);
});

test('a channel that is broken is refused by name too', async () => {
  const { id } = await api.getChat('@demo_base');
  await put({ chatId: id, api: { status: 403 }, times: 2 });
  expect(await errorOf(api.sendMessage('@Demo_Base', 'a'))).toMatchObject({ error_code: 403 });
  expect(await errorOf(api.getChatMember(id, SITI))).toMatchObject({ error_code: 403 });
});
