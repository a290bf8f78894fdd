import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageRequest } from '../../src/payments/midtrans/page.ts';
import { newCharge } from './contract.ts';

interface Sent {
  transaction_details: { order_id: string; gross_amount: number };
  item_details: { price: number; quantity: number; name: string }[];
  expiry: { start_time: string; duration: number; unit: string };
}

const NOW = new Date('2026-02-01T03:00:00.400Z');
const MINUTE_MS = 60_000;
const inMs = (ms: number) => new Date(NOW.getTime() + ms);
const sent = (change: Parameters<typeof newCharge>[0]) => {
  const { body, expiresAt } = pageRequest(newCharge({ now: NOW, ...change }));
  return { body: body as Sent, expiresAt };
};
/** When Midtrans ends it: the start in Jakarta plus whole minutes. */
const endOf = ({ expiry }: Sent) =>
  Date.parse(expiry.start_time.replace(/^(\S+) (\S+) \+0700$/, '$1T$2+07:00')) +
  expiry.duration * MINUTE_MS;

describe('what is sent for a page', () => {
  test('names nobody: an id, an amount, what is bought and where to return', () => {
    const { body } = sent({ ref: 'ABCD1234-1', holdEndsAt: inMs(30 * MINUTE_MS) });
    expect(body).toEqual({
      transaction_details: { order_id: 'ABCD1234-1', gross_amount: 75_000 },
      item_details: [{ id: 'ABCD1234-1', price: 75_000, quantity: 1, name: 'Bambangan × 3' }],
      callbacks: { finish: 'http://localhost:3000/slamet/return' },
      expiry: { start_time: '2026-02-01 09:59:40 +0700', duration: 30, unit: 'minute' },
    });
  });

  test('ends before the hold by the time a settlement notice takes, where five minutes allow', () => {
    const holds = fc.integer({ min: 5 * MINUTE_MS + 21_000, max: 8 * 24 * 60 * MINUTE_MS });
    fc.assert(
      fc.property(holds, (ms) => {
        const { body, expiresAt } = sent({ holdEndsAt: inMs(ms) });
        expect(endOf(body)).toBe(expiresAt.getTime());
        const lead = NOW.getTime() + ms - expiresAt.getTime();
        expect(lead).toBeGreaterThanOrEqual(20_000);
        const weekLong = body.expiry.duration === 7 * 24 * 60;
        expect(weekLong || lead < 22_000).toBe(true);
        expect(body.expiry.duration).toBeLessThanOrEqual(7 * 24 * 60);
        expect(expiresAt.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(5 * MINUTE_MS - 1_000);
      }),
    );
  });

  test.each([-1, 0, 0.2, 3, 5, 5.3])('lives five minutes for a hold of %d minutes', (minutes) => {
    const { body, expiresAt } = sent({ holdEndsAt: inMs(minutes * MINUTE_MS) });
    expect(body.expiry).toMatchObject({ start_time: '2026-02-01 10:00:00 +0700', duration: 5 });
    expect(expiresAt).toEqual(new Date('2026-02-01T03:05:00Z'));
  });

  test('sums up, and names what is bought in at most fifty whole characters', () => {
    const labels = fc.string({ unit: 'grapheme', maxLength: 200 });
    fc.assert(
      fc.property(labels, fc.integer({ min: 1, max: 999_999_999 }), (label, amountIdr) => {
        const [item] = sent({ label, amountIdr }).body.item_details;
        expect(item).toMatchObject({ price: amountIdr, quantity: 1 });
        const name = item?.name ?? '';
        expect([...name].length).toBeGreaterThan(0);
        expect([...name].length).toBeLessThanOrEqual(50);
        expect(Buffer.from(name).toString()).toBe(name);
      }),
    );
  });

  test.each([
    { amountIdr: 0 },
    { amountIdr: -1 },
    { amountIdr: 25_000.5 },
    { amountIdr: Number.NaN },
    { ref: '' },
    { ref: 'a/b' },
    { ref: 'x'.repeat(51) },
  ])('is refused for %j', (change) => {
    expect(() => sent(change)).toThrow(/whole rupiah/);
  });
});
