import type { NextFunction, Request, Response } from 'express';
import pg from 'pg';
import { Counter } from 'prom-client';
import type { z } from 'zod';
import { DomainError, ERROR_STATUS, invalid } from '../domain/errors.ts';
import type { Logger } from '../log.ts';
import { anchorOf, CODES } from './codes.ts';

const refusals = new Counter({
  name: 'pesan_refusals_total',
  help: 'Requests that were refused, by code',
  labelNames: ['code'],
});

/** Parses what came in; throws `INVALID` with an RFC 6901 pointer for every wrong field. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw invalid(
    ...parsed.error.issues.map((issue) => ({
      pointer: issue.path.map((key) => `/${escapePointer(String(key))}`).join(''),
      message: wordsFor(issue),
    })),
  );
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function wordsFor(issue: z.core.$ZodIssue): string {
  const absent = issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
  return absent ? 'This is needed.' : issue.message;
}

/**
 * The one place that turns errors into answers. What is temporary says when to ask again; a bug is
 * logged and tells the caller nothing.
 */
export function createProblemHandler(log: Logger, publicUrl: string) {
  return (error: unknown, _request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    send(response, noteFailure(log, response, error), publicUrl);
  };
}

/** What an error means for the caller, logged where operators want to know; undefined for a bug. */
export function noteFailure(
  log: Logger,
  response: Response,
  error: unknown,
): DomainError | undefined {
  const problem = problemOf(error);
  const route = response.locals.route ?? 'none';
  refusals.inc({ code: problem?.code ?? 'INTERNAL' });
  if (!problem) {
    log.error({ route, error: nameOf(error), at: framesOf(error) }, 'A request failed');
  } else if (problem.code === 'UNAVAILABLE') {
    log.warn({ route, cause: nameOf(problem.cause ?? error) }, 'A request was not answered');
  }
  return problem;
}

function send(response: Response, problem: DomainError | undefined, publicUrl: string): void {
  const code = problem?.code ?? 'INTERNAL';
  const status = problem ? ERROR_STATUS[problem.code] : 500;
  if (problem?.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  }
  if (code === 'UNAUTHORIZED') response.setHeader('WWW-Authenticate', 'Bearer');
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `${publicUrl}/api/docs#${anchorOf(code)}`,
        title: CODES[code].title,
        status,
        code,
        detail: problem?.message ?? 'This is a fault of ours, and noted.',
        ...(problem && problem.errors.length > 0 && { errors: problem.errors }),
      }),
    );
}

/** What an error means for the caller; undefined for a bug of ours. */
export function problemOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const { type, status } = (error ?? {}) as { type?: string; status?: number };
  if (type === 'entity.too.large') {
    return new DomainError('TOO_LARGE', 'At most 256 kB; 64 kB for a webhook.');
  }
  if (type === 'entity.parse.failed') {
    return invalid({ pointer: '', message: 'The body is no JSON object.' });
  }
  if (isOutage(error)) {
    return new DomainError('UNAVAILABLE', 'The database cannot be reached; ask again.', [], 5);
  }
  // What express and its parsers refuse: charsets, encodings, half bodies, bad escapes in addresses.
  if (status !== undefined && status >= 400 && status < 500) {
    return invalid({ pointer: '', message: 'The request could not be read.' });
  }
  return undefined;
}

/** Postgres gone, starting, shutting down, out of connections or too slow (class 08, 57, 53, 55P03). */
function isOutage(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  if (error instanceof pg.DatabaseError) return /^(08|57|53|55P03|40)/.test(code);
  const words = error instanceof Error ? error.message : '';
  return (
    /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/.test(code) ||
    /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout)/i.test(
      words,
    ) ||
    /connection error and is not queryable|terminated due to connection timeout/i.test(words)
  );
}

function nameOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  const name = error instanceof Error ? error.name : typeof error;
  return typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name;
}

/** Where an error came from, without its message: that may carry personal data. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
}
