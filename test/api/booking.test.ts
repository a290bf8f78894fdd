import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Availability, Booked, Booking, Offerings } from '../../src/api/answers.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { many, one, run } from '../../src/db/pool.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { BOOKINGS, book, bookAndPay, expectProblem, expectShape } from './support.ts';

const stack = useStack();
const JIOT = '/api/v1/businesses/jiot/bookings';

/** The next day on which the repair bench is open. */
function workday(ahead: number): string {
  const date = dayAhead(ahead);
  return new Date(`${date}T00:00:00Z`).getUTCDay() === 0 ? dayAhead(ahead + 1) : date;
}

describe('what is sold', () => {
  it('lists offerings with their options and quotas', async () => {
    const slamet = await stack.call('GET', '/api/v1/businesses/slamet/offerings');
    expectShape(slamet, Offerings);
    expect(slamet.body.offerings.map((o: { id: string }) => o.id)).toEqual([
      'bambangan',
      'guci',
      'baturraden',
    ]);
    expect(slamet.body.offerings[0]).toMatchObject({
      kind: 'permit',
      priceIdr: 25_000,
      quotas: ['bambangan', 'mountain'],
    });
    const jiot = await stack.call('GET', '/api/v1/businesses/jiot/offerings');
    expectShape(jiot, Offerings);
    const ids = jiot.body.offerings[0].options.map((o: { id: string }) => o.id);
    expect(ids).toEqual(expect.arrayContaining(['iphone-11', 'iphone-16', 'screen', 'battery']));
  });

  it('tells what is left, the smallest quota first of all', async () => {
    const from = dayAhead(30);
    const query = `offering=bambangan&from=${from}&to=${dayAhead(36)}`;
    const { body } = await stack.call('GET', `/api/v1/businesses/slamet/availability?${query}`);
    expectShape({ body } as never, Availability);
    expect(body.days).toHaveLength(7);
    expect(body.days[0]).toMatchObject({ date: from, capacity: 50, left: 50, closed: false });
    const prices = new Set(body.days.map((day: { priceIdr: number }) => day.priceIdr));
    expect(prices).toEqual(new Set([25_000, 30_000]));
  });

  it('tells the hours of appointments', async () => {
    const date = workday(3);
    const query = `offering=repair&from=${date}&to=${date}`;
    const { body } = await stack.call('GET', `/api/v1/businesses/jiot/availability?${query}`);
    expect(body.days.map((day: { time: string }) => day.time)).toEqual([
      '09:00',
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '15:00',
      '16:00',
    ]);
    expect(body.days[0]).toMatchObject({ capacity: 2, left: 2 });
  });

  it.each([
    ['no offering', '', '/offering'],
    ['an unknown offering', 'offering=everest', '/offering'],
    ['a date that does not exist', 'offering=guci&from=2027-02-30', '/from'],
    ['days in the wrong order', `offering=guci&from=${dayAhead(3)}&to=${dayAhead(2)}`, '/to'],
    ['more than a season', `offering=guci&from=${dayAhead(0)}&to=${dayAhead(300)}`, '/to'],
  ])('refuses a question with %s', async (_what, query, pointer) => {
    const answer = await stack.call('GET', `/api/v1/businesses/slamet/availability?${query}`);
    expectProblem(answer, 400, 'INVALID', pointer);
  });
});

