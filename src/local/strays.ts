import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endProcess, findProcess } from './processes.ts';

interface Run {
  pid: number;
  started: string;
  stopSignal: NodeJS.Signals;
}

/** Notes which process is a part of this data folder, so that a later start finds what is left of it. */
export function noteProcess(
  dataDir: string,
  name: string,
  pid: number,
  stopSignal: NodeJS.Signals = 'SIGTERM',
): void {
  const started = findProcess(pid)?.started;
  if (!started) return;
  mkdirSync(path.join(dataDir, 'run'), { recursive: true });
  const run: Run = { pid, started, stopSignal };
  writeFileSync(fileOf(dataDir, name), JSON.stringify(run));
}

/**
 * Ends the processes that a killed start left behind, and waits for them: most are ending by
 * themselves then. A process that merely got the id of one is left alone.
 */
export async function endStrays(dataDir: string): Promise<void> {
  const folder = path.join(dataDir, 'run');
  if (!existsSync(folder)) return;
  const names = readdirSync(folder).map((file) => path.basename(file, '.json'));
  await Promise.all(names.map((name) => endStray(dataDir, name)));
}

/** The same for one part. */
export async function endStray(dataDir: string, name: string): Promise<void> {
  const run = readRun(fileOf(dataDir, name));
  if (run && findProcess(run.pid)?.started === run.started) {
    await endProcess(run.pid, run.stopSignal);
  }
  rmSync(fileOf(dataDir, name), { force: true });
}

function fileOf(dataDir: string, name: string): string {
  return path.join(dataDir, 'run', `${name}.json`);
}

function readRun(file: string): Run | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Run;
  } catch {
    return undefined;
  }
}
