import type { Store } from '../store.ts';
import type { Charge, Order } from './order.ts';

export interface Found {
  order: Order;
  charge: Charge;
}

/** All orders of all merchants; nobody sees another merchant's. */
export interface Orders {
  find(merchant: string, orderId: string): Order | undefined;
  /** By order id or transaction id, as the API's `{id}`; undefined while no method was chosen. */
  findCharge(merchant: string, ref: string): Found | undefined;
  /** For the page and the tester, who have no server key. */
  findByToken(token: string): Order | undefined;
  findByChargeId(id: string): Found | undefined;
  findAnywhere(ref: string, merchant?: string): Order | undefined;
  save(order: Order): Order;
  list(): Order[];
}

export function createOrders(store: Store): Orders {
  const orders = store.table<Order>('midtrans.orders');
  const keyByToken = new Map<string, string>();
  const keyByChargeId = new Map<string, string>();
  const keysByOrderId = new Map<string, Set<string>>();

  const index = (order: Order) => {
    const key = keyOf(order.merchant, order.orderId);
    const tokens = [...order.deadTokens, ...(order.page ? [order.page.token] : [])];
    for (const token of tokens) keyByToken.set(token, key);
    for (const charge of chargesOf(order)) keyByChargeId.set(charge.id, key);
    const keys = keysByOrderId.get(order.orderId) ?? new Set();
    keysByOrderId.set(order.orderId, keys.add(key));
  };
  for (const order of orders.values()) index(order);

  const findByToken = (token: string) => orders.get(keyByToken.get(token) ?? '');

  const findByChargeId = (id: string): Found | undefined => {
    const order = orders.get(keyByChargeId.get(id) ?? '');
    const charge = order && chargesOf(order).find((each) => each.id === id);
    return order && charge && { order, charge };
  };

  return {
    find: (merchant, orderId) => orders.get(keyOf(merchant, orderId)),
    findByToken,
    findByChargeId,
    findCharge(merchant, ref) {
      const order = orders.get(keyOf(merchant, ref));
      if (order) return order.charge && { order, charge: order.charge };
      const found = findByChargeId(ref);
      return found?.order.merchant === merchant ? found : undefined;
    },
    findAnywhere(ref, merchant) {
      const keys = [...(keysByOrderId.get(ref) ?? [])];
      const same = keys.map((key) => orders.get(key) as Order);
      const mine = same.filter((order) => !merchant || order.merchant === merchant);
      return mine.at(-1) ?? findByToken(ref) ?? findByChargeId(ref)?.order;
    },
    save(order) {
      orders.put(keyOf(order.merchant, order.orderId), order);
      index(order);
      return order;
    },
    list: () => [...orders.values()],
  };
}

function keyOf(merchant: string, orderId: string): string {
  return `${merchant}/${orderId}`;
}

function chargesOf(order: Order): Charge[] {
  return order.charge ? [order.charge, ...order.earlier] : order.earlier;
}
