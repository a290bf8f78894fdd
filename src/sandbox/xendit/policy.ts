import type { WebhookPolicy } from '../deliveries.ts';
import { HOUR_MS, MINUTE_MS } from '../instants.ts';

/** After the try before; 15, 45, 120, 180, 360 and 720 minutes after the first. */
const WAITS_MS = [15, 30, 75, 60, 180, 360].map((minutes) => minutes * MINUTE_MS);

/** How Xendit repeats a webhook until it is answered 2xx (docs, webhooks, 2025-11). */
export const XENDIT_POLICY: WebhookPolicy = {
  timeoutMs: 30_000,
  retriesAfter: (status) =>
    status !== null && status >= 200 && status < 300 ? 0 : WAITS_MS.length,
  waitMs: (retry) => WAITS_MS[retry - 1] ?? 12 * HOUR_MS,
};
