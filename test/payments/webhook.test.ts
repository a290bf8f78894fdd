import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseProviderRef } from '../../src/domain/payment.ts';
import { readWebhook } from '../../src/payments/midtrans/webhook.ts';
import type { ProviderEvent } from '../../src/payments/provider.ts';
import { accountOf } from './ground.ts';
import { notification, REF } from './wire.ts';

const account = accountOf('slamet');
const read = (body: unknown) => readWebhook(account, body);
const event = (body: unknown): ProviderEvent => {
  const read = readWebhook(account, body);
  if (typeof read === 'string') throw new Error(`An event was wanted, not ${read}.`);
  return read;
};

describe('the signature', () => {
  test('is the SHA512 of the vendor’s own sample', () => {
    const serverKey = 'askvnoibnosifnboseofinbofinfgbiufglnbfg';
    const body = notification({ order_id: '1111', gross_amount: '100000.00' }, serverKey);
    expect(body.signature_key).toMatch(/^edc076b21793ebe3e17926350f5b8ae6/);
    expect(readWebhook({ ...account, serverKey }, body)).toMatchObject({ ref: '1111' });
  });

  test.each([
    [{ signature_key: undefined }],
    [{ signature_key: '' }],
    [{ signature_key: 7 }],
    [{ signature_key: 'f'.repeat(128) }],
    [{ signature_key: createHash('sha512').update('guess').digest('hex') }],
  ])('%j is forged', (change) => {
    expect(read({ ...notification(), ...change })).toBe('forged');
  });

  test('by no key is forged, also for an account that lacks one', () => {
    expect(readWebhook({ ...account, serverKey: '' }, notification({}, ''))).toBe('forged');
  });

  test('in capitals is not the signature', () => {
    const body = notification();
    expect(read({ ...body, signature_key: String(body.signature_key).toUpperCase() })).toBe(
      'forged',
    );
  });

  test('holds for no other value of what it covers', () => {
    const field = fc.constantFrom('order_id', 'status_code', 'gross_amount', 'signature_key');
    const value = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789.-') }),
      fc.integer(),
      fc.constant(null),
      fc.constant([]),
    );
    fc.assert(
      fc.property(field, value, (name, mutated) => {
        const body = notification();
        fc.pre(mutated !== body[name]);
        expect(['forged', 'malformed']).toContain(read({ ...body, [name]: mutated }));
      }),
    );
  });

  test('holds for no single changed character', () => {
    const field = fc.constantFrom('order_id', 'status_code', 'gross_amount', 'signature_key');
    fc.assert(
      fc.property(field, fc.nat(), fc.string({ minLength: 1, maxLength: 1 }), (name, at, other) => {
        const body = notification();
        const characters = [...String(body[name])];
        fc.pre(characters[at % characters.length] !== other);
        characters[at % characters.length] = other;
        expect(['forged', 'malformed']).toContain(read({ ...body, [name]: characters.join('') }));
      }),
    );
  });

  test('lets no amount begin with a zero that was part of the code', () => {
    const body = notification({ order_id: 'MOVE0001-120', gross_amount: '5000.00' });
    const moved = { order_id: 'MOVE0001-1', status_code: '202', gross_amount: '005000.00' };
    expect(read(body)).toMatchObject({ ref: 'MOVE0001-120' });
    expect(read({ ...body, ...moved })).toBe('malformed');
  });

  // The fields are signed without anything between them, so characters may be moved across.
  test('lets no moved character name another attempt of ours', () => {
    const amounts = fc.integer({ min: 1, max: 99_999_999 });
    const codes = fc.constantFrom('200', '201', '202', '407');
    fc.assert(
      fc.property(amounts, codes, fc.integer({ min: 1, max: 99 }), (idr, status_code, attempt) => {
        const order_id = `MOVE0001-${attempt}`;
        const body = notification({ order_id, status_code, gross_amount: `${idr}.00` });
        const signed = `${order_id}${status_code}${idr}.00`;
        for (let cut = 1; cut < signed.length - 3; cut += 1) {
          if (cut === order_id.length) continue;
          const moved = {
            ...body,
            order_id: signed.slice(0, cut),
            status_code: signed.slice(cut, cut + 3),
            gross_amount: signed.slice(cut + 3),
          };
          const found = read(moved);
          if (typeof found === 'string') continue;
          expect(parseProviderRef(found.ref)?.attempt ?? 1_000).toBeGreaterThan(99);
        }
      }),
    );
  });
});

