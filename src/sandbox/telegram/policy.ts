import type { WebhookPolicy } from '../deliveries.ts';

const LONGEST_WAIT_MS = 60_000;
/** No update is held back longer for the next one of its chat, scaled by the clock. */
export const HOLD_BACK_MS = 50 * 60_000;

/** How the Bot API server repeats an update: at once, then 2, 4, 8 … up to 60–120 s, for a day. */
export const TELEGRAM_POLICY: WebhookPolicy = {
  timeoutMs: 60_000,
  retriesAfter: (status) => (status !== null && status >= 200 && status < 300 ? 0 : 1_000_000),
  waitMs(retry) {
    if (retry <= 1) return 0;
    const doubled = 1000 * 2 ** Math.min(retry - 1, 10);
    return Math.min(doubled, LONGEST_WAIT_MS * (1 + Math.random()));
  },
};
