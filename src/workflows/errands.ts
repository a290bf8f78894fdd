import { CancellationScope, isCancellation, log } from '@temporalio/workflow';
import type { BookingRef, Errand, Order } from '../domain/booking.ts';
import { collecting, invoicing, owed, telling } from './activities.ts';

/** What runs beside the wait of a booking, each errand at most once at a time. */
export interface Errands {
  /** Begins what an order says is due, and stops collecting once it wants no money. */
  begin(order: Order): void;
  idle(): boolean;
}

/** `changed` is called when an errand may have changed the order. */
export function createErrands(ref: BookingRef, works: Works, changed: () => void): Errands {
  const running = new Set<Errand>();
  const again = new Set<Errand>();
  let collect = new CancellationScope();

  async function perform(errand: Errand): Promise<void> {
    running.add(errand);
    try {
      await (errand === 'collect' ? collect.run(() => works.collect!(ref, changed)) : run(errand));
    } catch (error) {
      if (!isCancellation(error)) log.warn('An errand gave up for now', { errand });
    } finally {
      running.delete(errand);
      if (again.delete(errand)) void perform(errand);
    }
  }

  async function run(errand: Errand): Promise<void> {
    const order = await works[errand]!(ref, changed);
    if (order) begin(order);
  }

  function begin(order: Order): void {
    const wantsMoney = ['held', 'pending'].includes(order.state) || order.due.includes('collect');
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

/** How a kind of order does its errands; one that it never has is not here. */
export type Works = { [errand in Errand]?: Work };

const sendNotices: Work = async (ref) => {
  await telling.sendNotices.executeWithOptions({ summary: 'Send what is due to be told' }, [ref]);
  return undefined;
};

export const BOOKING_WORKS: Works = {
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
  notices: sendNotices,
  'wake-offered': async (ref) => {
    const summary = 'Start the bookings that the waiting list was offered';
    await owed.wakeOffered.executeWithOptions({ summary }, [ref.business]);
    return undefined;
  },
};

export const SUBSCRIPTION_WORKS: Works = {
  collect: async (ref, changed) => {
    const collected = await invoicing.createInvoice(ref, Date.now());
    if (collected === 'money' || collected === 'again') changed();
    return undefined;
  },
  refund: async (ref, changed) => {
    const summary = 'Give money back';
    await owed.refundPeriod.executeWithOptions({ summary }, [ref, Date.now()]);
    changed();
    return undefined;
  },
  notices: sendNotices,
  'tell-service': async (ref) => {
    const summary = 'Tell the service what it unlocks';
    await telling.tellService.executeWithOptions({ summary }, [ref]);
    return undefined;
  },
};
