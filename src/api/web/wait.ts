import type { Request, Response } from 'express';
import { h } from 'preact';
import { leaveWait, readWait } from '../../commands/wait.ts';
import { getBusiness } from '../../db/businesses.ts';
import { one } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { WaitPage } from '../../pages/wait.tsx';
import { openLink } from '../customer/link.ts';
import { readTyped } from './bookform.ts';
import { sendPage, type WebDeps } from './deps.ts';
import { leadStale, pathOf } from './door.ts';
import { formTokenFor, isFresh, refuseForeign } from './guard.ts';
import { readVersion } from './live.ts';
import { lookFor } from './look.ts';
import { ownerOf } from './stock.ts';

/** `GET /w/{token}`: how the wait for a full day stands. */
export async function showWait(deps: WebDeps, request: Request, response: Response): Promise<void> {
  const ref = await openLink({ deps, limits: deps.limits, request }, 'waiting');
  await sendWait(deps, request, response, ref);
}

/** `POST /w/{token}/leave`: leaves the line. */
export async function leaveLine(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  refuseForeign(deps, request);
  const ref = await openLink({ deps, limits: deps.limits, request }, 'waiting');
  if (!isFresh(deps, request, readTyped(request.body).formToken)) {
    return leadStale(deps, response, 'waiting', ref);
  }
  await leaveWait(deps, ref);
  response.redirect(303, pathOf(deps, 'waiting', ref));
}

async function sendWait(
  deps: WebDeps,
  request: Request,
  response: Response,
  ref: BookingRef,
): Promise<void> {
  const look = lookFor(deps, request, response);
  const version = await readVersion(deps.pool, ref.code);
  const { state, position, bookingToken } = await readWait(deps, ref);
  const wait = {
    owner: ownerOf(await getBusiness(deps.pool, ref.business)),
    ...(await readWish(deps, ref)),
    state,
    position,
    bookingPath: bookingToken && `/b/${bookingToken}`,
    version,
    path: pathOf(deps, 'waiting', ref),
    formToken: formTokenFor(deps, request, response),
    stale: request.query.refused === 'stale',
  };
  sendPage(response, 200, h(WaitPage, { look, wait }));
}

/** What is waited for. */
function readWish({ pool }: WebDeps, ref: BookingRef) {
  return one<{
    offering: { id: string; name: string };
    date: string;
    time: string | null;
    quantity: number;
  }>(
    pool,
    `select json_build_object('id', f.offering_id, 'name', f.name) as offering,
       o.date, o.time, o.quantity
     from orders o join offerings f using (business_id, offering_id)
     where o.business_id = $1 and o.code = $2`,
    [ref.business, ref.code],
  );
}
