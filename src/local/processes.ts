import { execFileSync } from 'node:child_process';
import { until } from './until.ts';

/** Whether a process of this id runs. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** When a process began and what it runs: its id alone is given again to others. */
export function describeProcess(pid: number): { started: string; command: string } | undefined {
  if (!isRunning(pid)) return undefined;
  try {
    const ps = (column: string) =>
      execFileSync('ps', ['-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
    return { started: ps('lstart'), command: ps('args') };
  } catch {
    return undefined;
  }
}

/**
 * Ends a server that a hard kill left without its guard: only if its command line shows that it works
 * on this very place.
 */
export async function endStray(pid: number | undefined, place: string): Promise<void> {
  if (!pid || !describeProcess(pid)?.command.includes(place)) return;
  process.kill(pid, 'SIGINT');
  const gone = () => !isRunning(pid);
  await until(`process ${pid} ends`, 20_000, gone).catch(() => process.kill(pid, 'SIGKILL'));
  await until(`process ${pid} ends`, 5_000, gone);
}
