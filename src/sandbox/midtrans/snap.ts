import { type Request, type Response, Router } from 'express';
import { merchantOf } from './account.ts';
import type { Desk } from './desk.ts';
import { isUsed, type Order } from './order.ts';
import type { Orders } from './orders.ts';
import { INTERNAL_ERROR } from './refusals.ts';
import { notifyUrlsOf, readSnapRequest } from './requests.ts';

export interface SnapDeps {
  desk: Desk;
  orders: Orders;
  /** Of the sandbox itself, without a slash at the end. */
  url(): string;
  notifyUrlOf(merchant: string): string;
}

/** `/snap/v1`: real HTTP codes, errors as `{error_messages: [...]}` (docs, Snap API, 2025-11). */
export function snapApi({ desk, orders, url, notifyUrlOf }: SnapDeps): Router {
  const router = Router();

  router.post('/transactions', (req, res) => {
    const merchant = merchantOf(req);
    if (!merchant) return sendUnauthorized(res);
    const read = readSnapRequest(req.body, Date.now());
    if (!read.ok) return sendErrors(res, 400, ...read.errors);
    const former = orders.find(merchant, read.value.orderId);
    if (former && isUsed(former)) return sendErrors(res, 400, ORDER_ID_USED);
    read.value.asked.notifyUrls = notifyUrlsOf(req.headers, notifyUrlOf(merchant));
    const { token } = desk.openPage(merchant, read.value).page;
    res.status(201).json({
      token,
      redirect_url: `${url()}/midtrans/snap/v3/redirection/${token}`,
    });
  });

  router.post('/transactions/:token/cancel', (req, res) => {
    const merchant = merchantOf(req);
    if (!merchant) return sendUnauthorized(res);
    const order = orders.findByToken(req.params.token);
    if (order?.merchant !== merchant) return sendErrors(res, 404, 'token not found');
    const refusal = refusalToCancel(order, req.params.token);
    if (refusal) return sendErrors(res, 400, refusal);
    const now = Date.now();
    desk.cancelPage(order, now);
    res.json({ canceled_at: new Date(now).toISOString() });
  });

  router.use((_req, res) => sendErrors(res, 404, 'The requested resource is not found'));
  return router;
}

/** A fault of the API, in the shape of Snap. */
export function refuseAsSnap(_req: Request, res: Response, status: number): void {
  const text = status >= 500 ? INTERNAL_ERROR : `Request refused with status ${status}`;
  if (status === 401) sendUnauthorized(res);
  else sendErrors(res, status, text);
}

export function sendErrors(res: Response, status: number, ...messages: string[]): void {
  res.status(status).json({ error_messages: messages });
}

const ORDER_ID_USED =
  'transaction_details.order_id has been paid and utilized, please use another order ID';

function sendUnauthorized(res: Response): void {
  sendErrors(
    res,
    401,
    'Access denied due to unauthorized transaction, please check client or server key',
    'Visit https://snap-docs.midtrans.com/#request-headers for more details',
  );
}

function refusalToCancel(order: Order, token: string): string | undefined {
  if (order.page?.token !== token || order.page.cancelledAt) return 'token already canceled';
  const going = order.charge && !['deny', 'cancel', 'expire'].includes(order.charge.status);
  return going ? 'Transaction is on progress' : undefined;
}
