import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { keepDraft } from '../../src/commands/carry.ts';
import { webhookSecret } from '../../src/db/chat/bots.ts';
import { many, one, run } from '../../src/db/pool.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf, fillForm, labelsOf, type Talk, textOf } from './talk.ts';

const stack = useStack({ polls: true });

/** An open day so far ahead: Jiot is closed on Sundays. */
function openDay(ahead: number): string {
  const date = dayAhead(ahead);
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? addDays(date, 1) : date;
}

function codeIn(text: string): string {
  return /\b[2-9A-Z]{8}\b/.exec(text)![0];
}

/** A page shows a long number in groups, each in an element of its own. */
function ungrouped(page: string): string {
  return page.replaceAll('</span><span>', '');
}

/** The newest message that has a button. */
async function withButton(talk: Talk, label: string) {
  const messages = await talk.messages();
  return messages.filter((message) => labelsOf(message).includes(label)).at(-1)!;
}

describe('the bot', () => {
  it('/help lists the commands, in the language of the person', async () => {
    const id = await chatOf(stack, 101).say('/help');
    expect(textOf(id)).toMatch(/\/order.*\/status.*\/catalog.*\/help/s);
    const en = await chatOf(stack, 102, 'en').say('/help');
    expect(textOf(en)).toContain('book a repair appointment');
  });

  it('/catalog lists the spare parts with their prices', async () => {
    const text = textOf(await chatOf(stack, 101).say('/catalog'));
    expect(text).toContain('Baterai: Rp400.000');
    expect(text).toContain('Layar: Rp850.000');
  });

  it('/order books by every step, and holds a place', async () => {
    const talk = chatOf(stack, 111);
    const confirm = await fillForm(talk, openDay(5), '10:00');
    expect(textOf(confirm)).toContain('Rp450.000');
    expect(labelsOf(confirm.messages.at(-1))).toContain('Pesan sekarang');
    const held = textOf(await talk.book());
    expect(held).toContain('Tempat Anda ditahan sampai');
    expect(held).toMatch(/virtual account BCA: \d{8,}/);
    const code = codeIn(held);
    const order = await one(
      stack.pool,
      `select state, date, time, chat_id as "chatId", pay_method as "payMethod", amount_idr as "amountIdr"
       from orders where code = $1`,
      [code],
    );
    expect(order).toEqual({
      ...{ state: 'held', date: openDay(5), time: '10:00', chatId: 111 },
      ...{ payMethod: 'bca', amountIdr: 450_000 },
    });
  });

  it('BCA VA payment: the number stands behind the link to pay, too, and money on it is seen', async () => {
    const talk = chatOf(stack, 117);
    await fillForm(talk, openDay(5), '14:00');
    const held = textOf(await talk.book());
    const number = /virtual account BCA: (\d+)/.exec(held)![1]!;
    const paying = new URL(/http\S+\/pay\/\S+/.exec(held)![0]).pathname;
    const page = await stack.call('GET', paying);
    expect(page.status).toBe(200);
    expect(ungrouped(page.body)).toContain(number);
    await stack.provider(`${codeIn(held)}-1`, 'settle');
    await until('the chat is told', 15_000, async () =>
      (await talk.messages()).some((m) => m.text.includes('sudah menerima Rp450.000')),
    );
    expect(ungrouped((await stack.call('GET', paying)).body)).not.toContain(number);
  });

  it('/status shows the own bookings as buttons, and the link of Data Order', async () => {
    const talk = chatOf(stack, 111);
    const own = await talk.say('/status');
    const label = labelsOf(own.messages.at(-1))[0]!;
    const shown = await talk.press(label);
    const text = textOf(shown);
    expect(text).toContain('Menunggu pembayaran');
    const url = /https?:\/\/\S+\/b\/\S+/.exec(text)![0];
    const page = await stack.call('GET', new URL(url).pathname);
    expect(page.status).toBe(200);
    expect(page.body).toContain(codeIn(text));
  });

  it('status link: leads from the chat to Data Order of that very booking', async () => {
    const talk = chatOf(stack, 111);
    const own = await talk.say('/status');
    const shown = await talk.press(labelsOf(own.messages.at(-1))[0]!);
    const button = shown.messages
      .at(-1)!
      .buttons.flat()
      .find(({ label }) => label === 'Data Order');
    const page = await stack.call('GET', new URL(button!.url!).pathname, {
      headers: { accept: 'text/html' },
    });
    expect(page.status).toBe(200);
    expect(page.body).toContain(codeIn(textOf(shown)));
    expect(page.body).toContain('Data Order');
    expect(page.body).toContain('Bayar Sekarang');
  });

  it('tells the chat by itself when the booking is paid', async () => {
    const talk = chatOf(stack, 112);
    await fillForm(talk, openDay(6), '11:00');
    const code = codeIn(textOf(await talk.book()));
    const isPayable = async () => {
      const sql = `select 1 from payments where code = $1 and page_url is not null`;
      return (await many(stack.pool, sql, [code])).length > 0;
    };
    await until('the page to pay on is there', 10_000, isPayable);
    await stack.provider(`${code}-1`, 'settle', { bank: 'bca' });
    await until('the chat is told', 15_000, async () =>
      (await talk.messages()).some((m) => m.from === 'bot' && m.text.includes('sudah menerima')),
    );
    await stack.upkeep();
    const told = (await talk.messages()).filter((m) => m.text.includes('sudah menerima'));
    expect(told).toHaveLength(1);
  });

  it('goes on from a link of the website with what was chosen there', async () => {
    const wish = { date: openDay(7), time: '13:00', options: ['iphone-12', 'screen'] };
    const token = await keepDraft(stack, 'jiot', wish);
    expect(token).toMatch(/^[\w-]{1,64}$/);
    const heard = await chatOf(stack, 113).say(`/start ${token}`);
    expect(labelsOf(heard.messages.at(-1))).toContain('QRIS');
  });

  it('answers a stale button with the current step', async () => {
    const talk = chatOf(stack, 114);
    await talk.say('/order');
    const first = await talk.last();
    await talk.say('/order');
    const stale = await talk.press('Booking', first.id);
    expect(stale.answer).toContain('sudah lama');
    await talk.press('Booking');
    expect(labelsOf(await talk.last())).toContain('Batal');
  });

  it('closes a form that was left alone for hours, and says so', async () => {
    const talk = chatOf(stack, 118);
    await talk.say('/order');
    await run(
      stack.pool,
      `update chats set changed_at = changed_at - interval '3 hours' where chat_id = 118`,
    );
    const late = await talk.press('Booking');
    expect(textOf(late)).toContain('sudah lama ditinggalkan');
    expect((await talk.press('Booking').catch((error: Error) => error)) instanceof Error).toBe(
      true,
    );
  });

  it('takes a typed date, and says what is wrong with another', async () => {
    const talk = chatOf(stack, 119, 'en');
    await talk.say('/order');
    await talk.press('Booking');
    expect(textOf(await talk.say('whenever'))).toContain('do not recognise');
    expect(textOf(await talk.say('1/1/2020'))).toContain('is over');
    const [year, month, day] = openDay(8).split('-');
    expect(textOf(await talk.say(`${day}/${month}/${year}`))).toContain('Which device');
    const calendar = labelsOf((await talk.press('« Back')).messages.at(-1));
    const name = DateTime.fromISO(openDay(8)).toFormat('LLLL yyyy', { locale: 'en' });
    expect(calendar).toContain(name);
    expect(textOf(await talk.press('Cancel'))).toContain('nothing was booked');
  });

  it('takes the button that shares a number away again, however its step is left', async () => {
    const talk = chatOf(stack, 126);
    const taken = async () =>
      (await talk.messages()).filter(({ text }) => text.includes('tidak perlu dibagikan')).length;
    await fillForm(talk, openDay(8), '16:00');
    const contact = (await talk.last()).buttons.flat().find(({ label }) => /kontak/i.test(label));
    const before = await taken();
    await talk.press(contact!.label);
    await talk.press('« Kembali', (await withButton(talk, '« Kembali')).id);
    expect(await taken()).toBe(before + 1);
    await talk.press(contact!.label, (await withButton(talk, contact!.label)).id);
    await talk.press('Batal', (await withButton(talk, 'Batal')).id);
    expect(await taken()).toBe(before + 2);
  });

  it('keeps who asks about another chat’s booking to three wrong answers', async () => {
    const code = codeIn(
      textOf(await chatOf(stack, 111).say('/status')) +
        labelsOf(await chatOf(stack, 111).last()).join(' '),
    );
    const other = chatOf(stack, 115);
    await other.say('/status');
    expect(textOf(await other.say(code.toLowerCase()))).toContain('email atau nomor telepon');
    expect(textOf(await other.say('a@example.com'))).toContain('sisa 2');
    expect(textOf(await other.say('b@example.com'))).toContain('sisa 1');
    expect(textOf(await other.say('c@example.com'))).toContain('kami tutup');
    expect(textOf(await other.say(code))).toContain('satu jam lagi');
    const owner = chatOf(stack, 116);
    await owner.say(code);
    expect(textOf(await owner.say('chat111@example.com'))).toContain('Data Order');
    expect(textOf(await owner.say('/status ZZZZZZZZ'))).toContain('Kode itu tidak ada');
  });

  it('/status keeps nothing that is typed from an open form', async () => {
    const talk = chatOf(stack, 124, 'en');
    await talk.say('/order');
    await talk.press('Booking');
    await talk.say('/status');
    expect(textOf(await talk.say('tomorrow'))).not.toContain('code');
    await talk.say(openDay(8));
    expect((await talk.last()).text).toContain('Which device');
  });

  it('takes a word of eight letters for a code only after /status, and once', async () => {
    const talk = chatOf(stack, 125);
    await talk.say('/status');
    expect(textOf(await talk.say('apa saja'))).toContain('Kode itu tidak ada');
    expect(textOf(await talk.say('selamat1'))).toContain('/order');
    await talk.say('/status');
    await talk.say('/help');
    expect(textOf(await talk.say('selamat1'))).toContain('/order');
  });

  it('lets one of two chats have the last place, and shows the other what is free', async () => {
    const date = openDay(9);
    const token = await stack.tokenOf('owner', 'jiot');
    const body = { quota: 'bench', from: date, to: date, time: '09:00', capacity: 1 };
    await stack.call('PUT', '/api/v1/admin/jiot/quotas', { token, body });
    const [a, b] = [chatOf(stack, 121), chatOf(stack, 122)];
    await Promise.all([fillForm(a, date, '09:00'), fillForm(b, date, '09:00')]);
    const heard = await Promise.all([a.book(), b.book()]);
    const texts = heard.map(textOf);
    expect(texts.filter((text) => text.includes('ditahan sampai'))).toHaveLength(1);
    const lost = heard[texts.findIndex((text) => text.includes('baru saja diambil'))]!;
    expect(labelsOf(lost.messages.at(-1))).toContain('10:00');
  });

  it('lets the owner see the day, and nobody else', async () => {
    expect(textOf(await chatOf(stack, 123).say('/today'))).toContain('hanya untuk pemilik');
    const owner = chatOf(stack, 910_001);
    expect(textOf(await owner.say('/today'))).toContain('Tidak ada janji');
    expect(textOf(await owner.say('/today 2031-02-03'))).toContain('Senin, 3 Februari 2031');
    expect(textOf(await owner.say('/today 3 februari 2031'))).toContain('Senin, 3 Februari 2031');
    expect(textOf(await owner.say('/today nanti'))).toContain('tidak mengenali tanggal');
  });

  it('tells the owner how any booking of the shop stands, without the links of its customer', async () => {
    const customer = chatOf(stack, 126);
    await fillForm(customer, openDay(10), '11:00');
    const code = codeIn(textOf(await customer.book()));
    const told = textOf(await chatOf(stack, 910_001).say(`/status ${code.toLowerCase()}`));
    expect(told).toContain(`Kode pesanan: ${code}\nStatus: Menunggu pembayaran`);
    expect(told).toContain('Baterai, iPhone 13');
    expect(told).not.toMatch(/https?:|email atau nomor/);
    expect(textOf(await chatOf(stack, 127).say(`/status ${code}`))).toContain('email atau nomor');
  });
});

