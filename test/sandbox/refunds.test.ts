import { afterAll, beforeAll, expect, test } from 'vitest';
import { order, type Running, startSandbox, until } from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

async function settled(id: string, paymentType: string): Promise<void> {
  await box.snap(order(id));
  await box.control('POST', `/midtrans/${id}/settle`, { paymentType, notify: false });
}

test.each(['qris', 'gopay', 'shopeepay', 'dana', 'credit_card'])(
  'a settled %s is refunded whole',
  async (paymentType) => {
    const id = `whole-${paymentType}`;
    await settled(id, paymentType);
    const { status, body } = await box.core('POST', `/${id}/refund`, {
      refund_key: `${id}-1`,
      amount: 75_000,
      reason: 'Jalur ditutup',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      status_code: '200',
      status_message: 'Success, refund request is approved',
      transaction_status: 'refund',
      refund_amount: '75000.00',
      refund_key: `${id}-1`,
      refund_chargeback_id: expect.any(Number),
    });
  },
);

test('two refund notices arrive, and only the second is confirmed by the bank', async () => {
  await settled('two-notices', 'gopay');
  await box.core('POST', '/two-notices/refund', { refund_key: 'k1' });
  await until('two notices', () => box.receiver.of('two-notices').length === 2);
  const [first, second] = box.receiver.of('two-notices').map(({ body }) => body);
  expect(first).toMatchObject({ transaction_status: 'refund', status_code: '200' });
  expect(first?.refunds).toEqual([
    expect.not.objectContaining({ bank_confirmed_at: expect.anything() }),
  ]);
  expect(second?.refunds).toEqual([
    expect.objectContaining({ refund_key: 'k1', bank_confirmed_at: expect.any(String) }),
  ]);
});

test('a part leaves partial_refund, and the rest can follow', async () => {
  await settled('parts', 'qris');
  const part = await box.core('POST', '/parts/refund', { refund_key: 'p1', amount: 25_000 });
  expect(part.body).toMatchObject({
    transaction_status: 'partial_refund',
    refund_amount: '25000.00',
  });
  const rest = await box.core('POST', '/parts/refund', { refund_key: 'p2' });
  expect(rest.body).toMatchObject({ transaction_status: 'refund', refund_amount: '50000.00' });
  const { body } = await box.core('GET', '/parts/status');
  expect(body.refund_amount).toBe('75000.00');
  expect(body.refunds).toHaveLength(2);
});

test('a virtual account cannot be refunded', async () => {
  await settled('no-va', 'bank_transfer');
  expect((await box.core('POST', '/no-va/refund', {})).body.status_code).toBe('412');
});

test('a captured card is cancelled, not refunded', async () => {
  await box.snap(order('captured'));
  await box.control('POST', '/midtrans/captured/capture');
  expect((await box.core('POST', '/captured/refund', {})).body.status_code).toBe('412');
});

test.each([
  ['more than was paid', 'gopay', 75_001],
  ['nothing', 'gopay', 0],
  ['a part of ShopeePay', 'shopeepay', 1_000],
])('a refund of %s is 414', async (_what, paymentType, amount) => {
  const id = `wrong-${paymentType}-${amount}`;
  await settled(id, paymentType);
  const { body } = await box.core('POST', `/${id}/refund`, { amount });
  expect(body).toMatchObject({
    status_code: '414',
    status_message: 'Refund request is rejected due to invalid amount',
  });
});

test('the same refund key again is 406, and nothing more goes back', async () => {
  await settled('same-key', 'qris');
  await box.core('POST', '/same-key/refund', { refund_key: 'once', amount: 25_000 });
  const again = await box.core('POST', '/same-key/refund', { refund_key: 'once', amount: 25_000 });
  expect(again.body).toMatchObject({ status_code: '406', status_message: 'Duplicate refund ID' });
  expect((await box.core('GET', '/same-key/status')).body.refund_amount).toBe('25000.00');
});

test('a direct refund is approved by the bank', async () => {
  await settled('direct', 'gopay');
  const { body } = await box.core('POST', '/direct/refund/online/direct', { refund_key: 'd' });
  expect(body.status_message).toBe('Success, refund request is approved by the bank');
});
