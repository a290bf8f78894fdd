import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { one } from '../../src/db/pool.ts';
import { dayAhead } from '../ground/core.ts';
import { startStack, useStack } from '../ground/stack.ts';
import { book, bookAndPay, expectProblem } from './support.ts';

const stack = useStack();
const SLAMET = '/webhooks/midtrans/slamet';

type Fields = Record<string, string>;

/** A notification as Midtrans signs it with a business's own key. */
function notification(fields: Fields, business = 'slamet'): Fields {
  const body: Fields = {
    transaction_id: `trx-${fields.order_id}`,
    transaction_status: 'settlement',
    status_code: '200',
    gross_amount: '100000.00',
    payment_type: 'bank_transfer',
    currency: 'IDR',
    fraud_status: 'accept',
    ...fields,
  };
  const key = `SB-Mid-server-${business}`;
  const signed = `${body.order_id}${body.status_code}${body.gross_amount}${key}`;
  return { signature_key: createHash('sha512').update(signed).digest('hex'), ...body };
}

/** A booking whose payment page is open; answers its first order id at the provider. */
async function heldBooking(date = dayAhead(3)): Promise<{ token: string; ref: string }> {
  const { body } = await book(stack, 1, { date });
  await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
  return { token: body.token, ref: `${body.code}-1` };
}

function countEvents(ref: string): Promise<{ n: number; dead: number }> {
  return one(
    stack.pool,
    `select count(*) as n, count(*) filter (where state = 'dead') as dead
     from payment_events where provider_ref = $1`,
    [ref],
  );
}

describe('a notification of Midtrans', () => {
  it('that is genuine settles its booking, and the same again is a duplicate', async () => {
    const { token, ref } = await heldBooking();
    await stack.provider(ref, 'settle');
    await stack.booking(token, (seen) => seen.state === 'paid');
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${ref}`);
    const settled = body.deliveries[0];
    expect(settled).toMatchObject({ status: 200 });
    const again = await stack.sandbox.call('POST', `/control/deliveries/${settled.id}/resend`);
    expect(again.body).toEqual({ status: 200, answer: '{"ok":true,"duplicate":true}' });
  });

  it('that is replayed when the money is to go back brings neither goods nor money again', async () => {
    const { token, code } = await bookAndPay(stack, 1, { date: dayAhead(4) });
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${code}-1`);
    const settled = body.deliveries.find(({ status }: { status: number }) => status === 200);
    const path = `/api/v1/admin/slamet/bookings/${code}/refund`;
    const asked = { body: { reason: 'storm' }, token: await stack.tokenOf('owner'), key: 'storm' };
    expect((await stack.call('POST', path, asked)).status).toBe(200);
    // A bank transfer goes back by hand.
    const before = await stack.booking(token, ({ refund }) => refund?.state === 'by_hand');
    const again = await stack.sandbox.call('POST', `/control/deliveries/${settled.id}/resend`);
    expect(again.body).toEqual({ status: 200, answer: '{"ok":true,"duplicate":true}' });
    await stack.upkeep();
    expect((await stack.call('GET', `/api/v1/bookings/${token}`)).body).toEqual(before);
  });

  it('is taken at the addresses that were given out before, each for its business', async () => {
    const { ref } = await heldBooking();
    const taken = await stack.call('POST', '/payments/notify', {
      body: notification({ order_id: ref, transaction_status: 'pending', status_code: '201' }),
    });
    expect([taken.status, taken.body]).toEqual([200, { ok: true }]);
    const other = await stack.call('POST', '/payments/midtrans-notification', {
      body: notification({ order_id: ref }),
    });
    expectProblem(other, 401, 'UNAUTHORIZED');
    const jiot = await stack.call('POST', '/payments/midtrans-notification', {
      body: notification({ order_id: 'AAAAAAAA-1' }, 'jiot'),
    });
    expect(jiot.status).toBe(200);
  });

  it('of any content type is judged by its signature', async () => {
    const body = JSON.stringify(notification({ order_id: 'BBBBBBBB-1' }));
    const headers = { 'content-type': 'text/plain' };
    expect((await stack.call('POST', SLAMET, { body, headers })).status).toBe(200);
  });

  it.each([
    ['forged', JSON.stringify({ ...notification({ order_id: 'X' }), gross_amount: '1.00' })],
    ['not signed', JSON.stringify({ order_id: 'X', status_code: '200', gross_amount: '1.00' })],
    ['truncated', JSON.stringify(notification({ order_id: 'X' })).slice(0, -9)],
    ['no JSON', 'hello'],
    ['empty', ''],
    ['null', 'null'],
    ['a list', '[]'],
  ])('that is %s is 401 and stores nothing', async (_what, body) => {
    const before = await one<{ n: number }>(stack.pool, 'select count(*) as n from payment_events');
    expectProblem(await stack.call('POST', SLAMET, { body }), 401, 'UNAUTHORIZED');
    const after = await one<{ n: number }>(stack.pool, 'select count(*) as n from payment_events');
    expect(after).toEqual(before);
  });

  it.each([70_000, 5_000_000])('that is large, by %i bytes, is refused unread', async (more) => {
    const body = JSON.stringify({ ...notification({ order_id: 'X' }), more: 'x'.repeat(more) });
    expectProblem(await stack.call('POST', SLAMET, { body }), 413, 'TOO_LARGE');
  });

  it("about another business's order, with one's own valid key, moves nothing", async () => {
    const { token, ref } = await heldBooking();
    const body = notification({ order_id: ref }, 'jiot');
    const answer = await stack.call('POST', '/webhooks/midtrans/jiot', { body });
    expect(answer.status).toBe(200);
    expect(await countEvents(ref)).toMatchObject({ n: 1, dead: 1 });
    const shown = await stack.call('GET', `/api/v1/bookings/${token}`);
    expect(shown.body).toMatchObject({ state: 'held', paidIdr: 0 });
  });

  it('that claims what the provider does not confirm gives no goods away', async () => {
    const { token, ref } = await heldBooking();
    const answer = await stack.call('POST', SLAMET, { body: notification({ order_id: ref }) });
    expect(answer.status).toBe(200);
    await stack.upkeep();
    const { body } = await stack.call('GET', `/api/v1/bookings/${token}`);
    expect(body).toMatchObject({ state: 'held', paidIdr: 0, tickets: [] });
  });

  it('about nothing we know is kept for the operator', async () => {
    const answer = await stack.call('POST', SLAMET, {
      body: notification({ order_id: 'somebody-elses-shop-17' }),
    });
    expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    const token = await stack.tokenOf('owner');
    const { body } = await stack.call('GET', '/api/v1/admin/slamet/events?state=dead', { token });
    expect(body.items[0]).toMatchObject({ ref: 'somebody-elses-shop-17', reason: 'UNKNOWN_ORDER' });
    expect(JSON.stringify(body)).not.toContain('signature_key');
  });

  it('with less money than asked for is underpaid, with more overpaid', async () => {
    const less = await heldBooking();
    await stack.provider(less.ref, 'settle', { grossAmount: 60_000 });
    const under = await stack.booking(less.token, (seen) => seen.payment.state === 'underpaid');
    expect(under).toMatchObject({ state: 'held', paidIdr: 60_000, tickets: [] });
    const more = await heldBooking();
    await stack.provider(more.ref, 'settle', { grossAmount: 140_000 });
    const over = await stack.booking(more.token, (seen) => seen.state === 'paid');
    expect(over).toMatchObject({ payment: { state: 'overpaid' }, paidIdr: 140_000 });
  });

  it.each(['everest', 'rafess', 'UPPER'])('for %s, which has no account, is 404', async (name) => {
    const body = notification({ order_id: 'X' }, name);
    expectProblem(
      await stack.call('POST', `/webhooks/midtrans/${name}`, { body }),
      404,
      'NOT_FOUND',
    );
  });
});

