import type { Store } from '../store.ts';
import type { Invoice } from './invoice.ts';

/** All invoices of all merchants; nobody sees another merchant's. */
export interface Invoices {
  get(id: string): Invoice | undefined;
  find(merchant: string, id: string): Invoice | undefined;
  /** For the tester: by id, or the newest of an external id, which many may share. */
  findAnywhere(ref: string, merchant?: string): Invoice | undefined;
  save(invoice: Invoice): Invoice;
  /** Oldest first. */
  list(): Invoice[];
}

export function createInvoices(store: Store): Invoices {
  const invoices = store.table<Invoice>('xendit.invoices');
  const idsByExternalId = new Map<string, string[]>();

  const index = ({ id, asked }: Invoice) => {
    const ids = idsByExternalId.get(asked.external_id) ?? [];
    if (!ids.includes(id)) idsByExternalId.set(asked.external_id, [...ids, id]);
  };
  for (const invoice of invoices.values()) index(invoice);

  return {
    get: (id) => invoices.get(id),
    find(merchant, id) {
      const invoice = invoices.get(id);
      return invoice?.merchant === merchant ? invoice : undefined;
    },
    findAnywhere(ref, merchant) {
      const ids = [...(idsByExternalId.get(ref) ?? []), ref].map((id) => invoices.get(id));
      return ids.filter((each) => each && (!merchant || each.merchant === merchant)).at(-1);
    },
    save(invoice) {
      invoices.put(invoice.id, invoice);
      index(invoice);
      return invoice;
    },
    list: () => [...invoices.values()],
  };
}
