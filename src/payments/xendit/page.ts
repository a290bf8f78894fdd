import type { PayMethod } from '../../domain/payment.ts';
import { type Charge, type PaymentPage, ProviderError } from '../provider.ts';
import { rupiahOf } from '../rupiah.ts';
import { refusal } from './answers.ts';
import { expire } from './cancel.ts';
import type { Call } from './client.ts';
import { listInvoices, PagedInvoice, paidOf } from './invoices.ts';

/**
 * Opens an invoice to pay on. Creating one is not idempotent (no header, and an external id may be used
 * again), so what a ref has is looked at first: one that can still be paid is adopted, and others
 * beside it are closed. `used`: this ref was paid, has ended, or was of another amount.
 */
export async function createPage(call: Call, charge: Charge): Promise<PaymentPage | 'used'> {
  checkCharge(charge);
  const invoices = await listInvoices(call, charge.ref);
  if (invoices.length > 0) return adopt(call, charge, invoices);
  const answer = await call.createInvoice(wishOf(charge));
  if (answer.status >= 400) throw refusal('open a page', answer);
  const made = PagedInvoice.safeParse(answer.body);
  if (!made.success) throw new ProviderError('Xendit opened a page without an address.', true);
  return pageOf(made.data);
}

async function adopt(
  call: Call,
  charge: Charge,
  invoices: PagedInvoice[],
): Promise<PaymentPage | 'used'> {
  if (invoices.some((invoice) => paidOf(invoice) > 0)) return 'used';
  const [first, ...others] = invoices.filter(({ status }) => status === 'PENDING');
  if (!first || rupiahOf(first.amount) !== charge.amountIdr) return 'used';
  for (const other of others) await expire(call, other);
  return pageOf(first);
}

function pageOf({ id, invoice_url: url, expiry_date: expiresAt }: PagedInvoice): PaymentPage {
  return { token: id, url, expiresAt };
}

/**
 * How much their page ends before our hold: a notice of money may take up to 20 s at Midtrans, and for
 * Xendit none is published; and a life counts from when they take the wish, at most 9 s after ours.
 */
const LEAD_MS = 30_000;
/** A page of less is of no use to anybody; the longest is a year (docs, invoices, 2024). */
const SHORTEST_S = 60;
const LONGEST_S = 31_536_000;

/** No customer is named, and nothing in it is secret; Xendit writes to nobody. */
function wishOf({ ref, amountIdr, label, method, returnUrl, now, holdEndsAt }: Charge) {
  // Xendit adds nothing to it: the ref, which is no key to anything, leads the customer on.
  const backUrl = `${returnUrl}?order_id=${ref}`;
  const leftS = Math.floor((holdEndsAt.getTime() - LEAD_MS - now.getTime()) / 1_000);
  return {
    externalId: ref,
    amount: amountIdr,
    currency: 'IDR',
    description: label.trim() || ref,
    invoiceDuration: Math.min(Math.max(leftS, SHORTEST_S), LONGEST_S),
    shouldSendEmail: false,
    successRedirectUrl: backUrl,
    failureRedirectUrl: backUrl,
    ...(method && { paymentMethods: CHANNELS[method] }),
  };
}

/** What a page offers to who chose before; one that an account has not is refused. */
const CHANNELS: Record<PayMethod, string[]> = {
  bca: ['BCA'],
  bank: ['BCA', 'BNI', 'BRI', 'MANDIRI', 'PERMATA'],
  qris: ['QRIS'],
};

/** Throws a permanent `ProviderError` for what Xendit would not take. */
function checkCharge({ ref, amountIdr }: Charge): void {
  const isRef = /^[A-Za-z0-9][\w~.-]{0,99}$/.test(ref);
  if (isRef && Number.isSafeInteger(amountIdr) && amountIdr > 0) return;
  throw new ProviderError('A charge needs whole rupiah and an id that Xendit takes.', false);
}
