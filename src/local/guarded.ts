import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface GuardedOptions {
  logFile: string;
  stopSignal: 'SIGINT' | 'SIGTERM';
  cwd?: string;
  uid?: number;
  gid?: number;
}

/** A program under a guard: it ends when this process does, even when that is killed. */
export interface Guarded {
  stop(): Promise<void>;
  ended(): boolean;
  /** The program's own id, or undefined when it could not be started. */
  pid: Promise<number | undefined>;
}

/** Starts a program under a guard, in a group of its own, so that stopping has an order. */
export function startGuarded(command: string, args: string[], options: GuardedOptions): Guarded {
  const guard = fileURLToPath(new URL('./guard.mjs', import.meta.url));
  const wanted = JSON.stringify({ command, args, ...options });
  const child = spawn(process.execPath, [guard, wanted], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  let over = false;
  const end = new Promise<void>((resolve) => {
    child.once('exit', () => {
      over = true;
      resolve();
    });
    child.once('error', () => resolve());
  });
  const pid = new Promise<number | undefined>((resolve) => {
    child.once('message', (message) => resolve((message as { pid?: number }).pid));
    child.once('exit', () => resolve(undefined));
  });
  return {
    pid,
    ended: () => over,
    stop: async () => {
      if (child.connected) child.disconnect();
      await end;
    },
  };
}
