import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../db/migrate.ts';
import { bundleWorkflows } from '../worker/bundle.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { describeSchema } from './schema.ts';

const SCHEMA = fileURLToPath(new URL('../db/schema.sql', import.meta.url));

/** The checks that need the project's own code. Answers what is wrong; nothing is the promise. */
export async function checkProject(writeSchema: boolean): Promise<string[]> {
  const faults: string[] = [];
  await bundleWorkflows().catch((error: Error) => {
    faults.push(`The workflow bundle does not build: ${error.message}`);
  });
  const schema = await schemaOfMigrations();
  if (writeSchema) writeFileSync(SCHEMA, schema);
  else if (readFileSync(SCHEMA, 'utf8') !== schema) {
    faults.push('src/db/schema.sql is stale: run `npm run check -- --write-schema`.');
  }
  return faults;
}

async function schemaOfMigrations(): Promise<string> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-check-'));
  const port = await freePort();
  const postgres = await startPostgres({ dataDir, port, durable: false });
  try {
    await migrate(postgres.url);
    return await describeSchema(postgres.url);
  } finally {
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
