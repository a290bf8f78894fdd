import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { h } from 'preact';
import { findBusiness, listBusinesses } from '../../db/businesses.ts';
import type { BookingRef, Kind } from '../../domain/booking.ts';
import { spokenIn } from '../../domain/english.ts';
import { DomainError, ERROR_STATUS } from '../../domain/errors.ts';
import { parseProviderRef } from '../../domain/payment.ts';
import { HomePage } from '../../pages/home.tsx';
import { PapersPage } from '../../pages/papers.tsx';
import { PayCheckingPage, PayOverPage, PayTransferPage, PayWaitPage } from '../../pages/pay.tsx';
import { PlainPage, type Saying } from '../../pages/plain.tsx';
import { isCounting } from '../../pages/status.ts';
import { StorefrontPage } from '../../pages/storefront.tsx';
import type { ApiDeps, PayPages } from '../deps.ts';
import type { Limits } from '../limits.ts';
import { noteFailure } from '../problems.ts';
import { createAssets } from './assets.ts';
import { showForm, takeForm } from './book.ts';
import { goOnInChat } from './chat.ts';
import { sendPage, type WebDeps } from './deps.ts';
import { listenTo, pathOf } from './door.ts';
import { showInvoice } from './invoice.ts';
import { createLive } from './live.ts';
import { lookFor } from './look.ts';
import { sendPeriodReceipt } from './receipt.ts';
import { findSeen } from './seen.ts';
import { changeBooking, showStatus } from './status.ts';
import { ownerOf, readChatUrl, readStock } from './stock.ts';
import { renewSubscription, showSubscriptionPage } from './subscription.ts';
import { leaveLine, showWait } from './wait.ts';

export interface Web {
  router: Router;
  payPages: PayPages;
}

// Ten members with long names in four-byte letters are some 60 kB as a form.
const readForm = express.urlencoded({ extended: false, limit: '128kb', parameterLimit: 400 });

const BUSINESS = /^[a-z][a-z0-9-]{1,30}$/;

/** The pages: every address that a person opens is in this list. To be mounted after the JSON API. */
export function createWeb(api: ApiDeps, limits: Limits): Web {
  const { urls, router } = createAssets();
  const deps: WebDeps = { ...api, limits, assets: urls, live: createLive(api) };
  router.get('/', (req, res) => showHome(deps, req, res));
  router.get('/b/:token', (req, res) => showStatus(deps, req, res));
  router.get('/b/:token/events', (req, res) => listenTo(deps, req, res, 'booking'));
  router.post('/b/:token/cancel', readForm, (req, res) => changeBooking(deps, req, res, 'cancel'));
  router.post('/b/:token/move', readForm, (req, res) => changeBooking(deps, req, res, 'move'));
  router.get('/s/:token', (req, res) => showSubscriptionPage(deps, req, res));
  router.get('/s/:token/events', (req, res) => listenTo(deps, req, res, 'subscription'));
  router.post('/s/:token/renew', readForm, (req, res) => renewSubscription(deps, req, res));
  router.get('/s/:token/receipts/:attempt', (req, res) => sendPeriodReceipt(deps, req, res));
  router.get('/w/:token', (req, res) => showWait(deps, req, res));
  router.get('/w/:token/events', (req, res) => listenTo(deps, req, res, 'waiting'));
  router.post('/w/:token/leave', readForm, (req, res) => leaveLine(deps, req, res));
  // A form's own address, opened by itself (a reload after a failure, a link passed on), is its page's.
  router.get('/:page/:token/:press', (req, res, next) => showPageOf(req, res, next));
  router.param('business', (_req, _res, next, name) => next(BUSINESS.test(name) ? null : 'route'));
  router.get('/:business', (req, res) => showStorefront(deps, req, res));
  router.get('/:business/book', (req, res) => showForm(deps, req, res));
  router.post('/:business/book', readForm, (req, res) => takeForm(deps, req, res, 'book'));
  router.post('/:business/wait', readForm, (req, res) => takeForm(deps, req, res, 'wait'));
  router.get('/:business/wait', (req, res) => res.redirect(303, `/${req.params.business}/book`));
  router.get('/:business/chat', (req, res) => goOnInChat(deps, req, res));
  router.get('/:business/return', (req, res) => showReturn(deps, req, res));
  router.use((req: Request, _res: Response, next: NextFunction) => {
    if (!wantsPage(req)) return next();
    throw new DomainError('NOT_FOUND', 'There is no such page.');
  });
  router.use((error: unknown, req: Request, res: Response, next: NextFunction) => {
    if (res.headersSent || !wantsPage(req)) return next(error);
    sendFailure(deps, req, res, error);
  });
  return {
    router,
    payPages: payPagesOf(deps),
  };
}

function showPageOf({ params }: Request, response: Response, next: NextFunction): void {
  const { page, token, press } = params;
  const isForm = ['b/cancel', 'b/move', 's/renew', 'w/leave'].includes(`${page}/${press}`);
  if (isForm) response.redirect(303, `/${page}/${encodeURIComponent(String(token))}`);
  else next();
}

