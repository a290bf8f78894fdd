import { userIdOf } from './account.ts';
import type { Refund } from './refund.ts';

/** A refund as the API answers it; xendit-node 7.0.0 leaves out `status` and `reason`. */
export function refundBody(refund: Refund) {
  const { asked } = refund;
  return {
    id: refund.id,
    payment_id: refund.paymentId,
    invoice_id: refund.invoiceId,
    payment_request_id: null,
    amount: refund.amountIdr,
    channel_code: refund.channel,
    country: 'ID',
    currency: 'IDR',
    reference_id: asked.reference_id ?? null,
    status: refund.status,
    reason: asked.reason,
    failure_code: refund.status === 'FAILED' ? 'REFUND_FAILED' : null,
    refund_fee_amount: null,
    metadata: asked.metadata ?? null,
    created: new Date(refund.createdAt).toISOString(),
    updated: new Date(refund.updatedAt).toISOString(),
  };
}

/** The webhook of a refund that ended (docs, refund webhooks, 2025 and 2026). */
export function refundWebhook(refund: Refund, { nestsRefunds = false } = {}) {
  const data = refundBody(refund);
  return {
    event: refund.status === 'SUCCEEDED' ? 'refund.succeeded' : 'refund.failed',
    business_id: userIdOf(refund.merchant),
    created: data.updated,
    data: nestsRefunds ? { data } : data,
  };
}
