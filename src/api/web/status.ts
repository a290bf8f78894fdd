import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import { h } from 'preact';
import { cancelBooking, rescheduleBooking } from '../../commands/ask.ts';
import { readFacts } from '../../db/order/facts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Look } from '../../pages/look.ts';
import type { StatusRefused } from '../../pages/status.ts';
import { StatusPage } from '../../pages/statuspage.tsx';
import { guardIdentities } from '../customer/bookings.ts';
import { openLink } from '../customer/link.ts';
import { parse } from '../problems.ts';
import { RescheduleBody } from '../schemas.ts';
import { readTyped } from './bookform.ts';
import { sendPage, type WebDeps } from './deps.ts';
import { leadStale, pathOf } from './door.ts';
import { formTokenFor, isFresh, refuseForeign } from './guard.ts';
import { readVersion } from './live.ts';
import { lookFor } from './look.ts';
import { noteSeen } from './seen.ts';
import { readTerms } from './terms.ts';

/** `GET /b/{token}`: the booking that the link opens, as it stands now. */
export async function showStatus(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const ref = await openLink({ deps, limits: deps.limits, request }, 'booking');
  noteSeen(deps, request, response, ref);
  await sendStatus(deps, request, response, ref);
}

/** `POST /b/{token}/cancel` and `/move`: asks, and leads back to the page that shows the outcome. */
export async function changeBooking(
  deps: WebDeps,
  request: Request,
  response: Response,
  wanted: 'cancel' | 'move',
): Promise<void> {
  refuseForeign(deps, request);
  const ref = await openLink({ deps, limits: deps.limits, request }, 'booking');
  const { formToken, key, to = '' } = readTyped(request.body);
  if (!isFresh(deps, request, formToken)) {
    return leadStale(deps, response, 'booking', ref);
  }
  const asking = { by: 'customer', key: key || undefined };
  try {
    if (wanted === 'cancel') await cancelBooking(deps, ref, 'Cancelled by the customer.', asking);
    else {
      const [date, time] = to.split(' ');
      const wish = parse(RescheduleBody, { date, ...(time && { time }) });
      await guardIdentities({ limits: deps.limits, request }, () =>
        rescheduleBooking(deps, ref, wish, asking),
      );
    }
    response.redirect(303, pathOf(deps, 'booking', ref));
  } catch (error) {
    const refused = error instanceof DomainError && REFUSED[error.code];
    if (!refused) throw error;
    response.redirect(303, `${pathOf(deps, 'booking', ref)}?refused=${refused}`);
  }
}

const REFUSED: Partial<Record<DomainError['code'], StatusRefused>> = {
  SOLD_OUT: 'sold-out',
  CLOSED: 'closed',
  IDENTITY_ALREADY_BOOKED: 'identity',
  NOT_ALLOWED: 'not-allowed',
  // A second press of a form whose first press was answered meanwhile.
  IDEMPOTENCY_MISMATCH: 'stale',
  INVALID: 'invalid',
  UNAVAILABLE: 'unavailable',
};

/** Why the press that led here did nothing. */
function refusedOf({ query }: Request): StatusRefused | undefined {
  return Object.values(REFUSED).find((refused) => refused === query.refused);
}

async function sendStatus(
  deps: WebDeps,
  request: Request,
  response: Response,
  ref: BookingRef,
): Promise<void> {
  const look: Look = lookFor(deps, request, response);
  // Before the facts: what changes in between is told by the live connection at once.
  const version = await readVersion(deps.pool, ref.code);
  const facts = await readFacts(deps.pool, deps, ref);
  if (!facts) throw new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
  const path = pathOf(deps, 'booking', ref);
  const status = {
    facts,
    version,
    path,
    payPath: new URL(facts.paymentUrl).pathname,
    documentsPath: `/api/v1/bookings/${deps.vault.tokenOf('booking', ref)}`,
    formToken: formTokenFor(deps, request, response),
    key: randomUUID(),
    returned: request.query.returned !== undefined,
    refused: refusedOf(request),
    ...(await readTerms(deps, ref, facts)),
  };
  sendPage(response, 200, h(StatusPage, { look, status }));
}