describe('reading', () => {
  test('gives what was received, without the signature', () => {
    const { signature_key: _, ...rest } = notification({ custom_field1: 'kept' });
    expect(event(notification({ custom_field1: 'kept' }))).toMatchObject({
      ref: REF,
      currency: 'IDR',
      word: { state: 'paid', paidIdr: 75_000, method: 'qris' },
    });
    expect(event(notification({ custom_field1: 'kept' })).payload).toEqual(rest);
  });

  test('says another currency and counts none of it', () => {
    expect(event(notification({ currency: 'USD' }))).toMatchObject({
      currency: 'USD',
      word: { state: 'unknown', paidIdr: 0 },
    });
  });

  test('takes the dashboard’s test notification for an order that is not ours', () => {
    const order_id = 'payment_notif_test_G812785002_0c7cd2f9-c3fb-4d2d-b5a2-0123456789ab';
    expect(event(notification({ order_id })).ref).toBe(order_id);
  });

  test.each([
    ['no transaction', { transaction_id: undefined }],
    ['no status', { transaction_status: undefined }],
    ['a status that is an object', { transaction_status: {} }],
    ['refunds that are no list', { refunds: 'many' }],
    ['an order id with a slash', { order_id: 'a/b' }],
    ['more than a notification holds', { custom_field1: 'x'.repeat(40_000) }],
    ['too many refunds', { refunds: Array.from({ length: 300 }, () => ({})) }],
  ])('%s is malformed although signed', (_what, change) => {
    expect(read(notification(change))).toBe('malformed');
  });

  test.each([20, 50_000])('is not led %i levels down', (levels) => {
    let deep: unknown = 'x';
    for (let i = 0; i < levels; i += 1) deep = [deep];
    expect(read(notification({ deep }))).toBe('malformed');
  });

  test('leaves no way into prototypes, nor text that Postgres refuses', () => {
    const text = JSON.stringify(notification()).replace(
      '{',
      '{"__proto__":{"polluted":1},"nested":{"__proto__":{"polluted":1},"constructor":{"x":1}},"odd":"a\\u0000b\\ud800",',
    );
    const { payload } = event(JSON.parse(text));
    expect(Object.keys(payload)).not.toContain('__proto__');
    expect(JSON.stringify(payload)).not.toMatch(/__proto__|\\u0000|\\ud800/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(payload.odd).toBe('ab\ufffd');
  });

  test('never throws, whatever is signed', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        expect(() => read({ ...notification(), ...more })).not.toThrow();
        expect(() => read(notification(more))).not.toThrow();
      }),
    );
  });
});

describe('the identity', () => {
  const identity = (change: Record<string, unknown>) => event(notification(change)).identity;
  const refund = (refund_key: string, bank_confirmed_at?: string) => ({
    refund_key,
    refund_amount: '1000.00',
    bank_confirmed_at,
  });

  test('is the same for the same event, whatever else it says', () => {
    expect(identity({ custom_field1: 'a', status_message: 'x' })).toBe(identity({}));
  });

  test('tells every event of a transaction from every other', () => {
    const events = [
      {},
      { transaction_id: 'another-transaction' },
      { transaction_status: 'pending', status_code: '201' },
      { transaction_status: 'capture', fraud_status: 'accept' },
      { transaction_status: 'capture', fraud_status: 'challenge' },
      { transaction_status: 'capture', fraud_status: 'challenge', status_code: '201' },
      { transaction_status: 'expire', status_code: '202' },
      { transaction_status: 'expire', status_code: '407' },
      { transaction_status: 'partial_refund', refunds: [refund('r1')] },
      { transaction_status: 'partial_refund', refunds: [refund('r1', '2026-02-01 10:00:00')] },
      { transaction_status: 'partial_refund', refunds: [refund('r1'), refund('r2')] },
      { transaction_status: 'partial_refund', refunds: [refund('r1', 'then'), refund('r2')] },
      { transaction_status: 'partial_refund', refunds: [refund('r1'), refund('r2', 'then')] },
      { transaction_status: 'refund', refunds: [refund('r1')] },
    ];
    expect(new Set(events.map(identity)).size).toBe(events.length);
  });

  test('stays short enough for an index', () => {
    const refunds = Array.from({ length: 100 }, (_, i) => refund(`${i}`.repeat(100).slice(0, 200)));
    expect(identity({ refunds }).length).toBeLessThan(300);
  });
});
