import { beforeAll, describe, expect, it } from 'vitest';
import { Revenue } from '../../src/api/answers.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { bookAndPay, expectProblem, expectShape } from './support.ts';

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
    expectProblem(await report('revenue', today, dayAhead(-1)), 400, 'INVALID', '/to');
    expectProblem(await report('revenue', '2024-02-30', today), 400, 'INVALID', '/from');
  });
});
