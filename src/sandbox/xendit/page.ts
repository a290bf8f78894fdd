import express, { type Request, type Response, Router } from 'express';
import { merchantNameOf } from '../merchant.ts';
import { EndedPage, EXPIRED, UnknownPage } from '../pages/ended.tsx';
import { sendPage } from '../pages/layout.tsx';
import { qrisText, qrPng } from '../qris.ts';
import { userIdOf } from './account.ts';
import { findChannel, getChannel, offeredChannels } from './channels.ts';
import { billOf, Checkout } from './checkout.tsx';
import type { Desk } from './desk.ts';
import { type Invoice, isPaid } from './invoice.ts';
import type { Invoices } from './invoices.ts';

/**
 * `/xendit/web/:id`: the page a customer pays on. Every step is a form, so it works without script;
 * what a step may do is decided on what the invoice is now, not on what was shown.
 */
export function paymentPage(desk: Desk, invoices: Invoices): Router {
  const router = Router();
  router.use(express.urlencoded({ extended: false, limit: '20kb' }));

  type Act = (invoice: Invoice, req: Request, res: Response) => unknown;
  const withInvoice = (act: Act) => (req: Request, res: Response) => {
    const invoice = invoices.get(String(req.params.id));
    return invoice ? act(invoice, req, res) : sendPage(res, 404, UnknownPage());
  };
  const step = (name: string, act: Act) => router.post(`/:id/${name}`, withInvoice(act));

  router.get('/merchant.svg', (_req, res) => void res.type('svg').send(PICTURE));
  router.get('/:id', withInvoice(show));
  router.get('/:id/status', withInvoice(sendStatus));
  router.get('/:id/qr.png', withInvoice(sendQrCode));

  step('channel', (invoice, req, res) => {
    const offered = offeredChannels(invoice.asked.payment_methods);
    const channel = offered.find(({ id }) => id === req.body?.channel);
    if (channel && invoice.status === 'PENDING') desk.choose(invoice, channel);
    backToPage(invoice, res);
  });

  // Somebody may send money for an invoice that is over, too: then it is late money.
  step('pay', (invoice, _req, res) => {
    if (!invoice.chosen || isPaid(invoice)) return backToPage(invoice, res);
    const paid = desk.pay(invoice, getChannel(invoice.chosen.channel));
    const url = isPaid(paid) ? paid.asked.success_redirect_url : undefined;
    if (url) res.redirect(303, url);
    else backToPage(invoice, res);
  });

  step('deny', (invoice, _req, res) => {
    const denied = invoice.status === 'PENDING' ? invoice.chosen?.channel : undefined;
    res.redirect(303, denied ? `${baseOf(invoice)}?ditolak=${denied}` : baseOf(invoice));
  });

  return router;
}

/** Every merchant's picture. */
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="32" fill="#3448c5"/></svg>';

function show(invoice: Invoice, req: Request, res: Response): void {
  const base = baseOf(invoice);
  if (invoice.status === 'EXPIRED') {
    sendPage(res, 410, ended(invoice, base));
    return;
  }
  const denied = findChannel(String(req.query.ditolak ?? ''));
  const changing = req.query.ganti !== undefined || denied !== undefined;
  const view = { invoice, base, now: Date.now(), changing, denied };
  sendPage(res, 200, Checkout(view), { script: true });
}

function ended(invoice: Invoice, base: string) {
  const { asked, chosen, payment } = invoice;
  return EndedPage({
    end: EXPIRED,
    bill: billOf(invoice),
    look: 'xendit',
    finishUrl: asked.failure_redirect_url,
    payUrl: chosen && !payment ? `${base}/pay` : undefined,
    lateIdr: payment?.amountIdr,
  });
}

function sendStatus({ status }: Invoice, _req: Request, res: Response): void {
  res.set('cache-control', 'no-store').type('text').send(status);
}

async function sendQrCode(invoice: Invoice, _req: Request, res: Response): Promise<void> {
  const { id, merchant, asked } = invoice;
  const text = qrisText({
    merchantId: userIdOf(merchant),
    merchantName: merchantNameOf(merchant),
    paymentId: id,
    orderId: asked.external_id,
    amountIdr: asked.amount,
  });
  res.type('png').send(await qrPng(text));
}

function baseOf({ id }: Invoice): string {
  return `/xendit/web/${id}`;
}

function backToPage(invoice: Invoice, res: Response): void {
  res.redirect(303, baseOf(invoice));
}
