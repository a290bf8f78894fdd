import { expect } from 'vitest';
import { openBooking } from '../../src/activities/hold.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { dayAhead, newOrder } from './core.ts';
import type { Core } from './life.ts';

/** The first day from so many ahead on that the repair shop is open. */
export function workday(ahead = 3): string {
  const date = dayAhead(ahead);
  return new Date(`${date}T00:00Z`).getUTCDay() === 0 ? dayAhead(ahead + 1) : date;
}

/** A repair that holds its hour. */
export async function heldRepair(core: Core, wish: Partial<BookingWish> = {}): Promise<BookingRef> {
  const repair = {
    offering: 'repair',
    date: workday(),
    time: '10:00',
    options: ['iphone-13', 'battery'],
    customer: { name: 'Budi', phone: '+62812' },
    ...wish,
  };
  const ref = await newOrder(core, repair, 'jiot');
  const order = await openBooking(core.deps, ref, Date.now());
  expect(order.state, order.refusal ?? '').toBe('held');
  return ref;
}
