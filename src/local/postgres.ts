import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { type Binaries, findBinaries, postgresHome } from './binaries.ts';
import { type Guarded, startGuarded } from './guarded.ts';
import { endStray } from './processes.ts';
import { until } from './until.ts';

export interface LocalPostgres {
  url: string;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  port: number;
  logFile: string;
  /** Only for tests: what is not written to disk is faster and lost in a crash. */
  durable?: boolean;
}

/**
 * Brings up Postgres on loopback with a database `pesan`, made at the first start. What a hard kill
 * left behind (a half-made cluster, a stale pid file, a server without its guard) is put right first.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const binaries = await findBinaries();
  const home = postgresHome(options.dataDir, binaries.user);
  const password = passwordOf(options.dataDir);
  if (!existsSync(path.join(home, 'pesan-ready'))) makeCluster(binaries, home, password);
  await endStray(pidOf(home), home);
  rmSync(path.join(home, 'postmaster.pid'), { force: true });
  const server = runServer(binaries, home, options);
  const url = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${options.port}/${database}`;
  await ready(server, url('postgres'), options.logFile);
  return { url: url('pesan'), stop: () => server.stop() };
}

function passwordOf(dataDir: string): string {
  const file = path.join(dataDir, 'postgres.password');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  }
  return readFileSync(file, 'utf8');
}

/** Makes the cluster; the mark written last tells a whole one from one that was interrupted. */
function makeCluster({ initdb, user }: Binaries, home: string, password: string): void {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const passwordFile = path.join(home, '..', `.password-${process.pid}`);
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) for (const place of [home, passwordFile]) chownSync(place, user.uid, user.gid);
  const made = spawnSync(
    initdb,
    ['-D', home, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'],
    {
      ...user,
      cwd: home,
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', HOME: home },
    },
  );
  rmSync(passwordFile, { force: true });
  if (made.status !== 0) {
    const why = made.error?.message ?? made.stderr.trim().split('\n').slice(-3).join(' ');
    throw new Error(`Postgres could not make its files in ${home}: ${why}`);
  }
  writeFileSync(path.join(home, 'pesan-ready'), '');
}

/** The server that the pid file names, if any. */
function pidOf(home: string): number | undefined {
  const file = path.join(home, 'postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
}

function runServer({ postgres, user }: Binaries, home: string, options: PostgresOptions): Guarded {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port: options.port,
    max_connections: 200,
    fsync: options.durable === false ? 'off' : 'on',
    synchronous_commit: options.durable === false ? 'off' : 'on',
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  return startGuarded(postgres, ['-D', home, ...flags], {
    logFile: options.logFile,
    // SIGINT is Postgres' fast shutdown: it ends connections and writes a checkpoint.
    stopSignal: 'SIGINT',
    cwd: home,
    ...user,
  });
}

async function ready(server: Guarded, url: string, logFile: string): Promise<void> {
  await until('Postgres answers', 60_000, async () => {
    if (server.ended()) throw new Error(`Postgres ended at once; ${logFile} says why.`);
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    try {
      await client.connect();
      const { rowCount } = await client.query(`select 1 from pg_database where datname = 'pesan'`);
      if (!rowCount) await client.query('create database pesan');
      return true;
    } catch {
      return false;
    } finally {
      await client.end().catch(() => undefined);
    }
  });
}

/** The version of the binaries, for people. */
export async function postgresVersion(): Promise<string> {
  const { postgres, user } = await findBinaries();
  return execFileSync(postgres, ['--version'], { ...user, encoding: 'utf8', cwd: '/' }).trim();
}
