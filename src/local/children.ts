import { spawn } from 'node:child_process';
import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { lastWords, logFileOf } from './logs.ts';
import { noteProcess } from './strays.ts';
import type { Launched } from './supervise.ts';

export interface Child {
  name: string;
  /** The file that it runs. */
  entry: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  dataDir: string;
}

/** A busy machine was seen to take 40 s for bundling the workflows. */
const READY_WITHIN_MS = 120_000;
/** Longer than the slowest good-bye of a process: the api lets running requests end for 10 s. */
const STOP_WITHIN_MS = 20_000;

/**
 * Launches one of our own processes, in a group of its own, so that stopping has an order. It works
 * once it prints its line `{"ready":true…}`; it ends with this process, however that ends.
 */
export function launchChild({ name, entry, args = [], env, dataDir }: Child): Launched {
  const logFile = logFileOf(dataDir, name);
  const log = openSync(logFile, 'a');
  const tether = new URL('./tether.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', tether, entry, ...args], {
    stdio: ['ignore', 'pipe', log, 'ipc'],
    env,
    detached: true,
  });
  if (child.pid) noteProcess(dataDir, name, child.pid);
  child.stdout!.on('data', (chunk: Buffer) => append(log, chunk));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  child.once('close', () => closeSync(log));
  const end = async () => {
    child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
    await ended;
    clearTimeout(killer);
  };
  const ready = Promise.race([readyLine(child.stdout!), tooLate(name, ended, logFile)]);
  return { ready, ended, end };
}

/** A full disk costs lines of a log, not the process that keeps everything up. */
function append(log: number, chunk: Buffer): void {
  try {
    writeSync(log, chunk);
  } catch {
    // Nowhere left to say it.
  }
}

function readyLine(stdout: Readable): Promise<void> {
  return new Promise((resolve) => {
    const lines = createInterface(stdout).on('line', (line) => {
      if (!line.startsWith('{"ready":true')) return;
      resolve();
      lines.close();
      // A closed reader pauses what it read; the log still wants the rest.
      stdout.resume();
    });
  });
}

/** Rejects when the process ends, or when its time to get ready is over. */
async function tooLate(name: string, ended: Promise<string>, logFile: string): Promise<never> {
  const late = pause(READY_WITHIN_MS, `not ready within ${READY_WITHIN_MS / 1000} s`, {
    ref: false,
  });
  const how = await Promise.race([ended, late]);
  throw new Error(`${name} did not start (${how}). ${lastWords(logFile)}`);
}