/** What programs ask for is answered by the JSON API's own words, here too. */
function wantsPage(request: Request): boolean {
  if (/^\/(api|webhooks|payments)(\/|$)/.test(request.path)) return false;
  return request.accepts(['html', 'json']) === 'html';
}

function payPagesOf(deps: WebDeps): PayPages {
  return {
    wait: (request, response, facts) =>
      sendPage(response, 200, h(PayWaitPage, { look: lookFor(deps, request, response), facts })),
    transfer: (request, response, facts) => {
      const look = lookFor(deps, request, response);
      sendPage(response, 200, h(PayTransferPage, { look, facts }));
    },
    checking: (request, response, facts) => {
      const look = lookFor(deps, request, response);
      sendPage(response, 200, h(PayCheckingPage, { look, facts }));
    },
    papers: (request, response, facts) => {
      const look = lookFor(deps, request, response);
      if (facts.issuing) response.setHeader('Refresh', '3');
      response.vary('Accept');
      const status = facts.issuing ? 503 : ERROR_STATUS.NOT_PAID;
      sendPage(response, status, h(PapersPage, { look, facts }));
    },
    invoice: (request, response, facts, shown) =>
      showInvoice(deps, request, response, facts, shown),
    over: (request, response, facts) => {
      const ref = { business: facts.business.business, code: facts.code };
      // Who pays need not be who booked: only a browser that has the booking's link is led there.
      if (findSeen(deps, request, ref)) {
        return response.redirect(303, pathOf(deps, 'booking', ref));
      }
      const look = lookFor(deps, request, response);
      if (!isCounting(facts)) return sendPage(response, 200, h(PayOverPage, { look, facts }));
      response.setHeader('Refresh', '3');
      sendPage(response, 200, h(PayCheckingPage, { look, facts }));
    },
  };
}

async function showHome(deps: WebDeps, request: Request, response: Response): Promise<void> {
  const look = lookFor(deps, request, response);
  const businesses = await listBusinesses(deps.pool);
  const shown = businesses.map((one) => {
    const { name, about, lang } = spokenIn(look.language, one);
    return { ...ownerOf(one), name, about, lang };
  });
  sendPage(response, 200, h(HomePage, { look, businesses: shown }));
}

async function showStorefront(deps: WebDeps, request: Request, response: Response): Promise<void> {
  const look = lookFor(deps, request, response);
  const { shop } = await readStock(deps, String(request.params.business), look.language);
  sendPage(response, 200, h(StorefrontPage, { look, shop }));
}

/**
 * Where the provider's page sends people back to. The address names an order and is no key to it: it
 * leads on only in a browser that has opened the booking before.
 */
async function showReturn(deps: WebDeps, request: Request, response: Response): Promise<void> {
  const business = await findBusiness(deps.pool, String(request.params.business));
  if (!business) throw new DomainError('NOT_FOUND', 'There is no such business here.');
  const named = parseProviderRef(String(request.query.order_id ?? ''));
  const wanted = named && { business: business.business, code: named.code };
  const ref = wanted && findSeen(deps, request, wanted);
  if (ref) {
    const door = business.kind === 'plan' ? 'subscription' : 'booking';
    return response.redirect(303, `${pathOf(deps, door, ref)}?returned`);
  }
  if (wanted && findSeen(deps, request, wanted, 'paying')) {
    return response.redirect(
      303,
      `${payPathOf(deps, wanted, business.kind, named!.attempt)}?returned`,
    );
  }
  const look = lookFor(deps, request, response);
  const saying = business.kind === 'plan' ? 'returned-plan' : 'returned';
  const chatUrl = await readChatUrl(deps, business);
  const page = h(PlainPage, { look, saying, owner: ownerOf(business), chatUrl });
  sendPage(response, 200, page);
}

function payPathOf(deps: WebDeps, ref: BookingRef, kind: Kind, attempt: number): string {
  const { vault } = deps;
  const isPlan = kind === 'plan';
  return `/pay/${isPlan ? vault.tokenOf('invoice', ref, attempt) : vault.tokenOf('pay', ref)}`;
}

const SAYINGS: Partial<Record<DomainError['code'], Saying>> = {
  NOT_FOUND: 'not-found',
  FORBIDDEN: 'forbidden',
  SLOW_DOWN: 'slow-down',
  UNAVAILABLE: 'unavailable',
};

/** What went wrong, as a page; a request that cannot even be read is one that leads nowhere. */
function sendFailure(deps: WebDeps, request: Request, response: Response, error: unknown): void {
  const problem = noteFailure(deps.log, response, error);
  if (problem?.retryAfterSeconds) {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  }
  const saying = problem ? (SAYINGS[problem.code] ?? 'not-found') : 'broken';
  const status = problem ? ERROR_STATUS[problem.code] : 500;
  sendPage(response, status, h(PlainPage, { look: lookFor(deps, request, response), saying }));
}
