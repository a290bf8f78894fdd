import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { readConfig } from '../../src/config.ts';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { createVault } from '../../src/db/vault.ts';
import { loadDemo } from '../../src/local/demo.ts';
import { freePort } from '../../src/local/ports.ts';
import { type LocalPostgres, startPostgres } from '../../src/local/postgres.ts';
import { type LocalTemporal, startTemporal } from '../../src/local/temporal.ts';
import { bundleWorkflows } from '../../src/worker/bundle.ts';
import { TEST_SECRET } from './secret.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The template: migrated, with the demo businesses. Cloned, never connected to. */
    databaseUrl: string;
    temporalAddress: string;
    /** The workflow code, bundled once for all workers of the run. */
    workflowBundlePath: string;
  }
}

/** One Postgres and one Temporal for the whole run, in a folder that goes with it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  endWithParent();
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-ground-'));
  const parts = [beginPostgres(dataDir), beginTemporal(dataDir), bundle(dataDir)] as const;
  const teardown = async () => {
    for (const part of await Promise.allSettled(parts)) {
      if (part.status === 'fulfilled') await part.value.stop();
    }
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const [postgres, temporal, workflows] = await Promise.all(parts);
    project.provide('databaseUrl', postgres.url);
    project.provide('temporalAddress', temporal.address);
    project.provide('workflowBundlePath', workflows.file);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** Without who started the run, nobody wants its answer. Listening alone must not keep it going. */
function endWithParent(): void {
  if (!process.channel) return;
  process.once('disconnect', () => process.exit(1));
  process.channel.unref();
}

async function beginPostgres(dataDir: string): Promise<LocalPostgres> {
  const postgres = await startPostgres({ dataDir, port: await freePort(), durable: false });
  await makeTemplate(postgres.url);
  return postgres;
}

async function beginTemporal(dataDir: string): Promise<LocalTemporal> {
  const { temporalCli: cli, cacheDir } = readConfig();
  const [port, uiPort] = [await freePort(), await freePort()];
  return startTemporal({ dataDir, port, uiPort, cli, cacheDir });
}

async function bundle(dataDir: string): Promise<{ file: string; stop(): Promise<void> }> {
  const file = path.join(dataDir, 'workflows.js');
  writeFileSync(file, (await bundleWorkflows()).code);
  return { file, stop: async () => undefined };
}

async function makeTemplate(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const pool = createPool(databaseUrl, 1);
  await loadDemo({ pool, vault: createVault(TEST_SECRET) });
  await pool.end();
}
