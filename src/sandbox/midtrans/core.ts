import { type Request, type Response, Router } from 'express';
import { qrPng } from '../qris.ts';
import { merchantOf } from './account.ts';
import { findMethod, type Method } from './methods.ts';
import { type Charge, isUsed, type Order } from './order.ts';
import type { Found, Orders } from './orders.ts';
import { qrisOf } from './qris.ts';
import { type Action, refundActions } from './refunds.ts';
import { CANNOT_MODIFY, INTERNAL_ERROR, notFound, refusal } from './refusals.ts';
import { notifyUrlsOf, readChargeRequest } from './requests.ts';
import type { SnapDeps } from './snap.ts';
import { actionBody, statusBody } from './wire.ts';

/** `/v2`: the outcome is the body's `status_code`, under HTTP 200 (docs, Core API, OpenAPI 2026-04). */
export function coreApi(deps: SnapDeps): Router {
  const { desk, orders } = deps;
  const router = Router();

  router.get('/qris/:id/qr-code', (req, res) => sendQrCode(orders, req.params.id, res));
  router.use((req, res, next) => (merchantOf(req) ? next() : sendUnauthorized(res)));
  router.post('/charge', (req, res) => void res.json(charge(deps, req)));

  router.get('/:id/status', (req, res) => {
    const found = find(orders, req);
    res.json(found ? statusBody(found.order, found.charge) : notFound());
  });

  const action: Action = (name, act) =>
    void router.post(`/:id/${name}`, (req, res) => {
      const found = find(orders, req);
      res.json(found ? act(found, req) : notFound());
    });

  action('cancel', ({ order, charge }) =>
    ['pending', 'capture'].includes(charge.status)
      ? answer(desk.move(order, 'cancel'), '200', 'Success, transaction is canceled')
      : CANNOT_MODIFY,
  );
  action('expire', ({ order, charge }) =>
    charge.status === 'pending'
      ? answer(desk.move(order, 'expire'), '407', 'Success, transaction has expired')
      : CANNOT_MODIFY,
  );
  action('approve', ({ order, charge }) =>
    isChallenged(charge)
      ? answer(desk.move(order, 'capture'), '200', 'Success, transaction is approved')
      : CANNOT_MODIFY,
  );
  action('deny', ({ order, charge }) =>
    isChallenged(charge)
      ? answer(desk.move(order, 'deny'), '200', 'Success, transaction is denied')
      : CANNOT_MODIFY,
  );
  refundActions(desk, action);

  router.use((_req, res) => void res.status(404).json(notFound()));
  return router;
}

/** A fault of the API, in the shape of the Core API. */
export function refuseAsCore(_req: Request, res: Response, status: number): void {
  const text = status >= 500 ? INTERNAL_ERROR : `Request refused with status ${status}`;
  res.status(status).json(refusal(String(status), text));
}

const CONFLICT =
  'The request could not be completed due to a conflict with the current state of the target resource, please try again';

/** An earlier charge that a later one replaced can be read, but not moved any more. */
function find(orders: Orders, req: Request): Found | undefined {
  const found = orders.findCharge(merchantOf(req) ?? '', String(req.params.id));
  if (!found || req.method === 'GET' || found.order.charge?.id === found.charge.id) return found;
  return undefined;
}

function charge({ desk, orders, notifyUrlOf }: SnapDeps, req: Request) {
  const merchant = merchantOf(req) ?? '';
  const read = readChargeRequest(req.body, Date.now());
  if (!read.ok) return { ...refusal('400', VALIDATION), validation_messages: read.errors };
  const { orderId, amountIdr, asked, paymentType, bank, vaNumber } = read.value;
  const method = findMethod(paymentType, bank);
  if (!method || method.group === 'card') {
    const unknown = `payment_type ${paymentType}${bank ? ` of ${bank}` : ''} is not in this sandbox`;
    return { ...refusal('400', VALIDATION), validation_messages: [unknown] };
  }
  const former = orders.find(merchant, orderId);
  if (former && isUsed(former)) return refusal('406', CONFLICT);
  asked.notifyUrls = notifyUrlsOf(req.headers, notifyUrlOf(merchant));
  const order = desk.openOrder(merchant, orderId, amountIdr, asked);
  const chosen = desk.choose(order, { method: method.id, vaNumber });
  return { ...answer(chosen, '201', createdText(method)), ...actionsOf(chosen, method, req) };
}

const VALIDATION = 'One or more parameters in the payload is invalid.';

function createdText(method: Method): string {
  const names: Record<string, string> = {
    bank_transfer: 'Bank Transfer',
    echannel: 'Mandiri Bill',
    qris: 'QRIS',
    gopay: 'GO-PAY',
    shopeepay: 'ShopeePay',
    dana: 'DANA',
  };
  const name = names[method.paymentType];
  if (method.group === 'va') return `Success, ${name} transaction is created`;
  return `${name} transaction is created`;
}

/** Wallets and QRIS say where the code and the customer's next step are. */
function actionsOf(order: Order, method: Method, req: Request) {
  if (method.group === 'va' || !order.charge) return {};
  const base = `${req.protocol}://${req.get('host')}/midtrans/v2`;
  const { id } = order.charge;
  const code = { name: 'generate-qr-code', method: 'GET', url: `${base}/qris/${id}/qr-code` };
  if (method.id === 'qris') {
    const qr = { qr_string: qrisOf(order, order.charge) };
    return { ...qr, actions: [code, { ...code, name: 'generate-qr-code-v2' }] };
  }
  const status = { name: 'get-status', method: 'GET', url: `${base}/${id}/status` };
  const cancel = { name: 'cancel', method: 'POST', url: `${base}/${id}/cancel` };
  return { actions: [code, status, cancel] };
}

function answer(order: Order, code: string, message: string) {
  return order.charge ? actionBody(order, order.charge, code, message) : notFound();
}

function isChallenged(charge: Charge): boolean {
  return charge.status === 'capture' && charge.fraud === 'challenge';
}

function sendUnauthorized(res: Response): void {
  const text = 'Transaction cannot be authorized with the current client/server key.';
  res.status(401).json(refusal('401', text));
}

async function sendQrCode(orders: Orders, chargeId: string, res: Response): Promise<void> {
  const found = orders.findByChargeId(chargeId);
  if (!found || found.charge.method === 'credit_card') {
    res.status(404).json(notFound());
    return;
  }
  res.type('png').send(await qrPng(qrisOf(found.order, found.charge)));
}
