import type { BookingRef, OrderState } from '../domain/booking.ts';
import { decide } from './activities.ts';
import { meet } from './closing.ts';
import { BOOKING_WORKS } from './errands.ts';
import { type Life, live } from './order.ts';

/**
 * One booking from its hold to the end of its visit.
 *
 * Holds places, waits for money until the hold ends, then keeps the places or gives them back; after
 * that waits for requests, reminders and the visit. Postgres decides and names the next deadline;
 * this waits for it. A run that late money started finds the order as it is, and goes on from there.
 */
export async function booking(ref: BookingRef): Promise<OrderState> {
  return (await live(ref, BOOKING)) as OrderState;
}

const BOOKING: Life = {
  open: (ref) =>
    decide.openBooking.executeWithOptions({ summary: 'Hold or find' }, [ref, Date.now()]),
  settle: (ref, nudge) => {
    const summary = `Decide: ${nudge.kind}`;
    return decide.settleBooking.executeWithOptions({ summary }, [ref, nudge, Date.now()]);
  },
  meet: (ref, deadline) =>
    meet(ref, deadline, (kind, asked) => {
      const summary = `Deadline: ${kind}`;
      return decide.meetDeadline.executeWithOptions({ summary }, [ref, kind, asked, Date.now()]);
    }),
  works: BOOKING_WORKS,
  startsAs: 'held',
};
