import { CancellationScope, isCancellation, log } from '@temporalio/workflow';
import type { BookingRef, Errand, Order } from '../domain/booking.ts';
import { collecting, owed, telling } from './activities.ts';

/** What runs beside the wait of a booking, each errand at most once at a time. */
export interface Errands {
  /** Begins what an order says is due, and stops collecting once it wants no money. */
  begin(order: Order): void;
  idle(): boolean;
}

/** `changed` is called when an errand may have changed the order. */
export function createErrands(ref: BookingRef, changed: () => void): Errands {
  const running = new Set<Errand>();
  const again = new Set<Errand>();
  let collect = new CancellationScope();

  async function perform(errand: Errand): Promise<void> {
    running.add(errand);
    try {
      await (errand === 'collect' ? collect.run(() => DO.collect(ref, changed)) : run(errand));
    } catch (error) {
      if (!isCancellation(error)) log.warn('An errand gave up for now', { errand });
    } finally {
      running.delete(errand);
      if (again.delete(errand)) void perform(errand);
    }
  }

  async function run(errand: Errand): Promise<void> {
    const order = await DO[errand](ref, changed);
    if (order) begin(order);
  }

  function begin(order: Order): void {
    const wantsMoney = order.state === 'held' || order.due.includes('collect');
    if (!wantsMoney) {
      collect.cancel();
      collect = new CancellationScope();
    }
    for (const errand of order.due) {
      if (running.has(errand)) again.add(errand);
      else void perform(errand);
    }
  }

  return { begin, idle: () => running.size === 0 };
}

type Work = (ref: BookingRef, changed: () => void) => Promise<Order | undefined>;

const DO: Record<Errand, Work> = {
  collect: async (ref, changed) => {
    const collected = await collecting.createPayment(ref, Date.now());
    if (collected === 'money' || collected === 'again') changed();
    return undefined;
  },
  issue: (ref) => {
    const summary = 'Issue the tickets';
    return owed.issueTickets.executeWithOptions({ summary }, [ref, Date.now()]);
  },
  refund: async (ref, changed) => {
    const summary = 'Give money back';
    await owed.refundPayment.executeWithOptions({ summary }, [ref, Date.now()]);
    changed();
    return undefined;
  },
  notices: async (ref) => {
    await telling.sendNotices.executeWithOptions({ summary: 'Send what is due to be told' }, [ref]);
    return undefined;
  },
  'wake-offered': async (ref) => {
    const summary = 'Start the bookings that the waiting list was offered';
    await owed.wakeOffered.executeWithOptions({ summary }, [ref.business]);
    return undefined;
  },
};
