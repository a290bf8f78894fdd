import { z } from 'zod';
import type { ProviderWord } from '../../domain/payment.ts';
import { type Charge, type PaymentPage, ProviderError } from '../provider.ts';
import { type Call, Refused, refusal } from './client.ts';

/** What an invoice and its webhook have in common, as far as we read it (sample of the docs, 2024-11). */
export const XenditInvoice = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  external_id: z.string().min(1).max(255),
  status: z.string().min(1).max(40),
  amount: z.number(),
  currency: z.string().max(10).nullish(),
  paid_amount: z.number().nullish(),
  paid_at: z.string().max(40).nullish(),
  payment_method: z.string().max(40).nullish(),
  payment_channel: z.string().max(40).nullish(),
});
export type XenditInvoice = z.output<typeof XenditInvoice>;

const Listed = XenditInvoice.extend({
  invoice_url: z.url({ protocol: /^https?$/ }).max(2_000),
  expiry_date: z.string().max(40),
});
type Listed = z.output<typeof Listed>;

/** The invoices of a ref: as a rule one; two when the answer to the first was lost. */
export async function listInvoices(call: Call, ref: string): Promise<Listed[]> {
  const read = z.array(Listed).safeParse(await asked(call.listInvoices(ref), 'tell'));
  if (!read.success || read.data.some((invoice) => invoice.external_id !== ref)) {
    throw new ProviderError('Xendit answered something else than was asked.', true);
  }
  return read.data;
}

async function asked<T>(calling: Promise<T>, wanted: string): Promise<T> {
  return calling.catch((error: unknown) => {
    throw error instanceof Refused ? refusal(wanted, error) : error;
  });
}

/** A settlement notice may take some seconds: their end lies that much before ours. */
const NOTICE_MS = 20_000;
const SHORTEST_S = 60;

/**
 * Opens an invoice, or answers the one that is open: creating is not idempotent at Xendit, and the same
 * external id makes a second one. `used`: an earlier invoice of this ref was paid or has expired.
 */
export async function createPage(call: Call, charge: Charge): Promise<PaymentPage | 'used'> {
  checkCharge(charge);
  const known = await listInvoices(call, charge.ref);
  const open = known.find(({ status, amount }) => {
    return status.toUpperCase() === 'PENDING' && amount === charge.amountIdr;
  });
  if (open) return pageOf(open);
  if (known.length > 0) return 'used';
  const made = Listed.safeParse(
    await asked(call.createInvoice(requestOf(charge)), 'make an invoice'),
  );
  if (!made.success || made.data.external_id !== charge.ref) {
    throw new ProviderError('Xendit made an invoice without an address.', true);
  }
  return pageOf(made.data);
}

function pageOf({ id, invoice_url: url, expiry_date: expiry }: Listed): PaymentPage {
  const expiresAt = new Date(expiry);
  if (Number.isNaN(expiresAt.getTime())) {
    throw new ProviderError('Xendit made an invoice without an end.', true);
  }
  return { token: id, url, expiresAt };
}

/** No customer is named and nothing in it is secret; as xendit-node takes it. */
function requestOf({ ref, amountIdr, label, returnUrl, now, holdEndsAt }: Charge): object {
  const leftS = Math.floor((holdEndsAt.getTime() - NOTICE_MS - now.getTime()) / 1_000);
  const back = `${returnUrl}?order_id=${ref}`;
  return {
    externalId: ref,
    amount: amountIdr,
    currency: 'IDR',
    description: label.trim() || ref,
    invoiceDuration: Math.max(SHORTEST_S, leftS),
    shouldSendEmail: false,
    successRedirectUrl: back,
    failureRedirectUrl: back,
  };
}

function checkCharge({ ref, amountIdr }: Charge): void {
  const isRef = /^[A-Za-z0-9][\w~.-]{0,99}$/.test(ref);
  if (isRef && Number.isSafeInteger(amountIdr) && amountIdr > 0) return;
  throw new ProviderError('A charge needs whole rupiah and an id that Xendit takes.', false);
}

/**
 * Makes an invoice unpayable by its id, or every open one of a ref when we know none. `refused`: it is
 * not pending any more, ask about it.
 */
export async function cancel(
  call: Call,
  ref: string,
  id: string | null,
): Promise<'cancelled' | 'refused'> {
  const open = id === null ? await listOpen(call, ref) : [id];
  for (const one of open) {
    try {
      await call.expireInvoice(one);
    } catch (error) {
      // "Could not find and update PENDING invoice": it changed meanwhile.
      if (error instanceof Refused) return 'refused';
      throw error;
    }
  }
  return 'cancelled';
}

async function listOpen(call: Call, ref: string): Promise<string[]> {
  const known = await listInvoices(call, ref);
  return known.filter(({ status }) => status.toUpperCase() === 'PENDING').map(({ id }) => id);
}

/**
 * An invoice in our words. PAID and SETTLED are paid. EXPIRED is final at Xendit even when money comes
 * after it: what it says was paid counts, whatever it calls the invoice.
 */
export function wordOf(invoice: XenditInvoice): ProviderWord {
  const paidIdr = paidOf(invoice);
  const state = stateOf(invoice, paidIdr);
  const method = invoice.payment_channel ?? invoice.payment_method;
  return {
    state,
    status: invoice.status.toLowerCase(),
    ...(method && { method: method.toLowerCase() }),
    transactionId: invoice.id,
    paidIdr: state === 'paid' ? paidIdr : 0,
    refundedIdr: 0,
    refundKeys: [],
  };
}

function stateOf({ status, currency }: XenditInvoice, paidIdr: number): ProviderWord['state'] {
  if ((currency ?? 'IDR') !== 'IDR') return 'unknown';
  switch (status.toUpperCase()) {
    case 'PAID':
    case 'SETTLED':
      return paidIdr > 0 ? 'paid' : 'unknown';
    case 'PENDING':
      return 'pending';
    case 'EXPIRED':
      return paidIdr > 0 ? 'paid' : 'expired';
    default:
      return 'unknown';
  }
}

function paidOf({ status, amount, paid_amount: paid }: XenditInvoice): number {
  const isPaid = ['PAID', 'SETTLED'].includes(status.toUpperCase());
  const said = paid ?? (isPaid ? amount : 0);
  return Number.isSafeInteger(said) && said > 0 ? said : 0;
}