describe('a booking', () => {
  it('is answered as the contract says, and shown by its link', async () => {
    const date = dayAhead(5);
    const held = await book(stack, 2, { date });
    expect(held.status).toBe(201);
    expectShape(held, Booked);
    const { token, code, statusUrl, paymentUrl, amountIdr, expiresAt } = held.body;
    expect(held.headers.get('location')).toBe(statusUrl);
    expect(token).toMatch(/^[\w-]{32}$/);
    expect(amountIdr).toBe(200_000);
    expect(expiresAt).toMatch(/\+07:00$/);
    expect(paymentUrl).toMatch(new RegExp(`^${stack.url}/pay/[\\w-]{32}$`));
    expect(paymentUrl).not.toContain(token);

    const shown = await stack.call('GET', `/api/v1/bookings/${token}`);
    expectShape(shown, Booking);
    expect(shown.body).toMatchObject({ code, state: 'held', expiresAt, paidIdr: 0, paidAt: null });
    const query = `offering=baturraden&from=${date}&to=${date}`;
    const { body } = await stack.call('GET', `/api/v1/businesses/slamet/availability?${query}`);
    expect(body.days[0].left).toBe(18);
  });

  it('keeps emoji, markup, SQL and right-to-left text as they were typed', async () => {
    const names = [
      '🏔️ Siti 👩‍👩‍👧',
      '<script>alert(1)</script>',
      `Robert'); drop table orders;--`,
      'محمد بن عبد الله',
      `${'x'.repeat(99)}🏔`,
    ];
    const wish = partyWish(names.length, { date: dayAhead(6) });
    wish.participants?.forEach((person, at) => {
      person.name = names[at]!;
    });
    const { status, body } = await stack.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
    expect(status).toBe(201);
    const members = await many<{ name: string }>(
      stack.pool,
      'select name from participants where code = $1 order by seat',
      [body.code],
    );
    expect(members.map((member) => member.name)).toEqual(names);
  });

  it('takes one writing of a letter for another', async () => {
    const wish = partyWish(1, {
      date: dayAhead(6),
      customer: { name: 'Cafe\u0301', phone: '0812 3456-7890' },
    });
    const { body } = await stack.call('POST', BOOKINGS, { body: wish, key: randomUUID() });
    const { name } = await one<{ name: string }>(
      stack.pool,
      'select customer_name as name from orders where code = $1',
      [body.code],
    );
    expect(name).toBe('Café');
  });

  it('ignores fields that it does not know', async () => {
    const body = { ...partyWish(1, { date: dayAhead(6) }), coupon: 'X', constructor: { a: 1 } };
    const { status } = await stack.call('POST', BOOKINGS, { body, key: randomUUID() });
    expect(status).toBe(201);
  });

  it('of an appointment takes a time and parts, and costs what they cost', async () => {
    const wish: BookingWish = {
      offering: 'repair',
      date: workday(4),
      time: '10:00',
      options: ['iphone-13', 'screen'],
      customer: { name: 'Budi', phone: '+62 812-3456-789' },
    };
    const held = await stack.call('POST', JIOT, { body: wish, key: randomUUID() });
    expect(held.body).toMatchObject({ state: 'held', amountIdr: 900_000 });
    const shown = await stack.call('GET', `/api/v1/bookings/${held.body.token}`);
    expectShape(shown, Booking);
    expect(shown.body).toMatchObject({ time: '10:00', kind: 'appointment' });
  });
});

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
    const answer = await stack.call('POST', JIOT, { body, key: randomUUID() });
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
    const answer = await stack.call('POST', JIOT, { body, key: randomUUID() });
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
    const second = await stack.call('POST', JIOT, { body: { ...body, options: ['screen'] }, key });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.code).not.toBe(first.body.code);
  });
});

