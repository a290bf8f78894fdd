import express, { type Request, type Response, Router } from 'express';
import { Counter } from 'prom-client';
import { takeWebhook } from '../commands/webhook.ts';
import { findBusiness } from '../db/businesses.ts';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';

const answers = new Counter({
  name: 'pesan_webhooks_total',
  help: 'Webhooks of payment providers by what they were',
  labelNames: ['provider', 'answer'],
});

/** Addresses that businesses gave out before Pesan. */
const GIVEN_OUT = {
  '/payments/midtrans-notification': 'jiot',
  '/payments/notify': 'slamet',
} as const;

/**
 * Where providers tell us of payments: 200 when stored (seen before: `duplicate`), 401 for what is
 * not signed with the business's own key, 503 when it could not be stored, so that it is sent again.
 */
export function createWebhooks(deps: ApiDeps): Router {
  const router = Router();
  // Any JSON value of a small size, whatever the content type: signatures decide, not headers.
  router.use(express.json({ limit: '64kb', strict: false, type: () => true }));
  router.post('/webhooks/midtrans/:business', (req, res) =>
    take(deps, String(req.params.business), req, res),
  );
  for (const [path, business] of Object.entries(GIVEN_OUT)) {
    router.post(path, (req, res) => take(deps, business, req, res));
  }
  return router;
}

async function take(
  deps: ApiDeps,
  business: string,
  request: Request,
  response: Response,
): Promise<void> {
  const provider = 'midtrans';
  const known = await storable(() => findBusiness(deps.pool, business));
  if (!known) throw new DomainError('NOT_FOUND', 'There is no such business here.');
  const answer = await storable(() => takeWebhook(deps, business, provider, request.body));
  answers.inc({ provider, answer });
  if (answer === 'forged' || answer === 'malformed') {
    deps.log.warn({ business, provider, answer }, 'A webhook was refused');
    throw new DomainError('UNAUTHORIZED', 'This is not signed with the key of this business.');
  }
  response.json(answer === 'duplicate' ? { ok: true, duplicate: true } : { ok: true });
}

/** Whatever fails here is our store: 503 has the provider send it again, as 500 would not. */
async function storable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw Object.assign(new DomainError('UNAVAILABLE', 'Not stored; send it again.', [], 30), {
      cause,
    });
  }
}
