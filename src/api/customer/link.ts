import { type Door, findByToken, readFacts } from '../../db/order/facts.ts';
import { findInvoiceByToken } from '../../db/plan/periods.ts';
import { readSubscription } from '../../db/plan/subscriptionfacts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { DomainError } from '../../domain/errors.ts';
import type { BookingFacts, SubscriptionFacts } from '../../domain/facts.ts';
import { addressOf } from '../limits.ts';
import { type Call, param } from '../operation.ts';

/**
 * The order that the link of a request opens. Throws `NOT_FOUND`; an address that tries links which
 * open nothing is slowed down, for right ones too, so that a hit is not told from a miss.
 */
export async function openLink(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
  door: Door,
): Promise<BookingRef> {
  const { deps, limits, request } = call;
  const address = addressOf(request);
  limits.guess.check(address);
  const token = param(call, 'token');
  const ref = /^[\w-]{32}$/.test(token) ? await findByToken(deps.pool, door, token) : undefined;
  if (ref) return ref;
  await limits.guess.take(address);
  throw notFound();
}

/** The booking that the link of a request opens. */
export async function openBooking(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
  door: 'booking' | 'pay' = 'booking',
): Promise<BookingFacts> {
  const ref = await openLink(call, door);
  const facts = await readFacts(call.deps.pool, call.deps, ref);
  if (!facts) throw notFound();
  return facts;
}

/** What a link to pay is for: an order, or one invoice of a subscription. */
export async function openPay(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
): Promise<{ ref: BookingRef; attempt?: number }> {
  const token = param(call, 'token');
  call.limits.guess.check(addressOf(call.request));
  const invoice = /^[\w-]{32}$/.test(token)
    ? await findInvoiceByToken(call.deps.pool, token)
    : undefined;
  if (!invoice) return { ref: await openLink(call, 'pay') };
  const { attempt, ...ref } = invoice;
  return { ref, attempt };
}

/** The subscription that the link of a request opens. */
export async function openSubscription(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
): Promise<SubscriptionFacts> {
  const ref = await openLink(call, 'subscription');
  const facts = await readSubscription(call.deps.pool, call.deps, ref);
  if (!facts) throw notFound();
  return facts;
}

export function notFound(): DomainError {
  return new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
}
