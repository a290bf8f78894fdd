import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '../../src/domain/payment.ts';
import {
  type Charge,
  type PaymentPage,
  type Provider,
  ProviderError,
  type WebhookHeaders,
} from '../../src/payments/provider.ts';

/** How the wire breaks under the next call: see `docs/sandbox.md`. */
export type Break = 'hang' | 'html' | 'lost' | 429 | 500 | 503;

/** A webhook as it arrived. */
export interface Arrived {
  body: unknown;
  headers: WebhookHeaders;
}

/** What a provider's own emulator must be able to do for the contract to be tried on it. */
export interface ProviderGround {
  provider: Provider;
  /** The same, but out of patience after `IMPATIENT_MS`. */
  impatient: Provider;
  account: Account;
  /** Another business's account, as valid as the first. */
  stranger: Account;
  /** Whether a customer can still pay on a page. */
  isPayable(url: string): Promise<boolean>;
  /** Picks a way to pay and does not pay yet. */
  choose(page: PaymentPage): Promise<void>;
  /** Has something happen without money, of which the provider tells. */
  stir(ref: string, page: PaymentPage): Promise<void>;
  /** By a channel that gives money back through the API, in part too, or by bank transfer. */
  pay(ref: string, by?: { amountIdr?: number; transfer?: boolean }): Promise<void>;
  expire(ref: string): Promise<void>;
  /** The webhooks that arrived about a ref: waits until there are so many. */
  webhooks(ref: string, atLeast: number): Promise<Arrived[]>;
  /** What stands in the headers of this account's webhooks. */
  headers: WebhookHeaders;
  resendLast(ref: string): Promise<void>;
  breakNext(how: Break): Promise<void>;
  mend(): Promise<void>;
  close(): Promise<void>;
}

export const IMPATIENT_MS = 250;

let refs = 0;

/** A charge of a ref that was never used; the hold ends in half an hour. */
export function newCharge(change: Partial<Charge> = {}): Charge {
  refs += 1;
  const now = new Date();
  return {
    ref: `CNTR${String(refs).padStart(4, '0')}-1`,
    amountIdr: 75_000,
    label: 'Bambangan × 3',
    method: null,
    returnUrl: 'http://localhost:3000/slamet/return',
    now,
    holdEndsAt: new Date(now.getTime() + 30 * 60_000),
    ...change,
  };
}

