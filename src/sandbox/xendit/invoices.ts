import type { Store } from '../store.ts';
import type { Invoice } from './invoice.ts';

/** All invoices of all merchants; nobody sees another merchant's. */
export interface Invoices {
  get(id: string): Invoice | undefined;
  find(merchant: string, id: string): Invoice | undefined;
  /** For the tester: by id, or the newest of an external id, which many may share. */
  findAnywhere(ref: string, merchant?: string): Invoice | undefined;
  save(invoice: Invoice): Invoice;
  /** A merchant's, of one external id when it is given; oldest first. */
  listOf(merchant: string, externalId?: string): Invoice[];
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

  const ofExternalId = (externalId: string) =>
    (idsByExternalId.get(externalId) ?? []).flatMap((id) => invoices.get(id) ?? []);

  return {
    get: (id) => invoices.get(id),
    find(merchant, id) {
      const invoice = invoices.get(id);
      return invoice?.merchant === merchant ? invoice : undefined;
    },
    findAnywhere(ref, merchant) {
      const byId = invoices.get(ref);
      const named = byId ? [byId] : ofExternalId(ref);
      return named.filter((each) => !merchant || each.merchant === merchant).at(-1);
    },
    listOf(merchant, externalId) {
      const all = externalId === undefined ? [...invoices.values()] : ofExternalId(externalId);
      return all.filter((each) => each.merchant === merchant);
    },
    save(invoice) {
      invoices.put(invoice.id, invoice);
      index(invoice);
      return invoice;
    },
    list: () => [...invoices.values()],
  };
}
