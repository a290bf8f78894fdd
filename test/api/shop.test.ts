import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/db/pool.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { expectProblem, REPAIRS, workday } from './support.ts';

const stack = useStack();
const ADMIN = '/api/v1/admin/jiot';
const OPEN = ['09:00', '17:00'];
const WEEK = { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN, sat: OPEN };
let token: string;
beforeAll(async () => {
  token = await stack.tokenOf('owner', 'jiot');
});

const repairAt = (date: string, time: string, options = ['iphone-13', 'screen']) =>
  stack.call('POST', REPAIRS, {
    key: randomUUID(),
    body: {
      offering: 'repair',
      date,
      time,
      options,
      customer: { name: 'Budi', phone: '08120000001' },
    },
  });

const setHours = (body: object) => stack.call('PUT', `${ADMIN}/hours`, { token, body });

async function hoursOf(date: string): Promise<Record<string, number>> {
  const query = `offering=repair&from=${date}&to=${date}`;
  const { body } = await stack.call('GET', `/api/v1/businesses/jiot/availability?${query}`);
  return Object.fromEntries(
    body.days.map((day: { time: string; left: number }) => [day.time, day.left]),
  );
}

describe('an appointment', () => {
  const date = workday(4);

  it.each([
    ['outside the opening hours', workday(4), '07:00', 409, 'CLOSED'],
    ['between two hours', workday(4), '09:30', 409, 'CLOSED'],
    ['beyond 30 days', dayAhead(31), '10:00', 400, 'INVALID'],
    ['on a day that is over', dayAhead(-1), '10:00', 400, 'INVALID'],
    ['at no time at all', workday(4), '25:00', 400, 'INVALID'],
  ])('%s is refused', async (_what, day, time, status, code) => {
    const answer = await repairAt(day, time);
    expect(answer.status).toBe(status);
    expect(answer.body.code).toBe(code);
  });

  it('on the weekly day of rest is refused', async () => {
    const days = [5, 6, 7, 8, 9, 10, 11].map(dayAhead);
    const sunday = days.find((day) => new Date(`${day}T00:00Z`).getUTCDay() === 0)!;
    expectProblem(await repairAt(sunday, '10:00'), 409, 'CLOSED');
  });

  it('has two places an hour: of five who come at once two get one', async () => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => repairAt(date, '11:00')));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 409, 409, 409]);
    expect((await hoursOf(date))['11:00']).toBe(0);
    expect((await hoursOf(date))['12:00']).toBe(2);
  });

  it('on a holiday is refused, and not once it is opened again', async () => {
    const day = workday(12);
    const closure = { from: day, to: day, reason: 'Libur', booked: 'keep' };
    await stack.call('PUT', `${ADMIN}/closures`, { token, body: closure });
    expectProblem(await repairAt(day, '10:00'), 409, 'CLOSED');
    await stack.call('DELETE', `${ADMIN}/closures?from=${day}&to=${day}`, { token });
    expect((await repairAt(day, '10:00')).status).toBe(201);
  });
});

