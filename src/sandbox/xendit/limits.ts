import type { RequestHandler } from 'express';
import { MINUTE_MS } from '../instants.ts';
import { merchantOf } from './account.ts';
import type { HabitsKeeper } from './habits.ts';
import { refusal, sendRefusal } from './refusal.ts';

interface Window {
  endsAt: number;
  calls: number;
}

/** Calls a minute of a merchant to an endpoint, said in every answer (docs, rate limits, 2025). */
export function rateLimit(habits: HabitsKeeper): RequestHandler {
  const windows = new Map<string, Window>();
  return (req, res, next) => {
    const now = Date.now();
    const { perMinute } = habits.get();
    const key = `${merchantOf(req)} ${req.method} ${endpointOf(req.path)}`;
    const open = windows.get(key);
    const window = open && open.endsAt > now ? open : { endsAt: now + MINUTE_MS, calls: 0 };
    windows.set(key, window);
    window.calls += 1;
    res.set({
      'Rate-Limit-Limit': String(perMinute),
      'Rate-Limit-Remaining': String(Math.max(0, perMinute - window.calls)),
      'Rate-Limit-Reset': String(Math.ceil((window.endsAt - now) / 1_000)),
    });
    if (window.calls <= perMinute) return next();
    sendRefusal(res, refusal(429, 'RATE_LIMIT_EXCEEDED', 'Rate limit exceeded for this endpoint.'));
  };
}

/** "/v2/invoices/65f0…" → "/v2/invoices/{id}": one endpoint, whatever it is about. */
function endpointOf(path: string): string {
  return path.replace(/\/$/, '').replace(/\/(invoices|refunds)\/[^/]+/, '/$1/{id}');
}
