import { type Response, Router } from 'express';
import { z } from 'zod';
import type { TransactionSummary } from '../provider.ts';
import { CHANNEL_IDS, findChannel } from './channels.ts';
import type { Desk } from './desk.ts';
import { type HabitsKeeper, HabitsRequest } from './habits.ts';
import type { Invoice } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import type { Calls } from './limits.ts';
import type { RefundDesk } from './refunddesk.ts';
import type { Refunds } from './refunds.ts';
import { refundBody } from './refundwire.ts';

const MoveRequest = z.strictObject({
  channel: z.string().optional(),
  amount: z.int().positive().max(999_999_999_999).optional(),
  notify: z.boolean().default(true),
  /** Only needed when two merchants use the same external id. */
  merchant: z.string().optional(),
});

interface ControlDeps {
  desk: Desk;
  refundDesk: RefundDesk;
  invoices: Invoices;
  refunds: Refunds;
  habits: HabitsKeeper;
  calls: Readonly<Calls>;
  /** Takes up everything again under other habits. */
  resume(): void;
}

/** `/control/xendit`: what banks, customers and the clock would do, and what Xendit is like today. */
export function xenditControl(deps: ControlDeps): Router {
  const { desk, invoices } = deps;
  const router = Router();
  habitRoutes(router, deps);
  refundRoutes(router, deps);

  router.post('/:ref/:move', (req, res) => {
    const { ref, move } = req.params;
    if (move !== 'pay' && move !== 'expire') {
      return sendError(res, 404, `Xendit has no move '${move}'; there are pay, expire.`);
    }
    const read = MoveRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    const invoice = invoices.findAnywhere(ref, read.data.merchant);
    if (!invoice) return sendError(res, 404, `Xendit knows no invoice '${ref}'.`);
    const moved = makeMove(desk, invoice, move, read.data);
    if (typeof moved === 'string') return sendError(res, 409, moved);
    res.json(summaryOf(moved));
  });
  return router;
}

function habitRoutes(router: Router, { habits, calls, resume }: ControlDeps): void {
  router.get('/calls', (_req, res) => void res.json(calls));
  router.get('/limits', (_req, res) => void res.json(habits.get()));
  router.put('/limits', (req, res) => {
    const read = HabitsRequest.safeParse(req.body ?? {});
    if (!read.success) return sendError(res, 400, z.prettifyError(read.error));
    habits.put(read.data);
    resume();
    res.json(read.data);
  });
}

/** Ends a refund that waits: by the habit `refunds: 'wait'`, or sooner than the bank would. */
function refundRoutes(router: Router, { refunds, refundDesk }: ControlDeps): void {
  router.post('/refunds/:id/:end', (req, res) => {
    const { id, end } = req.params;
    if (end !== 'succeed' && end !== 'fail') {
      return sendError(res, 404, `A refund has no end '${end}'; there are succeed, fail.`);
    }
    const refund = refunds.get(id);
    if (!refund) return sendError(res, 404, `Xendit knows no refund '${id}'.`);
    if (refund.status !== 'PENDING') return sendError(res, 409, `The refund is ${refund.status}.`);
    res.json(refundBody(refundDesk.end(refund, end === 'fail' ? 'FAILED' : 'SUCCEEDED')));
  });
}

/** The moved invoice, or why it cannot be moved. */
function makeMove(
  desk: Desk,
  invoice: Invoice,
  move: 'pay' | 'expire',
  { channel: asked, amount, notify }: z.infer<typeof MoveRequest>,
): Invoice | string {
  if (move === 'expire') {
    const open = invoice.status === 'PENDING' || invoice.status === 'EXPIRED';
    return open ? desk.expire(invoice, { notify }) : `An invoice ${invoice.status} cannot expire.`;
  }
  const channel = findChannel(asked ?? invoice.chosen?.channel ?? 'BCA');
  if (!channel) return `No channel '${asked}'; there are ${CHANNEL_IDS.join(', ')}.`;
  return desk.pay(invoice, channel, { notify, ...(amount && { amountIdr: amount }) });
}

export function summaryOf(invoice: Invoice): TransactionSummary {
  return {
    provider: 'xendit',
    id: invoice.id,
    orderId: invoice.asked.external_id,
    amountIdr: invoice.asked.amount,
    status: invoice.status,
    createdAt: new Date(invoice.createdAt).toISOString(),
  };
}

function sendError(res: Response, status: number, error: string): void {
  res.status(status).json({ error });
}
