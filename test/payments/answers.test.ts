import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newCharge } from './contract.ts';
import { json, REF, startWire, transaction, type Wire } from './wire.ts';

let wire: Wire;
beforeAll(async () => {
  wire = await startWire();
});
afterAll(() => wire?.close());

const KEY = `${REF}-r1`;
const giveBack = (amountIdr = 75_000) =>
  wire.provider.refund(wire.account, {
    ref: REF,
    key: KEY,
    amountIdr,
    paidIdr: 75_000,
    reason: '',
  });
const cancel = (token: string | null = 'token-1') => wire.provider.cancel(wire.account, REF, token);
const said = (status_code: string, status_message = 'No.') => json({ status_code, status_message });
const refunds = (confirmed?: string) => [
  { refund_key: KEY, refund_amount: '75000.00', bank_confirmed_at: confirmed },
];

describe('opening a page', () => {
  const open = () => wire.provider.createPage(wire.account, newCharge());

  test.each([
    'transaction_details.order_id has been paid and utilized, please use another order ID',
    'transaction_details.order_id sudah digunakan',
  ])('takes "%s" for used', async (message) => {
    wire.answer(json({ error_messages: [message] }, 400));
    expect(await open()).toBe('used');
  });

  test.each([
    {},
    { token: 'abc' },
    { token: 'abc', redirect_url: 'javascript:alert(1)' },
    { token: '../abc', redirect_url: 'https://app.midtrans.com/snap/v4/redirection/abc' },
  ])('does not take %j for a page', async (body) => {
    wire.answer(json(body, 201));
    await expect(open()).rejects.toMatchObject({ name: 'ProviderError', temporary: true });
  });
});

describe('asking', () => {
  const ask = () => wire.provider.ask(wire.account, REF);

  test.each([
    ['another currency', { currency: 'USD' }],
    ['a fraction of a rupiah', { gross_amount: '75000.50' }],
    ['no amount at all', { gross_amount: '0.00' }],
    ['an amount in words', { gross_amount: '7e4' }],
  ])('stops at %s', async (_what, change) => {
    wire.answer(json(transaction(change)));
    await expect(ask()).rejects.toMatchObject({ name: 'ProviderError', temporary: false });
  });

  test('reads an expired transaction, whose status is 407', async () => {
    wire.answer(json(transaction({ status_code: '407', transaction_status: 'expire' })));
    expect(await ask()).toMatchObject({ state: 'expired', paidIdr: 0 });
  });

  test('reads a missing one under HTTP 404 as well', async () => {
    wire.answer(json({ status_code: '404', status_message: 'Not found' }, 404));
    expect(await ask()).toMatchObject({ state: 'unknown', paidIdr: 0 });
  });
});

describe('cancelling', () => {
  const page = (message: string, status = 400) => json({ error_messages: [message] }, status);

  test.each([
    ['token already canceled', 'cancelled'],
    ['token not found', 'cancelled'],
    ['Transaction is on progress', 'refused'],
  ])('with only a page, which answers "%s", is %s', async (message, answer) => {
    wire.answer(said('404', "Transaction doesn't exist."), page(message));
    expect(await cancel()).toBe(answer);
    expect(wire.asked.map(({ line }) => line)).toEqual([
      `POST /midtrans/v2/${REF}/cancel`,
      'POST /midtrans/snap/v1/transactions/token-1/cancel',
    ]);
  });

  test('closes the page of a cancelled transaction too', async () => {
    wire.answer(
      said('200', 'Success, transaction is canceled'),
      page('Transaction is on progress'),
    );
    expect(await cancel()).toBe('refused');
  });

  test.each([
    ['settlement', 'refused'],
    ['capture', 'refused'],
    ['pending', 'refused'],
    ['cancel', 'cancelled'],
    ['expire', 'cancelled'],
    ['deny', 'cancelled'],
  ])('that cannot be, since it is %s, is %s', async (transaction_status, answer) => {
    wire.answer(
      said('412'),
      json(transaction({ transaction_status })),
      json({ canceled_at: 'now' }),
    );
    expect(await cancel()).toBe(answer);
  });

  test('is refused when the page says something new', async () => {
    wire.answer(said('404'), page('Please come back on Monday'));
    await expect(cancel()).rejects.toMatchObject({ temporary: false });
  });
});

