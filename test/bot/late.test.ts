import { afterEach, describe, expect, it } from 'vitest';
import { createUpkeep } from '../../src/activities/upkeep.ts';
import { listSent, openChat } from '../../src/db/chat/chats.ts';
import { say } from '../../src/db/chat/outgoing.ts';
import { inTransaction, many, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf, fillForm, labelsOf, textOf } from './talk.ts';

const stack = useStack({ polls: true });

afterEach(async () => {
  await stack.worker.stop();
  await stack.worker.start();
});

function monday(): string {
  for (let ahead = 5; ; ahead += 1) {
    const date = dayAhead(ahead);
    if (new Date(`${date}T00:00:00Z`).getUTCDay() === 1) return date;
  }
}

/** As if its person had sent the form off, and nobody had answered, so long ago. */
async function age(chatId: number, minutes: number): Promise<void> {
  await run(
    stack.pool,
    `update chats set changed_at = now() - $2 * interval '1 minute',
       form = jsonb_set(form, '{sent,at}', to_jsonb(now() - $2 * interval '1 minute'))
     where chat_id = $1`,
    [chatId, minutes],
  );
}

function ordersOf(chatId: number) {
  return many<{ state: string; language: string }>(
    stack.pool,
    'select state, language from orders where chat_id = $1',
    [chatId],
  );
}

describe('a booking that nobody answers', () => {
  // Guards that upkeep books forms that were sent off, that one form is answered before another is
  // opened, and that what is asked stays as it was: another language would be another request.
  it('holds up no other chat, is booked by upkeep, once, and is told', {
    timeout: 60_000,
  }, async () => {
    const talk = chatOf(stack, 501);
    await fillForm(talk, monday(), '13:00');
    await stack.worker.stop();
    const asking = talk.book();
    expect(textOf(await chatOf(stack, 502).say('/help'))).toContain('/order');
    expect(textOf(await asking)).toContain('lebih lama dari biasanya');
    expect(textOf(await talk.say('/order'))).toContain('masih diproses');
    const inEnglish = chatOf(stack, 501, 'en');
    await inEnglish.say('/help');
    await stack.worker.start();
    await age(501, 2);
    await stack.upkeep();
    await stack.upkeep();
    const held = (await talk.messages()).filter((m) => m.text.includes('ditahan sampai'));
    expect(held).toHaveLength(1);
    expect(await ordersOf(501)).toEqual([{ state: 'held', language: 'id' }]);
    expect(textOf(await inEnglish.say('/order'))).toContain('Book a repair');
  });

  it('is given up after ten minutes, and its person is told', { timeout: 60_000 }, async () => {
    const talk = chatOf(stack, 503);
    await fillForm(talk, monday(), '14:00');
    await stack.worker.stop();
    await talk.book();
    await age(503, 11);
    // Whose request is as old as that is not held any more, whoever starts it.
    await run(
      stack.pool,
      `update orders set requested_at = now() - interval '11 minutes' where chat_id = 503`,
    );
    await stack.worker.start();
    await stack.upkeep();
    expect((await talk.last()).text).toContain('tidak berhasil');
    expect(await ordersOf(503)).toEqual([{ state: 'refused', language: 'id' }]);
    expect(textOf(await talk.say('/order'))).not.toContain('masih diproses');
  });

  it('is told even when nobody could ask Temporal any more', { timeout: 60_000 }, async () => {
    const talk = chatOf(stack, 504);
    await fillForm(talk, monday(), '15:00');
    await talk.book();
    await loseAnswer(504);
    await stack.upkeep();
    const held = (await talk.messages()).filter((m) => m.text.includes('ditahan sampai'));
    expect(held).toHaveLength(2);
    expect(await ordersOf(504)).toHaveLength(1);
  });

  it('is told without the offering, too, that it was made of', { timeout: 60_000 }, async () => {
    const talk = chatOf(stack, 506);
    await fillForm(talk, monday(), '10:00');
    await talk.book();
    await loseAnswer(506);
    await run(stack.pool, `update offerings set kind = 'permit' where offering_id = 'repair'`);
    await stack.upkeep();
    await run(stack.pool, `update offerings set kind = 'appointment' where offering_id = 'repair'`);
    const last = await talk.last();
    expect(last.text).toContain('Menunggu pembayaran');
    expect(labelsOf(last)).toContain('Bayar sekarang');
  });

  // Guards that nobody is asked to pay for a place that was given back, into a dead account.
  it('is told as it stands now when its place was given back meanwhile', {
    timeout: 60_000,
  }, async () => {
    const talk = chatOf(stack, 505);
    await fillForm(talk, monday(), '16:00');
    const status = /http\S+\/b\/(\S+)/.exec(textOf(await talk.book()))!;
    const cancelled = await stack.call('POST', `/api/v1/bookings/${status[1]}/cancel`);
    expect(cancelled.body.state).toBe('cancelled');
    await loseAnswer(505);
    await stack.upkeep();
    const last = await talk.last();
    expect(last.text).toContain('Dibatalkan');
    expect(last.text).not.toContain('virtual account');
    expect(labelsOf(last)).not.toContain('Bayar sekarang');
    const held = (await talk.messages()).filter((m) => m.text.includes('ditahan sampai'));
    expect(held).toHaveLength(1);
  });
});

