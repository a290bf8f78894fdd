import { refusal } from './answers.ts';
import type { Call } from './client.ts';
import { Invoice, listInvoices, paidOf, somethingElse } from './invoices.ts';

/**
 * Makes a ref unpayable: every invoice of it that is open, also one whose answer never came.
 * `cancelled` says that all are dead; `refused`, that money came: ask again. Safe to repeat.
 */
export async function cancel(call: Call, ref: string): Promise<'cancelled' | 'refused'> {
  const invoices: Invoice[] = [];
  for (const invoice of await listInvoices(call, ref)) invoices.push(await expire(call, invoice));
  const isDead = (invoice: Invoice) => invoice.status === 'EXPIRED' && paidOf(invoice) === 0;
  return invoices.every(isDead) ? 'cancelled' : 'refused';
}

/** Ends an invoice if it is open, and answers how it stands then. */
export async function expire(call: Call, invoice: Invoice): Promise<Invoice> {
  if (invoice.status !== 'PENDING') return invoice;
  let answer = await call.expireInvoice(invoice.id);
  // How a refusal is coded is not published: what it is now is read instead.
  if (answer.status >= 400) answer = await call.getInvoice(invoice.id);
  if (answer.status >= 400) throw refusal('cancel', answer);
  const read = Invoice.safeParse(answer.body);
  if (!read.success || read.data.id !== invoice.id) throw somethingElse();
  return read.data;
}
