import pg from 'pg';
import type { Pool } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';

/**
 * Makes whoever writes a fact wait in front of it: `orders:paid` is the writing of an order that became
 * paid. A fact is braked for one order, or (`any`) for all.
 */
export interface Brakes {
  hold(fact: string, code?: string): Promise<void>;
  /** Waits until somebody stands before the fact. */
  arrived(fact: string, code?: string): Promise<void>;
  release(fact: string, code?: string): Promise<void>;
  /** Breaks the connections of all who wait, as if they had never come so far. */
  breakWaiting(): Promise<void>;
  close(): Promise<void>;
}

const TABLES = ['orders', 'payments', 'tickets', 'notices', 'refunds'];

/** The first number of every lock of a brake; the second is made from its name. */
const BRAKE = 4711;

/** Built into the database of a test; where they brake is a lock of Postgres' own, held by a session. */
export async function buildBrakes(databaseUrl: string, pool: Pool): Promise<Brakes> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  await session.query(`
    create function brake() returns trigger language plpgsql as $$
    declare fact text := tg_table_name || ':' || new.state;
    begin
      if tg_op = 'UPDATE' and old.state = new.state then return new; end if;
      -- Longer than a test needs: who gave up waiting would have to be caught again.
      perform set_config('lock_timeout', '60s', true);
      perform pg_advisory_xact_lock_shared(${BRAKE}, hashtext(fact || ' any'));
      perform pg_advisory_xact_lock_shared(${BRAKE}, hashtext(fact || ' ' || new.code));
      return new;
    end $$`);
  for (const table of TABLES) {
    await session.query(
      `create trigger brake before insert or update on ${table} for each row execute function brake()`,
    );
  }
  return {
    hold: (fact, code = 'any') => lock(session, 'pg_advisory_lock', fact, code),
    release: (fact, code = 'any') => lock(session, 'pg_advisory_unlock', fact, code),
    arrived: (fact, code = 'any') =>
      until(`somebody stands before ${fact} of ${code}`, 20_000, async () => {
        const { rowCount } = await pool.query(
          `${WAITING} and objid::bigint = (hashtext($1)::bigint & 4294967295)`,
          [`${fact} ${code}`],
        );
        return rowCount! > 0;
      }),
    breakWaiting: async () => {
      await session.query(`select pg_terminate_backend(pid) from (${WAITING}) waiting`);
      await until('nobody waits', 5_000, async () => !(await session.query(WAITING)).rowCount);
    },
    close: () => session.end(),
  };
}

const WAITING = `select pid from pg_locks where locktype = 'advisory' and not granted
  and classid = ${BRAKE} and database = (select oid from pg_database where datname = current_database())`;

async function lock(session: pg.Client, how: string, fact: string, code: string): Promise<void> {
  await session.query(`select ${how}(${BRAKE}, hashtext($1))`, [`${fact} ${code}`]);
}