/** What Pesan expects of every provider, whatever its wire looks like. */
export function describeProvider(name: string, open: () => Promise<ProviderGround>): void {
  describe(`${name} as a provider`, () => {
    let ground: ProviderGround;
    beforeAll(async () => {
      ground = await open();
    });
    afterEach(() => ground.mend());
    afterAll(() => ground?.close());

    const openPage = async (change: Partial<Charge> = {}) => {
      const charge = newCharge(change);
      const page = await ground.provider.createPage(ground.account, charge);
      if (page === 'used') throw new Error(`${charge.ref} was used before.`);
      return { ...charge, page };
    };
    const ask = (ref: string) => ground.provider.ask(ground.account, ref);
    const cancel = (ref: string, token: string | null) =>
      ground.provider.cancel(ground.account, ref, token);
    const giveBack = (ref: string, key: string, amountIdr: number) =>
      ground.provider.refund(ground.account, {
        ref,
        key,
        amountIdr,
        paidIdr: 75_000,
        reason: 'The trail is closed.',
      });

    describe('a page', () => {
      test('can be paid on, and ends before the hold', async () => {
        const { page, holdEndsAt, now } = await openPage();
        expect(await ground.isPayable(page.url)).toBe(true);
        expect(page.expiresAt.getTime()).toBeLessThanOrEqual(holdEndsAt.getTime() - 20_000);
        expect(page.expiresAt.getTime()).toBeGreaterThan(now.getTime() + 28 * 60_000);
      });

      test('asked for twice leaves one page to pay on', async () => {
        const first = await openPage();
        const again = await ground.provider.createPage(ground.account, first);
        const urls = [first.page.url, ...(again === 'used' ? [] : [again.url])];
        const payable = await Promise.all([...new Set(urls)].map((url) => ground.isPayable(url)));
        expect(payable.filter(Boolean)).toHaveLength(1);
      });

      test('is the same or used once the customer is paying, and used once they paid', async () => {
        const { page, ...charge } = await openPage();
        await ground.choose(page);
        const again = await ground.provider.createPage(ground.account, charge);
        if (again !== 'used') expect(again).toEqual(page);
        await ground.pay(charge.ref);
        expect(await ground.provider.createPage(ground.account, charge)).toBe('used');
      });

      test('comes after an answer that was lost', async () => {
        const charge = newCharge();
        await ground.breakNext('lost');
        await expect(ground.provider.createPage(ground.account, charge)).rejects.toMatchObject({
          name: 'ProviderError',
          temporary: true,
        });
        const page = await ground.provider.createPage(ground.account, charge);
        expect(page).toMatchObject({ url: expect.any(String) });
      });
    });

    describe('asked', () => {
      test('knows nothing of a ref that was never opened', async () => {
        expect(await ask(newCharge().ref)).toMatchObject({ state: 'unknown', paidIdr: 0 });
      });

      test('counts no money while a customer is paying', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        expect(await ask(ref)).toMatchObject({ state: 'pending', paidIdr: 0, refundedIdr: 0 });
      });

      test('says how much arrived, also when it is not what was asked', async () => {
        const exact = await openPage();
        await ground.pay(exact.ref);
        expect(await ask(exact.ref)).toMatchObject({ state: 'paid', paidIdr: 75_000 });
        const short = await openPage();
        await ground.pay(short.ref, { amountIdr: 50_000 });
        expect(await ask(short.ref)).toMatchObject({ state: 'paid', paidIdr: 50_000 });
      });

      test('says that the time to pay is over', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        await ground.expire(ref);
        expect(await ask(ref)).toMatchObject({ state: 'expired', paidIdr: 0 });
      });

      test('tells one business nothing of another', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        const word = await ground.provider.ask(ground.stranger, ref);
        expect(word).toMatchObject({ state: 'unknown', paidIdr: 0 });
      });
    });

    describe('cancelling', () => {
      test('closes a page on which nothing was chosen, also twice', async () => {
        const { ref, page } = await openPage();
        expect(await cancel(ref, page.token)).toBe('cancelled');
        expect(await ground.isPayable(page.url)).toBe(false);
        expect(await cancel(ref, page.token)).toBe('cancelled');
      });

      test('closes a payment that is under way with its page, also twice', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        expect(await cancel(ref, page.token)).toBe('cancelled');
        expect(await ground.isPayable(page.url)).toBe(false);
        const { state, paidIdr } = await ask(ref);
        // Not every provider has a word of its own for it.
        expect(['cancelled', 'expired']).toContain(state);
        expect(paidIdr).toBe(0);
        expect(await cancel(ref, page.token)).toBe('cancelled');
      });

      test('says so of what expired, and of what never was', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        await ground.expire(ref);
        expect(await cancel(ref, page.token)).toBe('cancelled');
        expect(await cancel(newCharge().ref, null)).toBe('cancelled');
      });

      test('is refused once the money is there, which stays', async () => {
        const { ref, page } = await openPage();
        await ground.pay(ref);
        expect(await cancel(ref, page.token)).toBe('refused');
        expect(await ask(ref)).toMatchObject({ state: 'paid', paidIdr: 75_000 });
      });

      test('does not hide money that comes later', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        await cancel(ref, page.token);
        await ground.pay(ref, { transfer: true });
        expect(await ask(ref)).toMatchObject({ state: 'paid', paidIdr: 75_000 });
      });
    });

    describe('giving money back', () => {
      test('happens once a key, however often it is asked for', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        expect(['done', 'pending']).toContain(await giveBack(ref, `${ref}-r1`, 25_000));
        expect(['done', 'pending']).toContain(await giveBack(ref, `${ref}-r1`, 25_000));
        expect(await ask(ref)).toMatchObject({ paidIdr: 75_000, refundedIdr: 25_000 });
        await expect
          // Some providers give back one part after the other.
          .poll(() => giveBack(ref, `${ref}-r2`, 50_000).catch(askAgain))
          .toMatch(/^(done|pending)$/);
        expect(await ask(ref)).toMatchObject({ state: 'paid', refundedIdr: 75_000 });
      });

      test('happens once when the answer was lost', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        const lost = { temporary: true };
        await ground.breakNext('lost');
        await expect(giveBack(ref, `${ref}-r1`, 25_000)).rejects.toMatchObject(lost);
        expect(['done', 'pending']).toContain(await giveBack(ref, `${ref}-r1`, 25_000));
        expect(await ask(ref)).toMatchObject({ refundedIdr: 25_000 });
      });

      test('is done once the provider names the key', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        await giveBack(ref, `${ref}-r1`, 75_000);
        await expect.poll(async () => (await ask(ref)).refundKeys).toContain(`${ref}-r1`);
        expect(await giveBack(ref, `${ref}-r1`, 75_000)).toBe('done');
      });

      test('is by hand after a bank transfer', async () => {
        const { ref } = await openPage();
        await ground.pay(ref, { transfer: true });
        expect(await giveBack(ref, `${ref}-r1`, 75_000)).toBe('by_hand');
        expect(await ask(ref)).toMatchObject({ refundedIdr: 0 });
      });

      test('is refused for good where no money is', async () => {
        const { ref, page } = await openPage();
        await ground.choose(page);
        await expect(giveBack(ref, `${ref}-r1`, 75_000)).rejects.toMatchObject({
          temporary: false,
        });
      });
    });

    describe('a webhook', () => {
      const read = ({ body, headers }: Arrived, account = ground.account) =>
        ground.provider.readWebhook(account, body, headers);
      const last = async (ref: string) => (await ground.webhooks(ref, 1)).at(-1)!;

      test('names its ref and what happened, without its signature', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        const event = read(await last(ref));
        expect(event).toMatchObject({ ref, currency: 'IDR', word: { paidIdr: 75_000 } });
        expect(inspect(event, { depth: 9 })).not.toMatch(/signature|callback.?token/i);
      });

      test('is the same event when it comes again, and another when something happened', async () => {
        const { ref, page } = await openPage();
        await ground.stir(ref, page);
        await ground.webhooks(ref, 1);
        await ground.pay(ref);
        await ground.webhooks(ref, 2);
        await ground.resendLast(ref);
        const arrived = await ground.webhooks(ref, 3);
        const identities = arrived.map((each) => (read(each) as { identity: string }).identity);
        expect(identities.at(-1)).toBe(identities.at(-2));
        expect(new Set(identities).size).toBe(identities.length - 1);
      });

      test('is forged for an account whose key did not sign it', async () => {
        const { ref } = await openPage();
        await ground.pay(ref);
        const arrived = await last(ref);
        expect(read(arrived, ground.stranger)).toBe('forged');
        const without = { ...ground.account, serverKey: '', webhookToken: '' };
        expect(read(arrived, without)).toBe('forged');
      });

      test.each([[null], [undefined], [[]], [{}], ['text'], [7], [true], [{ status: 'PAID' }]])(
        'is malformed when it is %j',
        (body) => {
          expect(read({ body, headers: ground.headers })).toBe('malformed');
        },
      );
    });

    describe('trouble on the wire', () => {
      test.each(['html', 'lost', 429, 500, 503] as const)('%s may be tried again', async (how) => {
        const { ref } = await openPage();
        await ground.breakNext(how);
        await expect(ask(ref)).rejects.toSatisfy(isTemporary);
        expect(await ask(ref)).toMatchObject({ paidIdr: 0 });
      });

      test('a provider that hangs is given up in time, and may be tried again', async () => {
        const { ref } = await openPage();
        await ground.breakNext('hang');
        const begun = performance.now();
        await expect(ground.impatient.ask(ground.account, ref)).rejects.toSatisfy(isTemporary);
        expect(performance.now() - begun).toBeLessThan(5_000);
      });

      test('a key that is refused is permanent, and is not in the error', async () => {
        const account = { ...ground.account, serverKey: 'not-a-key-of-anybody' };
        const calls = [
          () => ground.provider.createPage(account, newCharge()),
          () => ground.provider.ask(account, newCharge().ref),
          () => ground.provider.cancel(account, newCharge().ref, null),
        ];
        for (const call of calls) {
          const error = await call().catch((thrown: unknown) => thrown);
          expect(error).toBeInstanceOf(ProviderError);
          expect(error).toMatchObject({ temporary: false, status: 401 });
          expect((error as Error).message).toMatch(/key of slamet/);
          expect(everythingIn(error)).not.toContain(account.serverKey);
        }
      });
    });
  });
}

function askAgain(error: unknown): string {
  if (isTemporary(error)) return 'ask again';
  throw error;
}

function isTemporary(error: unknown): boolean {
  return error instanceof ProviderError && error.temporary;
}

/** All that a log or a history could keep of an error. */
export function everythingIn(error: unknown): string {
  return inspect(error, { depth: 20, showHidden: true, maxStringLength: null, breakLength: 200 });
}
