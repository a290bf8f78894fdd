import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { callerOf, type Receiver, startReceiver, until } from './support.ts';

/** Sandboxes as processes of their own, over one data directory and one receiver for each test. */
export function useProcesses() {
  const held = {} as { receiver: Receiver; dataDir: string };
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    held.receiver = await startReceiver();
    held.dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => end(child, 'SIGKILL')));
    await held.receiver.close();
    rmSync(held.dataDir, { recursive: true, force: true });
  });

  const run = (...args: string[]) => {
    const main = new URL('../../src/sandbox/main.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...args]);
    children.push(child);
    const output = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk) => {
      output.stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output.stderr += chunk;
    });
    return { child, output };
  };

  const start = async () => {
    const flags = ['--port', '0', '--smtp-port', '0', '--data', held.dataDir];
    const { child, output } = run(...flags, '--notify-base', held.receiver.url);
    const line = await until(
      'the ready line',
      () => output.stdout.split('\n')[1] !== undefined && output.stdout,
      15_000,
    );
    const ready = JSON.parse(String(line)) as { ready: boolean; url: string; smtpUrl: string };
    return { child, ready, ...callerOf(ready.url) };
  };

  return { held, run, start };
}

export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    child.kill(signal);
    await once(child, 'exit');
  }
  return child.exitCode;
}
