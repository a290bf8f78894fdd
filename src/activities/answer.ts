import { closeRequest, findRequest, type Request } from '../db/order/requests.ts';
import type { Tx } from '../db/pool.ts';
import type { BookingRef, OrderState } from '../domain/booking.ts';

/** A request stays open while the order is being closed at the provider. */
export type Outcome = 'done' | 'open' | { refused: string; detail: string };

export const notAllowed = (detail: string): Outcome => ({ refused: 'NOT_ALLOWED', detail });

/** A twin draws on no places and holds nobody's money: nothing can be asked of it. */
const REHEARSED = notAllowed('This is a rehearsal: nothing can be asked of it.');

/** Answers what somebody asked of a locked order, once: a request that was answered keeps its answer. */
export async function answerOnce(
  tx: Tx,
  order: BookingRef & { state: OrderState },
  isTwin: boolean,
  requestId: string,
  answer: (request: Request) => Promise<Outcome>,
): Promise<void> {
  const request = await findRequest(tx, order.business, requestId);
  if (request?.state !== 'open' || request.code !== order.code) return;
  const outcome = isTwin ? REHEARSED : await answer(request);
  if (outcome === 'open') return;
  if (outcome === 'done') await closeRequest(tx, request, 'done', { state: order.state });
  else await closeRequest(tx, request, 'refused', outcome);
}
