import type { NextFunction, Request, Response } from 'express';
import pg from 'pg';
import type { z } from 'zod';
import { DomainError, ERROR_STATUS, type ErrorCode, invalid } from '../domain/errors.ts';
import type { Logger } from '../log.ts';

/** Parses what came in; throws `INVALID` with an RFC 6901 pointer for every wrong field. */
export function parse<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const parsed = schema.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(
    ...parsed.error.issues.map((issue) => ({
      pointer: issue.path.map((key) => `/${escapePointer(String(key))}`).join(''),
      message: issue.message,
    })),
  );
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The one place that turns errors into answers. Bugs are logged and tell the caller nothing. */
export function createProblemHandler(log: Logger) {
  return (error: unknown, request: Request, response: Response, next: NextFunction): void => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = problemOf(error);
    if (!problem) {
      const route = request.route?.path ?? 'no route';
      log.error({ route, error: nameOf(error), at: framesOf(error) }, 'A request failed');
    }
    answer(response, problem ?? new DomainError('UNAVAILABLE', 'Something failed here.'), !problem);
  };
}

function answer(response: Response, problem: DomainError, isBug: boolean): void {
  const status = isBug ? 500 : ERROR_STATUS[problem.code];
  const code = isBug ? 'INTERNAL' : problem.code;
  if (problem.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(problem.retryAfterSeconds));
  }
  response
    .status(status)
    .type('application/problem+json')
    .send(
      JSON.stringify({
        type: `https://pesan.example/errors/${code.toLowerCase().replaceAll('_', '-')}`,
        title: TITLES[code as ErrorCode] ?? 'Something failed here',
        status,
        code,
        detail: problem.message,
        ...(problem.errors.length > 0 && { errors: problem.errors }),
      }),
    );
}

const TITLES: Record<ErrorCode, string> = {
  INVALID: 'The request has wrong fields',
  UNAUTHORIZED: 'A token is needed',
  FORBIDDEN: 'This token may not do that',
  NOT_FOUND: 'There is nothing here',
  SOLD_OUT: 'Sold out',
  CLOSED: 'Closed',
  IDENTITY_ALREADY_BOOKED: 'An identity holds a place on this date already',
  NOT_ALLOWED: 'Not allowed by the rules of the business',
  NOT_PAID: 'Not paid yet',
  IDEMPOTENCY_MISMATCH: 'The key was used for another request',
  TOO_LARGE: 'The request is too large',
  SLOW_DOWN: 'Too many requests',
  UNAVAILABLE: 'Not available right now',
};

/** What an error means for the caller; undefined for a bug of ours. */
function problemOf(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return error;
  const type = (error as { type?: string } | null)?.type;
  if (type === 'entity.too.large') return new DomainError('TOO_LARGE', 'At most 256 kB.');
  if (
    type?.startsWith('entity.') ||
    type?.startsWith('encoding.') ||
    type === 'charset.unsupported'
  ) {
    return invalid({ pointer: '', message: 'The body is no JSON that could be read.' });
  }
  if (isOutage(error)) {
    return new DomainError('UNAVAILABLE', 'The database cannot be reached; ask again.', [], 5);
  }
  return undefined;
}

/** Postgres gone, starting, shutting down, or out of connections (class 08, 57P, 53300). */
function isOutage(error: unknown): boolean {
  const code = (error as { code?: string } | null)?.code ?? '';
  if (error instanceof pg.DatabaseError) return /^(08|57P|53)/.test(code);
  const words = error instanceof Error ? error.message : '';
  return (
    /^E(CONN|PIPE|TIMEDOUT|HOST)/.test(code) ||
    /connection (timeout|terminated)|timeout exceeded when/i.test(words)
  );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Where an error came from, without its message: that may carry personal data. */
function framesOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8);
}
