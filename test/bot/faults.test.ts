import { describe, expect, it } from 'vitest';
import { sendChat } from '../../src/bot/sender.ts';
import { webhookSecret } from '../../src/db/chat/bots.ts';
import { findChat, openChat } from '../../src/db/chat/chats.ts';
import { say, sayNotice } from '../../src/db/chat/outgoing.ts';
import { inTransaction, many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { createTelegram } from '../../src/notify/telegram.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf, fillForm, labelsOf, textOf } from './talk.ts';

const stack = useStack({ polls: true });

function monday(): string {
  for (let ahead = 5; ; ahead += 1) {
    const date = dayAhead(ahead);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1) return date;
  }
}

function senderDeps() {
  const { pool, vault } = stack;
  return { pool, vault, telegram: createTelegram(`${stack.sandbox.url}/telegram`) };
}

async function newChat(chatId: number) {
  const ref = { business: 'jiot', chatId };
  await inTransaction(stack.pool, (tx) =>
    openChat(tx, ref, -ref.chatId, { name: 'Sari', language: 'id' }),
  );
  return ref;
}

const notice = (chatId: number) => ({
  method: 'sendMessage',
  payload: { chat_id: chatId, text: 'Besok tutup' },
});

describe('news of a booking', () => {
  // Guards `NOTICES_APART_MS`.
  it('comes a message a second', async () => {
    const ref = await newChat(250);
    const talk = chatOf(stack, 250);
    for (const name of ['one', 'two']) await sayNotice(stack.pool, ref, name, notice(250));
    expect(await sendChat(senderDeps(), ref)).toBe('done');
    const [first, second] = (await talk.messages()).map(({ at }) => Date.parse(at));
    expect(second! - first!).toBeGreaterThanOrEqual(1_000);
  });
});

describe('what was left in the middle', () => {
  it('is finished by the same update, once', async () => {
    const talk = chatOf(stack, 201);
    await fillForm(talk, monday(), '09:00');
    // As a process leaves it that died right after its first commit.
    await run(
      stack.pool,
      `update chats set form = form || jsonb_build_object('step', 'booking', 'sent',
         jsonb_build_object('name', 'Sari', 'language', 'id', 'at', now()))
       where chat_id = 201`,
    );
    await run(
      stack.pool,
      `insert into telegram_updates (business_id, update_id) values ('jiot', 800001)`,
    );
    const body = {
      update_id: 800_001,
      callback_query: {
        id: '1',
        from: { id: 201, first_name: 'Sari' },
        data: '1:o:1:confirm:book',
      },
    };
    const headers = { 'x-telegram-bot-api-secret-token': webhookSecret(stack.vault, 'jiot') };
    const path = '/webhooks/telegram/jiot';
    const answers = await Promise.all([
      stack.call('POST', path, { headers, body }),
      stack.call('POST', path, { headers, body }),
    ]);
    expect(answers.map((answer) => answer.body)).toEqual([
      { ok: true, duplicate: true },
      { ok: true, duplicate: true },
    ]);
    const orders = await many(stack.pool, 'select 1 from orders where chat_id = 201');
    expect(orders).toHaveLength(1);
    const told = async () =>
      (await talk.messages()).filter((m) => m.text.includes('ditahan sampai'));
    await until('it is told', 15_000, async () => (await told()).length > 0);
    await stack.upkeep();
    expect(await told()).toHaveLength(1);
  });
});

describe('a person who blocks the bot', () => {
  it('is written to no more, keeps nobody waiting, and is back with the next word', async () => {
    const talk = chatOf(stack, 202);
    await talk.say('/help');
    await talk.block();
    const ref = { business: 'jiot', chatId: 202 };
    await sayNotice(stack.pool, ref, 'one', notice(202));
    await sayNotice(stack.pool, ref, 'two', notice(202));
    expect(await sendChat(senderDeps(), ref)).toBe('done');
    const states = await many(
      stack.pool,
      `select state, error from outgoing where chat_id = 202 and notice is not null`,
    );
    expect(states).toEqual([
      { state: 'dropped', error: 'BLOCKED' },
      { state: 'dropped', error: 'BLOCKED' },
    ]);
    expect(await sayNotice(stack.pool, ref, 'three', notice(202))).toBe('blocked');
    await stack.sandbox.call('POST', '/control/telegram/202/unblock', { body: { bot: 'jiot' } });
    expect(textOf(await talk.say('/help'))).toContain('/order');
    expect(await sayNotice(stack.pool, ref, 'four', notice(202))).toBe('said');
  });
});

