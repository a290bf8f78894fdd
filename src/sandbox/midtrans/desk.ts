import { randomUUID } from 'node:crypto';
import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import { DAY_MS, MINUTE_MS } from '../instants.ts';
import { bankConfirmed, type Choice, type Move, moved, newCharge, refunded } from './charge.ts';
import type { Asked, Charge, Order } from './order.ts';
import type { Orders } from './orders.ts';
import { forge, notificationBody } from './wire.ts';

export interface DeskDeps {
  orders: Orders;
  deliveries: Deliveries;
  alarms: Alarms;
  clock: Clock;
}

/** The bank confirms a refund five minutes of the provider later (0.3 s by default). */
const REFUND_CONFIRMED_AFTER_MS = 5 * MINUTE_MS;
/** Docs, "Expire a Snap session": a page lives a day when nobody says otherwise. */
const PAGE_LIFE_MS = DAY_MS;

export type Desk = ReturnType<typeof createDesk>;

/** Where every change of an order is made: kept, notified, its next instant watched. */
export function createDesk({ orders, deliveries, alarms, clock }: DeskDeps) {
  const keep = (order: Order): Order => {
    orders.save(order);
    watch(order);
    return order;
  };

  const watch = (order: Order) => {
    const { charge } = order;
    const key = `midtrans:${order.merchant}/${order.orderId}`;
    if (charge?.status === 'pending') {
      alarms.set(key, charge.expiresAt, () => expireNow(order.merchant, order.orderId, charge.id));
    } else {
      alarms.clear(key);
    }
    for (const refund of charge?.refunds ?? []) {
      if (refund.bankConfirmedAt) continue;
      const at = refund.at + REFUND_CONFIRMED_AFTER_MS * clock.retryScale;
      alarms.set(`refund:${refund.uuid}`, at, () => confirm(order, refund.uuid));
    }
  };

  const notify = (order: Order, charge: Charge) => {
    const body = notificationBody(order, charge);
    for (const url of order.asked.notifyUrls) {
      deliveries.send({
        provider: 'midtrans',
        ref: order.orderId,
        url,
        headers: NOTIFICATION_HEADERS,
        body: JSON.stringify(body),
        forged: () => ({ body: JSON.stringify(forge(body)) }),
      });
    }
  };

  const change = (order: Order, charge: Charge, tell = true): Order => {
    const next = keep({ ...order, charge });
    if (tell) notify(next, charge);
    return next;
  };

  const expireNow = (merchant: string, orderId: string, chargeId: string) => {
    const order = orders.find(merchant, orderId);
    if (order?.charge?.id !== chargeId || order.charge.status !== 'pending') return;
    change(order, moved(order.charge, 'expire', Date.now()));
  };

  const confirm = (of: Order, refundUuid: string) => {
    const order = orders.find(of.merchant, of.orderId);
    const refund = order?.charge?.refunds.find((each) => each.uuid === refundUuid);
    if (!order?.charge || !refund || refund.bankConfirmedAt) return;
    change(order, bankConfirmed(order.charge, refundUuid, Date.now()));
  };

  const start = (merchant: string, orderId: string, amountIdr: number, asked: Asked): Order => {
    const now = Date.now();
    const former = orders.find(merchant, orderId);
    const deadTokens = [
      ...(former?.deadTokens ?? []),
      ...(former?.page ? [former.page.token] : []),
    ];
    const earlier = former?.charge ? [...former.earlier, former.charge] : (former?.earlier ?? []);
    return { merchant, orderId, amountIdr, createdAt: now, asked, earlier, deadTokens };
  };

  /** Opens a Snap page; a former page of the order id, on which nothing was chosen, dies. */
  const openPage = (
    merchant: string,
    request: { orderId: string; amountIdr: number; asked: Asked; pageExpiresAt?: number },
  ): Order & { page: { token: string } } => {
    const order = start(merchant, request.orderId, request.amountIdr, request.asked);
    const expiresAt =
      request.pageExpiresAt ?? request.asked.expiresAt ?? order.createdAt + PAGE_LIFE_MS;
    const page = { token: randomUUID(), expiresAt };
    return { ...keep({ ...order, page }), page };
  };

  /** Begins an order of the Core API, which has no page. */
  const openOrder = (merchant: string, orderId: string, amountIdr: number, asked: Asked) => {
    const waiting = orders.find(merchant, orderId);
    // A page on which nothing was chosen stays the page of this order.
    const page = waiting?.charge ? undefined : waiting?.page;
    const { deadTokens, ...order } = start(merchant, orderId, amountIdr, asked);
    if (!page) return { ...order, deadTokens };
    return { ...order, page, deadTokens: deadTokens.filter((token) => token !== page.token) };
  };

  /** The customer picks a method, perhaps instead of another; the merchant hears "pending". */
  const choose = (order: Order, choice: Choice, tell = true): Order => {
    const earlier = order.charge ? [...order.earlier, order.charge] : order.earlier;
    return change({ ...order, earlier }, newCharge(order, choice, Date.now()), tell);
  };

  /** Moves the charge of an order that has one. */
  const move = (order: Order, to: Move, { grossIdr, tell = true }: MoveOptions = {}): Order => {
    if (!order.charge) throw new Error(`No method was chosen for ${order.orderId}.`);
    return change(order, moved(order.charge, to, Date.now(), grossIdr), tell);
  };

  const refund = (order: Order, request: Parameters<typeof refunded>[1]): Order => {
    if (!order.charge) throw new Error(`No method was chosen for ${order.orderId}.`);
    return change(order, refunded(order.charge, request, Date.now()));
  };

  const cancelPage = (order: Order, nowMs: number): Order => {
    if (!order.page) throw new Error(`${order.orderId} has no page.`);
    return keep({ ...order, page: { ...order.page, cancelledAt: nowMs } });
  };

  const resume = () => {
    for (const order of orders.list()) watch(order);
  };

  return { openPage, openOrder, choose, move, refund, cancelPage, resume };
}

export interface MoveOptions {
  grossIdr?: number | undefined;
  tell?: boolean | undefined;
}

const NOTIFICATION_HEADERS = {
  'content-type': 'application/json',
  accept: 'application/json',
  'user-agent': 'Veritrans',
};
