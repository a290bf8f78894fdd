import type { InvoiceFacts, SubscriptionFacts } from '../../src/domain/facts.ts';
import type { InvoiceShown } from '../../src/pages/invoice.tsx';
import type { SubscriptionShown } from '../../src/pages/subscription.tsx';
import { sampleBooking } from '../documents/sample.ts';

/** An invoice that was not paid in its time. */
export function sampleInvoice(attempt: number, changes: Partial<InvoiceFacts> = {}): InvoiceFacts {
  const unpaid = {
    attempt,
    state: 'expired',
    plan: 'weekly',
    planName: 'Mingguan',
    periodDays: 7,
    amountIdr: 15_000,
    paidIdr: 0,
    expiresAt: new Date('2025-11-19T17:00:00Z'),
    paidAt: null,
    chatId: null,
    paymentUrl: `https://pesan.example/pay/invoice-${attempt}`,
  };
  return { ...unpaid, ...changes };
}

const PAID = { state: 'paid', paidIdr: 15_000, paidAt: new Date('2025-11-14T03:12:00Z') };

/** A subscription that is active by its first invoice, with a second one that was not paid. */
export function sampleSubscription(changes: Partial<SubscriptionFacts> = {}): SubscriptionFacts {
  const until = new Date('2025-11-21T03:12:00Z');
  return {
    business: { ...sampleBooking().business, business: 'rafess', name: 'Rafess', kind: 'plan' },
    code: 'R4F3SS22',
    state: 'active',
    language: 'id',
    base: '@demo_base',
    baseName: 'Demo Base',
    ownerChat: 900_002,
    email: 'owner@demo-base.example',
    plan: { id: 'weekly', name: 'Mingguan' },
    remindersPaused: false,
    activeUntil: until,
    isRehearsal: false,
    invoices: [sampleInvoice(2), sampleInvoice(1, PAID)],
    periods: [
      {
        attempt: 1,
        plan: 'weekly',
        amountIdr: 15_000,
        from: PAID.paidAt,
        to: until,
        paidAt: PAID.paidAt,
      },
    ],
    refunds: [],
    statusUrl: 'https://pesan.example/s/3q2-ABCdef_statustoken',
    ...changes,
  };
}

const over = (attempt: number, changes: Partial<SubscriptionFacts> = {}): InvoiceShown => ({
  facts: sampleSubscription(changes),
  attempt,
  way: 'over',
  chatUrl: '/chat?bot=rafess&start=bayar',
});
const refundOf = (amountIdr: number) => [
  { refundNo: 1, attempt: 1, amountIdr, state: 'done' as const },
];

/** What the link of an invoice can say of it. */
export const INVOICES: Record<string, InvoiceShown> = {
  wait: { ...over(2), way: 'wait' },
  returned: { ...over(2), way: 'returned' },
  'lapsed-active': over(2),
  'lapsed-pending': over(2, { state: 'pending', activeUntil: null, periods: [] }),
  'lapsed-ended': over(2, { state: 'ended' }),
  paid: over(1),
  'paid-seen': { ...over(1), pagePath: '/s/3q2-ABCdef_statustoken' },
  'paid-ended': over(1, { state: 'ended' }),
  'partly-back': over(1, { refunds: refundOf(5_000) }),
  back: over(1, { refunds: refundOf(15_000) }),
  checking: over(1, { periods: [] }),
  rehearsed: over(1, { isRehearsal: true }),
};

const PLANS = [
  { id: 'weekly', name: 'Mingguan', lang: 'id', priceIdr: 15_000, periodDays: 7 },
  { id: 'monthly', name: 'Bulanan', lang: 'id', priceIdr: 50_000, periodDays: 30 },
];

function shown(changes: Partial<SubscriptionFacts> = {}, returned = false): SubscriptionShown {
  return {
    facts: sampleSubscription(changes),
    version: 1,
    path: '/s/3q2-ABCdef_statustoken',
    plans: PLANS,
    formToken: 'mhq1.signed',
    isStale: false,
    returned,
  };
}

const [, FIRST] = sampleSubscription().invoices;
const OPEN = [sampleInvoice(2, { state: 'pending' }), FIRST!];

/** How a subscription can stand, as its page shows it. */
export const SUBSCRIPTIONS: Record<string, SubscriptionShown> = {
  active: shown(),
  'next-plan': shown({ nextPlan: { id: 'monthly', name: 'Bulanan' } }),
  open: shown({ invoices: OPEN }),
  returned: shown({ invoices: OPEN }, true),
  checking: shown({ periods: [] }),
  pending: shown({ state: 'pending', activeUntil: null, periods: [], invoices: [OPEN[0]!] }),
  ended: shown({ state: 'ended' }),
  'partly-back': shown({ refunds: refundOf(5_000) }),
  back: shown({ periods: [], refunds: refundOf(15_000) }),
};
