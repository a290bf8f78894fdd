import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { useStack } from '../ground/stack.ts';
import { type Subscriber, subscribersOf } from '../ground/subscriber.ts';

/**
 * What was published of such a bot as tested, by its names. The six functional tests, which need the
 * chat, are in `test/bot/plan/rafess.test.ts`, and so are the sync states as `/sync` says them.
 */
const stack = useStack();
const { ask, pay } = subscribersOf(stack);
/** Of the provider's minutes: 720 of them are four seconds. */
const SCALE = 0.0001;
let service: string;
let staff: string;

beforeAll(async () => {
  service = await stack.tokenOf('service', 'rafess');
  staff = await stack.tokenOf('staff', 'rafess');
  await stack.sandbox.call('PUT', '/control/clock', { body: { retryScale: SCALE } });
});
afterEach(() => stack.sandbox.call('DELETE', '/control/faults'));
afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'rafess', new Date());
  expect(differences).toEqual([]);
});

/** So many webhooks, one after another, never arrive. */
const drop = (attempts: number) =>
  stack.sandbox.call('PUT', '/control/faults', {
    body: { provider: 'xendit', webhook: { drop: attempts }, times: 1 },
  });

interface Delivery {
  id: string;
  at: string;
  status: number | null;
  answer: string;
}

