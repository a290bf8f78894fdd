import type { Duration } from '@temporalio/common';
import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Asked } from '../activities/settle.ts';
import type { BookingRef, Deadline, DeadlineKind, Order } from '../domain/booking.ts';
import { close, closeInvoices } from './activities.ts';

/** Deadlines that give places back: the provider is asked first, and closed there. */
const ENDS_A_PAYMENT: readonly string[] = ['expire', 'review', 'lapse_move', 'end'];

/** Through which queue a provider is asked, and how long it may take. */
interface Way {
  hands: typeof close;
  patience: Duration;
}

/** Two minutes: so long may a provider that cannot be reached keep places from others. */
const BOOKING_WAY: Way = { hands: close, patience: '2 minutes' };

/** Longer, since invoices wait for their provider's rate, and nobody else waits for a base. */
export const INVOICE_WAY: Way = { hands: closeInvoices, patience: '15 minutes' };

/** Between two tries to close what changed at the provider meanwhile. */
const BREATH = '3 seconds';

/** Meets a deadline; where it gives up what money would keep, not before the provider was asked. */
export async function meet(
  ref: BookingRef,
  { kind }: Deadline,
  decide: (kind: DeadlineKind, asked: Asked) => Promise<Order>,
  way: Way = BOOKING_WAY,
): Promise<Order> {
  const endsPayment = ENDS_A_PAYMENT.includes(kind);
  return decide(kind, endsPayment ? await closeAtProvider(ref, way) : 'not-asked');
}

/** Asks whether money came; if not, makes the payment impossible there. */
async function closeAtProvider(ref: BookingRef, { hands, patience }: Way): Promise<Asked> {
  try {
    await CancellationScope.withTimeout(patience, () => closeUnpaid(ref, hands));
    return 'closed';
  } catch {
    // Time ran out, or the provider refuses us for good: release, mark it, rely on late money.
    return 'unreachable';
  }
}

/** Until nothing there can be paid any more, or money came, or the payment is being checked. */
async function closeUnpaid(ref: BookingRef, hands: typeof close): Promise<void> {
  for (;;) {
    const summary = 'Ask the provider before releasing';
    const found = await hands.readPayment.executeWithOptions({ summary }, [
      ref,
      undefined,
      Date.now(),
    ]);
    if (found === 'paid' || found === 'review') return;
    const closed = await hands.cancelPayment.executeWithOptions(
      { summary: 'Make the payment impossible at the provider' },
      [ref, Date.now()],
    );
    if (closed === 'closed') return;
    await sleep(BREATH, { summary: 'Let the provider finish what it began' });
  }
}
