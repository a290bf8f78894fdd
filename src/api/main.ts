import { statfs } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createBot } from '../bot/bot.ts';
import { pollUpdates } from '../bot/polling.ts';
import { createClient } from '../commands/client.ts';
import { createFastForward, isLoopback } from '../commands/rehearsal/fastforward.ts';
import { createWorkflows } from '../commands/workflows.ts';
import { readConfig, required } from '../config.ts';
import { createPool } from '../db/pool.ts';
import { createVault } from '../db/vault.ts';
import { signTicket, ticketKeys } from '../documents/qr.ts';
import { createLog } from '../log.ts';
import { createTexts } from '../notify/language.ts';
import { createTelegram } from '../notify/telegram.ts';
import { createProviders } from '../worker/hands.ts';
import { createApp } from './app.ts';

const config = readConfig();
const log = createLog('api', config.logLevel);
const databaseUrl = required(config.databaseUrl, 'DATABASE_URL');
const pool = createPool(databaseUrl, 20);
const countersPool = createPool(databaseUrl, 4, { flush: 'later' });
const vault = createVault(required(config.secret, 'PESAN_SECRET'));
const keys = ticketKeys(vault.ticketSeed);
const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`;
const client = createClient(address, config.temporalNamespace);

const stopping = new AbortController();
const deps: Parameters<typeof createApp>[0] = {
  pool,
  countersPool,
  vault,
  log,
  workflows: createWorkflows(client),
  fastForward: createFastForward(client),
  isTelegramSandboxed: isLoopback(config.telegramUrl),
  provider: createProviders(config),
  texts: createTexts(),
  telegram: createTelegram(config.telegramUrl),
  telegramUrl: config.telegramUrl,
  ticketKeys: keys,
  qrOf: (ticket) => signTicket(keys.privateKey, ticket),
  publicUrl: config.publicUrl,
  holdMinutes: config.holdMinutes,
  bookingsPerMinute: config.bookingsPerMinute,
  trustProxy: config.trustProxy,
  now: () => new Date(),
  temporalReachable,
  hasRoom,
  stopping: stopping.signal,
};
const app = createApp(deps);

// Longer than a phone on a mountain needs to send a form, shorter than a connection is worth keeping.
const server = createServer({ requestTimeout: 60_000 }, app);
server.once('error', ({ code, message }: NodeJS.ErrnoException) => {
  const taken = `Port ${config.port} is taken: end what uses it, or set PORT to another one.`;
  console.error(code === 'EADDRINUSE' ? taken : `The api cannot listen: ${message}`);
  process.exit(1);
});
const polling = pollUpdates(deps, createBot(deps), stopping.signal);
server.listen(config.port, config.host, () => console.log(JSON.stringify({ ready: true })));

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
// Started by `npm start`, this process ends with its parent, however that ends.
if (process.channel) process.once('disconnect', stop);

/** Takes no more requests, lets the running ones end, then goes. */
function stop(): void {
  stopping.abort();
  setTimeout(() => process.exit(0), 10_000).unref();
  server.close(async () => {
    await polling;
    await Promise.allSettled([pool.end(), countersPool.end(), client.connection.close()]);
    process.exit(0);
  });
  server.closeIdleConnections();
}

async function temporalReachable(): Promise<boolean> {
  const { connection } = client;
  const probe = () =>
    connection.workflowService.getSystemInfo({}).then(
      () => true,
      () => false,
    );
  return connection.withDeadline(Date.now() + 2_000, probe).catch(() => false);
}

/**
 * Two segments of Postgres' log: with less, the next one may not fit. Postgres and Temporal still answer
 * then, and read, so nothing but the disk itself tells that they cannot write.
 */
const LEAST_ROOM_BYTES = 32 * 1024 * 1024;

/** Where both live elsewhere there is no data folder, and their room is not ours to know. */
async function hasRoom(): Promise<boolean> {
  const disk = await statfs(config.dataDir).catch(() => undefined);
  return !disk || disk.bavail * disk.bsize >= LEAST_ROOM_BYTES;
}
