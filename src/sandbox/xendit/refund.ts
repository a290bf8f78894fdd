import type { RefundRequest } from './refundapi.ts';

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
