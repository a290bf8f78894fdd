import type { Router } from 'express';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/api/app.ts';
import { CODES } from '../../src/api/codes.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { type Document, describe as describeRoutes } from '../../src/api/openapi.ts';
import { ROUTES } from '../../src/api/routes.ts';
import { createTexts } from '../../src/notify/language.ts';
import { useDatabase } from '../ground/database.ts';

const ground = useDatabase();
const PUBLIC_URL = 'https://pesan.example';
const document = describeRoutes(ROUTES, PUBLIC_URL);
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, call]) => ({ method, path, call })),
);

/** The calls of the contract that are there; more may be added. */
const CONTRACT = `
get /healthz
get /readyz
get /metrics
get /api/openapi.json
get /api/docs
get /pay/{token}
get /api/v1/businesses/{business}/offerings
get /api/v1/businesses/{business}/availability
post /api/v1/businesses/{business}/bookings
get /api/v1/bookings/{token}
post /api/v1/bookings/{token}/cancel
post /api/v1/bookings/{token}/reschedule
get /api/v1/bookings/{token}/tickets.pdf
get /api/v1/bookings/{token}/receipt.pdf
get /api/v1/bookings/{token}/calendar.ics
post /api/v1/businesses/{business}/waiting-list
get /api/v1/waiting-list/{token}
delete /api/v1/waiting-list/{token}
post /api/v1/admin/{business}/sign-in
get /api/v1/admin/{business}/quotas
put /api/v1/admin/{business}/quotas
put /api/v1/admin/{business}/closures
delete /api/v1/admin/{business}/closures
put /api/v1/admin/{business}/prices
get /api/v1/admin/{business}/bookings
get /api/v1/admin/{business}/bookings/{code}
post /api/v1/admin/{business}/bookings/{code}/cancel
post /api/v1/admin/{business}/bookings/{code}/refund
post /api/v1/admin/{business}/bookings/{code}/reschedule
post /api/v1/admin/{business}/bookings/{code}/repair-state
post /api/v1/admin/{business}/payments/sync
post /api/v1/admin/{business}/rehearsals
get /api/v1/admin/{business}/events
post /api/v1/admin/{business}/events/{id}/redrive
post /api/v1/admin/{business}/tickets/scan
get /api/v1/admin/{business}/audit
get /api/v1/admin/{business}/ledger
post /webhooks/midtrans/{business}
post /payments/midtrans-notification
post /payments/notify`;

describe('the OpenAPI document', () => {
  it('has every call of the contract', () => {
    const there = calls.map(({ method, path }) => `${method} ${path}`);
    for (const wanted of CONTRACT.trim().split('\n')) expect(there).toContain(wanted);
  });

  // Guards against a route that is put on the app past the list.
  it('has every address that the app answers, the pages aside', () => {
    const app = createApp({
      ...ground,
      publicUrl: PUBLIC_URL,
      countersPool: ground.pool,
      bookingsPerMinute: 1,
      texts: createTexts(),
      stopping: new AbortController().signal,
    } as unknown as ApiDeps);
    const answered = addressesOf(app.router as Router).filter((path) =>
      /^\/(api|webhooks|payments|pay|healthz|readyz|metrics)\b/.test(path),
    );
    expect(answered.length).toBeGreaterThan(35);
    for (const path of answered) {
      expect(document.paths).toHaveProperty([path.replace(/:(\w+)/g, '{$1}')]);
    }
  });

  it('names each call once and refers only to what is there', () => {
    const names = calls.map(({ call }) => call.operationId);
    expect(new Set(names).size).toBe(names.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(50);
    for (const [, reference] of references) expect(resolve(document, reference!)).toBeDefined();
  });

  it('declares the parameters of every path, and what each call may answer', () => {
    for (const { path, call } of calls) {
      const declared = call.parameters.filter((p) => p.in === 'path').map((p) => `{${p.name}}`);
      expect(declared).toEqual(path.match(/\{\w+\}/g) ?? []);
      expect(Object.keys(call.responses).some((status) => /^[23]/.test(status))).toBe(true);
      if (path.startsWith('/api/v1/admin/') && !path.endsWith('/sign-in')) {
        expect(call.security, path).toEqual([{ token: [] }]);
        expect(Object.keys(call.responses)).toEqual(expect.arrayContaining(['401', '403']));
      }
    }
  });

  it('tells of every code that a call may be refused with', () => {
    const told = JSON.stringify(document);
    for (const code of Object.keys(CODES)) expect(told).toContain(`\`${code}\``);
  });
});

function addressesOf(router: Router): string[] {
  return router.stack.flatMap((layer) => (layer.route ? [String(layer.route.path)] : []));
}

function resolve(within: Document, reference: string): unknown {
  return reference
    .slice('#/'.length)
    .split('/')
    .reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], within);
}
