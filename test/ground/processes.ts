import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { TEST_SECRET } from './secret.ts';
import type { Stack } from './stack.ts';

/** One of our processes, in a group of its own, as a machine would run it. */
export interface Running {
  child: ChildProcess;
  /** All that it printed, on both outputs. */
  printed(): string;
  /** Resolves when it says that it works; rejects when it ends before. */
  ready: Promise<void>;
  ended: Promise<number | string>;
  /** Ends it and all that it started, with no time for a good-bye. Safe to repeat. */
  kill(): Promise<void>;
}

/** Starts a file of `src` with just these settings. */
export function startProcess(entry: string, env: Record<string, string>): Running {
  const { PATH = '', HOME = '' } = process.env;
  const file = fileURLToPath(new URL(`../../src/${entry}`, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { PATH, HOME, ...env },
  });
  let text = '';
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | string);
  const ready = new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        text += chunk;
        if (text.includes('{"ready":true}')) resolve();
      });
    }
    ended.then((how) => reject(new Error(`${entry} ended (${how}): ${text}`)));
  });
  // Who does not wait for it reads how it ended.
  ready.catch(() => undefined);
  const kill = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, 'SIGKILL');
    await ended;
  };
  return { child, printed: () => text, ready, ended, kill };
}

/** The settings under which a process of its own joins a stack. */
export function settingsOf(stack: Stack, temporalAddress: string): Record<string, string> {
  return {
    DATABASE_URL: stack.databaseUrl,
    TEMPORAL_ADDRESS: temporalAddress,
    TEMPORAL_NAMESPACE: stack.client.options.namespace,
    PUBLIC_URL: stack.url,
    PESAN_SECRET: TEST_SECRET,
    MIDTRANS_SNAP_URL: `${stack.sandbox.url}/midtrans/snap/v1`,
    MIDTRANS_CORE_URL: `${stack.sandbox.url}/midtrans`,
    XENDIT_URL: `${stack.sandbox.url}/xendit`,
    SMTP_URL: stack.sandbox.smtpUrl,
  };
}
