import type { ProviderWord } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';
import { rupiahOf } from '../rupiah.ts';
import type { Call } from './client.ts';
import { currencyOf, type Invoice, listInvoices, paidOf } from './invoices.ts';
import { listRefunds } from './refunds.ts';
import { wordOf } from './word.ts';

/**
 * What Xendit says of a ref. Throws a permanent `ProviderError` where it says amounts that cannot be
 * counted: an operator must look before anything is decided on them.
 */
export async function ask(call: Call, ref: string): Promise<ProviderWord> {
  const invoices = await listInvoices(call, ref);
  for (const invoice of invoices) checkCountable(invoice, ref);
  const paid = invoices.filter((invoice) => paidOf(invoice) > 0);
  const refunds = await Promise.all(paid.map(({ id }) => listRefunds(call, id)));
  return wordOf(invoices, refunds.flat());
}

function checkCountable(invoice: Invoice, ref: string): void {
  if (currencyOf(invoice) !== 'IDR') {
    throw new ProviderError(`Xendit says another currency than IDR of ${ref}.`, false);
  }
  const { amount, paid_amount: paid } = invoice;
  // Zero is how an invoice without money may say so.
  const isCountable = (value: typeof amount) => Number(value) === 0 || rupiahOf(value);
  if (rupiahOf(amount) && isCountable(paid ?? 0)) return;
  throw new ProviderError(`Xendit says an amount of ${ref} that is no whole rupiah.`, false);
}