describe('giving money back', () => {
  test('sends the key and the amount, and no reason that somebody wrote', async () => {
    wire.answer(json(transaction()), said('200', 'Success, refund request is approved'));
    expect(await giveBack(25_000)).toBe('pending');
    expect(JSON.parse(wire.asked.at(-1)?.text ?? '')).toEqual({ refund_key: KEY, amount: 25_000 });
  });

  test.each([
    [{ status_message: 'Success, refund request is approved' }, 'pending'],
    [{ status_message: 'Success, refund request is approved by the bank' }, 'done'],
    [{ refunds: refunds() }, 'pending'],
    [{ refunds: refunds('2026-02-01 10:00:00') }, 'done'],
    [{ refunds: 'soon' }, 'pending'],
  ])('answered %j is %s', async (change, went) => {
    wire.answer(json(transaction()), json({ status_code: '200', ...change }));
    expect(await giveBack()).toBe(went);
  });

  test('asked for again is pending until the bank confirms, and is not sent again', async () => {
    const listed = (at?: string) =>
      json(transaction({ transaction_status: 'refund', refunds: refunds(at) }));
    wire.answer(listed(), listed('2026-02-01 10:00:00'));
    expect(await giveBack()).toBe('pending');
    expect(await giveBack()).toBe('done');
    expect(wire.asked.every(({ line }) => line.startsWith('GET'))).toBe(true);
  });

  test.each(['406', '412', '414'])('refused with %s, but listed, went', async (code) => {
    const after = { transaction_status: 'refund', refunds: refunds('2026-02-01 10:00:00') };
    wire.answer(json(transaction()), said(code), json(transaction(after)));
    expect(await giveBack()).toBe('done');
  });

  test('refused as a duplicate that is not listed yet is asked for again', async () => {
    wire.answer(json(transaction()), said('406', 'Duplicate refund ID'), json(transaction()));
    await expect(giveBack()).rejects.toMatchObject({ temporary: true });
  });

  test.each(['202', '412', '414'])('refused with %s and not listed is over', async (code) => {
    wire.answer(json(transaction()), said(code), json(transaction()));
    await expect(giveBack()).rejects.toMatchObject({ temporary: false, status: Number(code) });
  });

  test.each(['bank_transfer', 'echannel', 'permata', 'cstore', 'bca_klikpay', 'something_new'])(
    'by %s is a matter of hands, and nothing is asked for',
    async (payment_type) => {
      wire.answer(json(transaction({ payment_type })));
      expect(await giveBack()).toBe('by_hand');
      expect(wire.asked.map(({ line }) => line)).toEqual([`GET /midtrans/v2/${REF}/status`]);
    },
  );

  test('from a capture that settles meanwhile is asked for again', async () => {
    wire.answer(json(transaction({ transaction_status: 'capture' })), said('412'));
    await expect(giveBack()).rejects.toMatchObject({ temporary: true });
  });

  test('in part from a capture cancels nothing', async () => {
    wire.answer(json(transaction({ transaction_status: 'capture' })));
    await expect(giveBack(25_000)).rejects.toMatchObject({ temporary: true });
    expect(wire.asked).toHaveLength(1);
  });

  test.each(['chargeback', 'refund', 'pending', 'deny', 'expire'])(
    'of a transaction in %s is never tried',
    async (transaction_status) => {
      wire.answer(json(transaction({ transaction_status })));
      await expect(giveBack()).rejects.toMatchObject({ temporary: false });
      expect(wire.asked).toHaveLength(1);
    },
  );
});
