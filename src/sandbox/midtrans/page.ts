import express, { type Request, type Response, Router } from 'express';
import { UnknownPage } from '../pages/ended.tsx';
import { sendPage } from '../pages/layout.tsx';
import { qrPng } from '../qris.ts';
import { bankAccepts, readCard } from './card.ts';
import { Checkout, type CheckoutView } from './checkout.tsx';
import type { Desk } from './desk.ts';
import { EndedPage } from './ended.tsx';
import { offeredMethods } from './methods.ts';
import { isPaid, type Order, pageState } from './order.ts';
import type { Orders } from './orders.ts';
import { qrisOf } from './qris.ts';
import { statusBody } from './wire.ts';

/**
 * `/snap/v3/redirection/:token`: the page a customer pays on. Every step is a form, so it works
 * without script; what a step may do is decided on what the order is now, not on what was shown.
 */
export function paymentPage(desk: Desk, orders: Orders): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '20kb' }));

  router.get('/:token', (req, res) =>
    withOrder(orders, req, res, (order) => show(req, res, order)),
  );

  const step = (name: string, act: (order: Order, req: Request, res: Response) => unknown) =>
    router.post(`/:token/${name}`, (req, res) =>
      withOrder(orders, req, res, (order) => act(order, req, res)),
    );

  step('method', (order, req, res) => {
    const method = methodsOf(order).find(({ id }) => id === req.body?.method);
    if (method && method.group !== 'card' && pageState(order, Date.now()) === 'open') {
      desk.choose(order, { method: method.id });
    }
    backToPage(req, res);
  });

  step('card', (order, req, res) => {
    const offered = methodsOf(order).some(({ id }) => id === 'credit_card');
    if (!offered || pageState(order, Date.now()) !== 'open') return backToPage(req, res);
    const card = readCard(req.body ?? {});
    if (typeof card === 'string') return show(req, res, order, { cardError: card });
    desk.choose(order, { method: 'credit_card', card });
    backToPage(req, res);
  });

  step('otp', (order, req, res) => {
    const { charge } = order;
    const asked = charge?.method === 'credit_card' && charge.status === 'pending';
    if (!asked) return backToPage(req, res);
    const accepted = bankAccepts(charge.card, String(req.body?.otp ?? ''));
    const next = desk.move(order, accepted ? 'capture' : 'deny');
    if (accepted) backToMerchant(next, req, res);
    else backToPage(req, res);
  });

  // A bank takes money for a number that is over, too: then it is late money.
  step('pay', (order, req, res) => {
    const { charge } = order;
    const never = !charge || charge.method === 'credit_card' || charge.status === 'deny';
    if (never) return backToPage(req, res);
    const next = isPaid(charge) ? order : desk.move(order, 'settle');
    backToMerchant(next, req, res);
  });

  step('deny', (order, req, res) => {
    if (order.charge?.status === 'pending') desk.move(order, 'deny');
    backToPage(req, res);
  });

  router.get('/:token/qr.png', (req, res) =>
    withOrder(orders, req, res, async (order) => {
      if (!order.charge) return void res.status(404).end();
      res.type('png').send(await qrPng(qrisOf(order, order.charge)));
    }),
  );

  return router;
}

function withOrder(
  orders: Orders,
  req: Request,
  res: Response,
  use: (order: Order) => unknown,
): unknown {
  const token = String(req.params.token);
  const order = orders.findByToken(token);
  if (!order) return sendPage(res, 404, UnknownPage());
  if (order.page?.token === token) return use(order);
  return sendPage(res, 410, EndedPage({ order, reason: 'replaced' }));
}

function show(
  req: Request,
  res: Response,
  order: Order,
  { cardError }: Pick<CheckoutView, 'cardError'> = {},
): void {
  const base = `/midtrans/snap/v3/redirection/${order.page?.token}`;
  const now = Date.now();
  const reason = pageState(order, now);
  if (reason === 'expired' || reason === 'cancelled') {
    sendPage(res, 410, EndedPage({ order, reason, base, finishUrl: finishUrlOf(order) }));
    return;
  }
  const changing = req.query.ganti !== undefined || cardError !== undefined;
  const view: CheckoutView = {
    order,
    base,
    methods: methodsOf(order),
    now,
    changing,
    finishUrl: finishUrlOf(order),
    ...(req.query.kartu !== undefined && { cardOpen: true }),
    ...(cardError !== undefined && { cardError, cardOpen: true }),
  };
  sendPage(res, cardError ? 422 : 200, Checkout(view));
}

function methodsOf(order: Order) {
  return offeredMethods(order.asked.enabledPayments);
}

function backToPage(req: Request, res: Response): void {
  res.redirect(303, `/midtrans/snap/v3/redirection/${req.params.token}`);
}

/** To `callbacks.finish` when the merchant gave one; it is no proof of payment. */
function backToMerchant(order: Order, req: Request, res: Response): void {
  const url = finishUrlOf(order);
  if (url) res.redirect(303, url);
  else backToPage(req, res);
}

function finishUrlOf(order: Order): string | undefined {
  if (!order.asked.finishUrl) return undefined;
  const url = new URL(order.asked.finishUrl);
  const status = order.charge && statusBody(order, order.charge);
  url.searchParams.set('order_id', order.orderId);
  url.searchParams.set('status_code', String(status?.status_code ?? '201'));
  url.searchParams.set('transaction_status', String(status?.transaction_status ?? 'pending'));
  return url.href;
}
