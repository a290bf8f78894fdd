import { describe, expect, it } from 'vitest';
import { createLimits, together } from '../../src/api/limits.ts';
import { one } from '../../src/db/pool.ts';
import { useDatabase } from '../ground/database.ts';

const db = useDatabase();

const passed = async (takes: Promise<void>[]) =>
  (await Promise.allSettled(takes)).map(({ status }) => status === 'fulfilled');
const both = async (left: Promise<boolean[]>, right: Promise<boolean[]>) =>
  (await Promise.all([left, right])).flat().filter(Boolean);

describe('a limit', () => {
  it('lets as many pass of those who come at once as one after another, and counts each', async () => {
    const { booking } = createLimits(db.pool, 10);
    const crowd = Array.from({ length: 25 }, () => booking.take('here'));
    expect(await passed(crowd)).toEqual([...Array(10).fill(true), ...Array(15).fill(false)]);
    const counted = await one<{ points: number }>(
      db.pool,
      `select points from rate_limits where key = $1`,
      ['booking:here'],
    );
    expect(counted.points).toBe(25);
    await expect(booking.take('elsewhere')).resolves.toBeUndefined();
  });

  it('is kept by two processes together', async () => {
    const [here, there] = [createLimits(db.pool, 10), createLimits(db.pool, 10)];
    const crowd = (limits: typeof here) =>
      passed(Array.from({ length: 12 }, () => limits.booking.take('both')));
    expect(await both(crowd(here), crowd(there))).toHaveLength(10);
  });

  it('counts who comes during a failure anew', async () => {
    let fails = true;
    const groups: number[] = [];
    const take = together(async (_key, many) => {
      groups.push(many);
      await Promise.resolve();
      if (fails) throw new Error('gone');
      return { total: many, msBeforeNext: 1_000 };
    });
    const failing = await Promise.allSettled([take('key'), take('key')]);
    expect(failing.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    const places = await Promise.all([take('key'), take('key'), take('other')]);
    expect(places.map(({ place }) => place)).toEqual([1, 1, 1]);
    expect(groups).toEqual([1, 1, 1, 1, 1]);
  });
});
