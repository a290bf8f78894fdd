import { describe, expect, it } from 'vitest';
import { inTransaction, one } from '../../src/db/pool.ts';
import { useDatabase } from '../ground/database.ts';

const ground = useDatabase();

describe('a connection that breaks', () => {
  // Guards the listener of `pool.on('connect')`: without it the process ends here.
  it('fails its transaction and nothing else', async () => {
    const broken = inTransaction(ground.pool, async (tx) => {
      const { pid } = await one<{ pid: number }>(tx, 'select pg_backend_pid() as pid');
      await one(ground.pool, 'select pg_terminate_backend($1)', [pid]);
      return one(tx, 'select 1 as one');
    });
    await expect(broken).rejects.toThrow();
    expect(await one(ground.pool, 'select 1 as one')).toEqual({ one: 1 });
  });
});
