import { getBusiness } from '../../db/businesses.ts';
import { readProviders, readRevenue } from '../../db/money/reports.ts';
import { addDays } from '../../domain/calendar.ts';
import { invalid } from '../../domain/errors.ts';
import { providersSvg } from '../../pages/providers.tsx';
import { operation, param } from '../operation.ts';
import { RangeQuery } from '../schemas.ts';
import { Providers, Revenue } from './shapes.ts';

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

export const providers = operation({
  name: 'reportProviders',
  does: 'How each payment provider did: latency, retries, duplicates, disorder, what was lost',
  about: 'What each figure is and is not: docs/operations.md, "Reports".',
  right: 'read',
  query: RangeQuery,
  answers: [{ status: 200, says: 'Each in all, and every day of the range', shape: Providers }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    checkRange(query);
    const { business } = await getBusiness(deps.pool, param(call, 'business'));
    const found = await readProviders(deps.pool, business, query.from, query.to);
    response.json({ providers: found });
  },
});

export const providersPicture = operation({
  name: 'drawProviders',
  does: 'The same as a picture',
  right: 'read',
  query: RangeQuery,
  answers: [{ status: 200, says: 'A panel for each provider', type: 'image/svg+xml' }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    checkRange(query);
    const { business, name } = await getBusiness(deps.pool, param(call, 'business'));
    const found = await readProviders(deps.pool, business, query.from, query.to);
    response.type('image/svg+xml').send(providersSvg(name, found));
  },
});

function checkRange({ from, to }: { from: string; to: string }): void {
  if (to < from) throw invalid({ pointer: '/to', message: `It is before "from", ${from}.` });
  if (to >= addDays(from, MOST_DAYS)) {
    throw invalid({ pointer: '/to', message: `At most ${MOST_DAYS} days, from "from" on.` });
  }
}
