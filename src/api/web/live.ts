import type { Request, Response } from 'express';
import { many, type Pool } from '../../db/pool.ts';
import type { Logger } from '../../log.ts';

/** How often Postgres is asked, once for all who listen: what changed is seen within this time. */
const LOOK_EVERY_MS = 1_000;
/** A line now and then keeps proxies from closing a quiet connection (theirs is often 60 s). */
const HEARTBEAT_MS = 20_000;
/** A connection that old is ended; browsers connect again by themselves, perhaps to another replica. */
const LONGEST_MS = 15 * 60_000;
/** What one process holds open; who comes after that looks by itself, more seldom. */
const MOST_LISTENERS = 2_000;

interface Listener {
  code: string;
  version: number;
  response: Response;
  openedAt: number;
  lastWordAt: number;
}

export interface Live {
  /** Tells this browser whenever the order is newer than the version that its page shows. */
  listen(request: Request, response: Response, code: string): void;
}

interface LiveDeps {
  pool: Pool;
  log: Logger;
  /** Ends all connections: a process stops. */
  stopping: AbortSignal;
}

/** Live pages: server-sent events from one look at Postgres a second, while anybody listens. */
export function createLive(deps: LiveDeps, most = MOST_LISTENERS): Live {
  const listeners = new Set<Listener>();
  const { stopping } = deps;
  let timer: NodeJS.Timeout | undefined;

  const lookSoon = () => {
    if (timer || stopping.aborted || listeners.size === 0) return;
    timer = setTimeout(async () => {
      await look(deps.pool, listeners).catch(() => deps.log.debug('Live pages could not look.'));
      timer = undefined;
      lookSoon();
    }, LOOK_EVERY_MS);
  };
  stopping.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const { response } of listeners) response.end();
  });
  return {
    listen: (request, response, code) => {
      if (stopping.aborted || listeners.size >= most) {
        response.status(503).setHeader('Retry-After', '15').end();
        return;
      }
      const listener = open(request, response, code);
      listeners.add(listener);
      response.once('close', () => listeners.delete(listener));
      lookSoon();
    },
  };
}

function open(request: Request, response: Response, code: string): Listener {
  response.status(200).set({
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  // Connecting again after a pause, browsers say what they saw last.
  const version = Number(request.get('last-event-id') ?? request.query.v ?? 0) || 0;
  response.write('retry: 2000\n\n');
  const now = Date.now();
  return { code, version, response, openedAt: now, lastWordAt: now };
}

async function look(pool: Pool, listeners: Set<Listener>): Promise<void> {
  const codes = [...new Set([...listeners].map((listener) => listener.code))];
  const versions = await readVersions(pool, codes);
  const now = Date.now();
  for (const listener of listeners) tell(listener, versions.get(listener.code), now);
}

function tell(listener: Listener, version: number | undefined, now: number): void {
  const { response } = listener;
  if (version !== undefined && version !== listener.version) {
    listener.version = version;
    listener.lastWordAt = now;
    response.write(`id: ${version}\nevent: changed\ndata: ${version}\n\n`);
  } else if (now - listener.lastWordAt >= HEARTBEAT_MS) {
    listener.lastWordAt = now;
    response.write(':\n\n');
  }
  if (now - listener.openedAt >= LONGEST_MS) response.end();
}

/**
 * The versions of orders: when each last changed, in microseconds. By code, not by "changed since":
 * a transaction may commit later than the instant that it wrote.
 */
async function readVersions(pool: Pool, codes: string[]): Promise<Map<string, number>> {
  const rows = await many<{ code: string; version: number }>(
    pool,
    `select code, (extract(epoch from changed_at) * 1000000)::bigint as version
     from orders where code = any($1)`,
    [codes],
  );
  return new Map(rows.map(({ code, version }) => [code, version]));
}

/** The version of one order, read before its facts: what changes in between is told at once. */
export async function readVersion(pool: Pool, code: string): Promise<number> {
  return (await readVersions(pool, [code])).get(code) ?? 0;
}
