import { z } from 'zod';
import { ProviderError } from '../provider.ts';
import { rupiahOf } from '../rupiah.ts';
import { refusal } from './answers.ts';
import type { Call } from './client.ts';

/** A word that we only show: one that cannot be read is left out. */
const Said = z.string().min(1).max(100).nullish().catch(undefined);
const Amount = z.union([z.string().max(20), z.number()]);

/** Ids go into paths. */
export const InvoiceId = z.string().regex(/^[A-Za-z0-9][\w-]{0,63}$/);

/** What answers and webhooks have in common, as far as we read it. */
export const Invoice = z.object({
  id: InvoiceId,
  external_id: z.string().min(1).max(255),
  status: z
    .string()
    .min(1)
    .max(40)
    .transform((text) => text.toUpperCase()),
  amount: Amount,
  currency: z.string().max(10).nullish(),
  paid_amount: Amount.nullish(),
  paid_at: z.string().max(40).nullish(),
  payment_id: Said,
  payment_method: Said,
  payment_channel: Said,
});

export type Invoice = z.infer<typeof Invoice>;

/** As the API answers one, with its page. */
export const PagedInvoice = Invoice.extend({
  invoice_url: z.url({ protocol: /^https?$/ }).max(2_000),
  expiry_date: z.coerce.date(),
});

export type PagedInvoice = z.infer<typeof PagedInvoice>;

/**
 * All invoices of a ref, oldest first: more than one where the answer to the first was lost. Throws a
 * temporary `ProviderError` for an answer without what it must say.
 */
export async function listInvoices(call: Call, ref: string): Promise<PagedInvoice[]> {
  const answer = await call.listInvoices(ref);
  if (answer.status >= 400) throw refusal('tell', answer);
  const read = z.array(PagedInvoice).safeParse(answer.body);
  if (!read.success) throw somethingElse();
  return read.data.filter((invoice) => invoice.external_id === ref).reverse();
}

export function somethingElse(): ProviderError {
  return new ProviderError('Xendit answered something else than was asked.', true);
}

/** Xendit may leave the currency out where there is one only. */
export function currencyOf({ currency }: Invoice): string {
  return currency ?? 'IDR';
}

/**
 * What arrived, in rupiah. Money on an EXPIRED invoice came late: Xendit leaves the status as it is
 * (docs, delayed webhooks) and says the amount. An amount that cannot be counted is 0.
 */
export function paidOf(invoice: Invoice): number {
  if (currencyOf(invoice) !== 'IDR') return 0;
  switch (invoice.status) {
    case 'PAID':
    case 'SETTLED':
      return rupiahOf(invoice.paid_amount ?? invoice.amount) ?? 0;
    case 'EXPIRED':
      return rupiahOf(invoice.paid_amount) ?? 0;
    default:
      return 0;
  }
}
