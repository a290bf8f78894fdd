import { type Response, Router } from 'express';
import { z } from 'zod';
import type { TransactionSummary } from '../provider.ts';
import type { Move } from './charge.ts';
import type { Desk } from './desk.ts';
import { findMethod, METHODS, type Method } from './methods.ts';
import type { Order, Status } from './order.ts';
import type { Orders } from './orders.ts';

const ControlRequest = z.strictObject({
  paymentType: z.string().optional(),
  bank: z.string().default('bca'),
  grossAmount: z.int().positive().max(999_999_999_999).optional(),
  notify: z.boolean().default(true),
  /** Only needed when two merchants use the same order id. */
  merchant: z.string().optional(),
});

/**
 * From where each move may be made: what Midtrans' status table allows, the same again (a repeated
 * notice), and for `settle` any end as well: money may come late.
 */
const MAY_COME_FROM: Record<Move, Status[]> = {
  settle: ['pending', 'capture', 'settlement', 'cancel', 'expire'],
  capture: ['pending', 'capture'],
  challenge: ['pending', 'capture'],
  deny: ['pending', 'capture', 'settlement', 'deny'],
  cancel: ['pending', 'capture', 'cancel'],
  expire: ['pending', 'expire'],
};

/** `/control/midtrans/{orderId}/{move}`: what banks and customers would do. */
export function midtransControl(desk: Desk, orders: Orders): Router {
  const router = Router();
  router.post('/:orderId/:move', (req, res) => {
    const move = req.params.move as Move;
    if (!Object.hasOwn(MAY_COME_FROM, move)) {
      return sendError(res, 404, `Midtrans has no move '${move}'; there are ${MOVES}.`);
    }
    const read = ControlRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    const order = orders.findAnywhere(req.params.orderId, read.data.merchant);
    if (!order) return sendError(res, 404, `Midtrans knows no order '${req.params.orderId}'.`);
    const moved = makeMove(desk, order, move, read.data);
    if (typeof moved === 'string') return sendError(res, 409, moved);
    res.json(summaryOf(moved));
  });
  return router;
}

const MOVES = Object.keys(MAY_COME_FROM).join(', ');

/** The moved order, or why it cannot be moved. */
function makeMove(
  desk: Desk,
  order: Order,
  move: Move,
  asked: z.infer<typeof ControlRequest>,
): Order | string {
  const paymentType = asked.paymentType ?? (isCardOnly(move) ? 'credit_card' : 'bank_transfer');
  const method = findMethod(paymentType, asked.bank);
  if (!method) return `No payment type '${paymentType}' of bank '${asked.bank}': ${KNOWN}.`;
  if (isCardOnly(move) && method.group !== 'card') return `Only cards can ${move}.`;
  const chosen = needsChoice(order, method, move)
    ? desk.choose(order, { method: method.id }, false)
    : order;
  const status = chosen.charge?.status ?? 'pending';
  if (!MAY_COME_FROM[move].includes(status)) return `A transaction in '${status}' cannot ${move}.`;
  return desk.move(chosen, move, { grossIdr: asked.grossAmount, tell: asked.notify });
}

const KNOWN = `there are ${METHODS.map(({ paymentType, bank }) => (bank && paymentType === 'bank_transfer' ? `${paymentType}/${bank}` : paymentType)).join(', ')}`;

/**
 * After a denial a customer chooses again, and only a card can be captured, so one who waits with
 * something else is taken to have changed to a card.
 */
function needsChoice(order: Order, method: Method, move: Move): boolean {
  const { charge } = order;
  if (!charge) return true;
  if (charge.status === 'deny') return move !== 'deny';
  return isCardOnly(move) && charge.method !== method.id && charge.status === 'pending';
}

function isCardOnly(move: Move): boolean {
  return move === 'capture' || move === 'challenge';
}

export function summaryOf(order: Order): TransactionSummary {
  return {
    provider: 'midtrans',
    id: order.charge?.id ?? order.page?.token ?? order.orderId,
    orderId: order.orderId,
    amountIdr: order.charge?.grossIdr ?? order.amountIdr,
    status: order.charge?.status ?? 'created',
    createdAt: new Date(order.createdAt).toISOString(),
  };
}

function sendError(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
