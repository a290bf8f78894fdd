import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as shapes from '../../src/api/answers.ts';
import { many, one } from '../../src/db/pool.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { book, bookAndPay, expectProblem, expectShape } from './support.ts';

const stack = useStack();
const ADMIN = '/api/v1/admin/slamet';
let owner: string;
let jiotOwner: string;
beforeAll(async () => {
  owner = await stack.tokenOf('owner');
  jiotOwner = await stack.tokenOf('owner', 'jiot');
});

describe('an operator', () => {
  const ask = (method: string, path: string, body?: unknown, key?: string) =>
    stack.call(method, `${ADMIN}/${path}`, {
      token: owner,
      ...(body !== undefined && { body }),
      ...(key && { key }),
    });

  it('reads and sets quotas', async () => {
    const date = dayAhead(30);
    const seen = await ask('GET', `quotas?from=${date}&to=${date}`);
    expectShape(seen, shapes.Quotas);
    expect(seen.body.quotas.map((slot: { quota: string }) => slot.quota)).toEqual([
      'bambangan',
      'baturraden',
      'guci',
      'mountain',
    ]);
    const set = await ask('PUT', 'quotas', {
      quota: 'mountain',
      from: date,
      to: date,
      capacity: 3,
    });
    expect(set.body).toEqual({ changed: 1 });
    expectProblem(await book(stack, 4, { date }), 409, 'SOLD_OUT');
    expect((await book(stack, 3, { date })).status).toBe(201);
    const lowered = await ask('PUT', 'quotas', {
      quota: 'mountain',
      from: date,
      to: date,
      capacity: 1,
    });
    expect(lowered.status).toBe(200);
    const { body } = await ask('GET', `quotas?from=${date}&to=${date}`);
    expect(body.quotas[3]).toMatchObject({ capacity: 1, held: 3 });
  });

  it('closes days and opens them again', async () => {
    const date = dayAhead(31);
    const closure = { offering: 'guci', from: date, to: date, reason: 'badai', booked: 'keep' };
    expect((await ask('PUT', 'closures', closure)).body).toEqual({ concerned: 0 });
    expectProblem(await book(stack, 1, { date, offering: 'guci' }), 409, 'CLOSED');
    const opened = await ask('DELETE', `closures?offering=guci&from=${date}&to=${date}`);
    expect(opened.body).toEqual({ opened: 1 });
    expect((await book(stack, 1, { date, offering: 'guci' })).status).toBe(201);
  });

  it('changes a price; what is booked keeps its own', async () => {
    const date = dayAhead(32);
    const before = await book(stack, 1, { date, offering: 'guci' });
    const price = { offering: 'guci', from: date, to: date, guest: 'foreign', priceIdr: 150_000 };
    expect((await ask('PUT', 'prices', price)).body).toEqual({ ok: true });
    const after = await book(stack, 1, { date, offering: 'guci' });
    expect([before.body.amountIdr, after.body.amountIdr]).toEqual([100_000, 150_000]);
    const shown = await stack.call('GET', `/api/v1/bookings/${before.body.token}`);
    expect(shown.body.amountIdr).toBe(100_000);
  });

  it.each([
    ['PUT', 'quotas', { quota: 'moon', from: dayAhead(1), to: dayAhead(1), capacity: 1 }, '/quota'],
    ['PUT', 'quotas', { quota: 'guci', from: dayAhead(2), to: dayAhead(1), capacity: 1 }, '/to'],
    ['PUT', 'quotas', { quota: 'guci', from: dayAhead(0), to: dayAhead(900), capacity: 1 }, '/to'],
    [
      'PUT',
      'quotas',
      { quota: 'guci', from: dayAhead(1), to: dayAhead(1), capacity: -1 },
      '/capacity',
    ],
    [
      'PUT',
      'closures',
      { from: dayAhead(1), to: dayAhead(1), reason: 'x', booked: 'eat' },
      '/booked',
    ],
    [
      'PUT',
      'closures',
      { offering: 'x', from: dayAhead(1), to: dayAhead(1), reason: 'x', booked: 'keep' },
      '/offering',
    ],
    ['PUT', 'prices', { offering: 'everest', priceIdr: 1 }, '/offering'],
    ['PUT', 'prices', { offering: 'guci', priceIdr: 0.5 }, '/priceIdr'],
    ['PUT', 'prices', { offering: 'guci', priceIdr: 1, days: ['someday'] }, '/days/0'],
    ['GET', 'quotas?from=2027-02-30&to=2027-03-01', undefined, '/from'],
    ['GET', `quotas?from=${dayAhead(0)}&to=${dayAhead(200)}`, undefined, '/to'],
    ['GET', 'events?state=lost', undefined, '/state'],
    ['GET', 'audit?after=x', undefined, '/after'],
    ['GET', 'bookings?state=gone', undefined, '/state'],
    ['DELETE', `closures?from=${dayAhead(2)}&to=${dayAhead(1)}`, undefined, '/to'],
    ['POST', 'tickets/scan', { direction: 'in', nonce: 'n', gate: 'g' }, '/qr'],
  ])('is told what is wrong with %s %s', async (method, path, body, pointer) => {
    expectProblem(await ask(method, path, body), 400, 'INVALID', pointer);
  });

  it('finds bookings page by page, and by what people say', async () => {
    const date = dayAhead(40);
    const codes: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const customer = { name: `Dewi 100% ${n}`, email: `dewi${n}@example.com` };
      codes.unshift((await book(stack, 1, { date, customer })).body.code);
    }
    const found = await ask('GET', `bookings?from=${date}&to=${date}`);
    expectShape(found, shapes.Bookings);
    expect(found.body.items.map((item: { code: string }) => item.code)).toEqual(codes);
    expect(found.body.next).toBeNull();
    expect(JSON.stringify(found.body)).not.toMatch(/\/b\/|\/pay\//);
    for (const q of ['dewi 100% 1', 'DEWI1@example.com', codes[1]!.toLowerCase()]) {
      const { body } = await ask('GET', `bookings?q=${encodeURIComponent(q)}`);
      expect(body.items.map((item: { code: string }) => item.code)).toEqual([codes[1]]);
    }
    const rest = await ask('GET', `bookings?from=${date}&to=${date}&after=${codes[0]}`);
    expect(rest.body.items).toHaveLength(2);
    expect((await ask('GET', `bookings?q=${encodeURIComponent('_ewi')}`)).body.items).toEqual([]);
  });

  it('reads the whole story of a booking, with identity numbers masked', async () => {
    const paid = await bookAndPay(stack, 2, { date: dayAhead(33) });
    const identities = await many<{ name: string }>(
      stack.pool,
      'select name from participants where code = $1',
      [paid.code],
    );
    expect(identities).toHaveLength(2);
    const answer = await ask('GET', `bookings/${paid.code.toLowerCase()}`);
    expect(answer.status).toBe(200);
    expectShape(answer, shapes.OrderStory);
    const { story, participants } = answer.body;
    expect(participants[0].identityNumber).toMatch(/^•{5}\d{3}$/);
    expect(story.payments[0]).toMatchObject({ state: 'paid', paidIdr: 200_000 });
    expect(story.events.length).toBeGreaterThan(0);
    expect(story.tickets).toHaveLength(2);
    expect(JSON.stringify(answer.body)).not.toContain(paid.token);
    expect(JSON.stringify(answer.body)).not.toContain(paid.tickets[0].qr);
  });

  it('gives a part of the money back, once for a key', async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(34) });
    const wish = { amountIdr: 40_000, reason: 'rain' };
    const key = randomUUID();
    const answers = await Promise.all(
      [1, 2, 3].map(() => ask('POST', `bookings/${paid.code}/refund`, wish, key)),
    );
    for (const answer of answers) {
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expectShape(answer, shapes.OperatedOrder);
      expect(answer.body).toMatchObject({ state: 'paid', refund: { amountIdr: 40_000 } });
    }
    const other = await ask('POST', `bookings/${paid.code}/refund`, { reason: 'x' }, key);
    expectProblem(other, 409, 'IDEMPOTENCY_MISMATCH');
    const much = await ask('POST', `bookings/${paid.code}/refund`, { ...wish, amountIdr: 70_000 });
    expectProblem(much, 409, 'NOT_ALLOWED');
  });

  it('may ask again with a key that was refused', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(35) });
    const key = randomUUID();
    const wish = { reason: 'too early' };
    const refused = await ask('POST', `bookings/${body.code}/refund`, wish, key);
    expectProblem(refused, 409, 'NOT_ALLOWED');
    await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${body.code}-1`, 'settle');
    await stack.booking(body.token, (seen) => seen.tickets.length === 1);
    const again = await ask('POST', `bookings/${body.code}/refund`, wish, key);
    expect(again.status).toBe(200);
    expect(['refund_due', 'refunded']).toContain(again.body.state);
  });

  it('cancels, and moves outside the rules for customers', async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(0) });
    const customers = await stack.call('POST', `/api/v1/bookings/${paid.token}/reschedule`, {
      body: { date: dayAhead(36) },
    });
    expectProblem(customers, 409, 'NOT_ALLOWED');
    const moved = await ask('POST', `bookings/${paid.code}/reschedule`, { date: dayAhead(36) });
    expect(moved.body).toMatchObject({ state: 'paid', date: dayAhead(36) });
    const cancelled = await ask('POST', `bookings/${paid.code}/cancel`, { reason: 'volcano' });
    expect(cancelled.body.refund).toMatchObject({ amountIdr: 100_000 });
  });

  it('says how a repair stands, only of a repair', async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(37) });
    const answer = await ask('POST', `bookings/${paid.code}/repair-state`, { state: 'ready' });
    expectProblem(answer, 409, 'NOT_ALLOWED');
    const wrong = await ask('POST', `bookings/${paid.code}/repair-state`, { state: 'eaten' });
    expectProblem(wrong, 400, 'INVALID', '/state');
  });

  it("finds nothing of another business's booking", async () => {
    const { body } = await book(stack, 1, { date: dayAhead(38) });
    for (const path of ['', '/cancel', '/refund', '/reschedule', '/repair-state']) {
      const answer = await stack.call(
        path ? 'POST' : 'GET',
        `/api/v1/admin/jiot/bookings/${body.code}${path}`,
        {
          token: jiotOwner,
          ...(path && { body: { reason: 'x', state: 'ready', date: dayAhead(39) } }),
        },
      );
      expectProblem(answer, 404, 'NOT_FOUND');
    }
    const list = await stack.call('GET', `/api/v1/admin/jiot/bookings?q=${body.code}`, {
      token: jiotOwner,
    });
    expect(list.body.items).toEqual([]);
  });

  it('syncs a payment whose notification was lost', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(38) });
    await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${body.code}-1`, 'settle', { notify: false });
    const synced = await ask('POST', 'payments/sync', { code: body.code });
    expectShape(synced, shapes.Synced);
    expect(synced.body).toEqual({
      checked: 1,
      changed: [{ code: body.code, from: 'pending', to: 'paid' }],
    });
    const shown = await stack.call('GET', `/api/v1/bookings/${body.token}`);
    expect(shown.body.state).toBe('paid');
    const again = await ask('POST', 'payments/sync', { code: body.code });
    expect(again.body).toEqual({ checked: 1, changed: [] });
    expect((await ask('POST', 'payments/sync')).status).toBe(200);
  });

  it('leaves a trace of every change, newest first', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(39) });
    await ask('POST', `bookings/${body.code}/cancel`, { reason: 'x' });
    const audit = await ask('GET', 'audit');
    expectShape(audit, shapes.Audit);
    expect(audit.body.items[0]).toMatchObject({ action: 'booking.cancel', subject: body.code });
    expect(audit.body.items[0].who).toMatch(/^owner:[0-9a-f-]{36}$/);
    const actions = new Set(audit.body.items.map((entry: { action: string }) => entry.action));
    for (const action of [
      'quota.set',
      'closure.set',
      'closure.end',
      'price.set',
      'payments.sync',
    ]) {
      expect(actions).toContain(action);
    }
    const older = await ask('GET', `audit?after=${audit.body.items[0].id}`);
    expect(older.body.items[0].id).toBe(audit.body.items[1].id);
  });

  it('checks the books, which are right', async () => {
    const ledger = await ask('GET', 'ledger');
    expectShape(ledger, shapes.Ledger);
    expect(ledger.body.differences).toEqual([]);
    const { body } = await stack.call('GET', '/metrics');
    expect(body).toContain('pesan_ledger_differences{business="slamet"} 0');
    expect(body).toMatch(/pesan_bookings_of_a_day\{business="slamet",state="held"\} \d+/);
  });
});

describe('the books', () => {
  it('are right after all of this', async () => {
    const { body } = await stack.call('GET', `${ADMIN}/ledger`, { token: owner });
    expect(body.differences).toEqual([]);
    const { n } = await one<{ n: number }>(
      stack.pool,
      `select count(*) as n from requests where state = 'open'`,
    );
    expect(n).toBe(0);
  });
});
