import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { createPool, type Pool } from '../../src/db/pool.ts';
import { createVault, type Vault } from '../../src/db/vault.ts';
import { TEST_SECRET } from './secret.ts';

export interface TestDatabase {
  url: string;
  pool: Pool;
  vault: Vault;
}

/**
 * A database of its own for a test file: a clone of the migrated template with the demo businesses.
 * Dropped afterwards; connections that were left open then fail the file.
 */
export function useDatabase(): TestDatabase {
  const ground = { vault: createVault(TEST_SECRET) } as TestDatabase;
  let drop: () => Promise<number>;
  beforeAll(async () => {
    const made = await createDatabase();
    drop = made.drop;
    Object.assign(ground, made.database);
  });
  afterAll(async () => {
    expect(await drop(), 'connections left busy').toBe(0);
  });
  return ground;
}

/** Clones the template. `drop` ends the pool and answers how many connections were left busy. */
export async function createDatabase(): Promise<{
  database: TestDatabase;
  drop(): Promise<number>;
}> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin((admin) => admin.query(`create database ${name} template pesan`));
  const url = urlOf(name);
  const database = { url, pool: createPool(url, 20), vault: createVault(TEST_SECRET) };
  const drop = async () => {
    await database.pool.end();
    return asAdmin(async (admin) => {
      const { rows } = await admin.query(
        `select count(*)::int as left from pg_stat_activity where datname = $1 and state <> 'idle'`,
        [name],
      );
      await admin.query(`drop database ${name} with (force)`);
      return rows[0].left as number;
    });
  };
  return { database, drop };
}

function urlOf(database: string): string {
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${database}`;
  return url.href;
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: urlOf('postgres') });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
