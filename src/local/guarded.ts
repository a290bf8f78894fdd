import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lastWords, logFileOf } from './logs.ts';
import { noteProcess } from './strays.ts';
import type { Launched } from './supervise.ts';
import { until } from './until.ts';

export interface Program {
  name: string;
  command: string;
  args: string[];
  dataDir: string;
  stopSignal: 'SIGINT' | 'SIGTERM';
  cwd?: string;
  uid?: number;
  gid?: number;
}

/** Longer than a database takes to repair itself after a hard kill on a slow disk. */
const READY_WITHIN_MS = 60_000;

/**
 * Launches a program that is not ours under a guard, in a group of its own, so that stopping has an
 * order: it ends when this process does, even when that is killed. It works once `answers` says so.
 */
export function launchGuarded(program: Program, answers: () => Promise<boolean>): Launched {
  const { name, dataDir, stopSignal } = program;
  const guard = fileURLToPath(new URL('./guard.mjs', import.meta.url));
  const logFile = logFileOf(dataDir, name);
  const wanted = JSON.stringify({ ...program, logFile });
  const child = spawn(process.execPath, [guard, wanted], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    detached: true,
  });
  let how: string | undefined;
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
    child.once('error', (error) => resolve(error.message));
  });
  ended.then((word) => {
    how = word;
  });
  child.once('message', (message) => {
    const { pid } = message as { pid?: number };
    if (pid) noteProcess(dataDir, name, pid, stopSignal);
  });
  const ready = until(`${name} answers`, READY_WITHIN_MS, () => {
    if (how) throw new Error(`${name} ended at once (${how}). ${lastWords(logFile)}`);
    return answers();
  });
  const end = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  return { ready, ended, end };
}
