import { expect, it } from 'vitest';
import { createWorkflows } from '../../src/commands/workflows.ts';
import { getSubject } from '../../src/db/order/subjects.ts';
import { many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { useStack } from '../ground/stack.ts';

/**
 * Xendit's limit in test mode, a minute at an endpoint; counted over half a minute here, and more owners
 * than it takes in that.
 */
const PER_MINUTE = 60;
const MINUTE_SECONDS = 30;
const OWNERS = 35;

const stack = useStack({ invoicesPerMinute: PER_MINUTE });

/** Active subscriptions, all reminded of their ends at one instant. */
async function remindedAt(at: Date): Promise<string[]> {
  await run(
    stack.pool,
    `insert into bases (business_id, base, name, owner_chat, email)
     select 'rafess', '@midnight_' || n, 'Midnight ' || n, 760000 + n, 'm' || n || '@example.com'
     from generate_series(1, $1::int) n`,
    [OWNERS],
  );
  await run(
    stack.pool,
    `insert into chats (business_id, chat_id, language, name)
     select 'rafess', 760000 + n, 'id', 'm' from generate_series(1, $1::int) n`,
    [OWNERS],
  );
  await run(
    stack.pool,
    `insert into orders (business_id, code, kind, offering_id, date, quantity, state, amount_idr,
       booked_idr, owed_idr, customer_name, customer_email, token_hash, pay_token_hash, requested_at,
       opened_at, visit_at, ends_at, chat_id, remind_at, next_deadline, next_deadline_at)
     select 'rafess', 'M' || lpad(n::text, 7, '0'), 'plan', 'weekly', current_date, 1, 'active', 15000,
       15000, 0, 'm', 'm' || n || '@example.com', decode(md5('m' || n), 'hex'),
       decode(md5('p' || n), 'hex'), now(), now(), now() + interval '2 days',
       now() + interval '2 days', 760000 + n, $2, 'ending', $2
     from generate_series(1, $1::int) n`,
    [OWNERS, at],
  );
  await run(
    stack.pool,
    `insert into subscriptions (business_id, code, base, periods, active_until)
     select 'rafess', 'M' || lpad(n::text, 7, '0'), '@midnight_' || n, 1, now() + interval '2 days'
     from generate_series(1, $1::int) n`,
    [OWNERS],
  );
  await run(
    stack.pool,
    `insert into reminders (business_id, code, at, state)
     select business_id, code, $1, 'ahead' from subscriptions where base like '@midnight_%'`,
    [at],
  );
  const sql = `select code from subscriptions where base like '@midnight_%' order by code`;
  return (await many<{ code: string }>(stack.pool, sql)).map(({ code }) => code);
}

const callsOf = async () =>
  (await stack.sandbox.call('GET', '/control/xendit/calls')).body as {
    taken: number;
    refused: number;
  };

// Guards `maxTaskQueueActivitiesPerSecond` of the invoices' worker: without it some are refused.
it('all that are reminded at one midnight get their invoice, none refused by a limit of 60 a minute', async () => {
  const limits = { perMinute: PER_MINUTE, minuteSeconds: MINUTE_SECONDS };
  await stack.sandbox.call('PUT', '/control/xendit/limits', { body: limits });
  const codes = await remindedAt(new Date(Date.now() + 6_000));
  const workflows = createWorkflows(stack.client);
  for (const code of codes) {
    await workflows.wake(await getSubject(stack.pool, { business: 'rafess', code }));
  }
  const made = `select count(*) as n from payments where code = any($1) and page_url is not null`;
  await until('every invoice is at Xendit', 150_000, async () => {
    return (await one<{ n: number }>(stack.pool, made, [codes])).n === OWNERS;
  });
  const told = `select code, channel, count(*) as times from notices
    where code = any($1) and kind = 'ending' and state = 'sent' group by code, channel`;
  let sent: { code: string; channel: string; times: number }[] = [];
  await until('every owner is told by mail and in the chat', 60_000, async () => {
    sent = await many(stack.pool, told, [codes]);
    return sent.length === 2 * OWNERS;
  });
  expect(sent.filter(({ times }) => times !== 1)).toEqual([]);
  const said = `select count(*) as n, count(distinct chat_id) as chats from outgoing
    where notice like 'M%.ending.%'`;
  expect(await one(stack.pool, said)).toEqual({ n: OWNERS, chats: OWNERS });
  const calls = await callsOf();
  expect(calls.refused).toBe(0);
  expect(calls.taken).toBeGreaterThanOrEqual(OWNERS);
}, 240_000);
