import { CancellationScope, sleep } from '@temporalio/workflow';
import type { Asked } from '../activities/settle.ts';
import type { BookingRef, Deadline, DeadlineKind, Order } from '../domain/booking.ts';
import { close } from './activities.ts';

/** Deadlines that give places back: the provider is asked first, and closed there. */
const ENDS_A_PAYMENT: readonly string[] = ['expire', 'review', 'lapse_move', 'end'];

/** How long a provider that cannot be reached may keep places from others. */
const PATIENCE = '2 minutes';

/** Between two tries to close what changed at the provider meanwhile. */
const BREATH = '3 seconds';

/** Meets a deadline; where it gives up what money would keep, not before the provider was asked. */
export async function meet(
  ref: BookingRef,
  { kind }: Deadline,
  decide: (kind: DeadlineKind, asked: Asked) => Promise<Order>,
): Promise<Order> {
  return decide(kind, ENDS_A_PAYMENT.includes(kind) ? await closeAtProvider(ref) : 'not-asked');
}

/** Asks whether money came; if not, makes the payment impossible there. */
async function closeAtProvider(ref: BookingRef): Promise<Asked> {
  try {
    await CancellationScope.withTimeout(PATIENCE, () => closeUnpaid(ref));
    return 'closed';
  } catch {
    // Time ran out, or the provider refuses us for good: release, mark it, rely on late money.
    return 'unreachable';
  }
}

/** Until nothing there can be paid any more, or money came, or the payment is being checked. */
async function closeUnpaid(ref: BookingRef): Promise<void> {
  for (;;) {
    const summary = 'Ask the provider before releasing';
    const found = await close.readPayment.executeWithOptions({ summary }, [
      ref,
      undefined,
      Date.now(),
    ]);
    if (found === 'paid' || found === 'review') return;
    const closed = await close.cancelPayment.executeWithOptions(
      { summary: 'Make the payment impossible at the provider' },
      [ref, Date.now()],
    );
    if (closed === 'closed') return;
    await sleep(BREATH, { summary: 'Let the provider finish what it began' });
  }
}
