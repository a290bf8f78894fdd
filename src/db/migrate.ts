import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

/** Brings the database to the newest schema. Safe to run twice, and by several processes at once. */
export async function migrate(databaseUrl: string): Promise<void> {
  await runner({
    databaseUrl,
    dir: fileURLToPath(new URL('./migrations', import.meta.url)),
    direction: 'up',
    migrationsTable: 'migrations',
    advisoryLockMode: 'wait',
    log: () => undefined,
  });
}
