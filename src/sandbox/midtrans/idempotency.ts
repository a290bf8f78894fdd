import type { RequestHandler } from 'express';
import { merchantOf } from './account.ts';

interface Kept {
  at: number;
  /** Absent while the first call is still running. */
  body?: unknown;
}

/** Docs, "Idempotency requests": five minutes, the first 46 characters, all endpoints together. */
const KEPT_MS = 5 * 60_000;
const KEY_LENGTH = 46;

/**
 * `Idempotency-Key` of the Core API: a success is answered again whatever the new body is; while the
 * first is running the repeat is HTTP 202. Kept in memory only.
 */
export function idempotency(): RequestHandler {
  const answers = new Map<string, Kept>();
  return (req, res, next) => {
    const given = req.get('idempotency-key')?.slice(0, KEY_LENGTH);
    if (req.method !== 'POST' || !given) return next();
    forgetOld(answers, Date.now());
    const key = `${merchantOf(req)} ${given}`;
    const kept = answers.get(key);
    if (kept && 'body' in kept) return void res.json(kept.body);
    if (kept) return void res.status(202).json(STILL_RUNNING);

    answers.set(key, { at: Date.now() });
    res.once('close', () => {
      const entry = answers.get(key);
      if (entry && !('body' in entry)) answers.delete(key);
    });
    const json = res.json.bind(res);
    res.json = (body) => {
      if (isSuccess(res.statusCode, body)) answers.set(key, { at: Date.now(), body });
      return json(body);
    };
    next();
  };
}

const STILL_RUNNING = {
  status_code: '202',
  status_message: 'The request with this idempotency key is still being processed.',
};

function isSuccess(httpStatus: number, body: unknown): boolean {
  const code = Number((body as { status_code?: string } | null)?.status_code ?? 200);
  return httpStatus < 300 && (code < 300 || code === 407);
}

function forgetOld(answers: Map<string, Kept>, nowMs: number): void {
  for (const [key, { at }] of answers) {
    if (nowMs - at < KEPT_MS) return;
    answers.delete(key);
  }
}
