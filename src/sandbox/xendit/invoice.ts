import type { InvoiceRequest } from './requests.ts';

/** Xendit's own words (xendit-node 7.0.0); there is none for refunded. */
export type Status = 'PENDING' | 'PAID' | 'SETTLED' | 'EXPIRED';

/** Money that came for an invoice. */
export interface Payment {
  id: string;
  channel: string;
  amountIdr: number;
  at: number;
  /** The number paid to, where there is one. */
  destination?: string;
}

/** What the customer chose on the page, and the numbers that each bank or shop gave out. */
export interface Chosen {
  channel: string;
  numbers: Record<string, string>;
}

export interface Invoice {
  /** 24 hex digits. */
  id: string;
  merchant: string;
  status: Status;
  asked: InvoiceRequest;
  createdAt: number;
  updatedAt: number;
  expiresAt: number;
  chosen?: Chosen;
  /** Of an EXPIRED invoice: money that came too late. */
  payment?: Payment;
}

export function isPaid({ status }: Invoice): boolean {
  return status === 'PAID' || status === 'SETTLED';
}
