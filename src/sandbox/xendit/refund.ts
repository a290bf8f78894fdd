import { z } from 'zod';

/** The body of `POST /refunds` as xendit-node 7.0.0 writes it. */
export const RefundRequest = z.object({
  /** The other way, by `payment_request_id`, belongs to an API that is not here. */
  invoice_id: z.string(),
  reference_id: z.string().max(255).optional(),
  amount: z.int().positive().optional(),
  currency: z.literal('IDR').optional(),
  reason: z.enum(['FRAUDULENT', 'DUPLICATE', 'REQUESTED_BY_CUSTOMER', 'CANCELLATION', 'OTHERS']),
  metadata: z.record(z.string(), z.unknown()).nullish(),
});

export type RefundRequest = z.infer<typeof RefundRequest>;

export type RefundStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface Refund {
  /** "rfd-" and a UUID. */
  id: string;
  merchant: string;
  invoiceId: string;
  paymentId: string;
  channel: string;
  amountIdr: number;
  status: RefundStatus;
  asked: RefundRequest;
  createdAt: number;
  updatedAt: number;
  idempotencyKey?: string;
}

/** Money that went back, or is on its way. */
export function holdsMoney({ status }: Refund): boolean {
  return status === 'PENDING' || status === 'SUCCEEDED';
}
