import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ProviderEvent } from '../../src/payments/provider.ts';
import { describeProvider, newCharge } from './contract.ts';
import { openXendit, type SandboxGround } from './ground.ts';

describeProvider('Xendit', openXendit);

describe('Xendit alone', () => {
  let ground: SandboxGround;
  beforeAll(async () => {
    ground = await openXendit();
    await be();
  });
  afterEach(() => be());
  afterAll(() => ground?.close());

  /** How the sandbox's Xendit is from now on (docs/sandbox.md). */
  const be = async (habits: object = {}) => {
    const { status } = await ground.control('PUT', '/xendit/limits', { settles: false, ...habits });
    if (status !== 200) throw new Error(`The sandbox would not change: ${status}`);
  };
  const opened = async () => {
    const charge = newCharge();
    const page = await ground.provider.createPage(ground.account, charge);
    if (page === 'used') throw new Error('A fresh ref was used.');
    return { ref: charge.ref, page };
  };
  const ask = (ref: string) => ground.provider.ask(ground.account, ref);
  const paidBy = async (channel: string) => {
    const { ref } = await opened();
    await ground.move(ref, 'pay', { channel });
    return ref;
  };
  const giveBack = (ref: string, amountIdr: number, key = `${ref}-r1`) =>
    ground.provider.refund(ground.account, { ref, key, amountIdr, paidIdr: 75_000, reason: '' });
  const read = (webhook: { body: unknown; headers: ProviderHeaders }) =>
    ground.provider.readWebhook(ground.account, webhook.body, webhook.headers) as ProviderEvent;
  type ProviderHeaders = Parameters<SandboxGround['provider']['readWebhook']>[2];

  test('a page that was made already is answered again, its end with it', async () => {
    const charge = newCharge();
    const first = await ground.provider.createPage(ground.account, charge);
    expect(await ground.provider.createPage(ground.account, charge)).toEqual(first);
  });

  test('settled is paid like paid', async () => {
    await be({ settles: true });
    await ground.control('PUT', '/clock', { retryScale: 0.000001 });
    const ref = await paidBy('DANA');
    await expect.poll(async () => (await ask(ref)).status, { timeout: 10_000 }).toBe('settled');
    await ground.control('PUT', '/clock', { retryScale: 0.0001 });
    expect(await ask(ref)).toMatchObject({ state: 'paid', paidIdr: 75_000 });
  });

  test('money on an expired invoice is late money, and comes with its event', async () => {
    const { ref } = await opened();
    await ground.expire(ref);
    await ground.move(ref, 'pay', { channel: 'BCA' });
    expect(await ask(ref)).toMatchObject({ state: 'paid', status: 'expired', paidIdr: 75_000 });
    const [expired, paid] = (await ground.webhooks(ref, 2)).map(read);
    expect([expired?.word.state, paid?.word.state]).toEqual(['expired', 'paid']);
    expect(paid).toMatchObject({ ref, word: { paidIdr: 75_000 } });
  });

  test('money that only a webhook tells of is not counted', async () => {
    await be({ showsLatePayment: false });
    const { ref } = await opened();
    await ground.expire(ref);
    await ground.move(ref, 'pay', { channel: 'BCA' });
    const [, paid] = (await ground.webhooks(ref, 2)).map(read);
    expect(paid?.word).toMatchObject({ state: 'paid', paidIdr: 75_000 });
    expect(await ask(ref)).toMatchObject({ state: 'expired', paidIdr: 0 });
  });

  test.each(['BCA', 'ALFAMART', 'QRIS'])('%s is given back by hand', async (channel) => {
    const ref = await paidBy(channel);
    expect(await giveBack(ref, 75_000)).toBe('by_hand');
    expect(await ask(ref)).toMatchObject({ refundedIdr: 0 });
  });

  test('a wallet that only refunds in whole leaves a part to be given by hand', async () => {
    const ref = await paidBy('OVO');
    expect(await giveBack(ref, 25_000)).toBe('by_hand');
    expect(await giveBack(ref, 75_000)).toBe('pending');
  });

  test('more than is left is given back by hand', async () => {
    const ref = await paidBy('CREDIT_CARD');
    expect(await giveBack(ref, 50_000)).toBe('pending');
    expect(await giveBack(ref, 50_000, `${ref}-r2`)).toBe('by_hand');
    expect(await ask(ref)).toMatchObject({ refundedIdr: 50_000 });
  });

  test('a second refund waits until the bank is done with the first', async () => {
    await be({ refunds: 'wait' });
    const ref = await paidBy('DANA');
    expect(await giveBack(ref, 25_000)).toBe('pending');
    await expect(giveBack(ref, 25_000, `${ref}-r2`)).rejects.toMatchObject({ temporary: true });
  });

  test.each([false, true])(
    'a refund is an event when it ended; nested once more: %s',
    async (nestsRefunds) => {
      await be({ nestsRefunds });
      const ref = await paidBy('DANA');
      expect(await giveBack(ref, 75_000)).toBe('pending');
      const ended = (await ground.webhooks(ref, 2)).map(read).at(-1);
      expect(ended).toMatchObject({
        ref,
        word: { state: 'unknown', refundedIdr: 75_000, refundKeys: [`${ref}-r1`] },
      });
      expect(await giveBack(ref, 75_000)).toBe('done');
    },
  );

  test('a refund that failed is given back by hand, and is not on its way', async () => {
    await be({ refunds: 'fail' });
    const ref = await paidBy('DANA');
    expect(await giveBack(ref, 75_000)).toBe('pending');
    await ground.webhooks(ref, 2);
    expect(await giveBack(ref, 75_000)).toBe('by_hand');
    expect(await ask(ref)).toMatchObject({ paidIdr: 75_000, refundedIdr: 0, refundKeys: [] });
  });

  test('a hold that ends at once still has a page of a minute', async () => {
    const now = new Date();
    const charge = newCharge({ now, holdEndsAt: new Date(now.getTime() + 10_000) });
    const page = await ground.provider.createPage(ground.account, charge);
    expect(page).toMatchObject({ url: expect.any(String) });
  });

  test.each([
    ['bca', ['BCA'], []],
    ['bank', ['BCA', 'BNI', 'BRI', 'MANDIRI', 'PERMATA'], []],
    ['qris', [], ['QRIS']],
  ] as const)('%s chosen before narrows the page', async (method, banks, codes) => {
    const charge = newCharge({ method });
    await ground.provider.createPage(ground.account, charge);
    const made = await invoiceOf(ground, charge.ref);
    const { available_banks: offered, available_qr_codes: qrs, available_ewallets: rest } = made;
    expect(offered.map(({ bank_code: bank }) => bank)).toEqual(banks);
    expect(qrs.map(({ qr_code_type: type }) => type)).toEqual(codes);
    expect(rest).toEqual([]);
  });
});

interface Offered {
  available_banks: { bank_code: string }[];
  available_qr_codes: { qr_code_type: string }[];
  available_ewallets: unknown[];
}

/** The one invoice of a ref, read past the adapter. */
async function invoiceOf({ url, account }: SandboxGround, ref: string): Promise<Offered> {
  const authorization = `Basic ${Buffer.from(`${account.serverKey}:`).toString('base64')}`;
  const response = await fetch(`${url}/xendit/v2/invoices?external_id=${ref}`, {
    headers: { authorization },
  });
  const invoices = (await response.json()) as Offered[];
  expect(invoices).toHaveLength(1);
  return invoices[0]!;
}
