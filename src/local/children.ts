import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** One of our own processes under supervision. */
export interface Child {
  stop(): Promise<void>;
}

export interface ChildOptions {
  name: string;
  /** Its entry, below `src`. */
  entry: string;
  args?: string[];
  env: NodeJS.ProcessEnv;
  logDir: string;
  announce(line: string): void;
}

/** A log is moved aside at the start once it is this long. */
const LOG_BYTES = 20_000_000;
const STOP_WITHIN_MS = 20_000;

/**
 * Starts one of our processes and waits until it says that it is ready. One that ends by itself is
 * started again, a little later each time. It ends with this process, however that ends.
 *
 * Throws an `Error` that points to its log when it ends before it was ready the first time.
 */
export async function superviseChild(options: ChildOptions): Promise<Child> {
  let stopping = false;
  let current = launch(options);
  await current.ready;
  const keep = async (): Promise<void> => {
    for (let crashes = 1; ; crashes += 1) {
      const code = await current.ended;
      if (stopping) return;
      const waitMs = Math.min(30_000, 500 * 2 ** Math.min(crashes, 6));
      options.announce(`${options.name} ended (${code}); starting it again in ${waitMs / 1000} s.`);
      await new Promise((resolve) => setTimeout(resolve, waitMs));
      if (stopping) return;
      current = launch(options);
      current.ready.catch(() => undefined);
    }
  };
  void keep();
  return {
    stop: () => {
      stopping = true;
      return end(current);
    },
  };
}

interface Launched {
  process: ChildProcess;
  ready: Promise<void>;
  ended: Promise<string>;
}

function launch({ name, entry, args = [], env, logDir }: ChildOptions): Launched {
  const logFile = path.join(logDir, `${name}.log`);
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES) {
    renameSync(logFile, `${logFile}.1`);
  }
  const log = createWriteStream(logFile, { flags: 'a' });
  const file = fileURLToPath(new URL(`../${entry}`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env,
    detached: true,
  });
  child.stderr!.pipe(log, { end: false });
  child.stdout!.pipe(log, { end: false });
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `exit ${code}`));
  });
  const ready = new Promise<void>((resolve, reject) => {
    createInterface(child.stdout!).on('line', (line) => {
      if (line.startsWith('{"ready":true')) resolve();
    });
    ended.then((how) => reject(new Error(`${name} ended at once (${how}); ${logFile} says why.`)));
  });
  return { process: child, ready, ended };
}

async function end({ process: child, ended }: Launched): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await ended;
  clearTimeout(killer);
}
