import type { Request, Response } from 'express';
import type { Door } from '../../db/order/facts.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { openLink } from '../customer/link.ts';
import type { WebDeps } from './deps.ts';

/** The pages that a link opens. */
type PageDoor = Exclude<Door, 'pay'>;

const PAGES = {
  booking: { path: 'b', token: 'booking' },
  subscription: { path: 's', token: 'booking' },
  waiting: { path: 'w', token: 'waiting' },
} as const satisfies Record<PageDoor, { path: string; token: string }>;

/** Where the page of an order is, without host. */
export function pathOf({ vault }: WebDeps, door: PageDoor, ref: BookingRef): string {
  const { path, token } = PAGES[door];
  return `/${path}/${vault.tokenOf(token, ref)}`;
}

/** `GET …/events` below the page of a link: tells when there is something newer to show. */
export async function listenTo(
  deps: WebDeps,
  request: Request,
  response: Response,
  door: PageDoor,
): Promise<void> {
  const ref = await openLink({ deps, limits: deps.limits, request }, door);
  deps.live.listen(request, response, ref.code);
}

/** Leads a press that came too late, or from a browser without our cookie, back to its page. */
export function leadStale(
  deps: WebDeps,
  response: Response,
  door: PageDoor,
  ref: BookingRef,
): void {
  response.redirect(303, `${pathOf(deps, door, ref)}?refused=stale`);
}
