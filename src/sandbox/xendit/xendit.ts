import { randomUUID } from 'node:crypto';
import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults } from '../faults.ts';
import { withFaults } from '../faulty.ts';
import type { Provider } from '../provider.ts';
import type { Store } from '../store.ts';
import { callbackTokenOf } from './account.ts';
import { invoiceApi, merchantsOnly, refuseAsXendit } from './api.ts';
import { summaryOf, xenditControl } from './control.ts';
import { createDesk, type DeskDeps } from './desk.ts';
import { keepHabits } from './habits.ts';
import { createInvoices } from './invoices.ts';
import { rateLimit } from './limits.ts';
import { paymentPage } from './page.ts';
import { refundApi } from './refundapi.ts';
import { createRefundDesk } from './refunddesk.ts';
import { createRefunds } from './refunds.ts';
import { refusal, sendRefusal } from './refusal.ts';

export interface XenditDeps {
  store: Store;
  alarms: Alarms;
  clock: Clock;
  deliveries: Deliveries;
  faults: Faults;
  readJson: RequestHandler;
  /** The sandbox's own address. */
  url(): string;
  /** Where the merchants' receivers are. */
  notifyBase: string;
}

/** Xendit: invoices at `/xendit/v2/invoices`, refunds, the page people pay on at `/xendit/web`. */
export function createXendit(deps: XenditDeps): Provider {
  const { faults, readJson, url } = deps;
  const invoices = createInvoices(deps.store);
  const habits = keepHabits(deps.store);
  const refunds = createRefunds(deps.store);
  const parts = { ...deps, invoices, refunds, habits, tell: tellBy(deps) };
  const desk = createDesk(parts);
  const refundDesk = createRefundDesk(parts);
  const resume = () => {
    desk.resume();
    refundDesk.resume();
  };

  const limit = rateLimit(habits);
  const api = Router();
  api.use('/web', paymentPage(desk, invoices));
  api.use(withFaults(faults, 'xendit', refuseAsXendit), readJson, malformed);
  api.use(merchantsOnly, limit.handler);
  api.use(invoiceApi({ desk, invoices, habits, url }));
  api.use(refundApi({ desk: refundDesk, refunds, invoices }));
  api.use((_req, res) => sendRefusal(res, NOTHING_HERE));

  return {
    name: 'xendit',
    api,
    control: xenditControl({
      ...{ desk, refundDesk, invoices, refunds, habits, resume },
      calls: limit.calls,
    }),
    listTransactions: () => invoices.list().map(summaryOf),
    resume,
  };
}

function tellBy({ deliveries, notifyBase }: XenditDeps): DeskDeps['tell'] {
  return (invoice, body) => {
    const { merchant, asked } = invoice;
    const headers = {
      'content-type': 'application/json',
      'x-callback-token': callbackTokenOf(merchant),
      'webhook-id': randomUUID(),
    };
    deliveries.send({
      provider: 'xendit',
      ref: asked.external_id,
      url: `${notifyBase}/webhooks/xendit/${merchant}`,
      headers,
      body: JSON.stringify(body),
      forged: () => ({ headers: { ...headers, 'x-callback-token': 'forged' } }),
    });
  };
}

const NOTHING_HERE = refusal(404, 'NOT_FOUND', 'The requested resource was not found.');

const malformed: ErrorRequestHandler = (error: { status?: number }, _req, res, next) => {
  if (!error.status || error.status >= 500) return next(error);
  sendRefusal(res, refusal(error.status, 'INVALID_JSON_FORMAT', 'The request body is malformed.'));
};
