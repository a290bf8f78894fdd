import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import type { Client } from '@temporalio/client';
import {
  DefaultLogger,
  makeTelemetryFilterString,
  NativeConnection,
  Runtime,
  type Worker,
} from '@temporalio/worker';
import { afterAll, beforeAll, inject } from 'vitest';
import { createApp } from '../../src/api/app.ts';
import { createBot } from '../../src/bot/bot.ts';
import { pollUpdates } from '../../src/bot/polling.ts';
import { createFastForward } from '../../src/commands/rehearsal/fastforward.ts';
import { createWorkflows, type Workflows } from '../../src/commands/workflows.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createToken, type Role } from '../../src/db/access.ts';
import type { Pool } from '../../src/db/pool.ts';
import type { Vault } from '../../src/db/vault.ts';
import { signTicket, ticketKeys } from '../../src/documents/qr.ts';
import { until } from '../../src/local/until.ts';
import { createLog } from '../../src/log.ts';
import { createTexts } from '../../src/notify/language.ts';
import { createTelegram } from '../../src/notify/telegram.ts';
import { createSandbox } from '../../src/sandbox/sandbox.ts';
import { createHands, createProviders } from '../../src/worker/hands.ts';
import { createWorkers } from '../../src/worker/worker.ts';
import { createDatabase } from './database.ts';
import { type Answer, type Call, callerOf } from './http.ts';
import { TEST_SECRET } from './secret.ts';
import { createNamespace } from './temporal.ts';

export interface StackOptions {
  /** How long places are held; the businesses' own 30 minutes when absent. */
  holdMinutes?: number;
  bookingsPerMinute?: number;
  /** How many invoices the worker makes a minute; Xendit's live limit when absent. */
  invoicesPerMinute?: number;
  /** Asks Telegram for the updates of the bots. */
  polls?: boolean;
  /** A Temporal server of its own, for who stops it; the run's shared one when absent. */
  temporalAddress?: string;
  /** Changes what the api reaches, to see what it does without it. */
  api?: Partial<Parameters<typeof createApp>[0]>;
  /** Stands between the api and Temporal. */
  changeWorkflows?: (workflows: Workflows) => Workflows;
  /** Stands between the api and its database. */
  changePool?: (pool: Pool) => Pool;
}

/** All of Pesan on free ports: api, worker and sandbox in this process, facts of their own. */
export interface Stack {
  url: string;
  databaseUrl: string;
  /** Calls the api. */
  call: Call;
  pool: Pool;
  vault: Vault;
  client: Client;
  sandbox: { url: string; smtpUrl: string; call: Call };
  worker: { start(): Promise<void>; stop(): Promise<void> };
  /** A token of a business for a role. */
  tokenOf(role: Role, business?: string): Promise<string>;
  /** Moves a transaction at the provider, which tells the api of it. */
  provider(
    orderId: string,
    to: 'settle' | 'deny' | 'expire' | 'cancel' | 'challenge' | 'capture',
    how?: Record<string, unknown>,
  ): Promise<Answer>;
  /** Waits until a booking looks as wanted; answers it. */
  booking(token: string, isAsWanted: (booking: Answer['body']) => boolean): Promise<Answer['body']>;
  /** One round of upkeep, without waiting for its schedule. */
  upkeep(reconcileSeconds?: number): Promise<void>;
  close(): Promise<void>;
}

/** A stack for the whole of a test file. */
export function useStack(options: StackOptions = {}): Stack {
  const stack = {} as Stack;
  beforeAll(async () => {
    Object.assign(stack, await startStack(options));
  });
  afterAll(() => stack.close?.());
  return stack;
}