describe('a paid booking', () => {
  let paid: Awaited<ReturnType<typeof bookAndPay>>;
  beforeAll(async () => {
    paid = await bookAndPay(stack, 3, { date: dayAhead(15) });
  });
  const at = (what: string) => `/api/v1/bookings/${paid.token}/${what}`;

  it('shows its tickets', () => {
    expectShape({ body: { ...paid, token: undefined } } as never, Booking);
    expect(paid).toMatchObject({ state: 'paid', paidIdr: 300_000, payment: { state: 'paid' } });
    expect(new Set(paid.tickets.map((ticket: { qr: string }) => ticket.qr)).size).toBe(3);
  });

  it.each([
    ['tickets.pdf', 'application/pdf', /^%PDF/],
    ['receipt.pdf', 'application/pdf', /^%PDF/],
    ['calendar.ics', 'text/calendar', /^BEGIN:VCALENDAR/],
  ])('gives its %s', async (what, type, begin) => {
    const answer = await stack.call('GET', at(what));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain(type);
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w.-]+"$/);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
    expect(answer.body).toMatch(begin);
  });

  it('gives one ticket, and none that it has not', async () => {
    const [ticket] = paid.tickets;
    const { pathname, search } = new URL(ticket.pdfUrl);
    expect((await stack.call('GET', pathname + search)).status).toBe(200);
    expectProblem(await stack.call('GET', `${at('tickets.pdf')}?ticket=T0`), 404, 'NOT_FOUND');
  });

  it('says to whoever wants to pay again that it is paid, and does not open the booking', async () => {
    const { pathname } = new URL(paid.paymentUrl);
    const answer = await stack.call('GET', pathname, { headers: { 'accept-language': 'en' } });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('Paid already');
    expect(answer.body).not.toContain(new URL(paid.statusUrl).pathname);
  });

  it('moves once by the rules, and its old codes are void', async () => {
    const key = randomUUID();
    const to = { date: dayAhead(16) };
    const moved = await stack.call('POST', at('reschedule'), { body: to, key });
    expect(moved.status).toBe(200);
    expect(moved.body.date).toBe(to.date);
    const again = await stack.call('POST', at('reschedule'), { body: to, key });
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    const other = await stack.call('POST', at('reschedule'), { body: { date: dayAhead(17) } });
    expectProblem(other, 409, 'NOT_ALLOWED');
    const fresh = await stack.booking(paid.token, (seen) => seen.tickets.length === 3);
    const ids = fresh.tickets.map((ticket: { id: string }) => ticket.id);
    expect(ids).not.toEqual(expect.arrayContaining([paid.tickets[0].id]));
  });

  it.each([
    ['nowhere', {}, '/date'],
    ['the past', { date: dayAhead(-1) }, '/date'],
    ['the same day', { date: dayAhead(16) }, '/date'],
  ])('does not move to %s', async (_where, body, pointer) => {
    expectProblem(await stack.call('POST', at('reschedule'), { body }), 400, 'INVALID', pointer);
  });

  it('ends when its customer cancels, and its money goes back', async () => {
    const cancelled = await stack.call('POST', at('cancel'), { key: 'cancel-it' });
    expect(cancelled.status).toBe(200);
    expect(['refund_due', 'refunded']).toContain(cancelled.body.state);
    expect(cancelled.body.refund).toMatchObject({ amountIdr: 300_000 });
    expectProblem(await stack.call('GET', at('tickets.pdf')), 409, 'NOT_PAID');
  });
});

describe('a booking that is not paid', () => {
  it('has no documents, and gives its places back when cancelled', async () => {
    const { body } = await book(stack, 2, { date: dayAhead(18) });
    for (const what of ['tickets.pdf', 'receipt.pdf', 'calendar.ics']) {
      const answer = await stack.call('GET', `/api/v1/bookings/${body.token}/${what}`);
      expectProblem(answer, 409, 'NOT_PAID');
    }
    const moved = await stack.call('POST', `/api/v1/bookings/${body.token}/reschedule`, {
      body: { date: dayAhead(19) },
    });
    expectProblem(moved, 409, 'NOT_ALLOWED');
    for (const _twice of [1, 2]) {
      const cancelled = await stack.call('POST', `/api/v1/bookings/${body.token}/cancel`);
      expect(cancelled.body).toMatchObject({ state: 'cancelled' });
    }
  });

  it('is paid at the page of its provider, which its payment link leads to', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(18) });
    await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
    const { pathname } = new URL(body.paymentUrl);
    const answer = await stack.call('GET', pathname);
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toContain(stack.sandbox.url);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  });
});

describe('a link', () => {
  it('opens only its own door', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(18) });
    const payToken = body.paymentUrl.split('/').at(-1);
    for (const path of [
      `/api/v1/bookings/${payToken}`,
      `/pay/${body.token}`,
      `/api/v1/waiting-list/${body.token}`,
      `/api/v1/bookings/${body.code}`,
      `/api/v1/bookings/${body.token}x`,
      '/api/v1/bookings/%00',
      `/api/v1/bookings/${'x'.repeat(32)}`,
      '/api/v1/bookings/..%2f..%2fetc',
    ]) {
      expectProblem(await stack.call('GET', path), 404, 'NOT_FOUND');
    }
    expectProblem(await stack.call('GET', '/api/v1/bookings/%E0%A4%A'), 400, 'INVALID');
  });
});
