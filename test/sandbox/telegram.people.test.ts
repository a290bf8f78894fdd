import { Bot } from 'grammy';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Json, type Running, startSandbox } from './support.ts';
import { peopleOf, SITI } from './telegramchat.ts';

interface Seen {
  id: number;
  from: string;
  text: string;
  buttons: { label: string; contact?: boolean }[][];
  editedAt?: string;
}

let sandbox: Running;
let bot: Bot;
let people: ReturnType<typeof peopleOf>;
beforeEach(async () => {
  sandbox = await startSandbox();
  bot = new Bot('9100:sandbox-jiot', { client: { apiRoot: `${sandbox.url}/telegram` } });
  people = peopleOf(sandbox);
});
afterEach(async () => {
  await bot.stop();
  await sandbox.stop();
});

/** grammY itself asks for updates, until the test ends. */
const listen = () => new Promise<void>((ready) => void bot.start({ onStart: () => ready() }));
const seen = ({ messages }: Json) => messages as Seen[];
const chat = async () =>
  seen((await sandbox.control('GET', `/telegram/${SITI}/messages?bot=jiot`)).body);

test('a person shares a number, by the button or without', async () => {
  bot.command('nomor', (ctx) =>
    ctx.reply('Nomor?', {
      reply_markup: { keyboard: [[{ text: 'Kirim nomor', request_contact: true }]] },
    }),
  );
  bot.on('message:contact', async (ctx) => {
    const { phone_number, user_id } = ctx.message.contact;
    await ctx.reply(`${phone_number} ${user_id === ctx.from.id}`);
  });
  await listen();
  const [asked] = seen((await people.say(SITI, '/nomor')).body);
  expect(asked?.buttons).toEqual([[{ label: 'Kirim nomor', contact: true }]]);
  const byButton = await people.deed(SITI, 'press', { label: 'Kirim nomor' });
  const alone = await people.deed(SITI, 'contact', {});
  for (const { body } of [byButton, alone]) {
    expect(seen(body).map(({ text }) => text)).toEqual(['+6281200920001 true']);
  }
});

test('a button of an old message can still be pressed, by the message that has it', async () => {
  let count = 0;
  bot.command('menu', (ctx) => {
    count += 1;
    const keys = [[{ text: 'Pilih', callback_data: `pilih:${count}` }]];
    return ctx.reply(`Menu ${count}`, { reply_markup: { inline_keyboard: keys } });
  });
  bot.on('callback_query:data', async (ctx) => {
    await ctx.answerCallbackQuery({ text: ctx.callbackQuery.data });
    await ctx.editMessageText('Sudah');
  });
  await listen();
  const [old] = seen((await people.say(SITI, '/menu')).body);
  await people.say(SITI, '/menu');
  await people.say(SITI, '/menu');
  const newest = await people.deed(SITI, 'press', { label: 'Pilih' });
  expect(newest.body.answer).toBe('pilih:3');
  const stale = await people.deed(SITI, 'press', { label: 'Pilih', messageId: old?.id });
  expect(stale.body.answer).toBe('pilih:1');
  expect(seen(stale.body)).toMatchObject([{ id: old?.id, text: 'Sudah', buttons: [] }]);
  expect(seen(stale.body)[0]?.editedAt).toBeDefined();
  const gone = await people.deed(SITI, 'press', { label: 'Pilih', messageId: old?.id });
  expect(gone).toMatchObject({ status: 404 });
});

test('a name and a language are kept, and come with what is said', async () => {
  bot.on('message', (ctx) => ctx.reply(`${ctx.from.first_name} ${ctx.from.language_code}`));
  await listen();
  const heard = async (body: Json) => seen((await people.deed(SITI, 'say', body)).body)[0]?.text;
  expect(await heard({ text: 'a' })).toBe('Customer 920001 id');
  expect(await heard({ text: 'a', name: 'Siti', language: 'en' })).toBe('Siti en');
  expect(await heard({ text: 'a' })).toBe('Siti en');
});

test('a command is marked as one, so that the bot knows it and what follows', async () => {
  bot.command('start', (ctx) => ctx.reply(`[${ctx.match}]`));
  await listen();
  const [answer] = seen((await people.say(SITI, '/start pesan-1')).body);
  expect(answer?.text).toBe('[pesan-1]');
});

test('a message that the bot takes back is gone from the chat', async () => {
  bot.on('message', async (ctx) => {
    const { message_id } = await ctx.reply('Salah');
    await ctx.reply('Benar');
    await ctx.api.deleteMessage(ctx.chat.id, message_id);
  });
  await listen();
  await people.say(SITI, 'a');
  expect((await chat()).map(({ text }) => text)).toEqual(['a', 'Benar']);
});

test('a bot that was blocked is told so, and hears when it is not any more', async () => {
  const told: string[] = [];
  bot.on('my_chat_member', (ctx) => void told.push(ctx.myChatMember.new_chat_member.status));
  bot.on('message', (ctx) => ctx.reply('ya'));
  await listen();
  await people.deed(SITI, 'block', {});
  await people.deed(SITI, 'block', {});
  await people.deed(SITI, 'unblock', {});
  await people.say(SITI, 'a');
  expect(told).toEqual(['kicked', 'member']);
});

test('what is not there cannot be pressed, and who is nobody cannot speak', async () => {
  await bot.api.getMe();
  const nothing = await people.deed(SITI, 'press', { label: 'Ya' });
  expect(nothing).toMatchObject({
    status: 404,
    body: { error: "No button 'Ya' in chat 920001 with 'jiot'." },
  });
  const nobody = await sandbox.control('POST', '/telegram/siti/say', { bot: 'jiot', text: 'a' });
  expect(nobody).toMatchObject({ status: 404, body: { error: "No chat 'siti'." } });
});
