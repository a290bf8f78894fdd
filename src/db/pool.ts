import pg from 'pg';

export type Pool = pg.Pool;

/** A connection inside a transaction, or the pool: whatever can run one statement. */
export type Db = Pick<pg.ClientBase, 'query'>;

/** A connection on which a transaction is open. Functions that take one say what they lock. */
export type Tx = Db & { readonly inTransaction: true };

// bigint counts rupiah and rows: both stay far below 2^53. Dates stay text: they are local days.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/**
 * Connections to Postgres. A statement may take 15 s and a lock 5 s: longer than any statement here
 * needs, shorter than the patience of what waits for it. `flush: 'later'`: see `inTransaction`.
 */
export function createPool(
  databaseUrl: string,
  max = 10,
  { flush = 'now' }: { flush?: 'now' | 'later' } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    ...(flush === 'later' && { options: '-c synchronous_commit=off' }),
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 15_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 20_000,
    application_name: 'pesan',
  });
  // An idle connection that breaks is replaced by the pool; without a listener it ends the process.
  pool.on('error', () => undefined);
  // So with one that breaks inside a transaction: its statements fail, which is heard of there.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

/**
 * Runs `work` in one transaction: commits what it returns, rolls back what it throws.
 *
 * `flush: 'later'` does not wait for the disk: for what is worth nothing before a later transaction
 * stands on it. Postgres writes its log in order, so once that one is safe, this one is.
 */
export async function inTransaction<T>(
  pool: Pool,
  work: (tx: Tx) => Promise<T>,
  { flush = 'now' }: { flush?: 'now' | 'later' } = {},
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(flush === 'now' ? 'begin' : 'begin; set local synchronous_commit = off');
    const result = await work(Object.assign(client, { inTransaction: true as const }));
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** All rows. */
export async function many<R extends object>(
  db: Db,
  sql: string,
  values: unknown[] = [],
): Promise<R[]> {
  return (await db.query<R>(prepared(sql, values))).rows;
}

/** The row, or undefined when there is none. */
export async function maybeOne<R extends object>(
  db: Db,
  sql: string,
  values: unknown[] = [],
): Promise<R | undefined> {
  return (await db.query<R>(prepared(sql, values))).rows[0];
}

/** The row. Throws an `Error` when there is none: the caller knew that it exists. */
export async function one<R extends object>(
  db: Db,
  sql: string,
  values: unknown[] = [],
): Promise<R> {
  const row = await maybeOne<R>(db, sql, values);
  if (!row) throw new Error('A row that must exist was not found.');
  return row;
}

/** Runs a statement and tells how many rows it changed. */
export async function run(db: Db, sql: string, values: unknown[] = []): Promise<number> {
  return (await db.query(prepared(sql, values))).rowCount ?? 0;
}

const names = new Map<string, string>();

/**
 * A statement that a connection parses and plans once: most of what a short one costs. Its text is
 * written in the code, so there are as many names as there are statements.
 */
function prepared(text: string, values: unknown[]): pg.QueryConfig {
  if (values.length === 0) return { text };
  const name = names.get(text) ?? `pesan${names.size + 1}`;
  names.set(text, name);
  return { name, text, values };
}
