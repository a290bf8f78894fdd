import { describe, expect, test } from 'vitest';
import { Transaction, wordOf } from '../../src/payments/midtrans/word.ts';
import { rupiahOf } from '../../src/payments/rupiah.ts';
import { transaction } from './wire.ts';

const word = (change: Record<string, unknown>) => wordOf(Transaction.parse(transaction(change)));

describe('a transaction in our words', () => {
  test.each([
    ['settlement', '200', 'accept', 'paid'],
    ['settlement', '200', undefined, 'paid'],
    ['SETTLEMENT', '200', 'ACCEPT', 'paid'],
    ['settlement', '201', 'accept', 'unknown'],
    ['capture', '200', 'accept', 'paid'],
    ['capture', '200', undefined, 'paid'],
    ['capture', '201', 'accept', 'unknown'],
    ['capture', '201', 'challenge', 'review'],
    ['capture', '200', 'challenge', 'review'],
    ['capture', '200', 'something new', 'review'],
    ['capture', '200', 'deny', 'denied'],
    ['pending', '201', 'accept', 'pending'],
    ['PENDING', '201', undefined, 'pending'],
    ['authorize', '200', 'accept', 'pending'],
    ['deny', '202', 'deny', 'denied'],
    ['failure', '202', undefined, 'denied'],
    ['expire', '407', 'accept', 'expired'],
    ['expire', '202', 'accept', 'expired'],
    ['cancel', '200', 'accept', 'cancelled'],
    ['cancel', '202', 'accept', 'cancelled'],
    ['refund', '200', 'accept', 'paid'],
    ['partial_refund', '200', 'accept', 'paid'],
    ['chargeback', '200', 'accept', 'paid'],
    ['partial_chargeback', '200', 'accept', 'paid'],
    ['something_new', '200', 'accept', 'unknown'],
  ])('%s %s %s is %s', (transaction_status, status_code, fraud_status, state) => {
    const said = word({ transaction_status, status_code, fraud_status });
    expect(said.state).toBe(state);
    expect(said.status).toBe(transaction_status.toLowerCase());
    expect(said.paidIdr).toBe(state === 'paid' ? 75_000 : 0);
  });

  test.each([
    { currency: 'USD' },
    { gross_amount: '75000.50' },
    { gross_amount: '-75000.00' },
    { gross_amount: '0.00' },
    { gross_amount: '75,000' },
    { gross_amount: '' },
  ])('%j is never money', (change) => {
    expect(word(change)).toMatchObject({ state: 'unknown', paidIdr: 0, refundedIdr: 0 });
  });

  test('without a currency is rupiah', () => {
    expect(word({ currency: undefined })).toMatchObject({ state: 'paid', paidIdr: 75_000 });
  });
});

describe('what went back', () => {
  const part = (key: string, refund_amount: string, bank_confirmed_at?: string) => ({
    refund_key: key,
    refund_amount,
    bank_confirmed_at,
  });

  test('is the sum of the list, and of it only what the bank confirmed is named', () => {
    const refunds = [part('r1', '10000.00', '2026-02-01 10:00:00'), part('r2', '5000.00')];
    const said = word({ transaction_status: 'partial_refund', refund_amount: '5000.00', refunds });
    expect(said).toMatchObject({ paidIdr: 75_000, refundedIdr: 15_000, refundKeys: ['r1'] });
  });

  test.each([
    ['refund', { refund_amount: '75000.00' }, 75_000],
    ['refund', {}, 75_000],
    ['partial_refund', { refund_amount: '5000.00' }, 5_000],
    ['partial_refund', {}, 0],
    ['chargeback', {}, 75_000],
    ['partial_chargeback', {}, 75_000],
    ['partial_chargeback', { refund_amount: '5000.00' }, 5_000],
  ])('by %s with %j is %i', (transaction_status, change, refundedIdr) => {
    expect(word({ transaction_status, ...change })).toMatchObject({ paidIdr: 75_000, refundedIdr });
  });
});

test.each([
  ['25000.00', 25_000],
  ['25000', 25_000],
  ['25000.0', 25_000],
  [25_000, 25_000],
  ['025000.00', undefined],
  ['25000.01', undefined],
  [25_000.5, undefined],
  ['1e5', undefined],
  [' 25000.00', undefined],
  ['99999999999999.00', undefined],
  [null, undefined],
])('%j is %j rupiah', (amount, rupiah) => {
  expect(rupiahOf(amount)).toBe(rupiah);
});
