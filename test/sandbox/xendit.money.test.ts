import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, type Running, startSandbox, until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

let box: Running;
let xendit: ReturnType<typeof xenditCallerOf>;
beforeAll(async () => {
  box = await startSandbox();
  xendit = xenditCallerOf(box, box.receiver);
  await xendit.be();
});
afterAll(() => box.stop());

const toldOnce = (invoice: Json) => until('a webhook', () => xendit.toldOf(invoice)[0]);

test('a payment is told as Xendit tells it, and stands in the invoice', async () => {
  const made = await xendit.create('paid', { description: 'Mingguan' });
  const { body } = await xendit.pay('paid', { channel: 'BNI' });
  expect(body).toMatchObject({ provider: 'xendit', id: made.id, orderId: 'paid', status: 'PAID' });
  const told = await toldOnce(made);
  expect(told.headers).toMatchObject({
    'content-type': 'application/json',
    'x-callback-token': 'xnd-callback-rafess',
  });
  const payment = {
    paid_amount: 15_000,
    paid_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    payment_id: expect.any(String),
    payment_method: 'BANK_TRANSFER',
    payment_channel: 'BNI',
    payment_destination: expect.stringMatching(/^8808\d{12}$/),
    bank_code: 'BNI',
  };
  expect(told.body).toEqual({
    id: made.id,
    external_id: 'paid',
    user_id: made.user_id,
    is_high: false,
    status: 'PAID',
    merchant_name: 'Rafess',
    amount: 15_000,
    description: 'Mingguan',
    created: made.created,
    updated: expect.any(String),
    currency: 'IDR',
    ...payment,
  });
  expect(await xendit.get(made)).toMatchObject({ status: 'PAID', ...payment });
});

test.each([
  ['qris', { payment_method: 'QR_CODE', payment_channel: 'QRIS' }],
  ['OVO', { payment_method: 'EWALLET', payment_channel: 'OVO', ewallet_type: 'OVO' }],
  ['CREDIT_CARD', { payment_method: 'CREDIT_CARD', payment_channel: 'CREDIT_CARD' }],
  ['ALFAMART', { payment_method: 'RETAIL_OUTLET', payment_channel: 'ALFAMART' }],
])('a payment by %s names its method and channel', async (channel, named) => {
  const made = await xendit.create(`by-${channel}`);
  await xendit.pay(made.id, { channel });
  expect((await toldOnce(made)).body).toMatchObject(named);
});

test('another amount than asked is told as paid_amount', async () => {
  const made = await xendit.create('less');
  await xendit.pay('less', { amount: 10_000 });
  expect((await toldOnce(made)).body).toMatchObject({ amount: 15_000, paid_amount: 10_000 });
});

test('a move made with notify false is not told', async () => {
  const made = await xendit.create('silent');
  await xendit.pay('silent', { notify: false });
  expect((await xendit.get(made)).status).toBe('PAID');
  const { body } = await box.control('GET', '/deliveries?ref=silent');
  expect(body).toEqual({ deliveries: [], waiting: [] });
});

test('paid twice is paid once, and told again about the same payment', async () => {
  const made = await xendit.create('again');
  await xendit.pay('again', { channel: 'DANA' });
  await xendit.pay('again', { channel: 'BCA' });
  const [first, second] = await until('two webhooks', () => {
    const told = xendit.toldOf(made);
    return told.length === 2 ? told : undefined;
  });
  expect(second?.body).toEqual(first?.body);
  expect(second?.headers['webhook-id']).not.toBe(first?.headers['webhook-id']);
});

test('money that comes after the end is told as PAID, and the invoice stays EXPIRED', async () => {
  const made = await xendit.create('late');
  await box.control('POST', '/xendit/late/expire', { notify: false });
  const { body } = await xendit.pay('late', { channel: 'QRIS' });
  expect(body.status).toBe('EXPIRED');
  expect((await toldOnce(made)).body).toMatchObject({ status: 'PAID', paid_amount: 15_000 });
  expect(await xendit.get(made)).toMatchObject({ status: 'EXPIRED', paid_amount: 15_000 });
  await xendit.be({ showsLatePayment: false });
  const read = await xendit.get(made);
  await xendit.be();
  expect(read.status).toBe('EXPIRED');
  expect(read).not.toHaveProperty('paid_amount');
});

test('a paid invoice cannot expire, by the API or by hand', async () => {
  const made = await xendit.create('kept');
  await xendit.pay('kept');
  expect((await xendit.api('POST', `/invoices/${made.id}/expire!`)).status).toBe(404);
  expect((await box.control('POST', '/xendit/kept/expire')).status).toBe(409);
  expect((await xendit.get(made)).status).toBe('PAID');
});

test('PAID becomes SETTLED without a webhook, but not where a shop took the money', async () => {
  await xendit.be({ settles: true });
  const bank = await xendit.create('settles');
  const shop = await xendit.create('never-settles');
  await xendit.pay('never-settles', { channel: 'INDOMARET' });
  await xendit.pay('settles', { channel: 'BCA' });
  await until('SETTLED', async () => (await xendit.get(bank)).status === 'SETTLED');
  expect((await xendit.get(shop)).status).toBe('PAID');
  expect(xendit.toldOf(bank).map(({ body }) => body.status)).toEqual(['PAID']);
  await xendit.be();
});

test('SETTLED waits while it is told to', async () => {
  const made = await xendit.create('stays-paid');
  await xendit.pay('stays-paid');
  const clock = (retryScale: number) => box.control('PUT', '/clock', { retryScale });
  await clock(0);
  expect((await xendit.get(made)).status).toBe('PAID');
  await xendit.be({ settles: true });
  await until('SETTLED', async () => (await xendit.get(made)).status === 'SETTLED');
  await clock(0.00001);
  await xendit.be();
});

test('an external id that two invoices share moves the newer one', async () => {
  const [older, newer] = [await xendit.create('shared'), await xendit.create('shared')];
  await xendit.pay('shared', { notify: false });
  expect((await xendit.get(older)).status).toBe('PENDING');
  expect((await xendit.get(newer)).status).toBe('PAID');
});

test.each([
  ['nobody/pay', {}, 404, "Xendit knows no invoice 'nobody'."],
  ['wrong/refund', {}, 404, "Xendit has no move 'refund'; there are pay, expire."],
  ['wrong/pay', { channel: 'GOLD' }, 409, "No channel 'GOLD'; there are BCA, "],
  ['wrong/pay', { amount: -1 }, 400, 'amount'],
  ['refunds/rfd-1/fail', {}, 404, "Xendit knows no refund 'rfd-1'."],
])('control call %s with %j is refused with a reason', async (path, body, status, reason) => {
  await xendit.create('wrong');
  const refused = await box.control('POST', `/xendit/${path}`, body);
  expect(refused.status).toBe(status);
  expect(refused.body.error).toContain(reason);
});

test('transactions are listed in words of Xendit', async () => {
  const made = await xendit.create('listed-1', { amount: 3_000 });
  const { body } = await box.control('GET', '/transactions?provider=xendit&ref=listed-');
  expect(body.transactions).toEqual([
    {
      provider: 'xendit',
      id: made.id,
      orderId: 'listed-1',
      amountIdr: 3_000,
      status: 'PENDING',
      createdAt: made.created,
    },
  ]);
});
