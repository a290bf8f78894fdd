import type { ServerResponse } from 'node:http';
import { Api } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Running, startSandbox, until } from './support.ts';
import { apiOf, BUDI, peopleOf, replyTo, SITI, textOf } from './telegramchat.ts';

let sandbox: Running;
let people: ReturnType<typeof peopleOf>;
beforeEach(async () => {
  sandbox = await startSandbox();
  people = peopleOf(sandbox);
  await apiOf(sandbox).setWebhook(`${sandbox.receiver.url}/hook`, { secret_token: 'sandi' });
});
afterEach(() => sandbox.stop());

const texts = () => sandbox.receiver.received.map(textOf);
const heard = (text: string) => () => texts().includes(text);
const deliveries = async (chatId: number) => {
  const { body } = await sandbox.control('GET', `/deliveries?ref=${chatId}`);
  return body.deliveries as { status: number | null; at: string; attempt: number }[];
};
const reply = (res: ServerResponse) => {
  const newest = sandbox.receiver.received.at(-1);
  res.setHeader('content-type', 'application/json');
  res.end(JSON.stringify(newest && replyTo(newest)));
};
/** Leaves the words unanswered until `go`; answers everything else. */
function holdUp(text: string) {
  const waiting: ServerResponse[] = [];
  sandbox.receiver.answerBy((res) => {
    const newest = sandbox.receiver.received.at(-1);
    if (newest && textOf(newest) === text) waiting.push(res);
    else reply(res);
  });
  return { go: () => waiting.splice(0).forEach((res) => void res.end('{}')) };
}

test('the next update of a chat waits for the one before, other chats go on', async () => {
  const slow = holdUp('satu');
  void people.say(SITI, 'satu');
  await until('the first', heard('satu'));
  void people.say(SITI, 'dua');
  await until('the second in the queue', async () => {
    return (await apiOf(sandbox).getWebhookInfo()).pending_update_count === 2;
  });
  const beside = await people.say(BUDI, 'tiga');
  expect(beside.body.messages).toMatchObject([{ text: 'ya' }]);
  expect(texts()).toEqual(['satu', 'tiga']);
  slow.go();
  await until('the second', heard('dua'));
  expect(texts()).toEqual(['satu', 'tiga', 'dua']);
  await people.allAnswered();
});

test('a webhook of one connection makes the chats wait for each other', async () => {
  const slow = holdUp('satu');
  const hook = { secret_token: 'sandi', max_connections: 1 };
  const api = apiOf(sandbox);
  const set = () => api.setWebhook(`${sandbox.receiver.url}/one`, hook).catch(() => false);
  await until('the webhook', set);
  void people.say(SITI, 'satu');
  await until('the first', heard('satu'));
  void people.say(BUDI, 'dua');
  await until('both', async () => (await api.getWebhookInfo()).pending_update_count === 2);
  // What another bot hears was sent later than what would have come by now.
  const other = new Api('9200:sandbox-rafess', { apiRoot: `${sandbox.url}/telegram` });
  await other.setWebhook(`${sandbox.receiver.url}/other`);
  await sandbox.control('POST', `/telegram/${BUDI}/say`, { bot: 'rafess', text: 'tiga' });
  expect(texts()).toEqual(['satu', 'tiga']);
  slow.go();
  await until('the second', heard('dua'));
  await people.allAnswered();
});

test('an update that is refused is repeated before the next one of its chat', async () => {
  let refusals = 2;
  sandbox.receiver.answerBy((res) => {
    refusals -= 1;
    if (refusals >= 0) res.writeHead(500).end();
    else reply(res);
  });
  void people.say(SITI, 'satu');
  void people.say(SITI, 'dua');
  await people.allAnswered();
  const [first = '', ...rest] = texts();
  const other = first === 'satu' ? 'dua' : 'satu';
  expect(rest).toEqual([first, first, other]);
  const info = await apiOf(sandbox).getWebhookInfo();
  expect(info.last_error_message).toBe('Wrong response from the webhook: 500');
  expect(info.pending_update_count).toBe(0);
});

test('it is repeated at once the first time, however slow the clock', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 10 });
  let isRefused = false;
  sandbox.receiver.answerBy((res) => {
    if (isRefused) reply(res);
    else res.writeHead(500).end();
    isRefused = true;
  });
  void people.say(SITI, 'satu');
  await until('the repeat', () => texts().length === 2);
  await people.allAnswered();
});

test('then it is repeated after waits that double and that the clock scales', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 0.05 });
  sandbox.receiver.answerWith(503);
  void people.say(SITI, 'satu');
  await until('five attempts', async () => (await deliveries(SITI)).length >= 5);
  const made = (await deliveries(SITI)).slice(0, 5);
  const instants = made.map(({ at }) => Date.parse(at));
  const waits = instants.slice(1).map((at, no) => at - (instants[no] ?? 0));
  // 0, 2, 4 and 8 seconds of Telegram's, twenty times as fast; a busy machine adds to each.
  for (const [no, least] of [0, 100, 200, 400].entries()) {
    expect(waits[no]).toBeGreaterThanOrEqual(least);
  }
  expect(made.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  sandbox.receiver.answerBy(reply);
  await sandbox.control('PUT', '/clock', { retryScale: 0.00001 });
  await people.allAnswered();
});

test('Retry-After of the receiver is obeyed in place of the own wait', async () => {
  await sandbox.control('PUT', '/clock', { retryScale: 0.01 });
  sandbox.receiver.answerWith(429, { 'retry-after': '50' });
  void people.say(SITI, 'satu');
  await until('a refusal', async () => (await deliveries(SITI)).length === 1);
  sandbox.receiver.answerBy(reply);
  await people.allAnswered();
  const [first, second] = (await deliveries(SITI)).map(({ at }) => Date.parse(at));
  // Its own first repeat would have come at once.
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(499);
});

test('no Retry-After is obeyed for more than an hour', async () => {
  sandbox.receiver.answerWith(429, { 'retry-after': '100000000' });
  void people.say(SITI, 'satu');
  await until('a refusal', async () => (await deliveries(SITI)).length === 1);
  sandbox.receiver.answerBy(reply);
  await until('the repeat', async () => (await deliveries(SITI)).length === 2);
  await people.allAnswered();
});

test('an answer that is a call is made, and a call that is refused breaks nothing', async () => {
  sandbox.receiver.answerBy((res) => res.end('{"method":"sendMessage","chat_id":"?","text":""}'));
  expect((await people.say(SITI, 'satu')).body.messages).toEqual([]);
  sandbox.receiver.answerBy(reply);
  expect((await people.say(SITI, 'dua')).body.messages).toMatchObject([{ text: 'ya' }]);
});

test('updates wait while nobody is there, and go out when a webhook is set', async () => {
  const api = apiOf(sandbox);
  await api.deleteWebhook();
  void people.say(SITI, 'satu');
  await until('the queue', async () => (await api.getWebhookInfo()).pending_update_count === 1);
  sandbox.receiver.answerBy(reply);
  const set = () => api.setWebhook(`${sandbox.receiver.url}/other`, { secret_token: 'lain' });
  await until('a second since the last one', () =>
    set().then(
      () => true,
      (error) => {
        expect(error).toMatchObject({ error_code: 429, parameters: { retry_after: 1 } });
        return false;
      },
    ),
  );
  await people.allAnswered();
  const [only] = sandbox.receiver.received;
  expect([only?.path, only?.headers['x-telegram-bot-api-secret-token']]).toEqual([
    '/other',
    'lain',
  ]);
});
