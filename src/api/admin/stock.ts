import { closeBusiness, reopenBusiness, setPrice, setQuota } from '../../commands/operate.ts';
import { listSlots } from '../../db/places/quotas.ts';
import { addDays } from '../../domain/calendar.ts';
import { invalid } from '../../domain/errors.ts';
import { Changed, Concerned, Done, Opened, Quotas } from '../answers.ts';
import { operation, param, whoOf } from '../operation.ts';
import { ClosureBody, PriceBody, QuotaBody, RangeQuery, ReopenQuery } from '../schemas.ts';

const MOST_DAYS = 92;

export const quotas = operation({
  name: 'listQuotas',
  does: 'What each quota has, holds and sold, day by day',
  right: 'read',
  query: RangeQuery,
  answers: [{ status: 200, says: 'The quotas', shape: Quotas }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    if (query.to < query.from || query.to > addDays(query.from, MOST_DAYS)) {
      throw invalid({ pointer: '/to', message: `At most ${MOST_DAYS} days, from "from" on.` });
    }
    const slots = await listSlots(deps.pool, param(call, 'business'), query.from, query.to);
    response.json({
      quotas: slots.map(({ quotaId, date, time, capacity, held, sold, waiting }) => ({
        quota: quotaId,
        date,
        ...(time && { time }),
        capacity,
        held,
        sold,
        keptForLine: waiting,
      })),
    });
  },
});

export const putQuota = operation({
  name: 'setQuota',
  does: 'Sets the capacity of a quota from day to day',
  about:
    'Raising it offers the new places to the line; lowering it below what is sold takes nothing from anybody.',
  right: 'work',
  body: QuotaBody,
  answers: [{ status: 200, says: 'How many days (and times) were set', shape: Changed }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, body, response } = call;
    response.json({ changed: await setQuota(deps, param(call, 'business'), whoOf(call), body) });
  },
});

export const putClosure = operation({
  name: 'close',
  does: 'Closes days for new bookings, and decides what becomes of who is booked',
  right: 'work',
  body: ClosureBody,
  answers: [{ status: 200, says: 'How many bookings it concerns', shape: Concerned }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, body, response } = call;
    const concerned = await closeBusiness(deps, param(call, 'business'), whoOf(call), body);
    response.json({ concerned });
  },
});

export const deleteClosure = operation({
  name: 'open',
  does: 'Opens these days again, also some days of a longer closure, and offers what is free to the line',
  right: 'work',
  query: ReopenQuery,
  answers: [{ status: 200, says: 'How many closures that ended', shape: Opened }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    const opened = await reopenBusiness(deps, param(call, 'business'), whoOf(call), query);
    response.json({ opened });
  },
});

export const putPrice = operation({
  name: 'setPrice',
  does: 'Changes what will be charged; what is booked keeps its price',
  about:
    'Of the rules that match a day and guest, one for this guest beats one for all, then one for named dates an open one, then one for weekdays one for every day, then the newest wins.',
  right: 'own',
  body: PriceBody,
  answers: [{ status: 200, says: 'From now on', shape: Done }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, body, response } = call;
    await setPrice(deps, param(call, 'business'), whoOf(call), body);
    response.json({ ok: true });
  },
});
