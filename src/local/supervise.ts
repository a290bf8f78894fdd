import { setTimeout as pause } from 'node:timers/promises';

/** A process that was started, and how one knows that it works. */
export interface Launched {
  /** Rejects when it ends, or takes too long, before it works. */
  ready: Promise<void>;
  /** How it ended, in a word. */
  ended: Promise<string>;
  /** Ends it in good order, by force when it takes too long. */
  end(): Promise<void>;
}

export interface Supervised {
  stop(): Promise<void>;
}

export interface Watch {
  /** Where a person is told of crashes. */
  announce?: ((line: string) => void) | undefined;
  /** Gives up a start that has not finished. */
  signal?: AbortSignal | undefined;
}

/** Who ran this long before a crash has not crashed because of how it was started. */
const STEADY_MS = 60_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Launches a part and waits until it works. One that ends by itself later is launched again: at once
 * in effect, then a little later each time. Throws what the first launch throws.
 */
export async function supervise(
  name: string,
  launch: () => Launched | Promise<Launched>,
  { announce = () => undefined, signal }: Watch = {},
): Promise<Supervised> {
  let current = await launch();
  await firstReady(current, signal);
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;

  const keep = async (): Promise<void> => {
    for (let crashes = 1; ; crashes += 1) {
      const since = Date.now();
      const how = await current.ended;
      if (isStopping()) return;
      if (Date.now() - since > STEADY_MS) crashes = 1;
      const waitMs = Math.min(LONGEST_WAIT_MS, 250 * 2 ** crashes);
      announce(`${name} ended (${how}); starting it again in ${waitMs / 1000} s.`);
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (isStopping()) return;
      current = await relaunch(launch);
      if (isStopping()) return current.end();
      current.ready.then(
        () => announce(`${name} works again.`),
        () => undefined,
      );
    }
  };
  const kept = keep();
  return {
    stop: async () => {
      stopping.abort();
      await current.end();
      await kept;
    },
  };
}

async function firstReady(launched: Launched, signal: AbortSignal | undefined): Promise<void> {
  const giveUp = () => void launched.end();
  signal?.addEventListener('abort', giveUp);
  try {
    await launched.ready;
    signal?.throwIfAborted();
  } catch (error) {
    await launched.end();
    throw error;
  } finally {
    signal?.removeEventListener('abort', giveUp);
  }
}

/** A launch that did not even begin counts as one that ended at once. */
async function relaunch(launch: () => Launched | Promise<Launched>): Promise<Launched> {
  try {
    return await launch();
  } catch (error) {
    const why = (error as Error).message;
    return {
      ready: new Promise(() => undefined),
      ended: Promise.resolve(why),
      end: async () => {},
    };
  }
}
