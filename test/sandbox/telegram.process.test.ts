import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callerOf, type Receiver, startReceiver, until } from './support.ts';
import { apiOf, BUDI, SITI, textOf } from './telegramchat.ts';

const RANI = 920003;
let receiver: Receiver;
let dataDir: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await receiver.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start() {
  const main = new URL('../../src/sandbox/main.ts', import.meta.url).pathname;
  const flags = ['--port', '0', '--smtp-port', '0', '--data', dataDir];
  const own = ['--import', 'tsx', main, ...flags, '--notify-base', receiver.url];
  const child = spawn(process.execPath, own, { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await until('the ready line', () => text.includes('\n'), 20_000);
  const { url } = JSON.parse(text) as { url: string };
  const caller = callerOf(url);
  const rafess = new Api('9200:sandbox-rafess', { apiRoot: `${url}/telegram` });
  return { child, url, api: apiOf({ url }), rafess, ...caller };
}

type Started = Awaited<ReturnType<typeof start>>;

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Says it without waiting; nobody may be left to answer. */
function say({ control }: Started, chatId: number, text: string, bot = 'jiot'): void {
  control('POST', `/telegram/${chatId}/say`, { bot, text }).catch(() => undefined);
}

const chatOf = async ({ control }: Started) =>
  (await control('GET', `/telegram/${SITI}/messages?bot=jiot`)).body.messages as { id: number }[];
const heard = (text: string) => receiver.received.filter((each) => textOf(each) === text);
const settingsOf = async ({ api }: Started) => ({
  commands: await api.getMyCommands(),
  member: (await api.getChatMember(-1_001_000_000_001, SITI)).status,
  limits: (await api.getWebhookInfo()).max_connections,
});
const refused = () =>
  receiver.answerBy((res) => {
    const newest = receiver.received.at(-1);
    res.writeHead(newest && textOf(newest) === 'dua' ? 503 : 200).end();
  });
const updateIds = () => receiver.received.map(({ body }) => Number(body.update_id));

async function fill(first: Started) {
  const { api, control } = first;
  // A refused update rests for twenty seconds, longer than the process lives.
  await control('PUT', '/clock', { retryScale: 10 });
  await api.setWebhook(`${receiver.url}/hook`, { secret_token: 'sandi', max_connections: 7 });
  await api.setMyCommands([{ command: 'pesan', description: 'Pesan' }]);
  await api.approveChatJoinRequest(-1_001_000_000_001, SITI);
  const reply_markup = { inline_keyboard: [[{ text: 'Ya', callback_data: 'y' }]] };
  await api.sendMessage(SITI, 'Jadi?', { reply_markup });
  await control('POST', `/telegram/${RANI}/block`, { bot: 'jiot' });
  const { document } = await api.sendDocument(SITI, new InputFile(Buffer.from('isi'), 'a.txt'));
  return document;
}

test('chats, updates and webhooks are there again after a hard kill', async () => {
  const first = await start();
  const document = await fill(first);
  refused();
  say(first, SITI, 'dua');
  await until('an update at rest', async () => {
    const { body } = await first.control('GET', `/deliveries?ref=${SITI}`);
    return (body.deliveries as unknown[]).length === 2;
  });
  const fault = { provider: 'telegram', chatId: BUDI, webhook: { reorder: true }, times: 1 };
  await first.control('PUT', '/faults', fault);
  say(first, BUDI, 'tiga');
  await first.rafess.getMe();
  say(first, SITI, 'fess', 'rafess');
  const fetched = await until('an update nobody confirmed', async () => {
    const updates = await first.rafess.getUpdates();
    return updates.length > 0 ? updates : undefined;
  });
  await until('one held back', async () => {
    return (await first.api.getWebhookInfo()).pending_update_count === 2;
  });
  const before = { chat: await chatOf(first), settings: await settingsOf(first) };
  await kill(first.child);
  const [lost] = heard('dua');
  receiver.answerWith(200);

  const second = await start();
  await until('the update that was refused', () => heard('dua').length === 3);
  const repeated = heard('dua')[2];
  expect(repeated?.text).toBe(lost?.text);
  expect(repeated?.headers['x-telegram-bot-api-secret-token']).toBe('sandi');
  expect({ chat: await chatOf(second), settings: await settingsOf(second) }).toEqual(before);
  expect(before.chat).toHaveLength(3);
  expect(await second.rafess.getUpdates()).toEqual(fetched);
  await expect(second.api.sendMessage(RANI, 'a')).rejects.toMatchObject({ error_code: 403 });
  const { file_path } = await second.api.getFile(document.file_id);
  const kept = await fetch(`${second.url}/telegram/file/bot9100:sandbox-jiot/${file_path}`);
  expect(await kept.text()).toBe('isi');

  expect(heard('tiga')).toEqual([]);
  say(second, BUDI, 'empat');
  await until('both of the other chat', () => heard('tiga').length === 1);
  expect(receiver.received.slice(-2).map(textOf)).toEqual(['empat', 'tiga']);
  const ids = new Set(updateIds());
  expect(ids.size).toBe(new Set(receiver.received.map(({ text }) => text)).size);
  const { message_id } = await second.api.sendMessage(SITI, 'b');
  expect(message_id).toBeGreaterThan(Math.max(...before.chat.map(({ id }) => id)));
});
