import { describe, expect, test } from 'vitest';
import type { ProviderEvent } from '../../src/payments/provider.ts';
import { readWebhook } from '../../src/payments/xendit/webhook.ts';
import { xenditAccountOf } from './ground.ts';
import { invoice, PAID, REF } from './wire.ts';

const account = xenditAccountOf('slamet');
const HEADERS = { 'x-callback-token': 'xnd-callback-slamet' };
const read = (body: unknown, headers: Parameters<typeof readWebhook>[2] = HEADERS) =>
  readWebhook(account, body, headers);
const event = (body: unknown) => read(body) as ProviderEvent;

/** Real, from the vendor's documentation (2024-11), with our ref and somebody's e-mail. */
const REAL = {
  id: '65f000000000000000000001',
  items: [{ name: 'x', price: 75_000, quantity: 1 }],
  amount: 75_000,
  status: 'PAID',
  created: '2024-11-11T09:40:00.000Z',
  is_high: false,
  paid_at: '2024-11-11T09:41:00.000Z',
  updated: '2024-11-11T09:41:01.000Z',
  user_id: '5f0000000000000000000001',
  currency: 'IDR',
  payment_id: 'qrpy_8182837e',
  description: 'Bambangan × 3',
  external_id: REF,
  paid_amount: 75_000,
  merchant_name: 'Slamet',
  payment_method: 'QR_CODE',
  payment_channel: 'QRIS',
  payment_method_id: 'pm-1',
};

const REFUND = {
  id: 'rfd-6f4a377d-a201-437f-9119-f8b00cbbe857',
  payment_id: 'ewc_1',
  invoice_id: '65f000000000000000000001',
  reference_id: `${REF}-r1`,
  amount: 75_000,
  currency: 'IDR',
  status: 'SUCCEEDED',
  reason: 'OTHERS',
};

describe('the token', () => {
  test.each([
    ['none', {}],
    ['an empty one', { 'x-callback-token': '' }],
    ['another of the same length', { 'x-callback-token': 'xnd-callback-slameT' }],
    ['the beginning of it', { 'x-callback-token': 'xnd-callback-slame' }],
    ['a longer one', { 'x-callback-token': 'xnd-callback-slamet ' }],
    ['one of another business', { 'x-callback-token': 'xnd-callback-jiot' }],
    ['the secret key', { 'x-callback-token': account.serverKey }],
    ['two of it', { 'x-callback-token': ['xnd-callback-slamet', 'xnd-callback-slamet'] }],
    ['under another name', { 'callback-token': 'xnd-callback-slamet' }],
  ])('%s is forged, whatever the body', (_what, headers) => {
    for (const body of [REAL, REFUND, {}, null, 'text']) expect(read(body, headers)).toBe('forged');
  });

  test.each(['', undefined])('of an account that has %j proves nothing', (webhookToken) => {
    const { webhookToken: _, ...bare } = account;
    const without = webhookToken === undefined ? bare : { ...bare, webhookToken };
    for (const given of ['', 'undefined', 'xnd-callback-slamet']) {
      expect(readWebhook(without, REAL, { 'x-callback-token': given })).toBe('forged');
    }
  });
});