describe('a Telegram that would not take more', () => {
  it('is asked again when it said, and nothing is said twice or out of order', async () => {
    const ref = await newChat(203);
    const body = { provider: 'telegram', api: { status: 429 }, times: 2 };
    expect((await stack.sandbox.call('PUT', '/control/faults', { body })).status).toBe(200);
    const text = (words: string) => ({
      method: 'sendMessage',
      payload: { chat_id: 203, text: words },
    });
    await say(stack.pool, ref, [text('one'), text('two')]);
    await until(
      'all is said',
      15_000,
      async () => (await sendChat(senderDeps(), ref)) === 'done' && (await left(203)) === 0,
    );
    await stack.sandbox.call('DELETE', '/control/faults');
    const said = (await chatOf(stack, 203).messages()).map((message) => message.text);
    expect(said).toEqual(['one', 'two']);
  });
});

describe('an answer', () => {
  it('comes after what waits to be said to that chat', async () => {
    const ref = await newChat(260);
    const payload = { chat_id: 260, text: 'before' };
    await say(stack.pool, ref, [{ method: 'sendMessage', payload }]);
    const talk = chatOf(stack, 260);
    await talk.say('/help');
    await until('all is said', 15_000, async () => (await left(260)) === 0);
    const said = (await talk.messages()).filter(({ from }) => from === 'bot');
    expect(said.map(({ text }) => text.slice(0, 6))).toEqual(['before', said[1]!.text.slice(0, 6)]);
    expect(said).toHaveLength(2);
  });

  it('gives the right to send back with its last message', async () => {
    const talk = chatOf(stack, 261);
    await talk.say('/help');
    await until('nobody sends', 15_000, async () => {
      const free = await many(
        stack.pool,
        'select 1 from chats where chat_id = 261 and sending_until < clock_timestamp()',
      );
      return free.length === 1;
    });
    expect(await left(261)).toBe(0);
    expect((await talk.messages()).filter(({ from }) => from === 'bot')).toHaveLength(1);
  });
});

describe('an answer that Telegram failed to take once', () => {
  // Guards that its person does not wait for upkeep, which this stack runs only when told.
  it('is said by whoever took the question', { timeout: 20_000 }, async () => {
    const body = { provider: 'telegram', api: { status: 502 }, times: 1 };
    const headers = { 'x-telegram-bot-api-secret-token': webhookSecret(stack.vault, 'jiot') };
    await stack.sandbox.call('PUT', '/control/faults', { body });
    await stack.call('POST', '/webhooks/telegram/jiot', { headers, body: asked(207, '/help') });
    await until('it is said', 10_000, async () => (await left(207)) === 0);
    await stack.sandbox.call('DELETE', '/control/faults');
    expect(await chatOf(stack, 207).messages()).toHaveLength(1);
  });
});

const asked = (chatId: number, text: string) => ({
  update_id: 700_000 + chatId,
  message: {
    ...{ message_id: 1, date: 1, text, chat: { id: chatId, type: 'private', first_name: 'Sari' } },
    from: { id: chatId, is_bot: false, first_name: 'Sari', language_code: 'id' },
    entities: [{ type: 'bot_command', offset: 0, length: text.length }],
  },
});

describe('what has to wait', () => {
  it('is not called done', async () => {
    const ref = await newChat(208);
    await say(stack.pool, ref, [notice(208)]);
    const at = (when: string) =>
      run(stack.pool, `update outgoing set next_try_at = ${when} where chat_id = 208`);
    await at(`clock_timestamp() + interval '1 hour'`);
    expect(await sendChat(senderDeps(), ref)).toBe('later');
    await at('clock_timestamp()');
    expect(await sendChat(senderDeps(), ref)).toBe('done');
    expect(await left(208)).toBe(0);
  });
});

describe('a step in place of a message that is gone', () => {
  it('is said as a message of its own', async () => {
    const ref = await newChat(209);
    const payload = { ...notice(209).payload, message_id: 99_999 };
    await say(stack.pool, ref, [{ method: 'editMessageText', payload }]);
    expect(await sendChat(senderDeps(), ref)).toBe('done');
    expect((await chatOf(stack, 209).messages()).map(({ text }) => text)).toEqual(['Besok tutup']);
  });
});

