import { beforeAll, describe, expect, it } from 'vitest';
import { Providers, Revenue } from '../../src/api/admin/shapes.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';
import { book, bookAndPay, expectProblem, expectShape } from './support.ts';

const stack = useStack();
const REPORTS = '/api/v1/admin/slamet/reports';
const today = dayAhead(0);
let token: string;
beforeAll(async () => {
  token = await stack.tokenOf('auditor');
});

const report = (what: string, from: string, to: string) =>
  stack.call('GET', `${REPORTS}/${what}?from=${from}&to=${to}`, { token });

describe('the report of revenue', () => {
  it('shows what was paid just now', async () => {
    await bookAndPay(stack, 2);
    const answer = await report('revenue', dayAhead(-1), today);
    expectShape(answer, Revenue);
    expect(answer.body).toEqual({
      totalIdr: 200_000,
      refundedIdr: 0,
      days: [
        { date: dayAhead(-1), amountIdr: 0, orders: 0 },
        { date: today, amountIdr: 200_000, orders: 1 },
      ],
      offerings: [{ offering: 'baturraden', name: 'Baturraden', amountIdr: 200_000, orders: 1 }],
    });
  });

  it('has every day of a leap year, and no more', async () => {
    const { body } = await report('revenue', '2024-01-01', '2024-12-31');
    expect(body.days).toHaveLength(366);
    const longer = await report('revenue', '2024-01-01', '2025-01-01');
    expectProblem(longer, 400, 'INVALID', '/to');
    expect(longer.body.errors[0].message).toContain('At most 366 days');
    const backwards = await report('revenue', today, dayAhead(-1));
    expectProblem(backwards, 400, 'INVALID', '/to');
    expect(backwards.body.errors[0].message).toBe(`It is before "from", ${today}.`);
    expectProblem(await report('revenue', '2024-02-30', today), 400, 'INVALID', '/from');
  });
});

describe('the report of providers', () => {
  const totalOf = async () => {
    const answer = await report('providers', dayAhead(-1), today);
    expectShape(answer, Providers);
    expect(answer.body.providers).toHaveLength(1);
    expect(answer.body.providers[0].days).toHaveLength(2);
    return answer.body.providers[0].total;
  };

  it('shows what came of a payment: its latency, what came again, what never came', async () => {
    const before = await totalOf();
    const told = await bookAndPay(stack, 1);
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${told.code}`);
    await stack.sandbox.call('POST', `/control/deliveries/${body.deliveries[0].id}/resend`);
    const { body: untold } = await book(stack, 1);
    await stack.booking(untold.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${untold.code}-1`, 'settle', { notify: false });
    const staff = await stack.tokenOf('staff');
    const sync = { token: staff, body: { code: untold.code } };
    await stack.call('POST', '/api/v1/admin/slamet/payments/sync', sync);
    const after = await totalOf();
    expect(after).toMatchObject({
      payments: before.payments + 2,
      amountIdr: before.amountIdr + 200_000,
      duplicates: before.duplicates + 1,
      foundByAsking: before.foundByAsking + 1,
      lost: before.lost + 1,
    });
    // Midtrans says it to the second: up to one more than it was.
    expect(after.latencyP95Ms).toBeLessThan(15_000);
  });

  it('is a picture, too', async () => {
    const answer = await report('providers.svg', dayAhead(-1), today);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^image\/svg\+xml/);
    expect(answer.body).toContain('Basecamp Gunung Slamet');
    expectProblem(await report('providers.svg', today, dayAhead(-1)), 400, 'INVALID', '/to');
  });
});

describe('the reports of a business that sells plans', () => {
  it('count each invoice by the plan that it was for, and Xendit by its own instants', async () => {
    const { ask, pay } = subscribersOf(stack);
    const subscriber = await ask('weekly');
    await pay(subscriber, 1);
    await ask('daily', subscriber.base);
    await pay(subscriber, 2);
    const owner = await stack.tokenOf('owner', 'rafess');
    const read = (what: string) =>
      stack.call('GET', `/api/v1/admin/rafess/reports/${what}?from=${today}&to=${today}`, {
        token: owner,
      });
    const revenue = await read('revenue');
    expectShape(revenue, Revenue);
    expect(revenue.body).toEqual({
      totalIdr: 18_000,
      refundedIdr: 0,
      days: [{ date: today, amountIdr: 18_000, orders: 1 }],
      offerings: [
        { offering: 'weekly', name: 'Mingguan', amountIdr: 15_000, orders: 1 },
        { offering: 'daily', name: 'Harian', amountIdr: 3_000, orders: 1 },
      ],
    });
    const providers = await read('providers');
    expectShape(providers, Providers);
    const [xendit] = providers.body.providers;
    expect(xendit).toMatchObject({ provider: 'xendit', total: { payments: 2, lost: 0 } });
    expect(xendit.total.latencyP50Ms).toBeLessThan(10_000);
  });
});