describe('the webhook', () => {
  const path = '/webhooks/telegram/jiot';
  const update = (id: number, text: string) => ({
    update_id: id,
    message: {
      ...{ message_id: id, date: 1, text, chat: { id: 130, type: 'private', first_name: 'Sari' } },
      from: { id: 130, is_bot: false, first_name: 'Sari', language_code: 'id' },
      entities: [{ type: 'bot_command', offset: 0, length: text.length }],
    },
  });
  const secret = () => ({
    'x-telegram-bot-api-secret-token': webhookSecret(stack.vault, 'jiot'),
  });

  it('refuses a wrong secret', async () => {
    const headers = { 'x-telegram-bot-api-secret-token': 'wrong' };
    const refused = await stack.call('POST', path, { headers, body: update(900_001, '/help') });
    expect(refused.status).toBe(401);
    const none = await stack.call('POST', path, { body: update(900_001, '/help') });
    expect(none.status).toBe(401);
  });

  it('takes the same update once', async () => {
    const ask = { headers: secret(), body: update(900_002, '/order') };
    expect((await stack.call('POST', path, ask)).body).toEqual({ ok: true });
    expect((await stack.call('POST', path, ask)).body).toEqual({ ok: true, duplicate: true });
    const said = await many(stack.pool, 'select 1 from outgoing where chat_id = 130');
    expect(said).toHaveLength(1);
  });

  it('handles two presses of one chat one after the other, wherever they arrive', async () => {
    const headers = secret();
    await stack.call('POST', path, { headers, body: update(900_020, '/order') });
    const form = { step: 'parts', month: openDay(5).slice(0, 7), parts: [] };
    await run(stack.pool, `update chats set form = $1, form_no = 7 where chat_id = 130`, [form]);
    const press = (id: number, part: string) => ({
      update_id: id,
      callback_query: {
        ...{ id: String(id), data: `1:o:7:parts:${part}` },
        from: { id: 130, is_bot: false, first_name: 'Sari', language_code: 'id' },
      },
    });
    const parts = ['screen', 'battery', 'camera', 'charging-port'];
    const answers = await Promise.all(
      parts.map((part, index) =>
        stack.call('POST', path, { headers, body: press(900_021 + index, part) }),
      ),
    );
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200]);
    const chat = await one<{ form: { parts: string[] } }>(
      stack.pool,
      'select form from chats where chat_id = 130',
    );
    expect(chat.form.parts.sort()).toEqual(parts.sort());
  });

  it('takes an older update that comes late as what it says now', async () => {
    const headers = secret();
    await stack.call('POST', path, { headers, body: update(900_010, '/order') });
    const late = await stack.call('POST', path, { headers, body: update(900_009, '/help') });
    expect(late.body).toEqual({ ok: true });
    const chat = await one<{ form: { step: string } }>(
      stack.pool,
      'select form from chats where chat_id = 130',
    );
    expect(chat.form.step).toBe('start');
    expect((await chatOf(stack, 130).last()).text).toContain('/catalog');
  });

  it('leaves an update behind that it cannot take however often it comes', async () => {
    const bad = update(900_040, '/help');
    // No text of Postgres may hold it: storing this person's name fails each time.
    bad.message.from.first_name = '\u0000';
    const answers = [];
    for (let tries = 0; tries < 6; tries += 1) {
      answers.push(await stack.call('POST', path, { headers: secret(), body: bad }));
    }
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503, 200, 200]);
    expect(answers.at(-1)?.body).toEqual({ ok: true, duplicate: true });
  });

  it('is set and removed by an owner, and by nobody else', async () => {
    const staff = await stack.tokenOf('staff', 'jiot');
    expect((await stack.call('GET', '/api/setWebhook')).status).toBe(401);
    expect((await stack.call('GET', '/api/setWebhook', { token: staff })).status).toBe(403);
    const owner = await stack.tokenOf('owner', 'jiot');
    const set = await stack.call('GET', '/api/setWebhook', { token: owner });
    expect(set.body).toEqual({ ok: true, url: `${stack.url}${path}` });
    expect(textOf(await chatOf(stack, 131).say('/help'))).toContain('/order');
    const removed = await stack.call('POST', '/api/rmWebhook', { token: owner });
    expect(removed.body).toEqual({ ok: true, url: null });
  });
});
