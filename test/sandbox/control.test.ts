import { afterAll, beforeAll, expect, test } from 'vitest';
import { bcaCharge, order, type Running, startSandbox, until } from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

test.each([
  ['settle', {}, 'bank_transfer', 'settlement', 'accept'],
  ['settle', { paymentType: 'qris' }, 'qris', 'settlement', 'accept'],
  ['settle', { bank: 'mandiri' }, 'echannel', 'settlement', 'accept'],
  ['deny', { paymentType: 'gopay' }, 'gopay', 'deny', 'accept'],
  ['expire', { bank: 'bni' }, 'bank_transfer', 'expire', 'accept'],
  ['cancel', {}, 'bank_transfer', 'cancel', 'accept'],
  ['challenge', {}, 'credit_card', 'capture', 'challenge'],
  ['capture', {}, 'credit_card', 'capture', 'accept'],
])('%s with %j chooses a method first', async (move, body, payment_type, status, fraud) => {
  const id = `c-${move}-${JSON.stringify(body).length}`;
  await box.snap(order(id));
  const moved = await box.control('POST', `/midtrans/${id}/${move}`, body);
  expect(moved.status).toBe(200);
  const found = await box.core('GET', `/${id}/status`);
  expect(found.body).toMatchObject({
    payment_type,
    transaction_status: status,
    fraud_status: fraud,
  });
  await until('one notice', () => box.receiver.of(id).length === 1);
});

test.each(['expire', 'cancel'])('money arrives late, after %s', async (end) => {
  const id = `c-late-${end}`;
  await box.core('POST', '/charge', bcaCharge(id));
  await box.core('POST', `/${id}/${end}`, null);
  expect((await box.control('POST', `/midtrans/${id}/settle`)).status).toBe(200);
  const found = await box.core('GET', `/${id}/status`);
  expect(found.body).toMatchObject({ transaction_status: 'settlement', status_code: '200' });
});

test('money arrives late for a page that was cancelled before a method was chosen', async () => {
  const { body } = await box.snap(order('c-late-page'));
  await box.call('POST', `/midtrans/snap/v1/transactions/${body.token}/cancel`, {
    headers: { authorization: `Basic ${btoa('SB-Mid-server-slamet:')}` },
  });
  await box.control('POST', '/midtrans/c-late-page/settle');
  const found = await box.core('GET', '/c-late-page/status');
  expect(found.body.transaction_status).toBe('settlement');
});

test('another amount arrives in the provider’s own words', async () => {
  await box.snap(order('c-amount'));
  await box.control('POST', '/midtrans/c-amount/settle', { grossAmount: 50_000 });
  await until('its notice', () => box.receiver.of('c-amount').length === 1);
  expect(box.receiver.of('c-amount')[0]?.body.gross_amount).toBe('50000.00');
  expect((await box.core('GET', '/c-amount/status')).body.gross_amount).toBe('50000.00');
});

test('without notify nothing is sent', async () => {
  await box.snap(order('c-silent'));
  await box.control('POST', '/midtrans/c-silent/settle', { notify: false });
  const { body } = await box.control('GET', '/deliveries?ref=c-silent');
  expect(body).toEqual({ deliveries: [], waiting: [] });
  expect((await box.core('GET', '/c-silent/status')).body.transaction_status).toBe('settlement');
});

test('the same move again repeats the notice and changes nothing', async () => {
  await box.snap(order('c-again'));
  await box.control('POST', '/midtrans/c-again/settle');
  await box.control('POST', '/midtrans/c-again/settle');
  await until('two notices', () => box.receiver.of('c-again').length === 2);
  const [first, second] = box.receiver.of('c-again');
  expect(second?.text).toBe(first?.text);
});

test('after a denial the customer chooses again: a new transaction of the same order', async () => {
  await box.snap(order('c-denied'));
  const denied = await box.control('POST', '/midtrans/c-denied/deny', { paymentType: 'gopay' });
  const settled = await box.control('POST', '/midtrans/c-denied/settle');
  expect(settled.body.id).not.toBe(denied.body.id);
  const old = await box.core('GET', `/${denied.body.id}/status`);
  expect(old.body).toMatchObject({ transaction_status: 'deny', order_id: 'c-denied' });
});

test.each([
  ['an unknown order', 'POST', '/midtrans/nobody/settle', {}, 404],
  ['an unknown move', 'POST', '/midtrans/c-errors/explode', {}, 404],
  ['an unknown delivery', 'POST', '/deliveries/nothing/resend', {}, 404],
  ['an unknown provider', 'GET', '/transactions?provider=stripe', undefined, 404],
  ['a fault of an unknown provider', 'PUT', '/faults', { provider: 'stripe' }, 404],
  ['an unknown call', 'GET', '/nothing', undefined, 404],
  ['an unknown field', 'POST', '/midtrans/c-errors/settle', { amount: 1 }, 400],
  ['a fault that does not exist', 'PUT', '/faults', { provider: 'midtrans', api: { x: 1 } }, 400],
  ['a clock that runs backwards', 'PUT', '/clock', { retryScale: -1 }, 400],
  ['an expiry of what is settled', 'POST', '/midtrans/c-errors/expire', {}, 409],
])('%s is refused with a reason', async (_what, method, path, body, status) => {
  await box.snap(order('c-errors'));
  await box.control('POST', '/midtrans/c-errors/settle', { notify: false });
  const answer = await box.control(method, path, body);
  expect(answer.status).toBe(status);
  expect(String(answer.body.error).length).toBeGreaterThan(10);
});

test('transactions are listed newest first, by a prefix of the order id', async () => {
  await box.snap(order('list-a-1'));
  await box.snap(order('list-a-2', 30_000));
  await box.snap(order('list-b-1'));
  await box.control('POST', '/midtrans/list-a-1/settle', { notify: false });
  const { body } = await box.control('GET', '/transactions?provider=midtrans&ref=list-a');
  expect(body.transactions).toEqual([
    expect.objectContaining({ orderId: 'list-a-2', amountIdr: 30_000, status: 'created' }),
    expect.objectContaining({ orderId: 'list-a-1', amountIdr: 75_000, status: 'settlement' }),
  ]);
  const all = await box.control('GET', '/transactions');
  expect((all.body.transactions as unknown[]).length).toBeGreaterThan(2);
});
