import express, { type Express, type Request, type Response } from 'express';
import helmet from 'helmet';
import { Histogram } from 'prom-client';
import { createBot } from '../bot/bot.ts';
import { DomainError } from '../domain/errors.ts';
import type { Logger } from '../log.ts';
import type { ApiDeps } from './deps.ts';
import { createLimits } from './limits.ts';
import { mount } from './mount.ts';
import { describe } from './openapi.ts';
import { createProblemHandler } from './problems.ts';
import { ROUTES } from './routes.ts';
import { createWeb } from './web/web.ts';

const latency = new Histogram({
  name: 'pesan_http_seconds',
  help: 'How long requests took, by route and status',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
});

/** The whole HTTP side of Pesan: what `routes.ts` lists, and the pages. */
export function createApp(given: Omit<ApiDeps, 'bot'>): Express {
  const deps: ApiDeps = { ...given, bot: createBot(given) };
  const app = express();
  const limits = createLimits(deps.countersPool, deps.bookingsPerMinute);
  app.disable('x-powered-by');
  // Answers change with every booking: nobody would find the one that was hashed for them.
  app.disable('etag');
  app.set('trust proxy', trustOf(deps.trustProxy));
  app.locals.openApi = describe(ROUTES, deps.publicUrl);
  app.use(createHelmet());
  app.use(measure(deps.log));
  app.use('/api/v1', keepNothing);
  const web = createWeb(deps, limits);
  app.locals.payPages = web.payPages;
  mount(app, ROUTES, deps, limits);
  app.use(web.router);
  app.use(() => {
    throw new DomainError('NOT_FOUND', 'There is nothing at this address.');
  });
  app.use(createProblemHandler(deps.log, deps.publicUrl));
  return app;
}

/** `PESAN_TRUST_PROXY`: how many proxies stand before us, or their networks; none by default. */
function trustOf(setting: string | undefined): boolean | number | string {
  if (setting === undefined) return false;
  return /^\d+$/.test(setting) ? Number(setting) : setting;
}

/** No script or style but our own files, no frames, and no address told to other sites. */
function createHelmet() {
  return helmet({
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: { action: 'deny' },
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

/** Answers tell of people, or of places that the next moment may take. */
function keepNothing(_request: Request, response: Response, next: () => void): void {
  response.setHeader('Cache-Control', 'private, no-store');
  next();
}

/** Counts and logs each request by its route: an address may hold a capability. */
function measure(log: Logger) {
  return (request: Request, response: Response, next: () => void): void => {
    const begun = process.hrtime.bigint();
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
      const { method } = request;
      const route = response.locals.route ?? request.route?.path ?? 'none';
      const status = response.writableFinished ? response.statusCode : 'aborted';
      latency.observe({ method, route, status }, seconds);
      log.info({ method, route, status, ms: Math.round(seconds * 1000) }, 'request');
    });
    next();
  };
}
