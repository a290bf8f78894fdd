import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, inject } from 'vitest';
import { TEST_SECRET } from './secret.ts';
import type { Stack } from './stack.ts';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

export interface Ended {
  code: number;
  out: string;
  err: string;
}

/** The command line on a stack; `folder` is its data folder. */
export interface Cli {
  folder: string;
  /** Runs the command line as a person would, on the instance of a data folder. */
  pesan(args: string[], dataDir?: string, stdin?: string): Promise<Ended>;
}

export function useCli(stack: Stack): Cli {
  const cli: Cli = { folder: '', pesan };
  beforeAll(() => {
    cli.folder = mkdtempSync(path.join(os.tmpdir(), 'pesan-cli-'));
    const env = {
      DATABASE_URL: stack.databaseUrl,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: stack.client.options.namespace,
      PESAN_SECRET: TEST_SECRET,
      PUBLIC_URL: stack.url,
      SANDBOX_PORT: new URL(stack.sandbox.url).port,
    };
    writeFileSync(path.join(cli.folder, 'instance.json'), JSON.stringify({ env }));
  });
  afterAll(() => rmSync(cli.folder, { recursive: true, force: true }));
  return cli;

  function pesan(args: string[], dataDir = cli.folder, stdin = ''): Promise<Ended> {
    return new Promise((resolve) => {
      const { PATH = '', HOME = '' } = process.env;
      const child = execFile(
        process.execPath,
        ['--import', 'tsx', MAIN, ...args],
        { env: { PATH, HOME, PESAN_DATA_DIR: dataDir }, timeout: 100_000 },
        (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
      );
      child.stdin?.end(stdin);
    });
  }
}
