import type { RequestHandler } from 'express';
import { merchantOf } from './account.ts';
import type { HabitsKeeper } from './habits.ts';
import { refusal, sendRefusal } from './refusal.ts';

interface Window {
  endsAt: number;
  calls: number;
}

/** How often Xendit was called since it was started, and how often that was refused as too often. */
export interface Calls {
  taken: number;
  refused: number;
}

export interface RateLimit {
  handler: RequestHandler;
  calls: Readonly<Calls>;
}

/** Calls a minute of a merchant to an endpoint, said in every answer (docs, rate limits, 2025). */
export function rateLimit(habits: HabitsKeeper): RateLimit {
  const windows = new Map<string, Window>();
  const calls: Calls = { taken: 0, refused: 0 };
  const handler: RequestHandler = (req, res, next) => {
    const now = Date.now();
    const { perMinute, minuteSeconds } = habits.get();
    const most = Math.max(1, Math.floor((perMinute * minuteSeconds) / 60));
    const key = `${merchantOf(req)} ${req.method} ${endpointOf(req.path)}`;
    const open = windows.get(key);
    const window =
      open && open.endsAt > now ? open : { endsAt: now + minuteSeconds * 1_000, calls: 0 };
    windows.set(key, window);
    window.calls += 1;
    res.set({
      'Rate-Limit-Limit': String(most),
      'Rate-Limit-Remaining': String(Math.max(0, most - window.calls)),
      'Rate-Limit-Reset': String(Math.ceil((window.endsAt - now) / 1_000)),
    });
    if (window.calls <= most) {
      calls.taken += 1;
      return next();
    }
    calls.refused += 1;
    sendRefusal(res, refusal(429, 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded for this endpoint.'));
  };
  return { handler, calls };
}

/** "/v2/invoices/65f0…" → "/v2/invoices/{id}": one endpoint, whatever it is about. */
function endpointOf(path: string): string {
  return path.replace(/\/$/, '').replace(/\/(invoices|refunds)\/[^/]+/, '/$1/{id}');
}
