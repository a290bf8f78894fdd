import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../src/db/migrate.ts';
import { createPool } from '../../src/db/pool.ts';
import { createVault } from '../../src/db/vault.ts';
import { loadDemo } from '../../src/local/demo.ts';
import { freePort } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { startTemporal } from '../../src/local/temporal.ts';
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
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-test-'));
  const started: { stop(): Promise<void> }[] = [];
  const teardown = async () => {
    for (const part of started.reverse()) await part.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    const [port, temporalPort, uiPort] = [await freePort(), await freePort(), await freePort()];
    const logOf = (name: string) => path.join(dataDir, `${name}.log`);
    const postgres = await startPostgres({
      dataDir,
      port,
      logFile: logOf('postgres'),
      durable: false,
    });
    started.push(postgres);
    const cli = process.env.TEMPORAL_CLI;
    const ports = { port: temporalPort, uiPort };
    const temporal = await startTemporal({ dataDir, ...ports, cli, logFile: logOf('temporal') });
    started.push(temporal);
    await makeTemplate(postgres.url);
    const workflowBundlePath = path.join(dataDir, 'workflows.js');
    writeFileSync(workflowBundlePath, (await bundleWorkflows()).code);
    project.provide('workflowBundlePath', workflowBundlePath);
    project.provide('databaseUrl', postgres.url);
    project.provide('temporalAddress', temporal.address);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function makeTemplate(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const pool = createPool(databaseUrl, 1);
  await loadDemo({ pool, vault: createVault(TEST_SECRET) });
  await pool.end();
}