export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-stack-'));
  const ended: (() => unknown)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const close = async () => {
    for (const end of ended.splice(0).reverse()) await end();
  };
  try {
    const { database, drop } = await createDatabase();
    ended.push(drop);
    const { pool, vault } = database;
    const { server, url } = await listen();
    ended.push(() => closeServer(server));
    const sandbox = await createSandbox({ port: 0, smtpPort: 0, dataDir, notifyBase: url });
    ended.push(() => sandbox.close());
    const address = options.temporalAddress ?? inject('temporalAddress');
    const client = await createNamespace(address);
    ended.push(() => client.connection.close());
    const config = configOf(database.url, url, sandbox, options);
    const worker = await createWorkerProcess(config, client, address);
    ended.push(() => worker.close());
    await worker.start();

    const keys = ticketKeys(vault.ticketSeed);
    const workflows = createWorkflows(client);
    const apiPool = options.changePool?.(pool) ?? pool;
    const stopping = new AbortController();
    const api: Parameters<typeof createApp>[0] = {
      countersPool: pool,
      pool: apiPool,
      vault,
      log: createLog('api', 'silent'),
      workflows: options.changeWorkflows?.(workflows) ?? workflows,
      provider: createProviders(config),
      texts: createTexts(),
      telegram: createTelegram(config.telegramUrl),
      telegramUrl: config.telegramUrl,
      ticketKeys: keys,
      qrOf: (ticket) => signTicket(keys.privateKey, ticket),
      publicUrl: url,
      holdMinutes: config.holdMinutes,
      bookingsPerMinute: config.bookingsPerMinute,
      trustProxy: config.trustProxy,
      now: () => new Date(),
      temporalReachable: async () => true,
      hasRoom: async () => true,
      fastForward: createFastForward(client),
      isTelegramSandboxed: true,
      stopping: stopping.signal,
      ...options.api,
    };
    const app = createApp(api);
    if (options.polls) {
      const polling = pollUpdates(api, createBot(api), stopping.signal);
      ended.push(() => {
        stopping.abort();
        return polling;
      });
    }
    server.on('request', app);
    return {
      url,
      databaseUrl: database.url,
      pool,
      vault,
      client,
      worker,
      close,
      ...handles({ url, sandbox, pool, client }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function configOf(
  databaseUrl: string,
  url: string,
  sandbox: { url: string; smtpUrl: string },
  { holdMinutes, bookingsPerMinute, invoicesPerMinute }: StackOptions,
): Config {
  return readConfig({
    DATABASE_URL: databaseUrl,
    PUBLIC_URL: url,
    PESAN_SECRET: TEST_SECRET,
    PESAN_HOLD_MINUTES: holdMinutes === undefined ? '' : String(holdMinutes),
    PESAN_BOOKINGS_PER_MINUTE: String(bookingsPerMinute ?? 100_000),
    PESAN_INVOICES_PER_MINUTE: String(invoicesPerMinute ?? 600),
    MIDTRANS_SNAP_URL: `${sandbox.url}/midtrans/snap/v1`,
    MIDTRANS_CORE_URL: `${sandbox.url}/midtrans`,
    XENDIT_URL: `${sandbox.url}/xendit`,
    SMTP_URL: sandbox.smtpUrl,
    TELEGRAM_API_ROOT: `${sandbox.url}/telegram`,
  });
}

async function listen(): Promise<{ server: Server; url: string }> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The worker as a process would be: started, stopped and started again. */
async function createWorkerProcess(config: Config, client: Client, address: string) {
  quietCore();
  const connection = await NativeConnection.connect({ address });
  const hands = createHands(config);
  const { namespace } = client.options;
  let workers: Worker[] = [];
  let running: Promise<unknown> = Promise.resolve();
  const start = async () => {
    workers = await createWorkers({
      connection,
      client,
      namespace,
      workflowBundle: { codePath: inject('workflowBundlePath') },
      log: createLog('worker', 'silent'),
      hands,
      invoicesPerMinute: config.invoicesPerMinute,
      report: () => undefined,
    });
    running = Promise.all(workers.map((worker) => worker.run()));
  };
  const stop = async () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await running;
    workers = [];
  };
  const close = async () => {
    await stop();
    await connection.close();
    await hands.pool.end();
  };
  return { start, stop, close };
}

let quiet = false;

/** Temporal's core prints to the terminal; of that only errors are news. */
export function quietCore(): void {
  if (quiet) return;
  quiet = true;
  const logging = { filter: makeTelemetryFilterString({ core: 'ERROR', other: 'ERROR' }) };
  const logger = new DefaultLogger('ERROR');
  Runtime.install({ shutdownSignals: [], logger, telemetryOptions: { logging } });
}

function handles(parts: { url: string; sandbox: Sandboxed; pool: Pool; client: Client }) {
  const { url, sandbox, pool, client } = parts;
  const call = callerOf(url);
  const control = callerOf(sandbox.url);
  return {
    call,
    sandbox: { url: sandbox.url, smtpUrl: sandbox.smtpUrl, call: control },
    tokenOf: (role: Role, business = 'slamet') => createToken(pool, business, role, 'test'),
    provider: (orderId: string, to: string, how: Record<string, unknown> = {}) =>
      control('POST', `/control/midtrans/${orderId}/${to}`, { body: how }),
    booking: async (token: string, isAsWanted: (booking: Answer['body']) => boolean) => {
      let found: Answer['body'];
      await until('the booking is as wanted', 20_000, async () => {
        found = (await call('GET', `/api/v1/bookings/${token}`)).body;
        return isAsWanted(found);
      });
      return found;
    },
    upkeep: async (reconcileSeconds = 0.001) => {
      await client.workflow.execute('upkeep', {
        taskQueue: 'pesan',
        workflowId: `upkeep-${Date.now()}`,
        args: [{ reconcileSeconds }],
      });
    },
  };
}

type Sandboxed = { url: string; smtpUrl: string };