async function deliveriesOf({ code }: Subscriber): Promise<Delivery[]> {
  const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${code}-1`);
  return body.deliveries.sort((a: Delivery, b: Delivery) => a.at.localeCompare(b.at));
}

async function isActive({ base }: Subscriber): Promise<boolean> {
  const path = `/api/v1/businesses/rafess/entitlements/${base.slice(1)}`;
  return (await stack.call('GET', path, { token: service })).body.active;
}

/** Everything that one payment may leave behind, once. */
async function expectCountedOnce({ code }: Subscriber): Promise<void> {
  const counted = `select
    (select count(*) from periods where code = $1) as periods,
    (select count(*) from payment_events where code = $1 and source = 'webhook') as events,
    (select sum(paid_idr) from payments where code = $1) as "paidIdr",
    (select count(*) from notices where code = $1 and channel = 'email'
       and kind in ('activated', 'renewed', 'renewed_again')) as told`;
  await until('its owner is told', 20_000, async () => {
    const sql = `select 1 from notices where code = $1 and channel = 'email' and state = 'sent'`;
    return (await many(stack.pool, sql, [code])).length > 0;
  });
  const { paidIdr, ...rest } = await one<Record<string, unknown>>(stack.pool, counted, [code]);
  expect(Number(paidIdr)).toBe(15_000);
  expect(rest).toEqual({ periods: 1, events: 1, told: 1 });
}

async function openInvoice(): Promise<Subscriber> {
  const subscriber = await ask('weekly');
  await until('its page', 20_000, async () => {
    const page = 'select 1 from payments where code = $1 and page_url is not null';
    return (await many(stack.pool, page, [subscriber.code])).length === 1;
  });
  return subscriber;
}

const atXendit = ({ code }: Subscriber, to: 'pay' | 'expire', body: object = {}) =>
  stack.sandbox.call('POST', `/control/xendit/${code}-1/${to}`, { body });

// Guards `storeEvent` and `receiveWebhook`: whenever a webhook comes first, it is the first.
describe('the six retry windows', () => {
  it.each([
    [1, 15],
    [2, 45],
    [3, 120],
    [4, 180],
    [5, 360],
    [6, 720],
  ])(
    'window %i: a webhook that comes %i minutes after the first try is processed',
    async (window, minutes) => {
      const subscriber = await openInvoice();
      await drop(window);
      await pay(subscriber, 1);
      const tries = await deliveriesOf(subscriber);
      expect(tries.map(({ status }) => status)).toEqual([...Array(window).fill(null), 200]);
      const afterMs = Date.parse(tries.at(-1)!.at) - Date.parse(tries[0]!.at);
      expect(afterMs).toBeGreaterThanOrEqual(minutes * 60_000 * SCALE - 5);
      expect(await isActive(subscriber)).toBe(true);
      await expectCountedOnce(subscriber);
      // By the webhook, not because somebody asked.
      const sql = 'select found from payments where code = $1';
      expect(await one(stack.pool, sql, [subscriber.code])).toEqual({ found: false });
    },
  );

  it('none of which is heard: reconciliation finds the money', async () => {
    const subscriber = await openInvoice();
    await drop(7);
    await atXendit(subscriber, 'pay');
    await until('Xendit gives up', 20_000, async () => {
      return (await deliveriesOf(subscriber)).length === 7;
    });
    expect(await isActive(subscriber)).toBe(false);
    await stack.upkeep();
    await until('it is active', 20_000, () => isActive(subscriber));
    const sql = 'select found from payments where code = $1';
    expect(await one(stack.pool, sql, [subscriber.code])).toEqual({ found: true });
  });
});

// Guards `recordWord`: a sync changes what the provider says differently, and nothing else.
describe('the three sync states', () => {
  const unheard = { notify: false };
  const sync = ({ code }: Subscriber) =>
    stack.call('POST', '/api/v1/admin/rafess/payments/sync', { token: staff, body: { code } });

  it('PENDING → PAID', async () => {
    const subscriber = await openInvoice();
    await atXendit(subscriber, 'pay', unheard);
    expect(await isActive(subscriber)).toBe(false);
    const { body } = await sync(subscriber);
    const { code } = subscriber;
    expect(body).toEqual({ checked: 1, changed: [{ code, from: 'pending', to: 'paid' }] });
    expect(await isActive(subscriber)).toBe(true);
    expect((await sync(subscriber)).body).toEqual({ checked: 1, changed: [] });
  });

  it('PENDING → EXPIRED', async () => {
    const subscriber = await openInvoice();
    await atXendit(subscriber, 'expire', unheard);
    const { body } = await sync(subscriber);
    const { code } = subscriber;
    expect(body).toEqual({ checked: 1, changed: [{ code, from: 'pending', to: 'expired' }] });
    expect(await isActive(subscriber)).toBe(false);
    const sql = 'select state from orders where code = $1';
    expect(await one(stack.pool, sql, [code])).toEqual({ state: 'ended' });
  });

  it('PENDING stays PENDING', async () => {
    const subscriber = await openInvoice();
    expect((await sync(subscriber)).body).toEqual({ checked: 1, changed: [] });
    const sql = 'select state from orders where code = $1';
    expect(await one(stack.pool, sql, [subscriber.code])).toEqual({ state: 'pending' });
  });
});

// Guards the unique identity of `payment_events`, and `settleSubscription` deciding once.
describe('the three deliveries of one event', () => {
  let subscriber: Subscriber;
  const first = { status: 200, answer: '{"ok":true}' };
  const again = { status: 200, answer: '{"ok":true,"duplicate":true}' };

  it('the first is taken and makes the base active', async () => {
    subscriber = await openInvoice();
    await pay(subscriber, 1);
    expect(await deliveriesOf(subscriber)).toMatchObject([first]);
    expect(await isActive(subscriber)).toBe(true);
    await expectCountedOnce(subscriber);
  });

  it.each(['second', 'third'])(
    'the %s is answered as a duplicate and changes nothing',
    async () => {
      const end = 'select active_until as "activeUntil" from subscriptions where code = $1';
      const before = await one(stack.pool, end, [subscriber.code]);
      const [delivery] = await deliveriesOf(subscriber);
      const resent = await stack.sandbox.call('POST', `/control/deliveries/${delivery!.id}/resend`);
      expect(resent.body).toEqual(again);
      expect(await one(stack.pool, end, [subscriber.code])).toEqual(before);
      await expectCountedOnce(subscriber);
    },
  );
});
