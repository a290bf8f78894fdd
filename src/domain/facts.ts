import type { BookingState, Kind } from './booking.ts';
import type { PaymentState } from './payment.ts';
import type { RefundState, RefundTotal } from './refund.ts';

export type Language = 'id' | 'en';

/** A sentence of `locales/` in a language, by its key; instants are written in the zone given. */
export type Texts = (
  language: Language,
  key: string,
  args?: Record<string, string | number | Date>,
) => string;

/** What people are shown of a business. */
export interface BusinessFacts {
  business: string;
  name: string;
  about: string;
  kind: Kind;
  timeZone: string;
  email: string;
  phone: string;
}

/** A ticket as its holder sees it. `qr` is the signed token of `documents/qr.ts`. */
export interface TicketFacts {
  id: string;
  seat: number;
  state: 'valid' | 'in' | 'out' | 'void';
  holder: string;
  /** Only its last characters. */
  identity: string;
  qr: string;
}

/** One booking as mails, documents and pages show it, read from Postgres in one go. */
export interface BookingFacts {
  business: BusinessFacts;
  code: string;
  kind: Kind;
  state: BookingState;
  language: Language;
  offering: { id: string; name: string };
  /** The local day, `YYYY-MM-DD`, and for an appointment its time, `HH:MM`. */
  date: string;
  time: string | null;
  quantity: number;
  options: { name: string; priceIdr: number }[];
  amountIdr: number;
  paidIdr: number;
  payment: {
    state: PaymentState;
    reason?: string;
    method?: string;
    /** The account to transfer to, while the booking waits for that. */
    va?: { bank: string; number: string };
  };
  refund?: RefundTotal;
  /** A dearer date that waits for the difference to be paid. */
  move?: { date: string; time: string | null; differenceIdr: number; expiresAt: Date };
  repairState?: string;
  /** A twin on which time is rehearsed: what it says is marked. */
  isRehearsal?: boolean;
  customer: { name: string; email: string | null; phone: string | null };
  expiresAt: Date | null;
  paidAt: Date | null;
  visitAt: Date;
  endsAt: Date;
  issuing: boolean;
  unconfirmed: boolean;
  tickets: TicketFacts[];
  statusUrl: string;
  paymentUrl: string;
  /** Where the tickets of a paid booking are downloaded. */
  ticketsUrl?: string;
  /** How often the visit was moved. */
  reschedules?: number;
}

/** What a customer or the operator is told. Each kind has its texts in `locales/`. */
export const NOTICE_KINDS = [
  'held',
  'offered',
  'remind',
  'denied',
  'review',
  'underpaid',
  'overpaid',
  'paid',
  'expired',
  'cancelled',
  'closed',
  'late_paid',
  'moved',
  'move_lapsed',
  'move_difference',
  'refund_due',
  'refunded',
  'visit',
  'repair',
  'choose_date',
] as const;

/** What the owner of a base is told of its subscription. */
export const PLAN_NOTICE_KINDS = [
  'activated',
  'renewed',
  'renewed_again',
  'invoice_expired',
  'ending',
  'ended',
  'stopped',
  'money_back',
  'given_back',
  'money_returned',
] as const;

export type BookingNoticeKind = (typeof NOTICE_KINDS)[number];
export type PlanNoticeKind = (typeof PLAN_NOTICE_KINDS)[number];
export type NoticeKind = BookingNoticeKind | PlanNoticeKind;

export function isPlanNotice(kind: NoticeKind): kind is PlanNoticeKind {
  return (PLAN_NOTICE_KINDS as readonly string[]).includes(kind);
}

/** One subscription as mails, chats and pages show it. */
export interface SubscriptionFacts {
  business: BusinessFacts;
  code: string;
  state: 'pending' | 'active' | 'ended';
  language: Language;
  base: string;
  baseName: string;
  ownerChat: number;
  email: string;
  plan: { id: string; name: string };
  nextPlan?: { id: string; name: string };
  remindersPaused: boolean;
  activeUntil: Date | null;
  /** A twin on which time is rehearsed: what it says is marked, and nothing of it is real. */
  isRehearsal: boolean;
  invoices: InvoiceFacts[];
  periods: {
    attempt: number;
    plan: string;
    amountIdr: number;
    from: Date;
    to: Date;
    paidAt: Date;
  }[];
  refunds: RefundFacts[];
  statusUrl: string;
}

/** Money that goes back for one invoice. */
export interface RefundFacts {
  refundNo: number;
  attempt: number;
  amountIdr: number;
  state: RefundState;
}

export interface InvoiceFacts {
  attempt: number;
  state: string;
  plan: string;
  /** The plan's name, in the reader's language. */
  planName: string;
  periodDays: number;
  amountIdr: number;
  /** What came for it, also when that was too little or too much. */
  paidIdr: number;
  expiresAt: Date;
  paidAt: Date | null;
  chatId: number | null;
  paymentUrl: string;
}

/** Who a notice is for: the customer by e-mail or in their chat, or the business's own address. */
export type NoticeChannel = 'email' | 'operator' | 'telegram';
