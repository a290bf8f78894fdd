import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { one, run } from '../../src/db/pool.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { BOOKINGS, book, expectProblem, REPAIRS, workday } from './support.ts';

const stack = useStack();

describe('a wrong booking', () => {
  const passport = { name: 'A', identityType: 'passport', identityNumber: 'X1234567' };
  const nik = { name: 'A', identityType: 'nik', identityNumber: '3302154508900001' };
  const cases: [what: string, change: Record<string, unknown>, ...pointers: string[]][] = [
    ['an unknown trail', { offering: 'everest' }, '/offering'],
    ['a trail that is no text', { offering: 7 }, '/offering'],
    ['a NUL in the trail', { offering: 'guci\u0000' }, '/offering'],
    ['a date that has passed', { date: dayAhead(-1) }, '/date'],
    ['a date too far ahead', { date: dayAhead(60) }, '/date'],
    ['a date that does not exist', { date: '2027-02-30' }, '/date'],
    ['no date', { date: undefined }, '/date'],
    ['a time for a whole day', { time: '09:00' }, '/time'],
    ['a time that does not exist', { time: '25:00' }, '/time'],
    ['quantity 0', { quantity: 0 }, '/quantity'],
    ['a negative quantity', { quantity: -1 }, '/quantity'],
    ['a quantity that is no number', { quantity: '1' }, '/quantity'],
    ['half a place', { quantity: 1.5 }, '/quantity'],
    ['a huge quantity', { quantity: 1e12 }, '/quantity'],
    ['more members than places', { quantity: 1, participants: [passport, nik] }, '/participants'],
    ['fewer members than places', { quantity: 2 }, '/participants'],
    ['no members', { participants: undefined }, '/participants'],
    ['members that are no list', { participants: 'me' }, '/participants'],
    [
      'a NIK with an impossible date',
      { participants: [{ ...nik, identityNumber: '3302153213900001' }] },
      '/participants/0/identityNumber',
    ],
    [
      'a short NIK',
      { participants: [{ ...nik, identityNumber: '330215' }] },
      '/participants/0/identityNumber',
    ],
    [
      'an impossible birth date',
      { participants: [{ ...nik, birthDate: '1990-02-31' }] },
      '/participants/0/birthDate',
    ],
    [
      'an unknown kind of identity',
      { participants: [{ ...nik, identityType: 'sim' }] },
      '/participants/0/identityType',
    ],
    [
      'the same identity twice in a party',
      { quantity: 2, participants: [passport, { ...passport, identityNumber: 'x 123 4567' }] },
      '/participants/1/identityNumber',
    ],
    [
      'the same identity twice beside a wrong e-mail',
      {
        customer: { name: 'A', email: 'a@b' },
        ...{ quantity: 2, participants: [passport, { ...passport, identityNumber: 'x1234567' }] },
      },
      '/customer/email',
      '/participants/1/identityNumber',
    ],
    ['no way to reach the customer', { customer: { name: 'A' } }, '/customer/email'],
    ['a wrong e-mail', { customer: { name: 'A', email: 'a@b' } }, '/customer/email'],
    ['a wrong phone', { customer: { name: 'A', phone: '12' } }, '/customer/phone'],
    ['a nameless customer', { customer: { name: '  ', phone: '081234567' } }, '/customer/name'],
    [
      'a name too long',
      { customer: { name: 'x'.repeat(101), phone: '081234567' } },
      '/customer/name',
    ],
    [
      'a control character in a name',
      { customer: { name: 'A\u0007', phone: '081234567' } },
      '/customer/name',
    ],
    [
      'half a surrogate pair in a name',
      { customer: { name: 'A\ud800', phone: '081234567' } },
      '/customer/name',
    ],
    ['an option that a trail has not', { options: ['screen'] }, '/options/0'],
  ];

  it.each(cases)('with %s is refused with a pointer', async (_what, change, ...pointers) => {
    const body = { ...partyWish(1, { date: dayAhead(7) }), ...change };
    const answer = await stack.call('POST', BOOKINGS, { body, key: randomUUID() });
    expectProblem(answer, 400, 'INVALID', ...pointers);
  });

  it('has all its faults told at once', async () => {
    const body = { quantity: 0, participants: [{ name: '' }] };
    const answer = await stack.call('POST', BOOKINGS, { body, key: randomUUID() });
    const pointers = ['/offering', '/date', '/quantity', '/customer', '/participants/0/name'];
    const identity = ['/participants/0/identityType', '/participants/0/identityNumber'];
    expectProblem(answer, 400, 'INVALID', ...pointers, ...identity);
  });

  it('of a party that is too large says how many may come', async () => {
    const answer = await book(stack, 11, { date: dayAhead(7) });
    expectProblem(answer, 400, 'INVALID', '/quantity');
    expect(answer.body.errors[0].message).toContain('10');
  });

  it.each([
    ['an appointment without a time', {}, '/time'],
    ['an hour that begins too soon', { date: dayAhead(0), time: '00:00' }, '/time'],
    ['a part twice', { time: '10:00', options: ['screen', 'screen'] }, '/options/1'],
    ['a day beyond the horizon', { date: dayAhead(31), time: '10:00' }, '/date'],
    ['two places', { time: '10:00', quantity: 2 }, '/quantity'],
  ])('for the repair bench with %s is refused', async (_what, change, pointer) => {
    const customer = { name: 'Budi', phone: '081234567' };
    const body = { offering: 'repair', date: workday(4), customer, ...change };
    const answer = await stack.call('POST', REPAIRS, { body, key: randomUUID() });
    expectProblem(answer, 400, 'INVALID', pointer);
  });

  it('for a plan is refused: plans are subscribed to', async () => {
    const customer = { name: 'Budi', phone: '081234567' };
    const body = { offering: 'daily', date: dayAhead(1), customer };
    const path = '/api/v1/businesses/rafess/bookings';
    const answer = await stack.call('POST', path, { body, key: randomUUID() });
    expectProblem(answer, 400, 'INVALID', '/offering');
  });

  it.each([
    ['malformed JSON', '{"offering":', ''],
    ['a list', '[]', ''],
    ['a text', '"hello"', ''],
    ['null', 'null', ''],
  ])('sent as %s is refused', async (_what, body, pointer) => {
    const answer = await stack.call('POST', BOOKINGS, { body, key: randomUUID() });
    expectProblem(answer, 400, 'INVALID');
    expect(answer.body.errors[0].pointer).toBe(pointer);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
    'sent as %s is refused',
    async (type) => {
      const headers = { 'content-type': type };
      const answer = await stack.call('POST', BOOKINGS, { body: '{}', key: 'k', headers });
      expectProblem(answer, 400, 'INVALID', '/headers/content-type');
    },
  );

  it('of five megabytes is refused', async () => {
    const body = { ...partyWish(1), note: 'x'.repeat(5_000_000) };
    expectProblem(await stack.call('POST', BOOKINGS, { body, key: 'k' }), 413, 'TOO_LARGE');
  });

  it('of somebody at an unknown business is not found', async () => {
    for (const business of ['everest', 'EVEREST', '%00', "x' or 1=1", 'a'.repeat(300)]) {
      const path = `/api/v1/businesses/${encodeURIComponent(business)}/bookings`;
      const answer = await stack.call('POST', path, { body: partyWish(1), key: randomUUID() });
      expectProblem(answer, 404, 'NOT_FOUND');
    }
  });

  it('leaves nothing behind', async () => {
    const before = await countOrders();
    await stack.call('POST', BOOKINGS, { body: { ...partyWish(2), quantity: 1 }, key: 'nothing' });
    expect(await countOrders()).toBe(before);
    const { used } = await one<{ used: number }>(
      stack.pool,
      `select count(*) as used from idempotency_keys where key = 'nothing'`,
    );
    expect(used).toBe(0);
  });
});

async function countOrders(): Promise<number> {
  return (await one<{ n: number }>(stack.pool, 'select count(*) as n from orders')).n;
}

describe('a refused booking', () => {
  it('of a full day is SOLD_OUT, and its key may ask again', async () => {
    const date = dayAhead(8);
    await setCapacity(date, 1);
    const key = randomUUID();
    const wish = partyWish(2, { date });
    expectProblem(await stack.call('POST', BOOKINGS, { body: wish, key }), 409, 'SOLD_OUT');
    await setCapacity(date, 20);
    const again = await stack.call('POST', BOOKINGS, { body: wish, key });
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBeNull();
  });

  it('of a closed day is CLOSED', async () => {
    const date = dayAhead(9);
    await run(
      stack.pool,
      `insert into closures (business_id, offering_id, from_date, to_date, reason, booked)
       values ('slamet', 'baturraden', $1, $1, 'storm', 'keep')`,
      [date],
    );
    expectProblem(await book(stack, 1, { date }), 409, 'CLOSED');
    expect((await book(stack, 1, { date, offering: 'guci' })).status).toBe(201);
  });

  it('outside the opening hours is CLOSED', async () => {
    const customer = { name: 'Budi', phone: '081234567' };
    const body = { offering: 'repair', date: workday(4), time: '20:00', customer };
    const answer = await stack.call('POST', REPAIRS, { body, key: randomUUID() });
    expectProblem(answer, 409, 'CLOSED');
  });

  it('of an identity that holds a place that day is IDENTITY_ALREADY_BOOKED', async () => {
    const wish = partyWish(1, { date: dayAhead(10) });
    await stack.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
    const again = await stack.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
    expectProblem(again, 409, 'IDENTITY_ALREADY_BOOKED');
    expect(JSON.stringify(again.body)).not.toContain(wish.participants![0]!.identityNumber);
    const nextDay = await stack.call('POST', BOOKINGS, {
      body: { ...wish, date: dayAhead(11) },
      key: randomUUID(),
    });
    expect(nextDay.status).toBe(201);
  });
});

function setCapacity(date: string, capacity: number) {
  return run(
    stack.pool,
    `update quota_slots set capacity = $2
     where business_id = 'slamet' and quota_id = 'baturraden' and date = $1`,
    [date, capacity],
  );
}

describe('an Idempotency-Key', () => {
  it('is needed', async () => {
    const body = partyWish(1, { date: dayAhead(12) });
    const answer = await stack.call('POST', BOOKINGS, { body });
    expectProblem(answer, 400, 'INVALID', '/headers/idempotency-key');
    const long = await stack.call('POST', BOOKINGS, { body, key: 'x'.repeat(201) });
    expectProblem(long, 400, 'INVALID', '/headers/idempotency-key');
  });

  it('answers the same twice, however the body is written', async () => {
    const key = randomUUID();
    const wish = partyWish(2, { date: dayAhead(12) });
    const first = await stack.call('POST', BOOKINGS, { body: wish, key });
    const { customer, ...rest } = wish;
    const rewritten = JSON.stringify({ unknown: 1, customer, ...rest }, null, 2);
    const second = await stack.call('POST', BOOKINGS, { body: rewritten, key });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(second.headers.get('idempotent-replayed')).toBe('true');
  });

  it('that is used for another body is refused', async () => {
    const key = randomUUID();
    await book(stack, 1, { date: dayAhead(12) }, key);
    expectProblem(await book(stack, 1, { date: dayAhead(12) }, key), 409, 'IDEMPOTENCY_MISMATCH');
  });

  it('sent ten times at once books once', async () => {
    const key = randomUUID();
    const wish = partyWish(1, { date: dayAhead(13) });
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => stack.call('POST', BOOKINGS, { body: wish, key })),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]));
    expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    const replayed = answers.filter((answer) => answer.headers.get('idempotent-replayed'));
    expect(replayed).toHaveLength(9);
    const { held } = await one<{ held: number }>(
      stack.pool,
      `select held from quota_slots where quota_id = 'baturraden' and date = $1`,
      [dayAhead(13)],
    );
    expect(held).toBe(1);
  });

  it('is one of its business: another may use the same', async () => {
    const key = randomUUID();
    const first = await book(stack, 1, { date: dayAhead(14) }, key);
    const customer = { name: 'Budi', phone: '081234567' };
    const body = { offering: 'repair', date: workday(5), time: '11:00', customer };
    const second = await stack.call('POST', REPAIRS, {
      body: { ...body, options: ['screen'] },
      key,
    });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.code).not.toBe(first.body.code);
  });
});