describe('an invoice', () => {
  test('that was paid is read in our words', () => {
    expect(event(REAL)).toMatchObject({
      identity: '65f000000000000000000001:PAID',
      ref: REF,
      currency: 'IDR',
      word: {
        state: 'paid',
        status: 'paid',
        method: 'qr_code',
        transactionId: 'qrpy_8182837e',
        paidIdr: 75_000,
        refundedIdr: 0,
        refundKeys: [],
      },
    });
    expect(event(REAL).payload).toEqual(REAL);
  });

  test('is the same event however it is worded, and another one for another status', () => {
    const again = { ...REAL, updated: '2024-11-12T00:00:00.000Z', fees_paid_amount: 1 };
    expect(event(again).identity).toBe(event(REAL).identity);
    expect(event({ ...REAL, status: 'paid' }).identity).toBe(event(REAL).identity);
    expect(event({ ...REAL, status: 'EXPIRED' }).identity).not.toBe(event(REAL).identity);
    const other = { ...REAL, id: '65f000000000000000000002' };
    expect(event(other).identity).not.toBe(event(REAL).identity);
  });

  test.each([
    ['EXPIRED', {}, 'expired', 0],
    ['PENDING', {}, 'pending', 0],
    ['SOMETHING_NEW', PAID, 'unknown', 0],
    ['PAID', { currency: 'PHP', paid_amount: 75_000 }, 'unknown', 0],
    ['PAID', { paid_amount: 0.5 }, 'unknown', 0],
  ])('%s with %j is %s, %i rupiah', (status, change, state, paidIdr) => {
    expect(event(invoice({ ...change, status })).word).toMatchObject({ state, paidIdr });
  });

  test.each(['id', 'external_id', 'status', 'amount'])('without %s is malformed', (field) => {
    expect(read({ ...REAL, [field]: undefined })).toBe('malformed');
    expect(read({ ...REAL, [field]: null })).toBe('malformed');
    expect(read({ ...REAL, [field]: { $ne: 1 } })).toBe('malformed');
  });

  test('with fields nobody knows, or words that cannot be read, is an event', () => {
    const odd = { ...REAL, payment_id: { a: 1 }, payment_method: 7, surprise: [[]] };
    expect(event(odd).word).toMatchObject({ state: 'paid', paidIdr: 75_000 });
  });

  test('is stored without what Postgres does not take, and not when it is endless', () => {
    const body = JSON.parse('{"__proto__":{"a":1},"b":"x\\u0000y"}');
    expect(event({ ...REAL, ...body }).payload).not.toHaveProperty('b', 'x\0y');
    expect(read({ ...REAL, more: 'x'.repeat(40_000) })).toBe('malformed');
    let deep: unknown = 1;
    for (let i = 0; i < 1_000; i += 1) deep = [deep];
    expect(read({ ...REAL, deep })).toBe('malformed');
  });

  test('of the dashboard’s try-out is an event of a ref nobody has', () => {
    const tried = { ...REAL, id: '579c8d61f23fa4ca35e52da4', external_id: 'invoice_123124123' };
    expect(event(tried).ref).toBe('invoice_123124123');
  });
});

describe('a refund', () => {
  test.each([
    ['flat', { event: 'refund.succeeded', data: REFUND }],
    ['nested once more', { event: 'refund.succeeded', data: { id: 'x', data: REFUND } }],
  ])('%s names its ref by its key', (_what, body) => {
    expect(event({ ...body, business_id: '5f', created: '2026-01-01T00:00:00Z' })).toMatchObject({
      identity: `${REFUND.id}:SUCCEEDED`,
      ref: REF,
      word: { state: 'unknown', paidIdr: 0, refundedIdr: 75_000, refundKeys: [`${REF}-r1`] },
    });
  });

  test('that failed confirms nothing', () => {
    const body = { event: 'refund.failed', data: { ...REFUND, status: 'FAILED' } };
    expect(event(body).word).toMatchObject({ refundedIdr: 0, refundKeys: [] });
    expect(event(body).identity).toBe(`${REFUND.id}:FAILED`);
  });

  test('made in the dashboard is named by its invoice, or by itself', () => {
    const data = { ...REFUND, reference_id: null };
    const word = { refundKeys: [] };
    expect(event({ event: 'refund.succeeded', data })).toMatchObject({
      ref: '65f000000000000000000001',
      word,
    });
    const bare = { ...data, invoice_id: undefined };
    expect(event({ event: 'refund.succeeded', data: bare })).toMatchObject({ ref: REFUND.id });
  });

  test.each([
    { event: 'refund.succeeded' },
    { event: 'refund.succeeded', data: {} },
    { event: 'refund.succeeded', data: { ...REFUND, status: undefined } },
    { event: 'payout.succeeded', data: REFUND },
  ])('%j is malformed', (body) => {
    expect(read(body)).toBe('malformed');
  });
});
