import { cancelBooking, rescheduleBooking } from '../../commands/ask.ts';
import { placeBooking } from '../../commands/book.ts';
import { findKeyUse } from '../../db/order/drafts.ts';
import { readFacts } from '../../db/order/facts.ts';
import { DomainError } from '../../domain/errors.ts';
import { Booked, Booking } from '../answers.ts';
import { addressOf } from '../limits.ts';
import { type Call, operation, param } from '../operation.ts';
import { BookingBody, RescheduleBody } from '../schemas.ts';
import { bookingView } from '../views.ts';
import { openBooking, openLink } from './link.ts';

export const book = operation({
  name: 'book',
  does: 'Holds places and opens a payment',
  about:
    'The same key and body are answered alike for 24 hours, also while the first request still runs; a refusal is not remembered.',
  key: 'needed',
  counted: 'booking',
  body: BookingBody,
  answers: [{ status: 201, says: 'The places are held until `expiresAt`', shape: Booked }],
  refuses: [
    'INVALID',
    'NOT_FOUND',
    'SOLD_OUT',
    'CLOSED',
    'IDENTITY_ALREADY_BOOKED',
    'NOT_ALLOWED',
    'IDEMPOTENCY_MISMATCH',
    'TOO_LARGE',
    'SLOW_DOWN',
    'UNAVAILABLE',
  ],
  async handle(call) {
    const { deps, key, body, response } = call;
    const business = param(call, 'business');
    const { booked, replayed } = await guardIdentities(call, () =>
      placeBooking(deps, business, key!, body),
    );
    if (replayed) response.setHeader('Idempotent-Replayed', 'true');
    response.status(201).location(booked.statusUrl).json(booked);
  },
});

/**
 * "Already booked" tells whether somebody goes up that day: it is answered only so often. Who asked
 * too often gets no booking either, or the difference would tell.
 */
export async function guardIdentities<T>(
  { limits, request }: Pick<Call, 'limits' | 'request'>,
  work: () => Promise<T>,
): Promise<T> {
  const address = addressOf(request);
  limits.identity.check(address);
  try {
    return await work();
  } catch (error) {
    const tells = error instanceof DomainError && error.code === 'IDENTITY_ALREADY_BOOKED';
    if (tells) await limits.identity.take(address);
    throw error;
  }
}

export const show = operation({
  name: 'showBooking',
  does: 'How a booking stands',
  answers: [{ status: 200, says: 'The booking', shape: Booking }],
  refuses: ['NOT_FOUND', 'SLOW_DOWN'],
  async handle(call) {
    call.response.json(bookingView(await openBooking(call), call.deps.publicUrl));
  },
});

export const cancel = operation({
  name: 'cancelBooking',
  does: 'Cancels a booking by the rules of its business',
  key: 'honoured',
  answers: [{ status: 200, says: 'The booking as it stands now', shape: Booking }],
  refuses: ['NOT_FOUND', 'NOT_ALLOWED', 'IDEMPOTENCY_MISMATCH', 'SLOW_DOWN', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, response, key } = call;
    const ref = await openLink(call, 'booking');
    await sayReplayed(call, ref.business);
    const asking = { by: 'customer', key };
    await cancelBooking(deps, ref, 'Cancelled by the customer.', asking);
    response.json(bookingView((await readFacts(deps.pool, deps, ref))!, deps.publicUrl));
  },
});

export const reschedule = operation({
  name: 'rescheduleBooking',
  does: 'Moves a booking to another date',
  about:
    'A dearer date waits until the difference is paid at `paymentUrl`; a cheaper one gives it back. Old QR codes are void once moved.',
  key: 'honoured',
  body: RescheduleBody,
  answers: [{ status: 200, says: 'The booking as it stands now', shape: Booking }],
  refuses: [
    'INVALID',
    'NOT_FOUND',
    'SOLD_OUT',
    'CLOSED',
    'IDENTITY_ALREADY_BOOKED',
    'NOT_ALLOWED',
    'IDEMPOTENCY_MISMATCH',
    'SLOW_DOWN',
    'UNAVAILABLE',
  ],
  async handle(call) {
    const { deps, response, body, key } = call;
    const ref = await openLink(call, 'booking');
    await sayReplayed(call, ref.business);
    await guardIdentities(call, () => rescheduleBooking(deps, ref, body, { by: 'customer', key }));
    response.json(bookingView((await readFacts(deps.pool, deps, ref))!, deps.publicUrl));
  },
});

/** Marks the answer to a key that was used before. A key of another request is refused later. */
export async function sayReplayed(
  { deps, key, response }: Pick<Call, 'deps' | 'key' | 'response'>,
  business: string,
): Promise<void> {
  if (key === undefined || !(await findKeyUse(deps.pool, business, key))) return;
  response.setHeader('Idempotent-Replayed', 'true');
}
