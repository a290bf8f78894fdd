import { createHash, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many } from '../../src/db/pool.ts';
import { freePort } from '../../src/local/ports.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import { type Gate, openGate } from '../ground/gate.ts';
import { type Call, callerOf } from '../ground/http.ts';
import { type Running, settingsOf, startProcess } from '../ground/processes.ts';
import { useStack } from '../ground/stack.ts';

/** A worker and one api that stay; another api, cut off from Temporal, is killed. */
const stack = useStack({ holdMinutes: 5 });
const SLAMET = '/api/v1/businesses/slamet/bookings';
let gate: Gate;
let doomed: Running;
let call: Call;

beforeEach(async () => {
  gate = await openGate(inject('temporalAddress'));
  const port = await freePort();
  doomed = startProcess('api/main.ts', {
    ...settingsOf(stack, gate.address),
    PORT: String(port),
    PESAN_HOLD_MINUTES: '5',
  });
  await doomed.ready;
  call = callerOf(`http://127.0.0.1:${port}`);
  // It reaches Temporal before it does not.
  await until('it is ready', 10_000, async () => (await call('GET', '/readyz')).status === 200);
  gate.shut();
});

afterEach(async () => {
  await doomed.kill();
  await gate.close();
  const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
  expect(differences).toEqual([]);
});

/** Waits for what the doomed api wrote, then kills it before it can say so to anybody. */
async function killOnce(sql: string, value: string): Promise<void> {
  await until('it has written', 10_000, async () => {
    return (await many(stack.pool, sql, [value])).length > 0;
  });
  await doomed.kill();
}

it('killed between storing a webhook and signalling it, the payment is found all the same', async () => {
  const held = await stack.call('POST', SLAMET, {
    body: partyWish(1, { date: dayAhead(2) }),
    key: randomUUID(),
  });
  const { token, code } = held.body;
  await stack.booking(token, (b) => b.payment.state === 'pending');
  const ref = `${code}-1`;
  await stack.provider(ref, 'settle', { notify: false });
  const fields = { order_id: ref, status_code: '200', gross_amount: '100000.00' };
  const signed = `${Object.values(fields).join('')}SB-Mid-server-slamet`;
  const body = {
    ...fields,
    transaction_id: randomUUID(),
    transaction_status: 'settlement',
    payment_type: 'bank_transfer',
    currency: 'IDR',
    signature_key: createHash('sha512').update(signed).digest('hex'),
  };
  const unanswered = expect(call('POST', '/webhooks/midtrans/slamet', { body })).rejects.toThrow();
  await killOnce(`select from payment_events where code = $1 and state = 'stored'`, code);
  await unanswered;
  expect((await stack.call('GET', `/api/v1/bookings/${token}`)).body.state).toBe('held');
  // The provider, who got no answer, tells again: the event is known, and signalled at last.
  const again = await stack.call('POST', '/webhooks/midtrans/slamet', { body });
  expect(again.body).toEqual({ ok: true, duplicate: true });
  expect((await stack.booking(token, (b) => b.tickets.length === 1)).state).toBe('paid');
});

it('killed between writing an order and asking for its places, another api answers its key', async () => {
  const ask = { body: partyWish(1, { date: dayAhead(3) }), key: randomUUID() };
  const unanswered = expect(call('POST', SLAMET, ask)).rejects.toThrow();
  await killOnce(`select from orders where state = 'new' and date = $1`, ask.body.date);
  await unanswered;
  const held = await stack.call('POST', SLAMET, ask);
  expect(held.status).toBe(201);
  expect(await slotOf(stack, 'baturraden', ask.body.date)).toMatchObject({ held: 1, sold: 0 });
  const orders = await many(stack.pool, 'select code from orders where date = $1', [ask.body.date]);
  expect(orders).toEqual([{ code: held.body.code }]);
});
