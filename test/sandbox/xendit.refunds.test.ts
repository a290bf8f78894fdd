import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Refund } from 'xendit-node';
import { type Json, type Running, startSandbox, until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

let box: Running;
let xendit: ReturnType<typeof xenditCallerOf>;
beforeAll(async () => {
  box = await startSandbox();
  xendit = xenditCallerOf(box, box.receiver);
});
afterEach(() => xendit.be());
afterAll(() => box.stop());

async function paid(externalId: string, channel = 'DANA'): Promise<Json> {
  const made = await xendit.create(externalId);
  await xendit.pay(externalId, { channel, notify: false });
  return made;
}

const refund = (invoice: Json, more: Json = {}, key?: string) =>
  xendit.api(
    'POST',
    '/refunds',
    { invoice_id: invoice.id, reason: 'CANCELLATION', ...more },
    { headers: key ? { 'idempotency-key': key } : {} },
  );

const toldOf = (id: unknown) =>
  box.receiver.received.filter(({ text }) => text.includes(String(id)) && text.includes('"event"'));

test('the published client refunds, reads, lists and cancels', async () => {
  await xendit.be({ refunds: 'wait' });
  const invoice = await paid('r-client');
  const client = new Refund({
    secretKey: 'xnd_development_rafess',
    xenditURL: `${box.url}/xendit`,
  });
  const made = await client.createRefund({
    idempotencyKey: 'client',
    data: { invoiceId: String(invoice.id), amount: 5_000, reason: 'CANCELLATION' },
  });
  expect(made).toMatchObject({ amount: 5_000, currency: 'IDR', channelCode: 'DANA' });
  expect(made.id).toMatch(/^rfd-/);
  expect(await client.getRefund({ refundID: made.id! })).toEqual(made);
  const { data } = await client.getAllRefunds({ invoiceId: String(invoice.id) });
  expect(data).toEqual([made]);
  await client.cancelRefund({ refundID: made.id! });
  const read = (await xendit.api('GET', `/refunds/${made.id}`)).body;
  expect(read).toMatchObject({ status: 'CANCELLED', reason: 'CANCELLATION' });
  expect((await xendit.api('POST', `/refunds/${made.id}/cancel`)).status).toBe(400);
});

test('a refund is pending, then succeeds and is told', async () => {
  await xendit.be({ refunds: 'wait' });
  const invoice = await paid('r-told');
  const { body } = await refund(invoice);
  expect(body).toMatchObject({ status: 'PENDING', amount: 15_000, invoice_id: invoice.id });
  await xendit.be({ refunds: 'succeed' });
  const told = await until('the webhook', () => toldOf(body.id)[0]);
  expect(told.headers['x-callback-token']).toBe('xnd-callback-rafess');
  expect(told.body).toEqual({
    event: 'refund.succeeded',
    business_id: invoice.user_id,
    created: expect.any(String),
    data: { ...body, status: 'SUCCEEDED', updated: expect.any(String) },
  });
});

test('a refund can fail, and the money can be asked back again', async () => {
  await xendit.be({ refunds: 'fail', nestsRefunds: true });
  const invoice = await paid('r-fails');
  const { body } = await refund(invoice);
  const told = await until('the webhook', () => toldOf(body.id)[0]);
  expect(told.body).toMatchObject({
    event: 'refund.failed',
    data: { data: { id: body.id, status: 'FAILED', failure_code: 'REFUND_FAILED' } },
  });
  expect((await refund(invoice)).status).toBe(200);
});

test('a waiting refund ends by hand, once', async () => {
  await xendit.be({ refunds: 'wait' });
  const { body } = await refund(await paid('r-hand'));
  const by = (end: string) => box.control('POST', `/xendit/refunds/${body.id}/${end}`);
  expect((await by('fail')).body.status).toBe('FAILED');
  expect((await by('succeed')).status).toBe(409);
});

test('the same key and body is the same refund, another body is 409', async () => {
  await xendit.be({ refunds: 'wait' });
  const invoice = await paid('r-key');
  const first = await refund(invoice, { amount: 5_000 }, 'key-1');
  expect((await refund(invoice, { amount: 5_000 }, 'key-1')).body).toEqual(first.body);
  const other = await refund(invoice, { amount: 6_000 }, 'key-1');
  expect([other.status, other.body.error_code]).toEqual([409, 'IDEMPOTENCY_ERROR']);
  const { body } = await xendit.api('GET', `/refunds?invoice_id=${invoice.id}`);
  expect(body.data).toHaveLength(1);
});

test('a reference id is used once', async () => {
  const first = await refund(await paid('r-ref-1'), { reference_id: 'ref' });
  expect(first.status).toBe(200);
  const second = await refund(await paid('r-ref-2'), { reference_id: 'ref' });
  expect([second.status, second.body.error_code]).toEqual([409, 'DUPLICATE_ERROR']);
});

test('while one refund is under way there is no other, and no more than was paid', async () => {
  await xendit.be({ refunds: 'wait' });
  const invoice = await paid('r-parts');
  const { body } = await refund(invoice, { amount: 10_000 });
  expect((await refund(invoice, { amount: 1 })).body.error_code).toBe('REFUND_IN_PROGRESS');
  await box.control('POST', `/xendit/refunds/${body.id}/succeed`);
  const tooMuch = await refund(invoice, { amount: 5_001 });
  expect(tooMuch.body.error_code).toBe('MAXIMUM_REFUND_AMOUNT_REACHED');
  expect((await refund(invoice, { amount: 5_000 })).status).toBe(200);
});

test.each([
  ['BCA', {}, 'REFUND_NOT_SUPPORTED'],
  ['QRIS', {}, 'REFUND_NOT_SUPPORTED'],
  ['ALFAMART', {}, 'REFUND_NOT_SUPPORTED'],
  ['OVO', { amount: 5_000 }, 'PARTIAL_REFUND_NOT_SUPPORTED'],
  ['DANA', { amount: 15_001 }, 'MAXIMUM_REFUND_AMOUNT_REACHED'],
  ['DANA', { reason: 'BORED' }, 'API_VALIDATION_ERROR'],
  ['DANA', { amount: 0 }, 'API_VALIDATION_ERROR'],
  ['DANA', { invoice_id: undefined }, 'API_VALIDATION_ERROR'],
])('money by %s with %j is refused as %s', async (channel, wish, code) => {
  const refused = await refund(await paid('r-refused', channel), wish);
  expect([refused.status, refused.body.error_code]).toEqual([400, code]);
});

test('what nobody paid, and what is not there, is not refunded', async () => {
  const unpaid = await refund(await xendit.create('r-unpaid'));
  expect([unpaid.status, unpaid.body.error_code]).toEqual([400, 'INELIGIBLE_TRANSACTION']);
  for (const answer of [
    await refund({ id: '0'.repeat(24) }),
    await xendit.api('GET', '/refunds/rfd-none'),
    await xendit.api('POST', '/refunds/rfd-none/cancel'),
  ]) {
    expect([answer.status, answer.body.error_code]).toEqual([404, 'DATA_NOT_FOUND']);
  }
});