async function left(chatId: number): Promise<number> {
  const sql = `select count(*)::int as left from outgoing where chat_id = $1 and state = 'due'`;
  return (await one<{ left: number }>(stack.pool, sql, [chatId])).left;
}

describe('a message with a link that Telegram would not take', () => {
  it('is said without the button', async () => {
    const ref = await newChat(206);
    const board = [
      [{ text: 'Data Order', url: 'nowhere' }],
      [{ text: 'Again', callback_data: '1:o:1::x' }],
    ];
    const payload = { ...notice(206).payload, reply_markup: { inline_keyboard: board } };
    await say(stack.pool, ref, [{ method: 'sendMessage', payload }]);
    expect(await sendChat(senderDeps(), ref)).toBe('done');
    const [message] = await chatOf(stack, 206).messages();
    expect(message).toMatchObject({ text: 'Besok tutup', buttons: [[{ label: 'Again' }]] });
  });
});

describe('what nobody said in time', () => {
  it('is said by upkeep', async () => {
    const ref = await newChat(205);
    await sayNotice(stack.pool, ref, 'late', notice(205));
    await stack.upkeep();
    expect(await left(205)).toBe(0);
    expect(await chatOf(stack, 205).messages()).toHaveLength(1);
  });
});

describe('many customers at once', () => {
  it('are all told, once, as fast as Telegram takes it', async () => {
    const chats = Array.from({ length: 200 }, (_, index) => 5_000 + index);
    for (const chatId of chats) await newChat(chatId);
    for (const chatId of chats) {
      await sayNotice(stack.pool, { business: 'jiot', chatId }, 'closed', notice(chatId));
      await sayNotice(stack.pool, { business: 'jiot', chatId }, 'closed', notice(chatId));
    }
    const deps = senderDeps();
    const begun = Date.now();
    const queue = [...chats];
    const hand = async () => {
      for (let chatId = queue.shift(); chatId; chatId = queue.shift()) {
        await sendChat(deps, { business: 'jiot', chatId });
      }
    };
    await Promise.all(Array.from({ length: 20 }, hand));
    // 30 a second at most: 200 cannot be told in less than about six seconds.
    expect(Date.now() - begun).toBeGreaterThan(6_000);
    const states = await many(
      stack.pool,
      `select state, tries, count(*)::int as count from outgoing where notice = 'closed'
       group by 1, 2`,
    );
    expect(states).toEqual([{ state: 'sent', tries: 0, count: 200 }]);
    for (const chatId of [5_000, 5_100, 5_199]) {
      expect(await chatOf(stack, chatId).messages()).toHaveLength(1);
    }
  });
});

describe('the owner', () => {
  it('sets a repair state by buttons, and the customer is told in the chat', async () => {
    const talk = chatOf(stack, 204);
    await fillForm(talk, monday(), '10:00');
    const held = textOf(await talk.book());
    const code = /\b[2-9A-Z]{8}\b/.exec(held)![0];
    await stack.provider(`${code}-1`, 'settle');
    await until('the chat is told', 15_000, async () =>
      (await talk.messages()).some((m) => m.text.includes('sudah menerima')),
    );
    // The visit is today's, as the workshop sees it.
    await run(stack.pool, 'update orders set date = $1 where code = $2', [dayAhead(0), code]);
    const owner = chatOf(stack, 910_001);
    const day = await owner.say('/today');
    const label = day.messages.at(-1)!.buttons[0]![0]!.label;
    expect(textOf(await owner.press(label))).toContain(code);
    // A day that was asked for is the one that « Back leads to.
    await run(stack.pool, 'update orders set date = $1 where code = $2', [dayAhead(1), code]);
    expect(labelsOf((await owner.say('/today besok')).messages.at(-1))).toContain(label);
    await owner.press(label);
    expect(labelsOf((await owner.press('« Kembali')).messages.at(-1))).toEqual([label]);
    await owner.say(`/status ${code}`);
    await owner.press('Ubah status servis');
    expect(textOf(await owner.press('sedang dikerjakan'))).toContain('Dicatat');
    await until('the customer is told', 15_000, async () =>
      (await talk.messages()).some((m) => m.text.includes('sedang mengerjakan')),
    );
    expect((await findChat(stack.pool, { business: 'jiot', chatId: 204 }))?.form).toBeNull();
  });
});
