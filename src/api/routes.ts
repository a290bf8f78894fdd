import * as admin from './admin/bookings.ts';
import { scan } from './admin/gate.ts';
import { auditLog, events, ledger, redrive, sync } from './admin/money.ts';
import { rehearseOrder } from './admin/rehearse.ts';
import { providers, providersPicture, revenue } from './admin/reports.ts';
import * as service from './admin/service.ts';
import { deleteCatalogueOption, putCatalogueOption, putHours } from './admin/shop.ts';
import { signIn } from './admin/signin.ts';
import { deleteClosure, putClosure, putPrice, putQuota, quotas } from './admin/stock.ts';
import * as customer from './customer/bookings.ts';
import { calendar, receipt, tickets } from './customer/documents.ts';
import { join, leave, wait } from './customer/line.ts';
import { availability, offerings } from './customer/offers.ts';
import { pay } from './customer/pay.ts';
import { entitlement, otp, showSubscription, subscribeTo } from './customer/subscriptions.ts';
import { docs, docsStyle, openApi } from './docs.tsx';
import { alive, metrics, ready } from './health.ts';
import type { Operation, Route } from './operation.ts';
import { removeHook, setHook, telegramWebhook } from './telegram.ts';
import { midtransWebhook, xenditWebhook } from './webhooks.ts';

const at = (method: Route['method'], path: string, operation: Operation): Route => ({
  method,
  path,
  operation,
});

const V1 = '/api/v1';
const BUSINESS = `${V1}/businesses/:business`;
const ADMIN = `${V1}/admin/:business`;

/** Every address of the API. */
export const ROUTES: readonly Route[] = [
  at('get', '/healthz', alive),
  at('get', '/readyz', ready),
  at('get', '/metrics', metrics),
  at('get', '/api/openapi.json', openApi),
  at('get', '/api/docs', docs),
  at('get', '/api/docs.css', docsStyle),

  at('post', '/webhooks/midtrans/:business', midtransWebhook('midtrans')),
  at('post', '/webhooks/xendit/:business', xenditWebhook('xendit')),
  at('post', '/payments/midtrans-notification', midtransWebhook('midtransOfJiot', 'jiot')),
  at('post', '/payments/notify', midtransWebhook('midtransOfSlamet', 'slamet')),

  at('post', '/webhooks/telegram/:business', telegramWebhook),
  at('get', '/api/setWebhook', setHook.get),
  at('post', '/api/setWebhook', setHook.post),
  at('get', '/api/rmWebhook', removeHook.get),
  at('post', '/api/rmWebhook', removeHook.post),

  at('get', `${BUSINESS}/offerings`, offerings),
  at('get', `${BUSINESS}/availability`, availability),
  at('post', `${BUSINESS}/bookings`, customer.book),
  at('post', `${BUSINESS}/waiting-list`, join),
  at('get', `${V1}/waiting-list/:token`, wait),
  at('delete', `${V1}/waiting-list/:token`, leave),
  at('get', `${V1}/bookings/:token`, customer.show),
  at('post', `${V1}/bookings/:token/cancel`, customer.cancel),
  at('post', `${V1}/bookings/:token/reschedule`, customer.reschedule),
  at('get', `${V1}/bookings/:token/tickets.pdf`, tickets),
  at('get', `${V1}/bookings/:token/receipt.pdf`, receipt),
  at('get', `${V1}/bookings/:token/calendar.ics`, calendar),
  at('post', `${BUSINESS}/otp`, otp),
  at('post', `${BUSINESS}/subscriptions`, subscribeTo),
  at('get', `${BUSINESS}/entitlements/:base`, entitlement),
  at('get', `${V1}/subscriptions/:token`, showSubscription),
  at('get', '/pay/:token', pay),

  at('post', `${ADMIN}/sign-in`, signIn),
  at('get', `${ADMIN}/quotas`, quotas),
  at('put', `${ADMIN}/quotas`, putQuota),
  at('put', `${ADMIN}/closures`, putClosure),
  at('delete', `${ADMIN}/closures`, deleteClosure),
  at('put', `${ADMIN}/prices`, putPrice),
  at('put', `${ADMIN}/hours`, putHours),
  at('put', `${ADMIN}/options`, putCatalogueOption),
  at('delete', `${ADMIN}/options`, deleteCatalogueOption),
  at('get', `${ADMIN}/bookings`, admin.bookings),
  at('get', `${ADMIN}/bookings/:code`, admin.booking),
  at('post', `${ADMIN}/bookings/:code/cancel`, admin.cancel),
  at('post', `${ADMIN}/bookings/:code/refund`, admin.refund),
  at('post', `${ADMIN}/bookings/:code/reschedule`, admin.reschedule),
  at('post', `${ADMIN}/bookings/:code/repair-state`, admin.repairState),
  at('post', `${ADMIN}/payments/sync`, sync),
  at('post', `${ADMIN}/rehearsals`, rehearseOrder),
  at('get', `${ADMIN}/events`, events),
  at('post', `${ADMIN}/events/:id/redrive`, redrive),
  at('post', `${ADMIN}/tickets/scan`, scan),
  at('get', `${ADMIN}/reports/revenue`, revenue),
  at('get', `${ADMIN}/reports/providers`, providers),
  at('get', `${ADMIN}/reports/providers.svg`, providersPicture),
  at('put', `${ADMIN}/service-hook`, service.putServiceHook),
  at('get', `${ADMIN}/service-hook`, service.serviceHook),
  at('delete', `${ADMIN}/service-hook`, service.deleteServiceHook),
  at('get', `${ADMIN}/service-events`, service.serviceEvents),
  at('post', `${ADMIN}/service-events/:id/redrive`, service.redriveService),
  at('get', `${ADMIN}/audit`, auditLog),
  at('get', `${ADMIN}/ledger`, ledger),
];
