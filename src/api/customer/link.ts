import { findByToken, readFacts } from '../../db/facts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { DomainError } from '../../domain/errors.ts';
import type { BookingFacts } from '../../domain/facts.ts';
import { addressOf } from '../limits.ts';
import { type Call, param } from '../operation.ts';

/**
 * The order that the link of a request opens. Throws `NOT_FOUND`; an address that tries links which
 * open nothing is slowed down, for right ones too, so that a hit is not told from a miss.
 */
export async function openLink(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
  capability: 'booking' | 'pay' | 'waiting',
): Promise<BookingRef> {
  const { deps, limits, request } = call;
  const address = addressOf(request);
  limits.guess.check(address);
  const token = param(call, 'token');
  const ref = /^[\w-]{32}$/.test(token)
    ? await findByToken(deps.pool, capability, token)
    : undefined;
  if (ref) return ref;
  await limits.guess.take(address);
  throw notFound();
}

/** The booking that the link of a request opens. */
export async function openBooking(
  call: Pick<Call, 'deps' | 'limits' | 'request'>,
  capability: 'booking' | 'pay' = 'booking',
): Promise<BookingFacts> {
  const ref = await openLink(call, capability);
  const facts = await readFacts(call.deps.pool, call.deps, ref);
  if (!facts) throw notFound();
  return facts;
}

function notFound(): DomainError {
  return new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
}
