import { randomUUID } from 'node:crypto';
import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import { MINUTE_MS } from '../instants.ts';
import type { HabitsKeeper } from './habits.ts';
import type { Invoice, Payment } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import type { Refund, RefundRequest } from './refund.ts';
import type { Refunds } from './refunds.ts';
import { refundWebhook } from './refundwire.ts';

export interface RefundDeskDeps {
  refunds: Refunds;
  invoices: Invoices;
  alarms: Alarms;
  clock: Clock;
  habits: HabitsKeeper;
  tell(invoice: Invoice, body: unknown): void;
}

/** The bank answers five minutes of the provider later (0.3 s by default). */
const ANSWERED_AFTER_MS = 5 * MINUTE_MS;

export type RefundDesk = ReturnType<typeof createRefundDesk>;

/** Where every change of a refund is made: kept, told to the merchant when it ends. */
export function createRefundDesk(deps: RefundDeskDeps) {
  const { refunds, invoices, alarms, clock, habits, tell } = deps;

  const keep = (refund: Refund): Refund => {
    const kept = refunds.save({ ...refund, updatedAt: Date.now() });
    watch(kept);
    return kept;
  };

  const watch = ({ id, status, createdAt }: Refund) => {
    const key = `xendit-refund:${id}`;
    const waits = habits.get().refunds === 'wait';
    if (status !== 'PENDING' || waits) return alarms.clear(key);
    const at = createdAt + ANSWERED_AFTER_MS * clock.retryScale;
    alarms.set(key, at, () => {
      const refund = refunds.get(id);
      if (refund) end(refund, habits.get().refunds === 'fail' ? 'FAILED' : 'SUCCEEDED');
    });
  };

  const open = (
    invoice: Invoice,
    payment: Payment,
    asked: RefundRequest,
    idempotencyKey: string | undefined,
  ): Refund => {
    const now = Date.now();
    return keep({
      id: `rfd-${randomUUID()}`,
      merchant: invoice.merchant,
      invoiceId: invoice.id,
      paymentId: payment.id,
      channel: payment.channel,
      amountIdr: asked.amount ?? payment.amountIdr,
      status: 'PENDING',
      asked,
      createdAt: now,
      updatedAt: now,
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
  };

  /** Ends a refund that waits, once. */
  const end = (refund: Refund, status: 'SUCCEEDED' | 'FAILED'): Refund => {
    if (refund.status !== 'PENDING') return refund;
    const ended = keep({ ...refund, status });
    const invoice = invoices.get(ended.invoiceId);
    if (invoice) tell(invoice, refundWebhook(ended, habits.get()));
    return ended;
  };

  const cancel = (refund: Refund): Refund => keep({ ...refund, status: 'CANCELLED' });

  const resume = () => {
    for (const refund of refunds.list()) watch(refund);
  };

  return { open, end, cancel, resume };
}
