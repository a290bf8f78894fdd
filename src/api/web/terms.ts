import { amountOf } from '../../commands/draft.ts';
import { type Business, getBusiness } from '../../db/businesses.ts';
import { findOffering } from '../../db/offerings.ts';
import { listClosures } from '../../db/places/closures.ts';
import { listAvailability } from '../../db/places/quotas.ts';
import { many, one } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { addDays, dateIn, visitTimes } from '../../domain/calendar.ts';
import type { BookingFacts } from '../../domain/facts.ts';
import type { IdentityType } from '../../domain/identity.ts';
import { cancelRefundIdr, rescheduleRefusal } from '../../domain/rules.ts';
import type { MoveChoice, RepairStep, Status } from '../../pages/status.ts';
import type { WebDeps } from './deps.ts';

type Terms = Pick<Status, 'closure' | 'cancel' | 'moves' | 'repairSteps'>;

/**
 * What a customer may do with a booking now, by the rules of its business, and what that means in
 * money. To be shown: what is pressed is decided again by its workflow.
 */
export async function readTerms(
  deps: WebDeps,
  ref: BookingRef,
  facts: BookingFacts,
): Promise<Terms> {
  const business = await getBusiness(deps.pool, ref.business);
  const closure = await findClosure(deps, ref, facts);
  const free = closure?.booked === 'reschedule' && facts.state === 'paid';
  const cancel = await cancelTerms(deps, business, ref, facts, free);
  const moves = await moveTerms(deps, business, ref, facts, free);
  const repairSteps = facts.kind === 'appointment' ? await readRepair(deps, ref, facts) : undefined;
  return {
    ...(repairSteps && { repairSteps }),
    ...(closure && { closure }),
    ...(cancel && { cancel }),
    ...(moves && { moves }),
  };
}

/** Paid means queued; what came after is in the requests of the shop. */
async function readRepair(
  deps: WebDeps,
  ref: BookingRef,
  { paidAt }: BookingFacts,
): Promise<RepairStep[]> {
  const said = await many<RepairStep>(
    deps.pool,
    `select wish->>'state' as state, done_at as at, wish->>'note' as note from requests
     where business_id = $1 and code = $2 and kind = 'repair_state' and state = 'done'
     order by done_at`,
    [ref.business, ref.code],
  );
  return [...(paidAt ? [{ state: 'queued', at: paidAt }] : []), ...said];
}

/** The closure that ended this booking, or that asks its customer to choose another date. */
async function findClosure(
  deps: WebDeps,
  ref: BookingRef,
  facts: BookingFacts,
): Promise<Status['closure']> {
  const closures = await listClosures(deps.pool, ref.business, facts.date, facts.date);
  const own = closures.find(({ offering }) => !offering || offering === facts.offering.id);
  if (!own || own.booked === 'keep') return undefined;
  const stands = facts.state === 'paid' && own.booked === 'reschedule';
  const ended = ['cancelled', 'refund_due', 'refunded'].includes(facts.state);
  if (!stands && !(ended && (await wasClosed(deps, ref)))) return undefined;
  return { reason: own.reason, booked: own.booked };
}

async function wasClosed({ pool }: WebDeps, ref: BookingRef): Promise<boolean> {
  const { closed } = await one<{ closed: boolean }>(
    pool,
    `select exists (select from requests
       where business_id = $1 and code = $2 and kind = 'cancel' and asked_by = 'closure'
         and state = 'done') as closed`,
    [ref.business, ref.code],
  );
  return closed;
}

async function cancelTerms(
  deps: WebDeps,
  { rules }: Business,
  ref: BookingRef,
  facts: BookingFacts,
  free: boolean,
): Promise<Status['cancel']> {
  if (facts.state === 'held') return { backIdr: facts.paidIdr };
  if (facts.state !== 'paid') return undefined;
  const { owedIdr } = await one<{ owedIdr: number }>(
    deps.pool,
    `select owed_idr as "owedIdr" from orders where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
  if (free) return { backIdr: owedIdr };
  const nowMs = deps.now().getTime();
  const backIdr = cancelRefundIdr(rules, owedIdr, facts.visitAt.getTime(), nowMs);
  return backIdr === undefined ? undefined : { backIdr };
}

async function moveTerms(
  deps: WebDeps,
  business: Business,
  ref: BookingRef,
  facts: BookingFacts,
  free: boolean,
): Promise<readonly MoveChoice[] | undefined> {
  if (facts.state !== 'paid' || facts.move) return undefined;
  const order = {
    reschedules: facts.reschedules ?? 0,
    freeMove: free,
    visitAtMs: facts.visitAt.getTime(),
  };
  if (rescheduleRefusal(business.rules, order, deps.now().getTime())) return undefined;
  return listMoves(deps, business, ref, facts);
}

/** Days (and times) with room for the party, with what each costs more or less. */
async function listMoves(
  deps: WebDeps,
  business: Business,
  ref: BookingRef,
  facts: BookingFacts,
): Promise<MoveChoice[]> {
  const offering = await findOffering(deps.pool, ref.business, facts.offering.id);
  if (!offering) return [];
  const { timeZone, rules } = business;
  const today = dateIn(timeZone, deps.now());
  const last = addDays(today, rules.maxDaysAhead);
  const days = await listAvailability(deps.pool, ref.business, offering.offeringId, today, last);
  const guests = await many<{ identityType: IdentityType }>(
    deps.pool,
    `select identity_type as "identityType" from participants
     where business_id = $1 and code = $2 order by seat`,
    [ref.business, ref.code],
  );
  const priceOf = (date: string) =>
    amountOf(offering, date, facts.quantity, guests, facts.options) - facts.amountIdr;
  return days
    .filter(({ closed, left }) => !closed && left >= facts.quantity)
    .filter(({ date, time }) => date !== facts.date || time !== facts.time)
    .filter(({ date, time }) => deps.now() < visitTimes(timeZone, rules, date, time).cutOffAt)
    .map(({ date, time }) => ({ date, time, differenceIdr: priceOf(date) }));
}
