import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import { createPool, type Pool } from '../../src/db/pool.ts';
import { createVault, type Vault } from '../../src/db/vault.ts';
import { until } from '../../src/local/until.ts';
import { TEST_SECRET } from './secret.ts';

export interface TestDatabase {
  url: string;
  pool: Pool;
  vault: Vault;
}

/**
 * A database of its own for a test file: a clone of the migrated template with the demo businesses.
 * Dropped afterwards; connections that were left open then fail the file: a leaked pool.
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
    expect(await drop(), 'connections left open').toBe(0);
  });
  return ground;
}

/** Clones the template. `drop` ends the pool and answers how many connections were left open. */
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
      const left = await connectionsLeft(admin, name);
      await admin.query(`drop database ${name} with (force)`);
      return left;
    });
  };
  return { database, drop };
}

/** How many connections there are when those that are ending had time to. */
async function connectionsLeft(admin: pg.Client, database: string): Promise<number> {
  let left = 0;
  const isNone = async () => {
    const sql = 'select count(*)::int as left from pg_stat_activity where datname = $1';
    left = (await admin.query(sql, [database])).rows[0].left;
    return left === 0;
  };
  await until('no connection is left', 3_000, isNone).catch(() => undefined);
  return left;
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
