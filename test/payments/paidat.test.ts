import { describe, expect, test } from 'vitest';
import { readWebhook as readMidtrans } from '../../src/payments/midtrans/webhook.ts';
import type { ProviderEvent } from '../../src/payments/provider.ts';
import { readWebhook as readXendit } from '../../src/payments/xendit/webhook.ts';
import { accountOf } from './ground.ts';
import { notification } from './wire.ts';

const account = { ...accountOf('slamet'), webhookToken: 'token' };
const paid = { transaction_status: 'settlement', status_code: '200' };

const midtrans = (fields: Record<string, string>) => {
  return saidBy(readMidtrans(account, notification(fields)));
};

const xendit = (fields: Record<string, unknown>) => {
  const body = { id: 'i1', external_id: 'AAAAAAAA-1', amount: 15_000, status: 'PAID', ...fields };
  return saidBy(readXendit(account, body, { 'x-callback-token': 'token' }));
};

/** When an event says that the money came; it must be one, whatever it says of that. */
function saidBy(event: ProviderEvent | 'forged' | 'malformed'): Date | undefined {
  if (typeof event === 'string') throw new Error(`The notification is ${event}.`);
  return event.word.paidAt;
}

describe('when the money came', () => {
  test.each([
    ['when it settled', { settlement_time: '2026-03-01 00:30:05' }, '2026-02-28T17:30:05.000Z'],
    [
      'when it settled, not when a method was chosen',
      { settlement_time: '2026-03-01 12:00:00', transaction_time: '2026-03-01 11:00:00' },
      '2026-03-01T05:00:00.000Z',
    ],
    [
      'when a card was charged',
      { transaction_status: 'capture', transaction_time: '2026-03-01 11:00:00' },
      '2026-03-01T04:00:00.000Z',
    ],
  ])('is, at Midtrans, %s', (_what, fields, at) => {
    expect(midtrans({ ...paid, ...fields })).toEqual(new Date(at));
  });

  test.each([
    [
      'of none that came',
      { transaction_status: 'pending', transaction_time: '2026-03-01 11:00:00' },
    ],
    ['without an instant', { transaction_time: '' }],
    ['of no instant', { settlement_time: '2026-13-45 99:99:99' }],
    ['of another form', { settlement_time: 'yesterday' }],
  ])('is not known %s, and the event is one all the same', (_what, fields) => {
    expect(midtrans({ ...paid, ...fields })).toBeUndefined();
  });

  test('is, at Xendit, what it says of a paid invoice', () => {
    const said = { paid_at: '2026-03-01T05:00:00.250Z' };
    expect(xendit(said)).toEqual(new Date(said.paid_at));
    expect(xendit({ paid_at: 'soon' })).toBeUndefined();
    expect(xendit({})).toBeUndefined();
    expect(xendit({ ...said, status: 'PENDING' })).toBeUndefined();
  });
});
