import { describe, expect, it } from 'vitest';
import { many } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { workday } from '../api/support.ts';
import { useStack } from '../ground/stack.ts';
import { chatOf, fillForm, labelsOf, type Talk, textOf } from './talk.ts';

const stack = useStack({ polls: true });

/** A repair that is held for a chat, with something to pay on. */
async function heldFor(talk: Talk, date: string, time: string): Promise<string> {
  await fillForm(talk, date, time);
  const code = /\b[2-9A-Z]{8}\b/.exec(textOf(await talk.book()))![0];
  await until('it can be paid', 15_000, async () => {
    const sql = `select 1 from payments where code = $1 and state = 'pending'`;
    return (await many(stack.pool, sql, [code])).length > 0;
  });
  return code;
}

/** Waits until the chat is told so, and answers how often. */
async function timesTold(talk: Talk, words: RegExp): Promise<number> {
  const told = async () =>
    (await talk.messages()).filter(({ from, text }) => from === 'bot' && words.test(text));
  await until(`the chat is told ${words}`, 20_000, async () => (await told()).length > 0);
  // What would be said a second time is said by now.
  await stack.upkeep();
  return (await told()).length;
}

const operator = async (method: string, path: string, body: object) =>
  stack.call(method, `/api/v1/admin/jiot/${path}`, {
    token: await stack.tokenOf('owner', 'jiot'),
    body,
  });

describe('a chat is told by itself', () => {
  it('of a payment that was refused, and may pay in another way', async () => {
    const talk = chatOf(stack, 501);
    const code = await heldFor(talk, workday(5), '09:00');
    await stack.provider(`${code}-1`, 'deny');
    expect(await timesTold(talk, /ditolak/)).toBe(1);
    expect(labelsOf(await talk.last())).toContain('Bayar sekarang');
  });

  it('of a day that the shop closed, and where the money goes', async () => {
    const talk = chatOf(stack, 502);
    const date = workday(9);
    const code = await heldFor(talk, date, '10:00');
    await stack.provider(`${code}-1`, 'settle');
    await timesTold(talk, /sudah menerima/);
    const closure = { from: date, to: date, reason: 'Banjir', booked: 'refund' };
    expect((await operator('PUT', 'closures', closure)).status).toBe(200);
    expect(await timesTold(talk, new RegExp(`tutup[^]*${code}`, 'i'))).toBe(1);
    expect(labelsOf(await talk.last())).toContain('Pesan lagi');
  });
});
