import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  basic,
  bcaCharge,
  type Json,
  order,
  type Running,
  signatureOf,
  startSandbox,
} from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

const SERVER_KEY = 'SB-Mid-server-slamet';

test('a BCA charge answers 201 in its body with a number of 15 digits', async () => {
  const { status, body } = await box.core('POST', '/charge', bcaCharge('core-bca'));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    status_code: '201',
    status_message: 'Success, Bank Transfer transaction is created',
    order_id: 'core-bca',
    gross_amount: '75000.00',
    currency: 'IDR',
    payment_type: 'bank_transfer',
    transaction_status: 'pending',
    fraud_status: 'accept',
    va_numbers: [{ bank: 'bca', va_number: expect.stringMatching(/^\d{15}$/) }],
  });
  expect(body.transaction_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.merchant_id).toMatch(/^G\d{9}$/);
});

test('Permata has its number at the top', async () => {
  const bank_transfer = { bank: 'permata' };
  const { body } = await box.core('POST', '/charge', {
    ...bcaCharge('core-permata'),
    bank_transfer,
  });
  expect(body.permata_va_number).toMatch(/^\d{16}$/);
  expect(body.va_numbers).toBeUndefined();
});

test('Mandiri has a bill key and a biller code', async () => {
  const charge = { ...order('core-mandiri'), payment_type: 'echannel' };
  const { body } = await box.core('POST', '/charge', charge);
  expect(body).toMatchObject({ payment_type: 'echannel', biller_code: '70012' });
  expect(body.bill_key).toMatch(/^\d{12}$/);
});

test('QRIS says where a picture of its code is, and the picture can be scanned', async () => {
  const charge = { ...order('core-qris'), payment_type: 'qris', qris: { acquirer: 'gopay' } };
  const { body } = await box.core('POST', '/charge', charge);
  expect(body.status_message).toBe('QRIS transaction is created');
  const [action] = body.actions as { name: string; url: string }[];
  expect(action?.name).toBe('generate-qr-code');
  const response = await fetch(action?.url ?? '');
  const png = PNG.sync.read(Buffer.from(await response.arrayBuffer()));
  // The package is CommonJS, whose function Node and TypeScript find in different places.
  const jsQR = jsqr as unknown as typeof jsqr.default;
  const scanned = jsQR(new Uint8ClampedArray(png.data), png.width, png.height);
  expect(scanned?.data).toBe(body.qr_string);
  expect(scanned?.data).toContain('540575000');
});

test('times are GMT+7 without an offset', async () => {
  const { body } = await box.core('POST', '/charge', bcaCharge('core-time'));
  const at = Date.parse(`${String(body.transaction_time).replace(' ', 'T')}+07:00`);
  expect(Math.abs(Date.now() - at)).toBeLessThan(5_000);
});

test('a charge of a used order id is 406 in the body', async () => {
  await box.core('POST', '/charge', bcaCharge('core-406'));
  const { status, body } = await box.core('POST', '/charge', bcaCharge('core-406'));
  expect([status, body.status_code]).toEqual([200, '406']);
  expect(body.id).toMatch(/^[0-9a-f-]{36}$/);
});

test('a pending order id is free again after cancel', async () => {
  await box.core('POST', '/charge', bcaCharge('core-again'));
  await box.core('POST', '/core-again/cancel', null);
  const { body } = await box.core('POST', '/charge', bcaCharge('core-again'));
  expect(body.status_code).toBe('201');
});

test.each([
  ['a payment type it does not know', { payment_type: 'barter' }],
  ['an unknown bank', { bank_transfer: { bank: 'bank-of-nowhere' } }],
  ['no amount', { transaction_details: { order_id: 'core-bad' } }],
])('%s is 400 in the body', async (_what, change) => {
  const { status, body } = await box.core('POST', '/charge', {
    ...bcaCharge('core-bad'),
    ...change,
  });
  expect([status, body.status_code]).toEqual([200, '400']);
});

test('status is 404 in the body until a method was chosen', async () => {
  await box.snap(order('core-404'));
  const { status, body } = await box.core('GET', '/core-404/status');
  expect(status).toBe(200);
  expect(body).toMatchObject({ status_code: '404', status_message: "Transaction doesn't exist." });
});

