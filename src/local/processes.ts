import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { until } from './until.ts';

/** What tells one process from another that gets the same id later. */
export interface ProcessFacts {
  /** When it began; only good for comparing. */
  started: string;
  command: string;
}

/** The process that has this id now, or undefined when there is none. A zombie is none. */
export function findProcess(pid: number): ProcessFacts | undefined {
  if (!Number.isInteger(pid) || pid < 1) return undefined;
  try {
    return existsSync('/proc/self/stat') ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

/** From Linux' /proc: small images have no `ps`. */
function fromProc(pid: number): ProcessFacts | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name in brackets may itself hold blanks and brackets; behind it every field has its place:
  // the state is the third, the start in ticks since boot the 22nd (proc(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return undefined;
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  return { started: `${boot}/${fields[19]}`, command };
}

function fromPs(pid: number): ProcessFacts | undefined {
  const ps = (column: string) =>
    execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  if (ps('stat').startsWith('Z')) return undefined;
  return { started: ps('lstart'), command: ps('args') };
}

/**
 * Ends a process and waits until it is gone: asked first, killed when it takes longer than
 * `patienceMs`. Nothing happens to another process that got its id meanwhile.
 */
export async function endProcess(
  pid: number,
  signal: NodeJS.Signals = 'SIGTERM',
  patienceMs = 20_000,
): Promise<void> {
  const started = findProcess(pid)?.started;
  if (!started) return;
  const isGone = () => findProcess(pid)?.started !== started;
  const send = (what: NodeJS.Signals) => void (isGone() || process.kill(pid, what));
  send(signal);
  await until(`process ${pid} ends`, patienceMs, isGone).catch(() => send('SIGKILL'));
  await until(`process ${pid} is gone`, 5_000, isGone);
}
