import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';

/** Long enough for every fault here to be over before it. */
const stack = useStack({ holdMinutes: 0.5 });
let days = 1;

beforeEach(() => {
  days += 1;
});

afterEach(async () => {
  await stack.sandbox.call('DELETE', '/control/faults');
  const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
  expect(differences).toEqual([]);
});

const fault = async (wanted: object) => {
  const { status } = await stack.sandbox.call('PUT', '/control/faults', { body: wanted });
  expect(status).toBeLessThan(300);
};

async function ask(key = randomUUID(), wish = partyWish(1, { date: dayAhead(days) })) {
  return stack.call('POST', '/api/v1/businesses/slamet/bookings', { body: wish, key });
}

async function book(): Promise<{ token: string; code: string }> {
  const held = await ask();
  expect(held.status).toBe(201);
  return held.body;
}

const payable = (token: string) => stack.booking(token, (b) => b.payment.state === 'pending');
const issued = (token: string) => stack.booking(token, (b) => b.tickets.length === 1);

/** How many mails with tickets the customer of a booking has. */
async function ticketMails(code: string): Promise<number> {
  const { body } = await stack.sandbox.call('GET', '/control/mail');
  return body.messages.filter(
    ({ text, attachments }: { text: string; attachments: unknown[] }) =>
      text.includes(code) && attachments.length > 0,
  ).length;
}

async function openEvents(code: string): Promise<number> {
  const { open } = await one<{ open: number }>(
    stack.pool,
    `select count(*) as open from payment_events where code = $1 and state = 'stored'`,
    [code],
  );
  return open;
}

/** Paid in the end, with one ticket a seat and one mail about it. */
async function endsPaid(token: string, code: string): Promise<void> {
  expect((await issued(token)).state).toBe('paid');
  await until('the tickets are mailed', 20_000, async () => (await ticketMails(code)) > 0);
  await until('every event is taken up', 20_000, async () => (await openEvents(code)) === 0);
  expect(await ticketMails(code)).toBe(1);
}

describe('webhooks that go wrong', () => {
  it.each([
    ['lost for good', { drop: 99 }],
    ['repeated', { duplicate: 3 }],
    ['late', { delayMs: 700 }],
    ['signed by somebody else', { badSignature: true }],
  ])('are no harm when %s', async (_what, webhook) => {
    const { token, code } = await book();
    await payable(token);
    await fault({ provider: 'midtrans', webhook });
    await stack.provider(`${code}-1`, 'settle');
    if (!('duplicate' in webhook || 'delayMs' in webhook)) await stack.upkeep(0.001);
    await endsPaid(token, code);
  });

  it('are no harm when they come in the wrong order', async () => {
    const { token, code } = await book();
    await payable(token);
    await fault({ provider: 'midtrans', webhook: { reorder: true }, times: 1 });
    await stack.provider(`${code}-1`, 'deny', { paymentType: 'credit_card' });
    await stack.provider(`${code}-1`, 'settle');
    await endsPaid(token, code);
  });
});

describe('a provider that fails', () => {
  it.each([
    ['answers 500', { status: 500 }],
    ['answers with a page', { html: true }],
    ['does what is asked and never says so', { lostResponse: true }],
  ])('gets its page made all the same when it %s', async (_what, api) => {
    await fault({ provider: 'midtrans', api, times: 1 });
    const { token, code } = await book();
    await payable(token);
    const { body } = await stack.sandbox.call('GET', `/control/transactions?ref=${code}`);
    // One living transaction: a second try did not leave a second one to be paid.
    const open = body.transactions.filter((one: { status: string }) => one.status === 'created');
    expect(open).toHaveLength(1);
    await stack.provider(`${code}-1`, 'settle');
    await endsPaid(token, code);
  });

  it('holds up neither the hold nor its customer', async () => {
    await fault({ provider: 'midtrans', api: { hang: true } });
    const { token } = await book();
    expect((await stack.call('GET', `/api/v1/bookings/${token}`)).body).toMatchObject({
      state: 'held',
      payment: { state: 'none' },
    });
  });

  it('cannot keep a paid place from its customer by being silent when it is asked back', async () => {
    const { token, code } = await book();
    await payable(token);
    await fault({ provider: 'midtrans', api: { status: 503 } });
    await stack.provider(`${code}-1`, 'settle');
    await until('the event was stored', 10_000, async () => {
      const { count } = await one<{ count: number }>(
        stack.pool,
        'select count(*) as count from payment_events where code = $1',
        [code],
      );
      return count === 1;
    });
    await stack.sandbox.call('DELETE', '/control/faults');
    await stack.pool.query('update payment_events set next_try_at = now()');
    await stack.upkeep();
    await endsPaid(token, code);
  });
});

describe('Pesan itself going away', () => {
  it('answers a hold again by its key when no worker answered the first time', async () => {
    await stack.worker.stop();
    const key = randomUUID();
    const wish = partyWish(1, { date: dayAhead(days) });
    const unanswered = ask(key, wish);
    await until('the order is written down', 5_000, async () => {
      const { count } = await one<{ count: number }>(
        stack.pool,
        `select count(*) as count from orders where state = 'new'`,
      );
      return count === 1;
    });
    await stack.worker.start();
    const [first, second] = await Promise.all([unanswered, ask(key, wish)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  it('takes a webhook while no worker runs, and acts on it when one does', async () => {
    const { token, code } = await book();
    await payable(token);
    await stack.worker.stop();
    await stack.provider(`${code}-1`, 'settle');
    expect((await stack.call('GET', `/api/v1/bookings/${token}`)).body.state).toBe('held');
    await stack.worker.start();
    await endsPaid(token, code);
  });

  it('acts on a payment that was stored and never signalled', async () => {
    const { token, code } = await book();
    await payable(token);
    await fault({ provider: 'midtrans', webhook: { drop: 99 } });
    await stack.provider(`${code}-1`, 'settle');
    // As a process that died between storing and signalling leaves it.
    await stack.pool.query(
      `insert into payment_events (business_id, provider, identity, provider_ref, code, attempt,
         status, paid_idr, payload, source, state, next_try_at)
       values ('slamet', 'midtrans', $1, $1 || '-1', $1, 1, 'paid', 100000, '{}', 'webhook',
         'stored', now())`,
      [code],
    );
    await stack.upkeep();
    await endsPaid(token, code);
  });

  it('refuses an order that was written down and never asked for, and frees its key', async () => {
    const key = randomUUID();
    const wish = partyWish(1, { date: dayAhead(days) });
    const held = await ask(key, wish);
    // As an api that died between its insert and its call leaves it: asked for two minutes ago.
    await stack.client.workflow.getHandle(`booking:slamet:${held.body.code}`).terminate('a test');
    await stack.pool.query(
      `with back as (delete from order_places where code = $1 returning slot_id, quantity),
         slots as (update quota_slots s set held = held - b.quantity from back b
           where s.slot_id = b.slot_id),
         claims as (delete from identity_claims where code = $1)
       update orders set state = 'new', expires_at = null, next_deadline = null,
         next_deadline_at = null, requested_at = now() - interval '2 minutes' where code = $1`,
      [held.body.code],
    );
    await stack.upkeep();
    const { state } = await one<{ state: string }>(
      stack.pool,
      'select state from orders where code = $1',
      [held.body.code],
    );
    expect(state).toBe('refused');
    const again = await ask(key, wish);
    expect(again.status).toBe(201);
    expect(again.body.code).not.toBe(held.body.code);
  });
});