describe('a form that cannot even be tried', () => {
  // Guards that its failure, which nobody mends, ends neither the round nor the turn of others.
  it('keeps no other chat from being told, and goes behind the others', async () => {
    const ref = { business: 'jiot', chatId: 520 };
    await inTransaction(stack.pool, (tx) =>
      openChat(tx, ref, -ref.chatId, { name: 'Sari', language: 'id' }),
    );
    const form = { step: 'booking', month: '2026-01', parts: [], date: '2026-01-32' };
    const sent = { name: 'Sari', language: 'id', at: 'never', offering: '\u0001' };
    await run(
      stack.pool,
      `update chats set form = $1, changed_at = now() - interval '1 hour' where chat_id = 520`,
      [{ ...form, sent }],
    );
    const payload = { chat_id: 520, text: 'Besok tutup' };
    await say(stack.pool, ref, [{ method: 'sendMessage', payload }]);
    const fails = () => Promise.reject(new Error('This form cannot be tried.'));
    const deps = { pool: stack.pool, bookForm: fails, sendChat: async () => told.push('said') };
    const told: string[] = [];
    const { sayUnsaid } = createUpkeep(deps as unknown as Parameters<typeof createUpkeep>[0]);
    await expect(sayUnsaid()).rejects.toThrow('cannot be tried');
    expect(told).toContain('said');
    expect(await listSent(stack.pool, 10)).toEqual([]);
    await run(stack.pool, 'update chats set form = null where chat_id = 520');
  });
});

/** As after an answer that was lost: the place is held, and the form does not know. */
async function loseAnswer(chatId: number): Promise<void> {
  await run(
    stack.pool,
    `update chats set form = jsonb_build_object('step', 'booking', 'method', 'bca',
       'month', '2026-01', 'parts', '[]'::jsonb, 'sent', jsonb_build_object(
         'name', 'Sari', 'language', 'id', 'at', now() - interval '11 minutes')),
       changed_at = now() - interval '11 minutes'
     where chat_id = $1`,
    [chatId],
  );
  await run(stack.pool, `delete from outgoing where chat_id = $1 and notice like '%.held'`, [
    chatId,
  ]);
}

describe('a repair state that nobody answers', () => {
  it('is written down with the press that asks for it, and done by upkeep', {
    timeout: 90_000,
  }, async () => {
    const talk = chatOf(stack, 520);
    await fillForm(talk, monday(), '16:00');
    const code = /\b[2-9A-Z]{8}\b/.exec(textOf(await talk.book()))![0];
    await stack.provider(`${code}-1`, 'settle');
    await until('it is paid', 20_000, async () => (await ordersOf(520))[0]?.state === 'paid');
    await run(stack.pool, 'update orders set date = $1 where code = $2', [dayAhead(0), code]);
    const owner = chatOf(stack, 910_001);
    const day = await owner.say('/today');
    await owner.press(labelsOf(day.messages.at(-1))[0]!);
    await stack.worker.stop();
    await owner.press('sedang dikerjakan');
    // The row of the update and that of the wish are of one transaction.
    const together = `select 1 from requests r join telegram_updates u on u.xmin = r.xmin
      where r.code = $1 and r.state = 'open'`;
    await until('it is asked', 5_000, async () => {
      return (await many(stack.pool, 'select 1 from requests where code = $1', [code])).length > 0;
    });
    expect(await many(stack.pool, together, [code])).toHaveLength(1);
    await stack.worker.start();
    await run(
      stack.pool,
      `update requests set created_at = created_at - interval '5 minutes' where code = $1`,
      [code],
    );
    await stack.upkeep();
    const told = async () =>
      (await talk.messages()).filter(({ text }) => text.includes('sedang mengerjakan'));
    await until('the customer is told', 20_000, async () => (await told()).length > 0);
    await stack.upkeep();
    expect(await told()).toHaveLength(1);
  });
});
