import { type Request, type RequestHandler, type Response, Router } from 'express';
import { merchantOf } from './account.ts';
import type { Desk } from './desk.ts';
import type { HabitsKeeper } from './habits.ts';
import type { Invoice } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import { listInvoices } from './listing.ts';
import { type Refusal, refusal, sendRefusal } from './refusal.ts';
import { isRefusal, readInvoiceRequest } from './requests.ts';
import { invoiceBody } from './wire.ts';

export interface InvoiceApiDeps {
  desk: Desk;
  invoices: Invoices;
  habits: HabitsKeeper;
  /** Of the sandbox itself, without a slash at the end. */
  url(): string;
}

/** Invoices as xendit-node 7.0.0 asks for them: `/v2/invoices`, but `/invoices/{id}/expire!`. */
export function invoiceApi({ desk, invoices, habits, url }: InvoiceApiDeps): Router {
  const router = Router();
  const bodyOf = (invoice: Invoice) => invoiceBody(invoice, url(), habits.get());

  router.post('/v2/invoices', (req, res) => {
    const asked = readInvoiceRequest(req.body, habits.get());
    if (isRefusal(asked)) return sendRefusal(res, asked);
    res.json(bodyOf(desk.create(callerOf(req), asked)));
  });

  router.get('/v2/invoices', (req, res) => {
    const { external_id: externalId } = req.query;
    const mine = invoices.listOf(
      callerOf(req),
      typeof externalId === 'string' ? externalId : undefined,
    );
    const found = listInvoices(mine, req.query);
    if (isRefusal(found)) return sendRefusal(res, found);
    res.json(found.map(bodyOf));
  });

  router.get('/v2/invoices/:id', (req, res) => {
    const invoice = invoices.find(callerOf(req), req.params.id);
    if (invoice) res.json(bodyOf(invoice));
    else sendRefusal(res, refusal(404, NOT_FOUND, 'Could not find invoice.'));
  });

  router.post('/invoices/:id/expire\\!', (req, res) => {
    const invoice = invoices.find(callerOf(req), req.params.id);
    if (invoice?.status === 'PENDING') return void res.json(bodyOf(desk.expire(invoice)));
    const text = `Could not find and update PENDING invoice with ID ${req.params.id}.`;
    sendRefusal(res, refusal(404, NOT_FOUND, text));
  });

  return router;
}

const NOT_FOUND = 'INVOICE_NOT_FOUND_ERROR';

const INVALID_KEY: Refusal = refusal(
  401,
  'INVALID_API_KEY',
  'API key is not authorized for this API service',
);

/** Lets only merchants in. */
export const merchantsOnly: RequestHandler = (req, res, next) =>
  merchantOf(req) ? next() : sendRefusal(res, INVALID_KEY);

/** The merchant of a call that `merchantsOnly` let in. */
export function callerOf(req: Request): string {
  return merchantOf(req) ?? '';
}

/** A fault of the API, in the shape of Xendit. */
export function refuseAsXendit(_req: Request, res: Response, status: number): void {
  const code = CODES[status] ?? (status >= 500 ? 'SERVER_ERROR' : 'API_VALIDATION_ERROR');
  const refused = refusal(status, code, `Request refused with status ${status}.`);
  sendRefusal(res, status === 401 ? INVALID_KEY : refused);
}

const CODES: Record<number, string> = {
  403: 'REQUEST_FORBIDDEN_ERROR',
  404: NOT_FOUND,
  429: 'RATE_LIMIT_EXCEEDED',
};
