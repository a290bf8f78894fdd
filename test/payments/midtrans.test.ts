import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { describeProvider, newCharge } from './contract.ts';
import { openMidtrans, type SandboxGround } from './ground.ts';

describeProvider('Midtrans', openMidtrans);

describe('Midtrans alone', () => {
  let ground: SandboxGround;
  beforeAll(async () => {
    ground = await openMidtrans();
  });
  afterAll(() => ground?.close());

  const opened = async () => {
    const charge = newCharge();
    const page = await ground.provider.createPage(ground.account, charge);
    if (page === 'used') throw new Error('A fresh ref was used.');
    return { ref: charge.ref, page };
  };
  const ask = (ref: string) => ground.provider.ask(ground.account, ref);
  const giveBack = (ref: string, amountIdr: number, key = `${ref}-r1`) =>
    ground.provider.refund(ground.account, { ref, key, amountIdr, paidIdr: 75_000, reason: '' });

  test('a captured card is paid, a challenged one waits for review', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'challenge');
    expect(await ask(ref)).toMatchObject({
      state: 'review',
      fraudStatus: 'challenge',
      method: 'credit_card',
      paidIdr: 0,
    });
    await ground.move(ref, 'capture');
    expect(await ask(ref)).toMatchObject({ state: 'paid', status: 'capture', paidIdr: 75_000 });
  });

  test('a denied card ends its attempt, and the page can still be paid on', async () => {
    const { ref, page } = await opened();
    await ground.move(ref, 'deny', { paymentType: 'credit_card' });
    expect(await ask(ref)).toMatchObject({ state: 'denied', paidIdr: 0 });
    expect(await ground.isPayable(page.url)).toBe(true);
  });

  test('a denied attempt is cancelled with its page', async () => {
    const { ref, page } = await opened();
    await ground.move(ref, 'deny', { paymentType: 'credit_card' });
    expect(await ground.provider.cancel(ground.account, ref, page.token)).toBe('cancelled');
    expect(await ground.isPayable(page.url)).toBe(false);
  });

  test('a challenged card that is never accepted is cancelled', async () => {
    const { ref, page } = await opened();
    await ground.move(ref, 'challenge');
    expect(await ground.provider.cancel(ground.account, ref, page.token)).toBe('cancelled');
    expect(await ask(ref)).toMatchObject({ state: 'cancelled' });
  });

  test('from capture all money goes back by cancel, also twice', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'capture');
    expect(await giveBack(ref, 75_000)).toBe('done');
    expect(await ask(ref)).toMatchObject({ status: 'cancel', paidIdr: 0 });
    expect(await giveBack(ref, 75_000)).toBe('done');
  });

  test('from capture a part waits until the card is settled', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'capture');
    await expect(giveBack(ref, 25_000)).rejects.toMatchObject({ temporary: true });
    expect(await ask(ref)).toMatchObject({ status: 'capture', paidIdr: 75_000 });
    await ground.move(ref, 'settle');
    expect(await giveBack(ref, 25_000)).toBe('pending');
    expect(await ask(ref)).toMatchObject({ status: 'partial_refund', refundedIdr: 25_000 });
  });

  test('a refund is an event when it is approved, and another when the bank confirms', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'settle', { paymentType: 'gopay' });
    await ground.webhooks(ref, 1);
    expect(await giveBack(ref, 75_000)).toBe('pending');
    const arrived = await ground.webhooks(ref, 3);
    const events = arrived.map(({ body, headers }) =>
      ground.provider.readWebhook(ground.account, body, headers),
    );
    const words = events.map((event) => (typeof event === 'string' ? event : event.word));
    expect(words.slice(1)).toMatchObject([
      { state: 'paid', refundedIdr: 75_000, refundKeys: [] },
      { state: 'paid', refundedIdr: 75_000, refundKeys: [`${ref}-r1`] },
    ]);
    expect(new Set(events.map((event) => (event as { identity: string }).identity)).size).toBe(3);
  });

  test('a wallet that only refunds in whole leaves a part to be given by hand', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'settle', { paymentType: 'shopeepay' });
    expect(await giveBack(ref, 25_000)).toBe('by_hand');
    expect(await giveBack(ref, 75_000)).toBe('pending');
  });

  test('more than is left is refused for good', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'settle', { paymentType: 'qris' });
    expect(await giveBack(ref, 50_000)).toBe('pending');
    await expect(giveBack(ref, 50_000, `${ref}-r2`)).rejects.toMatchObject({
      temporary: false,
      status: 414,
    });
    expect(await ask(ref)).toMatchObject({ refundedIdr: 50_000 });
  });

  test('what was given back under another key is not given again', async () => {
    const { ref } = await opened();
    await ground.move(ref, 'settle', { paymentType: 'qris' });
    await giveBack(ref, 75_000);
    await expect(giveBack(ref, 75_000, `${ref}-r2`)).rejects.toMatchObject({ temporary: false });
  });

  test('BCA chosen before is a number to transfer to, paid and cancelled like any other', async () => {
    const charge = newCharge({ method: 'bca' });
    const made = await ground.provider.createPage(ground.account, charge);
    expect(made).toMatchObject({ token: null, va: { bank: 'bca', number: expect.any(String) } });
    expect(await ask(charge.ref)).toMatchObject({ state: 'pending', paidIdr: 0 });
    expect(await ground.provider.createPage(ground.account, charge)).toBe('used');
    await ground.move(charge.ref, 'settle');
    expect(await ask(charge.ref)).toMatchObject({ state: 'paid', paidIdr: 75_000 });

    const other = newCharge({ method: 'bca' });
    await ground.provider.createPage(ground.account, other);
    expect(await ground.provider.cancel(ground.account, other.ref, null)).toBe('cancelled');
    expect(await ask(other.ref)).toMatchObject({ status: 'cancel' });
  });

  test('a virtual account ends before a hold that is shorter than a page may live', async () => {
    const now = new Date();
    const holdEndsAt = new Date(now.getTime() + 90_000);
    const charge = newCharge({ method: 'bca', now, holdEndsAt });
    const made = await ground.provider.createPage(ground.account, charge);
    const { expiresAt } = made as { expiresAt: Date };
    expect(expiresAt.getTime()).toBeLessThan(holdEndsAt.getTime());
    expect(expiresAt.getTime()).toBeGreaterThan(now.getTime());
  });
});
