import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Pool } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';

export type Limit = (key: string) => Promise<void>;

export interface Limits {
  booking: Limit;
  guess: Limit;
  identity: Limit;
  signIn: Limit;
}

/**
 * Limits that all replicas share, counted in Postgres. Each throws `SLOW_DOWN` with the seconds to
 * wait. Guessing and signing in are closed when the counters cannot be reached; bookings are open,
 * since they need the same database and fail by themselves.
 */
/** `pool` needs not be durable: counters that a crash forgets begin anew. */
export function createLimits(pool: Pool, bookingsPerMinute: number): Limits {
  const limit = (keyPrefix: string, points: number, duration: number, open = false): Limit => {
    const limiter = new RateLimiterPostgres({
      storeClient: pool,
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix,
      points,
      duration,
      // Who is over the limit is refused from memory, without asking Postgres each time.
      inMemoryBlockOnConsumed: points + 1,
      clearExpiredByTimeout: false,
    });
    return (key) => consume(limiter, key, open);
  };
  return {
    booking: limit('booking', bookingsPerMinute, 60, true),
    guess: limit('guess', 60, 60),
    identity: limit('identity', 30, 60),
    signIn: limit('sign-in', 10, 900),
  };
}

async function consume(limiter: RateLimiterPostgres, key: string, open: boolean): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (error instanceof RateLimiterRes) {
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      throw new DomainError('SLOW_DOWN', `Too many requests: wait ${seconds} s.`, [], seconds);
    }
    if (!open) throw error;
  }
}
