import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as shapes from '../../src/api/answers.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { BOOKINGS, book, expectProblem, expectShape } from './support.ts';

const stack = useStack();
const ADMIN = '/api/v1/admin/slamet';
let owner: string;

beforeAll(async () => {
  owner = await stack.tokenOf('owner');
});

describe('the waiting list', () => {
  it('offers what is freed to the first that fits, and shows where one stands', async () => {
    const date = dayAhead(45);
    const quota = { quota: 'baturraden', from: date, to: date, capacity: 2 };
    await stack.call('PUT', `${ADMIN}/quotas`, { token: owner, body: quota });
    const holder = await book(stack, 2, { date });
    const LINE = '/api/v1/businesses/slamet/waiting-list';
    const key = randomUUID();
    const wish = partyWish(2, { date });
    const first = await stack.call('POST', LINE, { body: wish, key });
    expect(first.status).toBe(201);
    expectShape(first, shapes.Joined);
    const again = await stack.call('POST', LINE, { body: wish, key });
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const second = await stack.call('POST', LINE, {
      body: partyWish(1, { date }),
      key: randomUUID(),
    });
    expect([first.body.position, second.body.position]).toEqual([1, 2]);

    await stack.call('POST', `/api/v1/bookings/${holder.body.token}/cancel`);
    const offered = await stack.call('GET', `/api/v1/waiting-list/${first.body.token}`);
    expectShape(offered, shapes.Waiting);
    expect(offered.body).toMatchObject({ state: 'offered' });
    const shown = await stack.call('GET', `/api/v1/bookings/${offered.body.bookingToken}`);
    expect(shown.body).toMatchObject({ state: 'held', quantity: 2 });
    expectProblem(await book(stack, 1, { date }), 409, 'SOLD_OUT');

    const left = await stack.call('DELETE', `/api/v1/waiting-list/${second.body.token}`);
    expect(left.body).toEqual({ state: 'left' });
    expect((await stack.call('DELETE', `/api/v1/waiting-list/${second.body.token}`)).body).toEqual({
      state: 'left',
    });
    const given = await stack.call('DELETE', `/api/v1/waiting-list/${first.body.token}`);
    expect(given.body).toEqual({ state: 'left' });
    expect((await book(stack, 2, { date })).status).toBe(201);
  });

  it('checks a wish as a booking is checked', async () => {
    const LINE = '/api/v1/businesses/slamet/waiting-list';
    const none = await stack.call('POST', LINE, { body: partyWish(1) });
    expectProblem(none, 400, 'INVALID', '/headers/idempotency-key');
    const body = partyWish(1, { date: dayAhead(-1) });
    const past = await stack.call('POST', LINE, { body, key: randomUUID() });
    expectProblem(past, 400, 'INVALID', '/date');
    const key = randomUUID();
    await stack.call('POST', BOOKINGS, { body: partyWish(1, { date: dayAhead(46) }), key });
    const other = await stack.call('POST', LINE, { body: partyWish(1), key });
    expectProblem(other, 409, 'IDEMPOTENCY_MISMATCH');
    const unknown = await stack.call('GET', `/api/v1/waiting-list/${'x'.repeat(32)}`);
    expectProblem(unknown, 404, 'NOT_FOUND');
  });
});
