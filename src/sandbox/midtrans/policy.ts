import type { WebhookPolicy } from '../deliveries.ts';
import { HOUR_MS, MINUTE_MS } from '../instants.ts';

const WAITS_MS = [2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, 1.5 * HOUR_MS, 3.5 * HOUR_MS];
/** The random shift: the docs let the first retry, due after 2 minutes, come after some 33 s. */
const SHORTEST_SHARE = 0.275;

/** How Midtrans repeats a notification (docs, "HTTP notification", 2025-11). */
export const MIDTRANS_POLICY: WebhookPolicy = {
  timeoutMs: 15_000,
  retriesAfter,
  waitMs(retry) {
    const wait = WAITS_MS[Math.min(retry, WAITS_MS.length) - 1] ?? 0;
    return wait * (SHORTEST_SHARE + Math.random() * (1 - SHORTEST_SHARE));
  },
};

/** Retries by the answer: none after 2xx and 301–303, once after 500, four times after 503, … */
export function retriesAfter(status: number | null): number {
  if (status === null) return WAITS_MS.length;
  if (status >= 200 && status < 300) return 0;
  if ([301, 302, 303].includes(status)) return 0;
  if (status === 500) return 1;
  if (status === 503) return 4;
  if (status === 400 || status === 404) return 2;
  return WAITS_MS.length;
}
