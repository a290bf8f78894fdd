import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { Availability, Booked, Booking, Offerings } from '../../src/api/answers.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { many, one } from '../../src/db/pool.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import {
  BOOKINGS,
  book,
  bookAndPay,
  expectProblem,
  expectShape,
  REPAIRS,
  workday,
} from './support.ts';

const stack = useStack();

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
    const held = await stack.call('POST', REPAIRS, { body: wish, key: randomUUID() });
    expect(held.body).toMatchObject({ state: 'held', amountIdr: 900_000 });
    const shown = await stack.call('GET', `/api/v1/bookings/${held.body.token}`);
    expectShape(shown, Booking);
    expect(shown.body).toMatchObject({ time: '10:00', kind: 'appointment' });
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