test('a wrong server key is 401 over HTTP and in the body', async () => {
  const { status, body } = await box.call('GET', '/midtrans/v2/core-bca/status', {
    headers: { authorization: basic('Mid-server-somebody') },
  });
  expect([status, body.status_code]).toEqual([401, '401']);
});

test('status is found by order id and by transaction id, and is signed as it is', async () => {
  const charge = await box.core('POST', '/charge', bcaCharge('core-status'));
  const byOrder = (await box.core('GET', '/core-status/status')).body;
  const byId = (await box.core('GET', `/${charge.body.transaction_id}/status`)).body;
  expect(byId).toEqual(byOrder);
  expect(byOrder.status_code).toBe('201');
  expect(byOrder.signature_key).toBe(signatureOf(byOrder, SERVER_KEY));
});

test('expire answers 407, and so does status, signed with 407', async () => {
  await box.core('POST', '/charge', bcaCharge('core-expire'));
  const answer = await box.core('POST', '/core-expire/expire', null);
  expect(answer.body).toMatchObject({
    status_code: '407',
    status_message: 'Success, transaction has expired',
    transaction_status: 'expire',
  });
  const { body } = await box.core('GET', '/core-expire/status');
  expect(body).toMatchObject({ status_code: '407', transaction_status: 'expire' });
  expect(body.signature_key).toBe(signatureOf(body, SERVER_KEY));
});

test('cancel answers 200 from pending and from capture', async () => {
  await box.core('POST', '/charge', bcaCharge('core-cancel'));
  const pending = await box.core('POST', '/core-cancel/cancel', null);
  expect(pending.body).toMatchObject({ status_code: '200', transaction_status: 'cancel' });
  await box.snap(order('core-capture'));
  await box.control('POST', '/midtrans/core-capture/capture', { notify: false });
  const captured = await box.core('POST', '/core-capture/cancel', null);
  expect(captured.body).toMatchObject({ status_code: '200', transaction_status: 'cancel' });
});

test.each(['cancel', 'expire', 'approve', 'deny'])('%s of a settled one is 412', async (action) => {
  const id = `core-412-${action}`;
  await box.core('POST', '/charge', bcaCharge(id));
  await box.control('POST', `/midtrans/${id}/settle`, { notify: false });
  const { status, body } = await box.core('POST', `/${id}/${action}`, null);
  expect(status).toBe(200);
  expect(body).toEqual({
    status_code: '412',
    status_message: 'Merchant cannot modify the status of the transaction',
  });
});

test.each([
  ['approve', 'capture', 'accept', '200'],
  ['deny', 'deny', 'deny', '202'],
])(
  '%s of a challenged card makes it %s',
  async (action, transaction_status, fraud_status, code) => {
    const id = `core-challenge-${action}`;
    await box.snap(order(id));
    await box.control('POST', `/midtrans/${id}/challenge`);
    const challenged = await box.core('GET', `/${id}/status`);
    expect(challenged.body).toMatchObject({
      transaction_status: 'capture',
      fraud_status: 'challenge',
      status_code: '201',
    });
    expect((await box.core('POST', `/${id}/${action}`, null)).body.status_code).toBe('200');
    const { body } = await box.core('GET', `/${id}/status`);
    expect(body).toMatchObject({ transaction_status, fraud_status, status_code: code });
  },
);

test('an Idempotency-Key answers a success again whatever the body is', async () => {
  const init = (id: string) => ({
    body: bcaCharge(id),
    headers: { authorization: basic(SERVER_KEY), 'idempotency-key': 'once' },
  });
  const first = await box.call('POST', '/midtrans/v2/charge', init('core-idem'));
  const again = await box.call('POST', '/midtrans/v2/charge', init('core-idem-other'));
  expect(again.body).toEqual(first.body);
  expect((await box.core('GET', '/core-idem-other/status')).body.status_code).toBe('404');
});

test('malformed JSON is 413 in the body', async () => {
  const response = await fetch(`${box.url}/midtrans/v2/charge`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basic(SERVER_KEY) },
    body: '{"payment_type":',
  });
  expect(((await response.json()) as Json).status_code).toBe('413');
});
