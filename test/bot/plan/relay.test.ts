import { beforeAll, describe, expect, it } from 'vitest';
import { many, run } from '../../../src/db/pool.ts';
import { until } from '../../../src/local/until.ts';
import { useStack } from '../../ground/stack.ts';
import { textOf } from '../talk.ts';
import { ADMIN, askToPay, atXendit, OWNER, registerBase, talkTo, toldIn } from './ground.ts';

const stack = useStack({ polls: true });

beforeAll(async () => {
  const owner = talkTo(stack, OWNER);
  await owner.say('/start');
  await atXendit(
    stack,
    await askToPay(stack, owner, '@demo_base', 'Harian: Rp3.000 · 1 hari'),
    'pay',
  );
  await toldIn(owner, 'telah Berhasil');
});

describe('the relay', () => {
  it('posts without a name, in the channel of a base that is active', async () => {
    const reader = talkTo(stack, 720_001);
    await reader.say('/start demo_base');
    expect(textOf(await reader.say('rahasia <b>kecil</b>'))).toContain('Terkirim ke @demo_base');
    const posted = await many<{ payload: unknown; method: string; state: string }>(
      stack.pool,
      `select state, method from outgoing where chat_id = 720001 and method = 'sendMessage'
       order by outgoing_id desc limit 2`,
    );
    expect(posted.every(({ state }) => state === 'sent')).toBe(true);
    const traces = `select 1 from outgoing where payload::text like '%@demo_base%' or chat_id = 720001
      and method = 'sendMessage' and payload <> '{}'`;
    expect(await many(stack.pool, traces)).toEqual([]);
    const hashes = await many(stack.pool, 'select sender_hash from relay_posts');
    expect(JSON.stringify(hashes)).not.toContain('720001');
    // Whoever tries it sees the channel, too: what was posted, and nobody's name.
    const { body } = await stack.sandbox.call('GET', '/chat/state?bot=rafess&people=');
    const channel = body.channels.find((one: { name: string }) => one.name === '@demo_base');
    expect(channel.messages.length).toBeGreaterThan(0);
    expect(channel.messages.every((one: { from: string }) => one.from === 'bot')).toBe(true);
  });

  it('says that a message is posted only when it is, and says when it is not', async () => {
    const reader = talkTo(stack, 720_004);
    await reader.say('/menfess @demo_base');
    const removed = { provider: 'telegram', api: { status: 403 }, times: 1 };
    await stack.sandbox.call('PUT', '/control/faults', { body: removed });
    const refused = textOf(await reader.say('tak sampai'));
    expect(refused).toContain('tidak bisa dikirim ke @demo_base');
    expect(refused).not.toContain('Terkirim');
    // Who wrote has not blocked the bot: the next message is posted, and told of once.
    expect(textOf(await reader.say('sampai'))).toBe(
      'Terkirim ke @demo_base. Tulis lagi, atau /help untuk hal lain.',
    );
    const down = { provider: 'telegram', api: { status: 502 }, times: 2 };
    await stack.sandbox.call('PUT', '/control/faults', { body: down });
    await reader.say('lewat gangguan');
    await until('it is posted after all', 15_000, async () => {
      const said = (await reader.messages()).filter(({ text }) => text.startsWith('Terkirim'));
      return said.length === 2;
    });
    await stack.sandbox.call('DELETE', '/control/faults');
    const left = `select 1 from outgoing where chat_id = 720004 and payload <> '{}'`;
    await until('nothing of it is kept', 5_000, async () => {
      return (await many(stack.pool, left)).length === 0;
    });
  });

  // Guards `leaveRelay`: what is written after an answer of another part was meant for that.
  it.each(['/langganan', '/report', '/help', '/start'])(
    'posts nothing that is written after %s',
    async (command) => {
      const reader = talkTo(stack, 720_100 + command.length);
      await reader.say('/menfess @demo_base');
      await reader.say(command);
      const said = textOf(await reader.say('Kenapa begini? Nomor saya 0812.'));
      expect(said).not.toContain('Terkirim');
    },
  );

  it('posts nothing for a base that is not active, nor with a word that is filtered', async () => {
    const base = await registerBase(stack, 'asleep_base', 710_011);
    const reader = talkTo(stack, 720_002);
    expect(textOf(await reader.say(`/menfess ${base}`))).toContain('sedang tidak aktif');
    expect(textOf(await reader.say('halo'))).not.toContain('Terkirim');
    expect(textOf(await reader.say('/menfess'))).toBe(
      'Kepada base mana? Tulis /menfess @base dengan nama kanalnya.',
    );
    await talkTo(stack, ADMIN).say('/filter +jelek');
    await reader.say('/menfess @demo_base');
    expect(textOf(await reader.say('kata JÉLEK!'))).toContain('tidak diteruskan');
    expect(textOf(await reader.say('kejelekan itu lain'))).toContain('Terkirim');
    await talkTo(stack, ADMIN).say('/filter -jelek');
    expect(textOf(await reader.say('jelek'))).toContain('Terkirim');
  });

  it('keeps a sender to a few messages an hour', async () => {
    const reader = talkTo(stack, 720_003);
    await reader.say('/menfess @demo_base');
    for (const text of ['1', '2', '3', '4', '5']) await reader.say(text);
    expect(textOf(await reader.say('6'))).toContain('5 kali dalam satu jam');
    await run(stack.pool, `update relay_posts set posted_at = posted_at - interval '61 minutes'`);
    expect(textOf(await reader.say('7'))).toContain('Terkirim');
  });
});
