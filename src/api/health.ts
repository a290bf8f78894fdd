import { type Response, Router } from 'express';
import { Gauge, register } from 'prom-client';
import { one } from '../db/pool.ts';
import { countOpen } from '../db/upkeep.ts';
import type { ApiDeps } from './deps.ts';

const gauge = (name: string, help: string) => new Gauge({ name: `pesan_${name}`, help });
const watched = {
  open: gauge('open_orders', 'Orders with something still to come'),
  overdue: gauge('overdue_orders', 'Orders whose deadline passed a minute ago'),
  deadEvents: gauge('dead_events', 'Provider events that wait for an operator'),
  refundsByHand: gauge('refunds_by_hand', 'Refunds that wait for an operator'),
  failedNotices: gauge('failed_notices', 'Notices that could not be sent'),
};

/** Whether this process lives, whether it can work, and how business goes. */
export function createHealth(deps: ApiDeps): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ ok: true }));
  router.get('/readyz', (_request, response) => ready(deps, response));
  router.get('/metrics', (_request, response) => metrics(deps, response));
  return router;
}

async function ready(deps: ApiDeps, response: Response): Promise<void> {
  const database = await one(deps.pool, 'select 1').then(
    () => true,
    () => false,
  );
  const temporal = await deps.temporalReachable();
  response.status(database && temporal ? 200 : 503).json({ database, temporal });
}

async function metrics(deps: ApiDeps, response: Response): Promise<void> {
  const counts = await countOpen(deps.pool);
  for (const key of Object.keys(watched) as (keyof typeof watched)[]) {
    watched[key].set(counts[key]);
  }
  response.type(register.contentType).send(await register.metrics());
}
