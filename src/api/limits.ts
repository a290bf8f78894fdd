import type { Request } from 'express';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Pool } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';

export interface Limit {
  /** Counts one. Throws `SLOW_DOWN` when that is one too many. */
  take(key: string): Promise<void>;
  /** Throws `SLOW_DOWN` when this process knows that the key is over its limit; counts nothing. */
  check(key: string): void;
}

export interface Limits {
  booking: Limit;
  guess: Limit;
  identity: Limit;
  signIn: Limit;
  /** Codes that are asked for, and codes that are tried. */
  otp: Limit;
  code: Limit;
}

/**
 * Limits that all replicas share, counted in Postgres by `pool`, which need not be durable: counters
 * that a crash forgets begin anew. Guessing and signing in are closed when the counters cannot be
 * reached; bookings are open, since they need the same database and fail by themselves.
 */
export function createLimits(pool: Pool, bookingsPerMinute: number): Limits {
  const limit = (name: string, points: number, seconds: number) =>
    createLimit(pool, name, points, seconds);
  return {
    booking: open(limit('booking', bookingsPerMinute, 60)),
    guess: limit('guess', 60, 60),
    // Far fewer than bookings, yet no hindrance to an agency that books for many.
    identity: limit('identity', Math.max(30, Math.ceil(bookingsPerMinute / 10)), 60),
    signIn: limit('sign-in', 10, 900),
    otp: limit('otp', 30, 900),
    code: limit('code', 60, 300),
  };
}

function createLimit(pool: Pool, name: string, points: number, seconds: number): Limit {
  const counters = new RateLimiterPostgres({
    storeClient: pool,
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
    // Upkeep deletes old counters; a timer in each process would do it once more.
    clearExpiredByTimeout: false,
  });
  const blocked = createBlocked();
  const check = (key: string) => {
    const leftMs = blocked.leftMs(key);
    if (leftMs > 0) throw slowDown(leftMs);
  };
  const count = together((key, many) => consume(counters, key, many));
  const take = async (key: string) => {
    check(key);
    const { place, msBeforeNext } = await count(key);
    if (place <= points) return;
    blocked.add(key, msBeforeNext);
    throw slowDown(msBeforeNext);
  };
  return { take, check };
}

/** What is counted of a key, and when that begins anew. */
interface Counted {
  total: number;
  msBeforeNext: number;
}

/** Counts so many; a refusal is an answer like any other. */
async function consume(counters: RateLimiterPostgres, key: string, many: number): Promise<Counted> {
  const counted = await counters.consume(key, many).catch((refused: unknown) => {
    if (refused instanceof RateLimiterRes) return refused;
    throw refused;
  });
  return { total: counted.consumedPoints, msBeforeNext: counted.msBeforeNext };
}

/** The place that somebody has in the count of a key. */
interface Place {
  place: number;
  msBeforeNext: number;
}

/**
 * Counts together those who come while a statement for their key is under way: each has the place that
 * it would have had alone. They all wait for one row of Postgres, and would only wait for each other.
 */
export function together(
  count: (key: string, many: number) => Promise<Counted>,
): (key: string) => Promise<Place> {
  const lines = new Map<string, Waiting[]>();
  const serve = async (key: string, line: Waiting[]) => {
    while (line.length > 0) await countGroup(line.splice(0), (many) => count(key, many));
    lines.delete(key);
  };
  return (key) =>
    new Promise<Place>((resolve, reject) => {
      const line = lines.get(key);
      if (line) {
        line.push({ resolve, reject });
        return;
      }
      const begun = [{ resolve, reject }];
      lines.set(key, begun);
      void serve(key, begun);
    });
}

interface Waiting {
  resolve(place: Place): void;
  reject(error: unknown): void;
}

async function countGroup(
  group: Waiting[],
  count: (many: number) => Promise<Counted>,
): Promise<void> {
  try {
    const { total, msBeforeNext } = await count(group.length);
    const before = total - group.length;
    group.forEach(({ resolve }, index) => {
      resolve({ place: before + index + 1, msBeforeNext });
    });
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

/** Lets pass what could not be counted. */
function open(limit: Limit): Limit {
  const take = (key: string) =>
    limit.take(key).catch((error: unknown) => {
      if (error instanceof DomainError) throw error;
    });
  return { take, check: limit.check };
}

function slowDown(leftMs: number): DomainError {
  const seconds = Math.max(1, Math.ceil(leftMs / 1000));
  return new DomainError('SLOW_DOWN', `Too many requests: wait ${seconds} s.`, [], seconds);
}

/** How many blocked keys a process remembers; beyond that, Postgres is asked again. */
const MOST_BLOCKED = 10_000;

/** Who is over a limit is refused from memory, without a question to Postgres each time. */
function createBlocked() {
  const until = new Map<string, number>();
  return {
    leftMs: (key: string) => (until.get(key) ?? 0) - Date.now(),
    add: (key: string, ms: number) => {
      if (until.size >= MOST_BLOCKED) until.clear();
      until.set(key, Date.now() + ms);
    },
  };
}

/**
 * Whom a limit counts: an IPv4 address, or the first half of an IPv6 one, since whoever has one of
 * those has all that share it.
 */
export function addressOf(request: Pick<Request, 'ip'>): string {
  const ip = (request.ip ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '');
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.replace(/%.*$/, '').split('::');
  const groups = head.split(':').filter(Boolean);
  if (tail === undefined) return groups.slice(0, 4).join(':');
  const behind = tail.split(':').filter(Boolean);
  const zeros = Array.from({ length: 8 - groups.length - behind.length }, () => '0');
  return [...groups, ...zeros, ...behind].slice(0, 4).join(':');
}
