import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { createPool } from '../db/pool.ts';
import { createVault } from '../db/vault.ts';
import { launchChild } from './children.ts';
import { type DemoSignIn, loadDemo } from './demo.ts';
import { keepWhole, keptSecret } from './kept.ts';
import { startPostgres } from './postgres.ts';
import { supervise, type Watch } from './supervise.ts';
import { startTemporal } from './temporal.ts';
import { until } from './until.ts';

export interface Local {
  databaseUrl: string;
  temporalAddress: string;
  signIns: DemoSignIn[];
  stop(): Promise<void>;
}

type Stoppable = { stop(): Promise<void> };
type Begin = <T extends Stoppable>(name: string, start: () => Promise<T>) => Promise<T>;

/**
 * Brings everything up, in the order in which one needs the other, and keeps it up. What fails, or the
 * signal that ends it, stops what was started before, and throws.
 */
export async function bringUp(
  config: Config,
  announce: (line: string) => void,
  signal?: AbortSignal,
): Promise<Local> {
  const watch = { announce, signal };
  const begun: Promise<Stoppable | undefined>[] = [];
  const stop = async () => {
    // Last begun, first stopped: nobody loses what it stands on.
    for (const part of begun.splice(0).reverse()) await (await part)?.stop();
  };
  const begin: Begin = (name, start) => {
    signal?.throwIfAborted();
    announce(`Starting ${name} …`);
    const part = start();
    begun.push(part.catch(() => undefined));
    return part;
  };
  try {
    return { ...(await bringUpParts(config, begin, watch)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function bringUpParts(config: Config, begin: Begin, watch: Watch) {
  const { dataDir } = config;
  const secret = config.secret ?? keptSecret(path.join(dataDir, 'secret'), 32);
  const databaseUrl = config.databaseUrl ?? (await beginPostgres(config, begin, watch));
  const temporalAddress = config.temporalAddress ?? (await beginTemporal(config, begin, watch));
  const signIns = await prepareDatabase(databaseUrl, secret);
  const env = environmentOf(config, { databaseUrl, temporalAddress, secret });
  keepWhole(path.join(dataDir, 'instance.json'), `${JSON.stringify({ env }, null, 2)}\n`);
  const child = (name: string, args: string[] = []) => {
    const entry = fileURLToPath(new URL(`../${name}/main.ts`, import.meta.url));
    const all = { ...process.env, ...env };
    const launch = () => launchChild({ name, entry, args, env: all, dataDir });
    return begin(name, () => supervise(name, launch, watch));
  };
  // Side by side: the worker takes the longest, it bundles its workflows.
  await Promise.all([child('sandbox', sandboxArgs(config)), child('worker'), child('api')]);
  await until('the api is ready', 30_000, () => isReady(config));
  return { databaseUrl, temporalAddress, signIns };
}

async function beginPostgres(config: Config, begin: Begin, watch: Watch): Promise<string> {
  const { dataDir, postgresPort: port } = config;
  return (await begin('Postgres', () => startPostgres({ dataDir, port, ...watch }))).url;
}

async function beginTemporal(config: Config, begin: Begin, watch: Watch): Promise<string> {
  const {
    dataDir,
    temporalPort: port,
    temporalUiPort: uiPort,
    temporalCli: cli,
    cacheDir,
  } = config;
  const options = { dataDir, port, uiPort, cli, cacheDir, ...watch };
  return (await begin('Temporal', () => startTemporal(options))).address;
}

async function prepareDatabase(databaseUrl: string, secret: string): Promise<DemoSignIn[]> {
  await migrate(databaseUrl).catch((cause: NodeJS.ErrnoException) => {
    // A refused connection has a code and no message.
    throw new Error(`The database cannot be prepared: ${cause.message || cause.code}`, { cause });
  });
  const pool = createPool(databaseUrl, 2);
  try {
    return await loadDemo({ pool, vault: createVault(secret) });
  } finally {
    await pool.end();
  }
}

interface Found {
  databaseUrl: string;
  temporalAddress: string;
  secret: string;
}

/** What the processes and the command line have to know: the same settings, all of them spelled out. */
function environmentOf(config: Config, { databaseUrl, temporalAddress, secret }: Found) {
  const env: Record<string, string | number | undefined> = {
    PORT: config.port,
    PESAN_HOST: config.host,
    PUBLIC_URL: config.publicUrl,
    SANDBOX_PORT: config.sandboxPort,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    PESAN_DATA_DIR: path.resolve(config.dataDir),
    PESAN_SECRET: secret,
    PESAN_HOLD_MINUTES: config.holdMinutes,
    PESAN_BOOKINGS_PER_MINUTE: config.bookingsPerMinute,
    PESAN_RECONCILE_SECONDS: config.reconcileSeconds,
    PESAN_PROVIDER_TIMEOUT_MS: config.providerTimeoutMs,
    MIDTRANS_SNAP_URL: config.midtrans.snapUrl,
    MIDTRANS_CORE_URL: config.midtrans.coreUrl,
    XENDIT_URL: config.xendit.url,
    PESAN_INVOICES_PER_MINUTE: config.invoicesPerMinute,
    TELEGRAM_API_ROOT: config.telegramUrl,
    SMTP_URL: config.smtpUrl,
    MAIL_FROM: config.mailFrom,
  };
  const set = Object.entries(env).filter(([, value]) => value !== undefined);
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}

function sandboxArgs(config: Config): string[] {
  return [
    ...['--port', String(config.sandboxPort), '--smtp-port', String(config.smtpSandboxPort)],
    ...['--data', path.resolve(config.dataDir, 'sandbox')],
    ...['--notify-base', apiOf(config)],
  ];
}

/** Ready: it reaches the database and Temporal. */
async function isReady(config: Config): Promise<boolean> {
  try {
    return (await fetch(`${apiOf(config)}/readyz`)).ok;
  } catch {
    return false;
  }
}

/** The api as it is reached from this machine. */
function apiOf({ host, port }: Config): string {
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
