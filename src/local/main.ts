import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';
import { readConfig } from '../config.ts';
import { takeLock } from './lock.ts';
import { checkPorts } from './ports.ts';
import { tableOf } from './table.ts';
import { bringUp, type Local } from './up.ts';

const config = readConfig();
let local: Local | undefined;
let stopping: Promise<void> | undefined;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
try {
  makeDataDir(config.dataDir);
  const release = takeLock(config.dataDir, config.publicUrl);
  process.once('exit', release);
  await checkPorts(portsWanted());
  local = await bringUp(config, (line) => console.error(line));
  if (!stopping) {
    console.log(tableOf(config, local));
    console.log('Pesan is ready');
  }
} catch (error) {
  console.error(wordsFor(error));
  await stop(1);
}

/** Stops everything in order, once; a second signal waits for the first. */
function stop(reason: NodeJS.Signals | number): Promise<void> {
  stopping ??= (async () => {
    await local?.stop().catch((error: unknown) => console.error(wordsFor(error)));
    process.exit(typeof reason === 'number' ? reason : 0);
  })();
  return stopping;
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(path.join(dataDir, 'logs'), { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw new Error(`${dataDir} cannot be written: set PESAN_DATA_DIR to a folder that can.`, {
      cause,
    });
  }
}

function portsWanted(): Record<string, number> {
  return {
    PORT: config.port,
    SANDBOX_PORT: config.sandboxPort,
    'SANDBOX_PORT (mail: 25 above it)': config.smtpSandboxPort,
    ...(config.databaseUrl ? {} : { POSTGRES_PORT: config.postgresPort }),
    ...(config.temporalAddress
      ? {}
      : { TEMPORAL_PORT: config.temporalPort, TEMPORAL_UI_PORT: config.temporalUiPort }),
  };
}

function wordsFor(error: unknown): string {
  const full = (error as NodeJS.ErrnoException)?.code === 'ENOSPC';
  if (full) return 'The disk is full: free some room, then start again. Nothing was lost.';
  return error instanceof Error ? error.message : String(error);
}
