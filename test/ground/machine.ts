import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, freeSandboxPort } from '../../src/local/ports.ts';
import { until } from '../../src/local/until.ts';
import { callerOf } from './http.ts';

/** `npm start` as a person types it, in a data folder and on ports of its own. */
export interface Machine {
  dataDir: string;
  /** What it is started with; a test may change it before a start. */
  env: Record<string, string>;
  start(): Started;
  call: ReturnType<typeof callerOf>;
  sandbox: ReturnType<typeof callerOf>;
  /** All processes that work on its data folder, whoever started them. */
  processes(): number[];
  close(): Promise<void>;
}

export interface Started {
  child: ChildProcess;
  printed(): string;
  /** Resolves when a line says that Pesan is ready; rejects when it ends before. */
  ready: Promise<void>;
  ended: Promise<number | string>;
  /** The process of ours below npm. */
  supervisor(): number;
}

export async function createMachine(disk = os.tmpdir()): Promise<Machine> {
  const dataDir = mkdtempSync(path.join(disk, 'pesan-local-'));
  const sandboxPort = await freeSandboxPort();
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env: Record<string, string> = {
    PATH,
    HOME,
    PESAN_DATA_DIR: dataDir,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    POSTGRES_PORT: String(await freePort()),
    TEMPORAL_PORT: String(await freePort()),
    TEMPORAL_UI_PORT: String(await freePort()),
  };
  const processes = () => processesOf(dataDir);
  return {
    dataDir,
    env,
    start: () => startNpm(env, dataDir),
    call: callerOf(`http://127.0.0.1:${port}`),
    sandbox: callerOf(`http://127.0.0.1:${sandboxPort}`),
    processes,
    close: async () => {
      for (const pid of processes()) end(pid);
      await until('all of it has ended', 10_000, () => processes().length === 0);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // Gone by itself meanwhile.
  }
}

function startNpm(env: Record<string, string>, dataDir: string): Started {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn('npm', ['start'], { cwd, env, detached: true, stdio: 'pipe' });
  let text = '';
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | string);
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
        if (/^Pesan is ready$/m.test(text)) resolve();
      });
    }
    ended.then((how) => reject(new Error(`npm start ended (${how}): ${text}`)));
  });
  // Who does not wait for it reads how it ended.
  ready.catch(() => undefined);
  const supervisor = () => JSON.parse(readFileSync(path.join(dataDir, 'lock.json'), 'utf8')).pid;
  return { child, printed: () => text, ready, ended, supervisor };
}

/** Found by where they work and by what they were given, so that no stray hides (Linux only). */
function processesOf(dataDir: string): number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && Number(name) > 1);
  return pids.filter((pid) => belongsTo(pid, dataDir)).map(Number);
}

function belongsTo(pid: string, dataDir: string): boolean {
  try {
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return false;
    const [command, environment] = ['cmdline', 'environ'].map((file) =>
      readFileSync(`/proc/${pid}/${file}`, 'utf8'),
    );
    return `${command} ${environment}`.includes(dataDir);
  } catch {
    return false;
  }
}

/** Whether a machine can be looked into as these tests do. */
export const canSeeProcesses = existsSync('/proc/self/environ');
