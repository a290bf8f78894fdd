/** Wakes what waits for an instant. An alarm that fails is reported and rings again soon. */
export interface Alarms {
  /** Replaces an earlier alarm of the same key; an instant that has passed rings at once. */
  set(key: string, atMs: number, ring: () => unknown): void;
  clear(key: string): void;
  close(): void;
}

/** Node runs a longer timeout at once, so a far alarm is set in stretches. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
/** A full disk may have room again by then. */
const RING_AGAIN_MS = 5_000;

export function createAlarms(report: (error: unknown) => void): Alarms {
  const timers = new Map<string, NodeJS.Timeout>();
  let closed = false;

  const set: Alarms['set'] = (key, atMs, ring) => {
    clearTimeout(timers.get(key));
    if (closed) return;
    const waitMs = Math.max(0, atMs - Date.now());
    const step = Math.min(waitMs, LONGEST_TIMEOUT_MS);
    const next = step < waitMs ? () => set(key, atMs, ring) : () => run(key, ring);
    timers.set(key, setTimeout(next, step));
  };

  const run = async (key: string, ring: () => unknown) => {
    timers.delete(key);
    try {
      await ring();
    } catch (error) {
      if (closed) return;
      report(error);
      set(key, Date.now() + RING_AGAIN_MS, ring);
    }
  };

  return {
    set,
    clear(key) {
      clearTimeout(timers.get(key));
      timers.delete(key);
    },
    close() {
      closed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
