import { createClient } from '../src/commands/client.ts';
import { createWorkflows, type Workflows } from '../src/commands/workflows.ts';
import { getSubject } from '../src/db/order/subjects.ts';
import type { Ground } from './ground.ts';

/** How long making open bookings may take; what is there then is what is measured with. */
const PATIENCE_MS = 600_000;

/**
 * Makes open bookings: orders, places and payments by SQL (the real path would take ten times as
 * long), then the real workflow of each, which finds its order held and waits. Answers how many run.
 *
 * Each workflow is asked for its answer: a start that is only sent leaves its work in the task queue,
 * and what is measured next stands in line behind ten thousand of them.
 */
export async function makeOpenBookings(
  ground: Ground,
  count: number,
  date: string,
): Promise<number> {
  await ground.pool.query(OPEN_ORDERS, [count, date]);
  const { rows } = await ground.pool.query<{ code: string }>(
    `select code from orders where business_id = 'bench' and code like 'G%' order by code`,
  );
  const client = createClient(ground.temporalAddress, 'default');
  const workflows = createWorkflows(client);
  const started = await startAll(
    ground,
    workflows,
    rows.map((row) => row.code),
  );
  await client.connection.close();
  return started;
}

async function startAll(ground: Ground, workflows: Workflows, codes: string[]): Promise<number> {
  const end = Date.now() + PATIENCE_MS;
  let started = 0;
  const lane = async () => {
    for (let code = codes.pop(); code && Date.now() < end; code = codes.pop()) {
      await workflows.hold(await getSubject(ground.pool, { business: 'bench', code }));
      started += 1;
    }
  };
  await Promise.all(Array.from({ length: 20 }, lane));
  return started;
}

const OPEN_ORDERS = `
  with made as (
    insert into orders (business_id, code, kind, offering_id, date, quantity, state, amount_idr,
      booked_idr, owed_idr, customer_name, customer_email, token_hash, pay_token_hash, requested_at,
      expires_at, opened_at, visit_at, ends_at, cut_off_at, next_deadline, next_deadline_at)
    select 'bench', 'G' || lpad(n::text, 7, '0'), 'permit', 'wide', $2, 1, 'held', 25000, 25000, 0,
      'Bench', 'bench@example.com', sha256(('t' || n)::bytea), sha256(('p' || n)::bytea), now(),
      now() + interval '1 day', now(), $2::date + interval '1 day', $2::date + interval '2 days',
      $2::date + interval '2 days', 'expire', now() + interval '1 day'
    from generate_series(1, $1::int) n returning business_id, code
  ), slot as (
    update quota_slots set held = held + $1 where business_id = 'bench' and quota_id = 'wide'
      and date = $2 returning slot_id
  ), places as (
    insert into order_places (business_id, code, slot_id, purpose, quantity, phase)
    select business_id, code, slot_id, 'visit', 1, 'held' from made, slot
  )
  insert into payments (business_id, code, attempt, provider, provider_ref, purpose, amount_idr,
    state, page_token, page_url, page_expires_at, asked_at, created_at)
  select business_id, code, 1, 'midtrans', code || '-1', 'visit', 25000, 'pending', code,
    'http://127.0.0.1/' || code, now() + interval '1 day', now() + interval '1 day', now()
  from made`;
