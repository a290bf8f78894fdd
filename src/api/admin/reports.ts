import { getBusiness } from '../../db/businesses.ts';
import { readRevenue } from '../../db/reports.ts';
import { addDays } from '../../domain/calendar.ts';
import { invalid } from '../../domain/errors.ts';
import { Revenue } from '../answers.ts';
import { operation, param } from '../operation.ts';
import { RangeQuery } from '../schemas.ts';

/** A leap year. */
const MOST_DAYS = 366;

export const revenue = operation({
  name: 'reportRevenue',
  does: 'The money that came in, day by day and by what was sold',
  about:
    'By the day, in the time zone of the business, on which the money was known to be there. What was refunded stays in that day; refundedIdr is what went back in the range.',
  right: 'read',
  query: RangeQuery,
  answers: [{ status: 200, says: 'Every day of the range', shape: Revenue }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    checkRange(query);
    const { business } = await getBusiness(deps.pool, param(call, 'business'));
    response.json(await readRevenue(deps.pool, business, query.from, query.to));
  },
});

function checkRange({ from, to }: { from: string; to: string }): void {
  if (to < from || to >= addDays(from, MOST_DAYS)) {
    throw invalid({ pointer: '/to', message: `At most ${MOST_DAYS} days, from "from" on.` });
  }
}
