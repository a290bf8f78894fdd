import { continueAsNew } from '@temporalio/workflow';
import type { BookingRef, OrderState } from '../domain/booking.ts';
import { decide } from './activities.ts';
import { INVOICE_WAY, meet } from './closing.ts';
import { SUBSCRIPTION_WORKS } from './errands.ts';
import { type Life, live } from './order.ts';

/**
 * One subscription for its whole life: waits for its first invoice to be paid, then reminds of each
 * end, each time with a fresh invoice, and ends what nobody renewed. Each period that is paid for is a
 * run of its own, so that years make no long history. When it ended it is closed; money that comes
 * after that starts it again.
 */
export async function subscription({ business, code }: BookingRef): Promise<OrderState> {
  const ended = await live({ business, code }, SUBSCRIPTION);
  return ended === 'again' ? continueAsNew<typeof subscription>({ business, code }) : ended;
}

const SUBSCRIPTION: Life = {
  open: (ref) => decide.openSubscription.executeWithOptions({ summary: 'Find' }, [ref, Date.now()]),
  settle: (ref, nudge) => {
    const summary = `Decide: ${nudge.kind}`;
    return decide.settleSubscription.executeWithOptions({ summary }, [ref, nudge, Date.now()]);
  },
  meet: (ref, deadline) =>
    meet(
      ref,
      deadline,
      (kind, asked) => {
        const summary = `Deadline: ${kind}`;
        return decide.meetPeriod.executeWithOptions({ summary }, [ref, kind, asked, Date.now()]);
      },
      INVOICE_WAY,
    ),
  works: SUBSCRIPTION_WORKS,
  startsAs: 'pending',
  isRunAPeriod: true,
};
