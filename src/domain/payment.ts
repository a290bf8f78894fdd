import type { OrderState } from './booking.ts';

/** How a customer wants to pay: BCA's virtual account, any bank's, or by a QR code. */
export type PayMethod = 'bca' | 'bank' | 'qris';

/** What an attempt is to pay: the booking, the difference of a dearer move, or a plan's period. */
export type PaymentPurpose = 'visit' | 'move' | 'period';

/** How one attempt to pay stands in our books. */
export type AttemptState =
  | 'new'
  | 'pending'
  | 'denied'
  | 'review'
  | 'paid'
  | 'expired'
  | 'cancelled';

/** How the payment of a booking is shown (docs/contract: `payment.state`). */
export type PaymentState =
  | 'none'
  | 'pending'
  | 'denied'
  | 'review'
  | 'paid'
  | 'underpaid'
  | 'overpaid'
  | 'expired'
  | 'unconfirmed';

/** What a provider says of an attempt, in our words. */
export interface ProviderWord {
  state: Exclude<AttemptState, 'new'> | 'unknown';
  /** The provider's own words, kept for operators. */
  status: string;
  fraudStatus?: string;
  method?: string;
  transactionId?: string;
  /** What arrived in rupiah; 0 unless the money is there. */
  paidIdr: number;
  /** What the provider says went back already. */
  refundedIdr: number;
  refundKeys: string[];
  /** When the provider says the money came; absent when it does not say, or none came. */
  paidAt?: Date;
}

/**
 * The state after the provider spoke. Money never goes away by a later word: a `pending`, `deny` or
 * `expire` that arrives after a settlement is old news, and so is the `pending` before a review
 * (webhooks come out of order).
 */
export function attemptAfter(before: AttemptState, word: ProviderWord): AttemptState {
  if (before === 'paid' || word.state === 'unknown') return before;
  if (word.state === 'paid') return 'paid';
  if (before === 'review' && word.state === 'pending') return before;
  // What we cancelled stays so until money comes; what expired may still be checked.
  const over = before === 'cancelled' || (before === 'expired' && word.state !== 'review');
  return over ? before : word.state;
}

/**
 * When money came, by its provider. That is believed only as far as it can be true: after there was
 * something to pay, and not in the future; else it came when we heard of it.
 */
export function cameAt(said: Date | null, createdAt: Date, now: Date): Date {
  return said && said >= createdAt && said <= now ? said : now;
}

/** How money stands against what is asked, for people. */
export function paymentStateOf(facts: {
  attempt: AttemptState | undefined;
  paidIdr: number;
  askedIdr: number;
  unconfirmed: boolean;
}): PaymentState {
  if (facts.paidIdr > facts.askedIdr) return 'overpaid';
  if (facts.paidIdr > 0) return facts.paidIdr < facts.askedIdr ? 'underpaid' : 'paid';
  if (facts.unconfirmed) return 'unconfirmed';
  switch (facts.attempt) {
    case undefined:
    case 'new':
      return 'none';
    case 'cancelled':
      return 'expired';
    default:
      return facts.attempt;
  }
}

/**
 * What a business may keep of an order once it costs `amountIdr`: what it gave back of its own accord
 * stays given back.
 */
export function owedAt(amountIdr: number, order: { amountIdr: number; owedIdr: number }): number {
  return Math.max(0, amountIdr - (order.amountIdr - order.owedIdr));
}

/** What an order is being paid for, and what that costs in all; nothing when it wants no money. */
export function priceAsked(order: {
  state: OrderState;
  ending: string | null;
  amountIdr: number;
  owedIdr: number;
  moveAmountIdr: number | null;
}): { purpose: PaymentPurpose; priceIdr: number } | undefined {
  if (order.state === 'held' && !order.ending) {
    return { purpose: 'visit', priceIdr: order.amountIdr };
  }
  if (order.state !== 'paid' || order.moveAmountIdr === null) return undefined;
  return { purpose: 'move', priceIdr: owedAt(order.moveAmountIdr, order) };
}

/** The order id that a provider sees. */
export function providerRef(code: string, attempt: number): string {
  return `${code}-${attempt}`;
}

/** The code and attempt of an order id that a provider names, if it has our form. */
export function parseProviderRef(ref: string): { code: string; attempt: number } | undefined {
  const match = /^([0-9A-Z]{8})-(\d{1,4})$/.exec(ref);
  return match ? { code: match[1]!, attempt: Number(match[2]) } : undefined;
}

/** One business's account at a provider. */
export interface Account {
  business: string;
  serverKey: string;
  clientKey: string;
  /** What proves a webhook, for a provider that signs none. */
  webhookToken?: string;
}
