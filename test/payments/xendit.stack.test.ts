import { beforeAll, describe, expect, it } from 'vitest';
import { saveAccount } from '../../src/db/businesses.ts';
import { one, run } from '../../src/db/pool.ts';
import { book, expectProblem } from '../api/support.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { xenditAccountOf } from './ground.ts';
import { invoice, PAID } from './wire.ts';

const stack = useStack();
const ADDRESS = '/webhooks/xendit/slamet';
const HEADERS = { 'x-callback-token': 'xnd-callback-slamet' };

beforeAll(async () => {
  await run(stack.pool, `delete from provider_accounts where business_id = 'slamet'`, []);
  await saveAccount(stack.pool, stack.vault, 'xendit', xenditAccountOf('slamet'));
});

/** A booking whose invoice is open; answers its first ref at Xendit. */
async function heldBooking(): Promise<{ token: string; ref: string }> {
  const { body, status } = await book(stack, 1, { date: dayAhead(3) });
  expect(status, JSON.stringify(body)).toBe(201);
  await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
  return { token: body.token, ref: `${body.code}-1` };
}

async function move(ref: string, to: 'pay' | 'expire', body: object = {}): Promise<void> {
  const { status } = await stack.sandbox.call('POST', `/control/xendit/${ref}/${to}`, { body });
  expect(status).toBe(200);
}

function eventsOf(ref: string): Promise<{ n: number; open: number }> {
  return one(
    stack.pool,
    `select count(*) as n, count(*) filter (where state = 'stored') as open
     from payment_events where provider_ref = $1`,
    [ref],
  );
}

describe('a business paid through Xendit', () => {
  it('sells a ticket for money that came on an invoice', async () => {
    const { token, ref } = await heldBooking();
    await move(ref, 'pay', { channel: 'QRIS' });
    const paid = await stack.booking(token, (seen) => seen.tickets.length === 1);
    expect(paid).toMatchObject({ state: 'paid', paidIdr: paid.amountIdr });
  });

  it('takes three deliveries of one event once', async () => {
    const { token, ref } = await heldBooking();
    await move(ref, 'pay');
    await stack.booking(token, (seen) => seen.state === 'paid');
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${ref}`);
    const resend = `/control/deliveries/${body.deliveries[0].id}/resend`;
    for (let delivery = 2; delivery <= 3; delivery += 1) {
      const again = await stack.sandbox.call('POST', resend);
      expect(again.body).toEqual({ status: 200, answer: '{"ok":true,"duplicate":true}' });
    }
    expect(await eventsOf(ref)).toEqual({ n: 1, open: 0 });
    const seen = await stack.call('GET', `/api/v1/bookings/${token}`);
    expect(seen.body).toMatchObject({ state: 'paid', paidIdr: seen.body.amountIdr });
  });

  it('finds money whose webhook never came', async () => {
    const { token, ref } = await heldBooking();
    await move(ref, 'pay', { notify: false });
    const owner = await stack.tokenOf('owner');
    const synced = await stack.call('POST', '/api/v1/admin/slamet/payments/sync', {
      token: owner,
      body: { code: ref.slice(0, 8) },
    });
    expect(synced.body).toMatchObject({ changed: [{ from: 'pending', to: 'paid' }] });
    await stack.booking(token, (seen) => seen.state === 'paid');
  });

  it('closes the invoice of a booking that is cancelled, and gives late money back', async () => {
    const { token, ref } = await heldBooking();
    await stack.call('POST', `/api/v1/bookings/${token}/cancel`, { body: {} });
    await stack.booking(token, (seen) => seen.state === 'cancelled');
    const page = await one<{ url: string }>(
      stack.pool,
      'select page_url as url from payments where provider_ref = $1',
      [ref],
    );
    expect((await fetch(page.url)).status).toBe(410);
    await move(ref, 'pay', { channel: 'DANA' });
    await stack.booking(token, (seen) => seen.state === 'refunded');
  });

  it('leaves late money of a bank transfer to a person', async () => {
    const { token, ref } = await heldBooking();
    await stack.call('POST', `/api/v1/bookings/${token}/cancel`, { body: {} });
    await stack.booking(token, (seen) => seen.state === 'cancelled');
    await move(ref, 'pay', { channel: 'BCA' });
    await stack.booking(token, (seen) => seen.state === 'refund_due');
    const readState = () =>
      one(stack.pool, 'select state from refunds where code = $1', [ref.slice(0, 8)]);
    await expect.poll(readState, { timeout: 10_000 }).toEqual({ state: 'by_hand' });
  });
});

describe('a webhook of Xendit', () => {
  /** Says that an invoice of its own was paid: Xendit has none of that id. */
  const claim = (ref: string) => invoice({ ...PAID, id: `of-${ref}`, external_id: ref });

  it.each([
    ['without a token', {}],
    ['with another token', { 'x-callback-token': 'xnd-callback-jiot' }],
  ])('%s is 401 and stores nothing', async (_what, headers) => {
    const { ref } = await heldBooking();
    const answer = await stack.call('POST', ADDRESS, { body: claim(ref), headers });
    expectProblem(answer, 401, 'UNAUTHORIZED');
    expect(await eventsOf(ref)).toEqual({ n: 0, open: 0 });
  });

  it.each([
    ['no JSON', 'hello'],
    ['no invoice', '{"status":"PAID"}'],
    ['a list', '[]'],
    ['empty', ''],
  ])('that is %s is 401, the token notwithstanding', async (_what, body) => {
    const answer = await stack.call('POST', ADDRESS, { body, headers: HEADERS });
    expectProblem(answer, 401, 'UNAUTHORIZED');
  });

  // Guards `finishNudge` in settle.ts: money that was told of must not be forgotten either.
  it('that Xendit does not confirm gives no goods away, and stays open', async () => {
    const { token, ref } = await heldBooking();
    const answer = await stack.call('POST', ADDRESS, { body: claim(ref), headers: HEADERS });
    expect([answer.status, answer.body]).toEqual([200, { ok: true }]);
    await stack.upkeep();
    const seen = await stack.call('GET', `/api/v1/bookings/${token}`);
    expect(seen.body).toMatchObject({ state: 'held', paidIdr: 0, tickets: [] });
    expect(await eventsOf(ref)).toEqual({ n: 1, open: 1 });
    await move(ref, 'pay', { notify: false });
    const again = await stack.call('POST', ADDRESS, { body: claim(ref), headers: HEADERS });
    expect(again.body).toEqual({ ok: true, duplicate: true });
    await stack.booking(token, (now) => now.state === 'paid');
    await expect.poll(() => eventsOf(ref), { timeout: 10_000 }).toEqual({ n: 1, open: 0 });
  });

  it('for a business that is not paid through Xendit is 404', async () => {
    const answer = await stack.call('POST', '/webhooks/xendit/jiot', {
      body: claim('X'),
      headers: { 'x-callback-token': 'xnd-callback-jiot' },
    });
    expectProblem(answer, 404, 'NOT_FOUND');
  });

  it('about nothing we know is kept for the operator', async () => {
    const body = claim('invoice_123124123');
    expect((await stack.call('POST', ADDRESS, { body, headers: HEADERS })).status).toBe(200);
    const token = await stack.tokenOf('owner');
    const dead = await stack.call('GET', '/api/v1/admin/slamet/events?state=dead', { token });
    expect(dead.body.items[0]).toMatchObject({ ref: 'invoice_123124123', provider: 'xendit' });
    expect(JSON.stringify(dead.body)).not.toContain('xnd-callback');
  });
});
