import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { keepWhole } from './kept.ts';
import { endProcess, findProcess } from './processes.ts';

/** Postgres' files in a data folder, and who may work on them. */
export interface Cluster {
  home: string;
  /** How Postgres is told of them. */
  named: string;
  user: Binaries['user'];
}

export function clusterOf(dataDir: string, user: Binaries['user']): Cluster {
  const home = path.resolve(dataDir, 'postgres');
  // As root it runs as a user who may not pass through the folders above; by where it stands it can.
  return { home, named: user ? '/proc/self/cwd' : home, user };
}

/**
 * Brings the files to where a server can start on them, made at the first start. What a hard kill
 * left is put right: half-made files, a server without its guard, a stale pid file.
 */
export async function prepareCluster(binaries: Binaries, cluster: Cluster): Promise<void> {
  await endStrayServer(cluster);
  if (existsSync(path.join(cluster.home, MADE))) return;
  rmSync(cluster.home, { recursive: true, force: true });
  makeCluster(binaries, cluster);
}

/** Written last, this mark tells whole files from those whose making was interrupted. */
const MADE = 'pesan-ready';

function makeCluster({ initdb }: Binaries, cluster: Cluster): void {
  const { home, named, user } = cluster;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  if (user) chownSync(home, user.uid, user.gid);
  // Postgres' own locale sorts the same on every machine.
  const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const args = ['-D', named, '-U', 'postgres', '-E', 'UTF8', '-A', 'trust', ...locale];
  const failed = runOn(cluster, initdb, args);
  if (failed) throw new Error(`Postgres could not make its files in ${home}: ${failed}`);
  // Whoever comes in comes by loopback and with the password.
  writeFileSync(path.join(home, 'pg_hba.conf'), 'host all all 127.0.0.1/32 scram-sha-256\n');
  writeFileSync(path.join(home, MADE), '');
}

/**
 * The password of the server, made at the first start, or anew when its file was lost: given to
 * Postgres in the mode in which it serves nobody else, before it is written down.
 */
export function passwordOf({ postgres }: Binaries, cluster: Cluster, file: string): string {
  if (!existsSync(file)) {
    const password = randomBytes(24).toString('base64url');
    const sql = `alter role postgres password '${password}'\n`;
    const failed = runOn(cluster, postgres, ['--single', '-D', cluster.named, 'postgres'], sql);
    if (failed) throw new Error(`Postgres did not take its password: ${failed}`);
    keepWhole(file, password);
  }
  return readFileSync(file, 'utf8');
}

/** Runs one of Postgres' programs on its files. Answers why it failed, if it did. */
function runOn(cluster: Cluster, program: string, args: string[], input = ''): string | undefined {
  const { status, error, stderr } = spawnSync(program, args, {
    ...cluster.user,
    cwd: cluster.home,
    input,
    encoding: 'utf8',
    env: { LC_ALL: 'C', HOME: cluster.home, PATH: '/usr/bin:/bin' },
  });
  if (status === 0) return undefined;
  return error?.message ?? stderr.trim().split('\n').slice(-3).join(' ');
}

/** Ends the server that the pid file names; what else got its id is left alone, the file removed. */
async function endStrayServer({ home }: Cluster): Promise<void> {
  const file = path.join(home, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const command = findProcess(pid)?.command;
  if (command === undefined) return;
  if (command.includes(home)) await endProcess(pid, 'SIGINT');
  else rmSync(file, { force: true });
}
