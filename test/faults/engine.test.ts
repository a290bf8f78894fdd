import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { one } from '../../src/db/pool.ts';
import { freePort } from '../../src/local/ports.ts';
import { type LocalTemporal, startTemporal } from '../../src/local/temporal.ts';
import { until } from '../../src/local/until.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import { type Running, settingsOf, startProcess } from '../ground/processes.ts';
import { type Stack, startStack } from '../ground/stack.ts';

/** Shorter than the time for which Temporal is gone. */
const HOLD_MINUTES = 0.5;

const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-engine-'));
let ports: { port: number; uiPort: number };
let temporal: LocalTemporal;
let stack: Stack;
let worker: Running;

beforeAll(async () => {
  ports = { port: await freePort(), uiPort: await freePort() };
  temporal = await start();
  stack = await startStack({ holdMinutes: HOLD_MINUTES, temporalAddress: temporal.address });
  await stack.worker.stop();
  worker = startProcess('worker/main.ts', {
    ...settingsOf(stack, temporal.address),
    PESAN_HOLD_MINUTES: String(HOLD_MINUTES),
    PESAN_RECONCILE_SECONDS: '2',
  });
  await worker.ready;
});

afterAll(async () => {
  await worker?.kill();
  await stack?.close();
  await temporal?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The same server each time: its ports and its database file stay. */
function start(): Promise<LocalTemporal> {
  const { temporalCli: cli, cacheDir } = readConfig();
  return startTemporal({ dataDir, ...ports, cli, cacheDir });
}

async function ask(days: number, key = randomUUID(), wish = wishFor(days)) {
  return stack.call('POST', '/api/v1/businesses/slamet/bookings', { body: wish, key });
}

const wishFor = (days: number) => partyWish(1, { date: dayAhead(days) });

async function payable(days: number): Promise<{ token: string; code: string; expiresAt: string }> {
  const held = await ask(days);
  expect(held.status).toBe(201);
  await stack.booking(held.body.token, (b) => b.payment.state === 'pending');
  return held.body;
}

it('keeps every promise when Temporal is gone for longer than a hold', {
  timeout: 150_000,
}, async () => {
  const [paid, unpaid] = await Promise.all([payable(2), payable(3)]);
  await temporal.stop();

  // Money is taken note of without it, within the patience of who brings it.
  await stack.provider(`${paid.code}-1`, 'settle');
  await until('the webhook is answered', 10_000, async () => {
    const { body } = await stack.sandbox.call('GET', `/control/deliveries?ref=${paid.code}`);
    return body.deliveries[0]?.status === 200;
  });
  const event = await one(stack.pool, 'select state from payment_events where code = $1', [
    paid.code,
  ]);
  expect(event).toEqual({ state: 'stored' });

  // Who asks for a place is told to ask again.
  const key = randomUUID();
  const wish = wishFor(4);
  const unanswered = await ask(4, key, wish);
  expect(unanswered.status).toBe(503);
  expect(unanswered.body.code).toBe('UNAVAILABLE');
  expect(Number(unanswered.headers.get('retry-after'))).toBeGreaterThan(0);

  // What people see is there meanwhile.
  expect((await stack.call('GET', `/api/v1/bookings/${unpaid.token}`)).body.state).toBe('held');
  await until('the hold is over', 30_000, () => Date.parse(unpaid.expiresAt) < Date.now());
  temporal = await start();

  const issued = await stack.booking(paid.token, (b) => b.tickets.length === 1);
  expect(issued.state).toBe('paid');
  await stack.booking(unpaid.token, (b) => b.state === 'expired');
  let again = await ask(4, key, wish);
  await until('the key is answered', 30_000, async () => {
    if (again.status === 201) return true;
    again = await ask(4, key, wish);
    return false;
  });
  await stack.booking(again.body.token, (b) => b.payment.state === 'pending');

  expect(await slotOf(stack, 'baturraden', dayAhead(2))).toMatchObject({ held: 0, sold: 1 });
  expect(await slotOf(stack, 'baturraden', dayAhead(3))).toMatchObject({ held: 0, sold: 0 });
  expect(await slotOf(stack, 'baturraden', dayAhead(4))).toMatchObject({ held: 1, sold: 0 });
  const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
  expect(differences).toEqual([]);
});