describe('opening hours', () => {
  it('that shrink leave who is booked where they are, and take nobody new', async () => {
    const date = workday(15);
    const { body: booked } = await repairAt(date, '16:00');
    const short = Object.fromEntries(Object.keys(WEEK).map((day) => [day, ['10:00', '15:00']]));
    const answer = await setHours({ quota: 'bench', hours: short });
    expect(answer.body).toEqual({ changed: 31 });
    expect(Object.keys(await hoursOf(date))).toEqual([
      '10:00',
      '11:00',
      '12:00',
      '13:00',
      '14:00',
      '16:00',
    ]);
    expectProblem(await repairAt(date, '16:00'), 409, 'SOLD_OUT');
    expectProblem(await repairAt(date, '09:00'), 409, 'CLOSED');
    expect((await stack.booking(booked.token, () => true)).state).toBe('held');
    const { body: ledger } = await stack.call('GET', `${ADMIN}/ledger`, { token });
    expect(ledger.differences).toEqual([]);

    await setHours({ quota: 'bench', hours: WEEK });
    expect((await hoursOf(date))['16:00']).toBe(1);
    expect((await hoursOf(date))['09:00']).toBe(2);
  });

  it('take more or fewer an hour, but not where an operator had set it by hand', async () => {
    const date = workday(20);
    const own = { quota: 'bench', from: date, to: date, time: '10:00', capacity: 5 };
    await stack.call('PUT', `${ADMIN}/quotas`, { token, body: own });
    await setHours({ quota: 'bench', hours: WEEK, perHour: 3 });
    expect(await hoursOf(date)).toMatchObject({ '09:00': 3, '10:00': 5, '11:00': 3 });
    await setHours({ quota: 'bench', hours: WEEK, perHour: 2 });
    expect(await hoursOf(date)).toMatchObject({ '09:00': 2, '10:00': 5, '11:00': 2 });
  });

  it.each([
    [
      'that end before they begin',
      { quota: 'bench', hours: { mon: ['17:00', '09:00'] } },
      '/hours/mon',
    ],
    ['of a quota that is not there', { quota: 'table', hours: WEEK }, '/quota'],
    ['of no weekday', { quota: 'bench', hours: { someday: OPEN } }, '/hours'],
    ['in no time', { quota: 'bench', hours: { mon: ['9', '17'] } }, '/hours/mon/0'],
  ])('%s are refused', async (_what, body, pointer) => {
    const answer = await setHours(body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toContain(
      pointer,
    );
  });

  it('are written down with who set them', async () => {
    await setHours({ quota: 'bench', hours: WEEK });
    const { body } = await stack.call('GET', `${ADMIN}/audit`, { token });
    expect(body.items[0]).toMatchObject({ action: 'hours.set', subject: 'bench' });
  });
});

describe('the catalogue', () => {
  const glass = { offering: 'repair', option: 'back-glass', name: 'Kaca belakang', sort: 'part' };

  // A button of the chat carries the id: one that does not fit would end every order.
  it.each(['x'.repeat(42), 'Back-Glass', 'kaca belakang', '-glass', 'layar✓'])(
    'takes no id that a button could not carry: %s',
    async (option) => {
      const body = { ...glass, option, priceIdr: 1 };
      const refused = await stack.call('PUT', `${ADMIN}/options`, { token, body });
      expectProblem(refused, 400, 'INVALID', '/option');
      const past = run(
        stack.pool,
        `insert into offering_options (business_id, offering_id, option_id, name, sort, price_idr)
         values ('jiot', 'repair', $1, 'Kaca', 'part', 1)`,
        [option],
      );
      await expect(past).rejects.toThrow('offering_options_option_id_check');
    },
  );

  it('takes a new part, changes it, and lets it go; what is booked keeps its price', async () => {
    const date = workday(22);
    const put = (priceIdr: number) =>
      stack.call('PUT', `${ADMIN}/options`, { token, body: { ...glass, priceIdr } });
    expect((await put(250_000)).status).toBe(200);
    const { body: first } = await repairAt(date, '09:00', ['iphone-13', 'back-glass']);
    expect(first.amountIdr).toBe(300_000);
    await put(275_000);
    const { body: second } = await repairAt(date, '10:00', ['iphone-13', 'back-glass']);
    expect(second.amountIdr).toBe(325_000);
    const gone = `${ADMIN}/options?offering=repair&option=back-glass`;
    expect((await stack.call('DELETE', gone, { token })).status).toBe(200);
    expectProblem(await stack.call('DELETE', gone, { token }), 404, 'NOT_FOUND');
    expectProblem(
      await repairAt(date, '11:00', ['iphone-13', 'back-glass']),
      400,
      'INVALID',
      '/options/1',
    );
    expect((await stack.booking(first.token, () => true)).amountIdr).toBe(300_000);
  });
});
