import { getBusiness } from '../../db/businesses.ts';
import { dayPrice, findOffering, listOfferings } from '../../db/offerings.ts';
import { listAvailability } from '../../db/places/quotas.ts';
import { addDays, dateIn } from '../../domain/calendar.ts';
import { invalid } from '../../domain/errors.ts';
import { Availability, Offerings } from '../answers.ts';
import { operation, param } from '../operation.ts';
import { AvailabilityQuery } from '../schemas.ts';

/** How many days one question about availability may span. */
const MOST_DAYS = 92;

export const offerings = operation({
  name: 'listOfferings',
  does: 'What a business sells',
  answers: [{ status: 200, says: 'All of it', shape: Offerings }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const { business } = await getBusiness(deps.pool, param(call, 'business'));
    const offered = await listOfferings(deps.pool, business);
    response.json({
      offerings: offered.map(({ offeringId, name, about, kind, priceIdr, options, quotas }) => ({
        id: offeringId,
        name,
        about,
        kind,
        priceIdr,
        options: options.map(({ optionId, english: _, ...option }) => ({
          id: optionId,
          ...option,
        })),
        quotas,
      })),
    });
  },
});

export const availability = operation({
  name: 'listAvailability',
  does: 'What is left of an offering, day by day',
  about: `From today for 30 days unless told otherwise; at most ${MOST_DAYS} days. The price is that of a local guest.`,
  query: AvailabilityQuery,
  answers: [{ status: 200, says: 'The days (and times) that can be booked', shape: Availability }],
  refuses: ['INVALID', 'NOT_FOUND'],
  async handle(call) {
    const { deps, query, response } = call;
    const business = await getBusiness(deps.pool, param(call, 'business'));
    const offering = await findOffering(deps.pool, business.business, query.offering);
    if (!offering) {
      throw invalid({ pointer: '/offering', message: 'There is no such offering here.' });
    }
    const from = query.from ?? dateIn(business.timeZone, deps.now());
    const to = query.to ?? addDays(from, 30);
    if (to < from || to > addDays(from, MOST_DAYS)) {
      throw invalid({ pointer: '/to', message: `At most ${MOST_DAYS} days, from "from" on.` });
    }
    const { offeringId } = offering;
    const days = await listAvailability(deps.pool, business.business, offeringId, from, to);
    response.json({
      days: days.map(({ date, time, capacity, left, closed }) => ({
        date,
        ...(time && { time }),
        capacity,
        left,
        closed,
        priceIdr: dayPrice(offering, date, 'local'),
      })),
    });
  },
});
