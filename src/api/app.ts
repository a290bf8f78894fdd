import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { Histogram } from 'prom-client';
import { findWayToPay } from '../commands/pay.ts';
import { findByToken, readFacts } from '../db/facts.ts';
import { DomainError } from '../domain/errors.ts';
import { createAdminRoutes } from './admin.ts';
import { createCustomerRoutes } from './customer.ts';
import type { ApiDeps } from './deps.ts';
import { createHealth } from './health.ts';
import { createLimits } from './limits.ts';
import { createProblemHandler } from './problems.ts';
import { createWebhooks } from './webhooks.ts';

const latency = new Histogram({
  name: 'pesan_http_seconds',
  help: 'How long requests took, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** The whole HTTP side of Pesan: every route is in this list or in the file that it names. */
export function createApp(deps: ApiDeps): Express {
  const app = express();
  const limits = createLimits(deps.countersPool, deps.bookingsPerMinute);
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy ?? false);
  app.use(createHelmet());
  app.use(measure(deps));
  app.use(createHealth(deps));
  app.use(createWebhooks(deps));
  app.use('/api', express.json({ limit: '256kb' }));
  app.use('/api/v1/admin/:business', createAdminRoutes(deps, limits));
  app.use('/api/v1', createCustomerRoutes(deps, limits));
  app.get('/pay/:token', (request, response) => pay(deps, request, response));
  app.use(() => {
    throw new DomainError('NOT_FOUND', 'There is nothing at this address.');
  });
  app.use(createProblemHandler(deps.log));
  return app;
}

/** No script or style but our own files, no frames, and no address told to other sites. */
function createHelmet() {
  return helmet({
    referrerPolicy: { policy: 'no-referrer' },
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  });
}

/** Counts and logs each request by its route: an address may hold a capability. */
function measure({ log }: ApiDeps) {
  return (request: Request, response: Response, next: () => void): void => {
    const begun = process.hrtime.bigint();
    response.once('finish', () => {
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      const route = `${request.baseUrl.replace(/[\w-]{32,}/g, ':token')}${request.route?.path ?? ''}`;
      const status = response.statusCode;
      latency.observe({ method: request.method, route, status }, seconds);
      log.debug(
        { method: request.method, route, status, ms: Math.round(seconds * 1000) },
        'request',
      );
    });
    next();
  };
}

async function pay(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const ref = await findByToken(deps.pool, 'pay', String(request.params.token));
  const facts = ref && (await readFacts(deps.pool, deps, ref));
  if (!ref || !facts) throw new DomainError('NOT_FOUND', 'This link opens nothing: copy it whole.');
  const way = await findWayToPay(deps, ref, facts);
  response.setHeader('Cache-Control', 'no-store');
  if (way.to === 'page') return response.redirect(302, way.url);
  if (way.to === 'status') return response.redirect(303, facts.statusUrl);
  response.setHeader('Refresh', '2');
  response.status(200).type('text/plain').send('The payment page is being prepared …');
}
