import { describe, expect, it } from 'vitest';
import { many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';

/** A thousand take minutes on a small machine: `PESAN_FLOOD=1000` when there is time for it. */
const PEOPLE = Number(process.env.PESAN_FLOOD ?? 300);
const FIRST_CHAT = 700_001;
const BLOCKED = FIRST_CHAT + 7;
const CHATS = Array.from({ length: PEOPLE }, (_, index) => FIRST_CHAT + index);

const stack = useStack();

/** Everybody has paid for the same day, in a chat each, and has a phone and no mail. */
const BOOKED = `
  with people as (
    insert into chats (business_id, chat_id, name, language)
    select 'jiot', $1::bigint + n, 'Sari', 'id' from generate_series(0, $2::int - 1) n
    returning chat_id
  ), slot as (
    update quota_slots set sold = sold + $2, capacity = capacity + $2 where slot_id = (
      select min(slot_id) from quota_slots where business_id = 'jiot' and date = $3)
    returning slot_id, time
  ), made as (
    insert into orders (business_id, code, kind, offering_id, date, time, quantity, state, amount_idr,
      booked_idr, owed_idr, customer_name, customer_phone, chat_id, token_hash, pay_token_hash,
      requested_at, opened_at, paid_at, issued_at, visit_at, ends_at, cut_off_at)
    select 'jiot', 'F' || lpad(chat_id::text, 7, '0'), 'appointment', 'repair', $3, slot.time, 1,
      'paid', 450000, 450000, 0, 'Sari', '+6281200000000', chat_id, sha256(('t' || chat_id)::bytea),
      sha256(('p' || chat_id)::bytea), now(), now(), now(), now(), $3::date + interval '9 hours',
      $3::date + interval '10 hours', $3::date + interval '8 hours'
    from people, slot returning business_id, code
  )
  insert into order_places (business_id, code, slot_id, purpose, quantity, phase)
  select business_id, code, slot_id, 'visit', 1, 'sold' from made, slot`;

/** Tomorrow, or the day after a Sunday. */
function nextOpenDay(): string {
  const isSunday = new Date(`${dayAhead(1)}T00:00:00Z`).getUTCDay() === 0;
  return dayAhead(isSunday ? 2 : 1);
}

/** A bot is known to Telegram from its first call on. */
async function blockOne(): Promise<void> {
  await stack.sandbox.call('POST', '/telegram/bot9100:sandbox-jiot/getMe');
  const path = `/control/telegram/${BLOCKED}/block`;
  const answer = await stack.sandbox.call('POST', path, { body: { bot: 'jiot' } });
  expect(answer.body).toEqual({ blocked: true });
}

async function failTwice(status: number): Promise<void> {
  const body = { provider: 'telegram', api: { status }, times: 2 };
  expect((await stack.sandbox.call('PUT', '/control/faults', { body })).status).toBe(200);
}

async function closeDay(date: string): Promise<void> {
  const authorization = `Bearer ${await stack.tokenOf('owner', 'jiot')}`;
  const closure = { from: date, to: date, reason: 'Banjir', booked: 'reschedule' };
  const answer = await stack.call('PUT', '/api/v1/admin/jiot/closures', {
    headers: { authorization },
    body: closure,
  });
  expect(answer.status).toBe(200);
}

async function countOf(state: string): Promise<number> {
  const sql = `select count(*)::int as count from outgoing
    where business_id = 'jiot' and state = $1 and notice like '%.choose_date.%'`;
  return (await one<{ count: number }>(stack.pool, sql, [state])).count;
}

interface Told {
  text: string;
  at: string;
}

/** What each chat was told, by Telegram's own log. */
async function listTold(): Promise<Told[][]> {
  return Promise.all(
    CHATS.map(async (chatId) => {
      const path = `/control/telegram/${chatId}/messages?bot=jiot`;
      return (await stack.sandbox.call('GET', path)).body.messages;
    }),
  );
}

/** The most messages within any one second. */
function mostInASecond(moments: number[]): number {
  const sorted = moments.toSorted((a, b) => a - b);
  let first = 0;
  let most = 0;
  for (const [last, at] of sorted.entries()) {
    while (at - sorted[first]! >= 1_000) first += 1;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

describe(`${PEOPLE} customers whose day is closed`, () => {
  it('are all told, once, as fast as Telegram takes it, whoever fails', async () => {
    const date = nextOpenDay();
    await run(stack.pool, BOOKED, [FIRST_CHAT, PEOPLE, date]);
    await blockOne();
    await failTwice(500);
    const closing = closeDay(date);
    await until('a third is told', 300_000, async () => (await countOf('sent')) > PEOPLE / 3);
    await failTwice(429);
    await closing;
    await until('everybody is told', 300_000, async () => (await countOf('sent')) === PEOPLE - 1);

    const told = await listTold();
    const counts = new Map(CHATS.map((chatId, index) => [chatId, told[index]!.length]));
    expect(counts.get(BLOCKED)).toBe(0);
    counts.delete(BLOCKED);
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
    expect(told.flat().filter(({ text }) => !text.includes('Pilih tanggal baru'))).toEqual([]);
    expect(mostInASecond(told.flat().map(({ at }) => Date.parse(at)))).toBeLessThanOrEqual(30);
    const failures = await many<{ tries: number; error: string | null; state: string }>(
      stack.pool,
      `select tries, error, state from outgoing where state <> 'sent' or tries > 0 order by error`,
    );
    const [blocked, ...again] = failures;
    expect(blocked).toEqual({ tries: 0, state: 'dropped', error: 'BLOCKED' });
    expect(again.filter(({ state, error }) => state !== 'sent' || error !== null)).toEqual([]);
    // The two that Telegram was made to fail, and what a slow moment of this machine put in one second.
    expect(again.length).toBeGreaterThanOrEqual(2);
    expect(again.length).toBeLessThan(PEOPLE / 10);
  }, 660_000);
});
