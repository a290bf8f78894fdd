import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Api, GrammyError, InputFile } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { type Running, startSandbox } from './support.ts';
import { apiOf, SITI } from './telegramchat.ts';

const BASE = -1_001_234_567_890;
let sandbox: Running;
let api: Api;
beforeEach(async () => {
  sandbox = await startSandbox();
  api = apiOf(sandbox);
  await api.getMe();
});
afterEach(() => sandbox.stop());

async function reasonOf(call: Promise<unknown>) {
  const error = await call.catch((thrown: unknown) => thrown);
  if (!(error instanceof GrammyError)) throw new Error(`not refused, but ${String(error)}`);
  return `${error.error_code} ${error.description}`;
}

const NOT_MODIFIED =
  '400 Bad Request: message is not modified: specified new message content and reply markup are ' +
  'exactly the same as a current content and reply markup of the message';
const TOO_OLD =
  '400 Bad Request: query is too old and response timeout expired or query ID is invalid';

test('commands are kept for each scope and language', async () => {
  const menu = [{ command: 'pesan', description: 'Pesan' }];
  const english = [{ command: 'pesan', description: 'Order' }];
  const owner = [{ command: 'laporan', description: 'Laporan' }];
  const scope = { type: 'chat', chat_id: SITI } as const;
  await api.setMyCommands(menu);
  await api.setMyCommands(english, { language_code: 'en' });
  await api.setMyCommands(owner, { scope });
  expect(await api.getMyCommands()).toEqual(menu);
  expect(await api.getMyCommands({ language_code: 'en' })).toEqual(english);
  expect(await api.getMyCommands({ scope })).toEqual(owner);
  await api.deleteMyCommands({ scope });
  expect(await api.getMyCommands({ scope })).toEqual([]);
  expect(await api.getMyCommands()).toEqual(menu);
});

test('commands that Telegram does not take are refused', async () => {
  const set = (command: string, description = 'a') =>
    reasonOf(api.setMyCommands([{ command, description }]));
  expect(await set('Pesan')).toBe('400 Bad Request: BOT_COMMAND_INVALID');
  expect(await set('a'.repeat(33))).toBe('400 Bad Request: BOT_COMMAND_INVALID');
  expect(await set('a', '')).toBe('400 Bad Request: BOT_COMMAND_DESCRIPTION_INVALID');
  const many = Array.from({ length: 101 }, (_, no) => ({ command: `a${no}`, description: 'a' }));
  expect(await reasonOf(api.setMyCommands(many))).toBe('400 Bad Request: BOT_COMMANDS_TOO_MUCH');
});

test('a menu button is that of the chat, else that of all', async () => {
  expect(await api.getChatMenuButton({ chat_id: SITI })).toEqual({ type: 'commands' });
  await api.setChatMenuButton({ menu_button: { type: 'default' } });
  const own = { type: 'web_app', text: 'Pesan', web_app: { url: 'https://a.example' } } as const;
  await api.setChatMenuButton({ chat_id: SITI, menu_button: own });
  expect(await api.getChatMenuButton({ chat_id: SITI })).toEqual(own);
  expect(await api.getChatMenuButton({ chat_id: SITI + 1 })).toEqual({ type: 'default' });
});

test('an invite link is made, limited and revoked', async () => {
  const link = await api.createChatInviteLink(BASE, { name: 'Rafess', member_limit: 1 });
  expect(link).toMatchObject({ name: 'Rafess', member_limit: 1, is_revoked: false });
  expect(link.invite_link).toMatch(/^https:\/\/t\.me\/\+[\w-]{16}$/);
  const revoked = await api.revokeChatInviteLink(BASE, link.invite_link);
  expect(revoked).toEqual({ ...link, is_revoked: true });
  expect(await reasonOf(api.revokeChatInviteLink(BASE, 'https://t.me/+a'))).toBe(
    '400 Bad Request: INVITE_HASH_EXPIRED',
  );
  const both = { member_limit: 1, creates_join_request: true };
  expect(await reasonOf(api.createChatInviteLink(BASE, both))).toBe(
    "400 Bad Request: member limit can't be specified for links requiring administrator approval",
  );
  expect(await reasonOf(api.createChatInviteLink(BASE, { name: 'a'.repeat(33) }))).toBe(
    '400 Bad Request: INVITE_NAME_TOO_LONG',
  );
});

