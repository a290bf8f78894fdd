import { type Asking, askOrder, rescheduleBooking } from '../../commands/ask.ts';
import { audit } from '../../db/audit.ts';
import { getBusiness } from '../../db/businesses.ts';
import { listBookings } from '../../db/order/bookings.ts';
import { readFacts } from '../../db/order/facts.ts';
import { listMembers, readStory } from '../../db/order/story.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { dateIn } from '../../domain/calendar.ts';
import { DomainError, type ErrorCode } from '../../domain/errors.ts';
import type { BookingFacts } from '../../domain/facts.ts';
import { hasRight } from '../access.ts';
import { Bookings, OperatedOrder, OrderStory } from '../answers.ts';
import { sayReplayed } from '../customer/bookings.ts';
import { operatedSubscription } from '../customer/subscriptions.ts';
import { accessOf, type Call, operation, param, whoOf } from '../operation.ts';
import { BookingsQuery, CancelBody, RefundBody, RepairBody, RescheduleBody } from '../schemas.ts';
import { lineView, operatedView } from '../views.ts';

const PAGE = 50;

export const bookings = operation({
  name: 'listBookings',
  does: 'Bookings, newest first',
  about: 'A gate sees those of today.',
  right: 'look',
  query: BookingsQuery,
  answers: [{ status: 200, says: `At most ${PAGE}, and where to go on`, shape: Bookings }],
  refuses: ['INVALID'],
  async handle(call) {
    const { deps, query, response } = call;
    const { business, timeZone } = await getBusiness(deps.pool, param(call, 'business'));
    const today = dateIn(timeZone, deps.now());
    const days = hasRight(accessOf(call), 'read') ? {} : { from: today, to: today };
    const lines = await listBookings(deps.pool, business, { ...query, ...days }, PAGE + 1);
    const page = lines.slice(0, PAGE);
    response.json({
      items: page.map((line) => lineView(line, timeZone)),
      next: lines.length > PAGE ? page.at(-1)!.code : null,
    });
  },
});

export const booking = operation({
  name: 'showBookingToOperator',
  does: 'A booking or a subscription with its whole story',
  about: 'A gate sees the bookings of today, without the story. Identity numbers are masked.',
  right: 'look',
  answers: [{ status: 200, says: 'The booking', shape: OrderStory }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const { ref, view, customer, date, timeZone } = await orderOf(call);
    const whole = hasRight(accessOf(call), 'read');
    if (!whole && date !== dateIn(timeZone, deps.now())) {
      throw new DomainError('FORBIDDEN', 'A gate sees the bookings of today.');
    }
    response.json({
      ...view,
      customer,
      participants: await listMembers(deps.pool, deps.vault, ref),
      ...(whole && { story: await readStory(deps.pool, ref) }),
    });
  },
});

/** A booking or a subscription as operators see it. */
interface Operated {
  ref: BookingRef;
  view: object;
  customer: BookingFacts['customer'];
  /** The day of its visit; a subscription has none. */
  date: string | undefined;
  timeZone: string;
}

/** The order of the code in the address, in this business. Throws `NOT_FOUND`. */
async function orderOf(call: Pick<Call, 'deps' | 'request'>): Promise<Operated> {
  const code = param(call, 'code').toUpperCase();
  const ref = { business: param(call, 'business'), code };
  const found = /^[0-9A-Z]{8}$/.test(code) ? await findOperated(call.deps, ref) : undefined;
  if (found) return found;
  throw new DomainError('NOT_FOUND', 'There is no booking or subscription of this code here.');
}

async function findOperated(deps: Call['deps'], ref: BookingRef): Promise<Operated | undefined> {
  const booking = await readFacts(deps.pool, deps, ref);
  if (booking) {
    const { customer, date, business } = booking;
    return { ref, view: operatedView(booking), customer, date, timeZone: business.timeZone };
  }
  const subscription = await readSubscription(deps.pool, deps, ref);
  if (!subscription) return undefined;
  const { baseName: name, email, business } = subscription;
  return {
    ref,
    view: { kind: 'plan', ...operatedSubscription(subscription) },
    customer: { name, email, phone: null },
    date: undefined,
    timeZone: business.timeZone,
  };
}

const NOW = [
  { status: 200, says: 'The booking or subscription as it stands now', shape: OperatedOrder },
];
const REFUSES: ErrorCode[] = [
  'INVALID',
  'NOT_FOUND',
  'NOT_ALLOWED',
  'IDEMPOTENCY_MISMATCH',
  'UNAVAILABLE',
];

export const cancel = operation({
  name: 'cancelForCustomer',
  does: 'Cancels a booking; all of its money goes back',
  about: 'A subscription ends at once, and the money of its periods that are not over goes back.',
  right: 'work',
  key: 'honoured',
  body: CancelBody,
  answers: NOW,
  refuses: REFUSES,
  handle: (call) =>
    change(call, 'booking.cancel', (ref, asking) =>
      askOrder(call.deps, ref, 'cancel', { reason: call.body.reason }, asking),
    ),
});

export const refund = operation({
  name: 'refund',
  does: 'Gives money back: all of it, or a part',
  about:
    'Of a subscription it is the newest period that is given back: its time goes once all of its money does.',
  right: 'work',
  key: 'honoured',
  body: RefundBody,
  answers: NOW,
  refuses: REFUSES,
  handle: (call) =>
    change(call, 'booking.refund', (ref, asking) => {
      const { amountIdr, reason, byHand } = call.body;
      const wish = { reason, ...(amountIdr && { amountIdr }), ...(byHand && { byHand }) };
      return askOrder(call.deps, ref, 'refund', wish, asking);
    }),
});

export const reschedule = operation({
  name: 'rescheduleForCustomer',
  does: 'Moves a booking, outside the rules for customers if need be',
  right: 'work',
  key: 'honoured',
  body: RescheduleBody,
  answers: NOW,
  refuses: [...REFUSES, 'SOLD_OUT', 'CLOSED', 'IDENTITY_ALREADY_BOOKED'],
  handle: (call) =>
    change(call, 'booking.reschedule', (ref, asking) =>
      rescheduleBooking(call.deps, ref, call.body, asking),
    ),
});

export const repairState = operation({
  name: 'setRepairState',
  does: 'Says how a repair stands; the customer is told',
  right: 'work',
  key: 'honoured',
  body: RepairBody,
  answers: NOW,
  refuses: REFUSES,
  handle: (call) =>
    change(call, 'booking.repair-state', (ref, asking) => {
      const { state, note } = call.body;
      return askOrder(call.deps, ref, 'repair_state', { state, ...(note && { note }) }, asking);
    }),
});

/** Asks something of an order as an operator, notes who did, and answers how it stands then. */
async function change(
  call: Pick<Call, 'deps' | 'request' | 'response' | 'key'>,
  action: string,
  work: (ref: BookingRef, asking: Asking) => Promise<void>,
): Promise<void> {
  const { deps, response, key } = call;
  const { ref } = await orderOf(call);
  await sayReplayed(call, ref.business);
  await work(ref, { by: whoOf(call), key });
  await audit(deps.pool, ref.business, whoOf(call), action, ref.code);
  response.json((await orderOf(call)).view);
}
