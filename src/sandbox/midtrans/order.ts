import type { MethodId } from './methods.ts';

/** Midtrans' own words (docs, "Transaction status"); `created` is ours, for "no method yet". */
export type Status =
  | 'pending'
  | 'capture'
  | 'settlement'
  | 'deny'
  | 'cancel'
  | 'expire'
  | 'refund'
  | 'partial_refund';

export interface Refund {
  id: number;
  uuid: string;
  key: string;
  amountIdr: number;
  reason: string | undefined;
  at: number;
  bankConfirmedAt?: number;
}

export interface Card {
  masked: string;
  bank: string;
  type: 'credit' | 'debit';
  eci?: string;
  approvalCode?: string;
  responseCode?: string;
  responseMessage?: string;
}

/** What one chosen method became: a virtual account, a QR code, a card payment. */
export interface Charge {
  /** The `transaction_id`. */
  id: string;
  method: MethodId;
  status: Status;
  fraud: 'accept' | 'challenge' | 'deny';
  grossIdr: number;
  at: number;
  expiresAt: number;
  settledAt?: number;
  vaNumber?: string;
  billerCode?: string;
  card?: Card;
  refunds: Refund[];
}

/** The Snap page; how it ends is computed from its instants and the charge. */
export interface Page {
  token: string;
  expiresAt: number;
  cancelledAt?: number;
}

/** What the merchant asked for. */
export interface Asked {
  customerName?: string;
  items: { name: string; quantity: number; priceIdr: number }[];
  finishUrl?: string;
  enabledPayments?: string[];
  /** The end of whatever method is chosen, when the merchant set one. */
  expiresAt?: number;
  customVa?: string;
  customFields: Record<string, string>;
  notifyUrls: string[];
}

/** One order id of one merchant. */
export interface Order {
  merchant: string;
  orderId: string;
  amountIdr: number;
  createdAt: number;
  asked: Asked;
  page?: Page;
  charge?: Charge;
  /** Charges that a later choice replaced; found by their transaction id only. */
  earlier: Charge[];
  /** Tokens that a newer one replaced. */
  deadTokens: string[];
}

export type PageState = 'open' | 'paid' | 'expired' | 'cancelled';

/** What a customer who opens the page now finds. */
export function pageState(order: Order, nowMs: number): PageState {
  const { page, charge } = order;
  if (charge && isPaid(charge)) return 'paid';
  if (charge?.status === 'expire') return 'expired';
  if (charge?.status === 'cancel' || page?.cancelledAt) return 'cancelled';
  if (page && page.expiresAt <= nowMs) return 'expired';
  return 'open';
}

/** Money arrived, whether or not part of it went back; a challenged card counts as paid here. */
export function isPaid(charge: Charge): boolean {
  return ['capture', 'settlement', 'refund', 'partial_refund'].includes(charge.status);
}

/** An order id is free again after expiry or cancel (FAQ of the docs), else used once chosen. */
export function isUsed(order: Order): boolean {
  return order.charge !== undefined && !['expire', 'cancel'].includes(order.charge.status);
}