test('who joins, leaves and is banned from a channel', async () => {
  const status = async () => (await api.getChatMember(BASE, SITI)).status;
  expect(await status()).toBe('left');
  await api.approveChatJoinRequest(BASE, SITI);
  expect(await status()).toBe('member');
  await api.unbanChatMember(BASE, SITI, { only_if_banned: true });
  expect(await status()).toBe('member');
  await api.banChatMember(BASE, SITI);
  expect(await status()).toBe('kicked');
  await api.unbanChatMember(BASE, SITI, { only_if_banned: true });
  expect(await status()).toBe('left');
  await api.approveChatJoinRequest(BASE, SITI);
  // Without the flag a present member is removed.
  await api.unbanChatMember(BASE, SITI);
  expect(await status()).toBe('left');
  const { id } = await api.getMe();
  expect((await api.getChatMember(BASE, id)).status).toBe('administrator');
});

test('a press can be answered for a quarter of an hour', async () => {
  const minutesAgo = (minutes: number) => Date.now() - minutes * 60_000;
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  const journal = [
    ['telegram:queries', '1', { id: '1', chatId: SITI, at: minutesAgo(15.1) }],
    ['telegram:queries', '2', { id: '2', chatId: SITI, at: minutesAgo(14.5) }],
  ];
  const lines = journal.map((line) => `${JSON.stringify(line)}\n`).join('');
  writeFileSync(join(dataDir, 'journal.jsonl'), lines);
  const notifyBase = sandbox.receiver.url;
  const earlier = await createSandbox({ port: 0, smtpPort: 0, dataDir, notifyBase });
  const late = apiOf(earlier);
  expect(await reasonOf(late.answerCallbackQuery('1'))).toBe(TOO_OLD);
  expect(await late.answerCallbackQuery('2', { text: 'Baik' })).toBe(true);
  expect(await reasonOf(late.answerCallbackQuery('2', { text: 'a'.repeat(201) }))).toBe(
    '400 Bad Request: MESSAGE_TOO_LONG',
  );
  await earlier.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('an edit is refused only when text, marks and buttons are all the same', async () => {
  const keys = (text: string) => ({
    reply_markup: { inline_keyboard: [[{ text, callback_data: 'y' }]] },
  });
  const { message_id } = await api.sendMessage(SITI, 'a', keys('Ya'));
  const edit = (text: string, other = {}) => api.editMessageText(SITI, message_id, text, other);
  expect(await reasonOf(edit('a', keys('Ya')))).toBe(NOT_MODIFIED);
  const same = api.editMessageReplyMarkup(SITI, message_id, keys('Ya'));
  expect(await reasonOf(same)).toBe(NOT_MODIFIED);
  expect(await edit('a', keys('Tidak'))).toMatchObject({
    text: 'a',
    edit_date: expect.any(Number),
  });
  expect(await edit('<b>a</b>', { ...keys('Tidak'), parse_mode: 'HTML' })).toMatchObject({
    entities: [{ type: 'bold', offset: 0, length: 1 }],
  });
  expect(await api.editMessageReplyMarkup(SITI, message_id)).not.toHaveProperty('reply_markup');
  expect(await reasonOf(api.editMessageReplyMarkup(SITI, message_id))).toBe(NOT_MODIFIED);
  expect(await reasonOf(api.editMessageText(SITI, 999, 'a'))).toBe(
    '400 Bad Request: message to edit not found',
  );
});

test('a document comes back byte for byte, and is sent again by its number', async () => {
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, no) => (no * 7) % 256));
  const file = new InputFile(bytes, 'Nota "Siti" — 1.pdf');
  const { document } = await api.sendDocument(SITI, file, {
    caption: '<b>Nota</b>',
    parse_mode: 'HTML',
    reply_markup: { inline_keyboard: [[{ text: 'Lihat', url: 'https://a.example' }]] },
  });
  expect([document.file_name, document.file_size]).toEqual([file.filename, bytes.length]);
  const { file_path } = await api.getFile(document.file_id);
  const kept = await fetch(`${sandbox.url}/telegram/file/bot9100:sandbox-jiot/${file_path}`);
  expect(Buffer.from(await kept.arrayBuffer()).equals(bytes)).toBe(true);
  const again = await api.sendDocument(SITI, document.file_id);
  expect(again.document).toMatchObject({ file_name: document.file_name, file_size: bytes.length });
  const { body } = await sandbox.control('GET', `/telegram/${SITI}/messages?bot=jiot`);
  expect(body.messages).toMatchObject([
    {
      text: 'Nota',
      entities: [{ type: 'bold' }],
      buttons: [[{ label: 'Lihat', url: 'https://a.example' }]],
      document: { name: document.file_name },
    },
    { text: '', document: { name: document.file_name } },
  ]);
});

test('an empty document and an unknown one are refused', async () => {
  const empty = api.sendDocument(SITI, new InputFile(Buffer.alloc(0), 'a.pdf'));
  expect(await reasonOf(empty)).toBe('400 Bad Request: file must be non-empty');
  expect(await reasonOf(api.sendDocument(SITI, 'nothing'))).toBe(
    '400 Bad Request: wrong file identifier/HTTP URL specified',
  );
});