describe('when the store is down', () => {
  it('asks for the notification again, and takes it then', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    let isDown = true;
    const other = await startStack({
      changePool: (pool) =>
        new Proxy(pool, {
          get: (target, key) => {
            if (isDown && (key === 'query' || key === 'connect')) return () => Promise.reject(away);
            const value = Reflect.get(target, key);
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
    });
    try {
      const body = notification({ order_id: 'CCCCCCCC-1' });
      const refused = await other.call('POST', SLAMET, { body });
      expectProblem(refused, 503, 'UNAVAILABLE');
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expectProblem(
        await other.call('GET', '/api/v1/bookings/x'.padEnd(49, 'x')),
        503,
        'UNAVAILABLE',
      );
      expect((await other.call('GET', '/healthz')).status).toBe(200);
      expect((await other.call('GET', '/readyz')).status).toBe(503);
      const metrics = await other.call('GET', '/metrics');
      expect(metrics.body).toContain('pesan_database_up 0');
      isDown = false;
      expect((await other.call('POST', SLAMET, { body })).body).toEqual({ ok: true });
      const ready = await other.call('GET', '/readyz');
      expect(ready.body).toEqual({ database: true, temporal: true, room: true });
    } finally {
      await other.close();
    }
  });
});

describe('an event', () => {
  it('that is dead is driven again by an operator once its order is known', async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(4) });
    const token = await stack.tokenOf('staff');
    const events = '/api/v1/admin/slamet/events';
    const { body } = await stack.call('GET', events, { token });
    const done = body.items.find((event: { code: string }) => event.code === paid.code);
    expect(done).toMatchObject({ state: 'done' });
    const again = await stack.call('POST', `${events}/${done.id}/redrive`, { token });
    expect(again.body).toEqual({ id: done.id, state: 'done', code: paid.code });
    for (const id of ['0', '999999', 'x', '-1', '1e3', '9'.repeat(40)]) {
      expectProblem(
        await stack.call('POST', `${events}/${id}/redrive`, { token }),
        404,
        'NOT_FOUND',
      );
    }
  });
});
