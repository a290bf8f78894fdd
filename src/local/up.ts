import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Config } from '../config.ts';
import { migrate } from '../db/migrate.ts';
import { createPool } from '../db/pool.ts';
import { createVault } from '../db/vault.ts';
import { type Child, superviseChild } from './children.ts';
import { type DemoSignIn, loadDemo } from './demo.ts';
import { startPostgres } from './postgres.ts';
import { startTemporal } from './temporal.ts';

export interface Local {
  databaseUrl: string;
  temporalAddress: string;
  signIns: DemoSignIn[];
  stop(): Promise<void>;
}

type Stoppable = { stop(): Promise<void> };

/**
 * Brings everything up, in the order in which one needs the other. What fails stops what was started
 * before it, and throws.
 */
export async function bringUp(config: Config, announce: (line: string) => void): Promise<Local> {
  const started: Stoppable[] = [];
  const stop = async () => {
    // Last started, first stopped: nobody loses what it stands on.
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const begin = async <T extends Stoppable>(name: string, part: Promise<T>): Promise<T> => {
    announce(`Starting ${name} …`);
    const running = await part;
    started.push(running);
    return running;
  };
  try {
    return { ...(await bringUpParts(config, begin, announce)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Begin = <T extends Stoppable>(name: string, part: Promise<T>) => Promise<T>;

async function bringUpParts(config: Config, begin: Begin, announce: (line: string) => void) {
  const { dataDir } = config;
  const logDir = path.resolve(dataDir, 'logs');
  const secret = secretOf(dataDir, config.secret);
  const databaseUrl = config.databaseUrl ?? (await beginPostgres(config, begin, logDir));
  const temporalAddress = config.temporalAddress ?? (await beginTemporal(config, begin, logDir));
  const signIns = await prepareDatabase(databaseUrl, secret);
  const env = {
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: config.temporalNamespace,
    PESAN_SECRET: secret,
    PESAN_DATA_DIR: path.resolve(dataDir),
    PORT: String(config.port),
    SANDBOX_PORT: String(config.sandboxPort),
    PUBLIC_URL: config.publicUrl,
  };
  writeFileSync(path.join(dataDir, 'instance.json'), JSON.stringify({ env }, null, 2), {
    mode: 0o600,
  });
  const child = (name: string, args: string[] = []): Promise<Child> => {
    const entry = `${name}/main.ts`;
    const all = { ...process.env, ...env };
    return begin(name, superviseChild({ name, entry, args, env: all, logDir, announce }));
  };
  await child('sandbox', sandboxArgs(config));
  // Side by side: the worker bundles its workflows while the api starts.
  await Promise.all([child('worker'), child('api')]);
  return { databaseUrl, temporalAddress, signIns };
}

async function beginPostgres(config: Config, begin: Begin, logDir: string): Promise<string> {
  const { dataDir, postgresPort: port } = config;
  const logFile = path.join(logDir, 'postgres.log');
  return (await begin('Postgres', startPostgres({ dataDir, port, logFile }))).url;
}

async function beginTemporal(config: Config, begin: Begin, logDir: string): Promise<string> {
  const { dataDir, temporalPort: port, temporalUiPort: uiPort, temporalCli: cli } = config;
  const logFile = path.join(logDir, 'temporal.log');
  const temporal = startTemporal({ dataDir, port, uiPort, cli, logFile });
  return (await begin('Temporal', temporal)).address;
}

async function prepareDatabase(databaseUrl: string, secret: string): Promise<DemoSignIn[]> {
  await migrate(databaseUrl);
  const pool = createPool(databaseUrl, 2);
  try {
    return await loadDemo({ pool, vault: createVault(secret) });
  } finally {
    await pool.end();
  }
}

function sandboxArgs(config: Config): string[] {
  return [
    ...['--port', String(config.sandboxPort), '--smtp-port', String(config.smtpSandboxPort)],
    ...['--data', path.resolve(config.dataDir, 'sandbox')],
    ...['--notify-base', `http://127.0.0.1:${config.port}`],
  ];
}

/** The master secret of this installation, made once. Losing it loses sealed identities and links. */
function secretOf(dataDir: string, given: string | undefined): string {
  if (given) return given;
  const file = path.join(dataDir, 'secret');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8').trim();
}
