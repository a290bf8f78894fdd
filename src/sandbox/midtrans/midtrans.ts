import { type ErrorRequestHandler, type RequestHandler, Router } from 'express';
import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults } from '../faults.ts';
import { withFaults } from '../faulty.ts';
import type { Provider } from '../provider.ts';
import type { Store } from '../store.ts';
import { midtransControl, summaryOf } from './control.ts';
import { coreApi, refuseAsCore } from './core.ts';
import { createDesk } from './desk.ts';
import { idempotency } from './idempotency.ts';
import { createOrders } from './orders.ts';
import { paymentPage } from './page.ts';
import { refusal } from './refusals.ts';
import { refuseAsSnap, sendErrors, snapApi } from './snap.ts';

export interface MidtransDeps {
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

/** Midtrans: Snap at `/midtrans/snap/v1`, the Core API at `/midtrans/v2`, the page people pay on. */
export function createMidtrans(deps: MidtransDeps): Provider {
  const { faults, readJson, notifyBase, url } = deps;
  const orders = createOrders(deps.store);
  const desk = createDesk({ ...deps, orders });
  const notifyUrlOf = (merchant: string) => `${notifyBase}/webhooks/midtrans/${merchant}`;
  const parts = { desk, orders, url, notifyUrlOf };

  const api = Router();
  const snapFaults = withFaults(faults, 'midtrans', refuseAsSnap);
  const coreFaults = withFaults(faults, 'midtrans', refuseAsCore);
  api.use('/snap/v3/redirection', paymentPage(desk, orders));
  api.use('/snap/v1', snapFaults, readJson, snapApi(parts), malformedForSnap);
  api.use('/v2', idempotency(), coreFaults, readJson, coreApi(parts), malformedForCore);

  return {
    name: 'midtrans',
    api,
    control: midtransControl(desk, orders),
    listTransactions: () => orders.list().map(summaryOf),
    resume: desk.resume,
  };
}

const malformedForSnap: ErrorRequestHandler = (error, _req, res, next) => {
  if (!isBodyError(error)) return next(error);
  sendErrors(res, error.status, MALFORMED);
};

const malformedForCore: ErrorRequestHandler = (error, _req, res, next) => {
  if (!isBodyError(error)) return next(error);
  res.status(error.status).json(refusal('413', MALFORMED));
};

const MALFORMED = 'Sorry, your request contains a malformed syntax.';

function isBodyError(error: unknown): error is { status: number } {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500;
}
