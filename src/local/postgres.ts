import { execFileSync } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';
import { type Binaries, findBinaries } from './binaries.ts';
import { type Cluster, clusterOf, passwordOf, prepareCluster } from './cluster.ts';
import { launchGuarded } from './guarded.ts';
import { type Launched, supervise, type Watch } from './supervise.ts';

export interface LocalPostgres {
  url: string;
  stop(): Promise<void>;
}

export interface PostgresOptions extends Watch {
  dataDir: string;
  port: number;
  /** Only for tests: what is not written to disk is faster and lost in a crash. */
  durable?: boolean;
}

/**
 * Brings up Postgres on loopback with a database `pesan`, made at the first start, and keeps it up.
 * Whatever a hard kill left behind is put right first.
 */
export async function startPostgres(options: PostgresOptions): Promise<LocalPostgres> {
  const binaries = await findBinaries();
  const cluster = clusterOf(options.dataDir, binaries.user);
  await prepareCluster(binaries, cluster);
  const password = passwordOf(
    binaries,
    cluster,
    path.resolve(options.dataDir, 'postgres.password'),
  );
  const url = (database: string) =>
    `postgres://postgres:${password}@127.0.0.1:${options.port}/${database}`;
  const launch = async (): Promise<Launched> => {
    await prepareCluster(binaries, cluster);
    return launchServer(binaries, cluster, options, () => hasDatabase(url('postgres')));
  };
  const server = await supervise('Postgres', launch, options);
  return { url: url('pesan'), stop: server.stop };
}

function launchServer(
  { postgres, user }: Binaries,
  { home, named }: Cluster,
  { dataDir, port, durable = true }: PostgresOptions,
  answers: () => Promise<boolean>,
): Launched {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    port,
    max_connections: 200,
    fsync: durable ? 'on' : 'off',
    synchronous_commit: durable ? 'on' : 'off',
    // Details and statements of failures hold what people typed: names, numbers, addresses.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    // Tells us by its command line that a server works on these files.
    'pesan.home': home,
  };
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const args = ['-D', named, ...flags];
  // SIGINT is Postgres' fast shutdown: it ends connections and writes a checkpoint.
  const how = { stopSignal: 'SIGINT' as const, cwd: home, ...user };
  return launchGuarded({ name: 'postgres', command: postgres, args, dataDir, ...how }, answers);
}

/** Whether the server answers; makes sure of the database then. */
async function hasDatabase(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A connection that breaks is heard of where it is used.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rowCount } = await client.query(`select 1 from pg_database where datname = 'pesan'`);
    if (!rowCount) await client.query('create database pesan');
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== WRONG_PASSWORD) return false;
    throw new Error('postgres.password is not the password of Postgres: remove that file.');
  } finally {
    await client.end().catch(() => undefined);
  }
}

const WRONG_PASSWORD = '28P01';

/** The version of the binaries, for people. */
export async function postgresVersion(): Promise<string> {
  const { postgres, user } = await findBinaries();
  return execFileSync(postgres, ['--version'], { ...user, encoding: 'utf8', cwd: '/' }).trim();
}
