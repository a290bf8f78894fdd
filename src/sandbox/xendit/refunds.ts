import type { Store } from '../store.ts';
import type { Refund } from './refund.ts';

/** All refunds of all merchants; nobody sees another merchant's. */
export interface Refunds {
  get(id: string): Refund | undefined;
  find(merchant: string, id: string): Refund | undefined;
  save(refund: Refund): Refund;
  /** Oldest first. */
  list(): Refund[];
  of(invoiceId: string): Refund[];
}

export function createRefunds(store: Store): Refunds {
  const refunds = store.table<Refund>('xendit.refunds');
  const list = () => [...refunds.values()];
  return {
    get: (id) => refunds.get(id),
    find(merchant, id) {
      const refund = refunds.get(id);
      return refund?.merchant === merchant ? refund : undefined;
    },
    save: (refund) => refunds.put(refund.id, refund),
    list,
    of: (invoiceId) => list().filter((each) => each.invoiceId === invoiceId),
  };
}
