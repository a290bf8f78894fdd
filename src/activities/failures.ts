import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import type { ActivityInboundCallsInterceptor } from '@temporalio/worker';
import pg from 'pg';
import { DomainError } from '../domain/errors.ts';
import type { Logger } from '../log.ts';
import { MailError } from '../notify/mailer.ts';
import { ProviderError } from '../payments/provider.ts';

/**
 * Turns every error of an activity into a code and a text that are safe to store: messages of
 * Postgres, mail servers and providers carry personal data, and failures are kept in history.
 */
export function createCleanFailures(log: Logger): { inbound: ActivityInboundCallsInterceptor } {
  return {
    inbound: {
      async execute(input, next) {
        try {
          return await next(input);
        } catch (error) {
          if (error instanceof CancelledFailure) throw error;
          const failure = cleanFailure(error);
          log.warn({ activity: activityInfo().activityType, ...safeTrace(error) }, failure.message);
          throw failure;
        }
      },
    },
  };
}

/** The failure that history may keep of an error. Only its stack of our own lines is dropped. */
export function cleanFailure(error: unknown): ApplicationFailure {
  const { type, message, nonRetryable } = describe(error);
  const failure = ApplicationFailure.create({ type, message, nonRetryable });
  failure.stack = `${failure.name}: ${message}`;
  return failure;
}

interface Description {
  type: string;
  message: string;
  nonRetryable: boolean;
}

function describe(error: unknown): Description {
  if (error instanceof DomainError) return describeDomain(error);
  if (error instanceof ProviderError) return describeProvider(error);
  if (error instanceof pg.DatabaseError) return describePostgres(error);
  if (error instanceof MailError) {
    return { type: 'MAIL', message: `Mail failed: ${error.code}.`, nonRetryable: !error.temporary };
  }
  const code = networkCode(error);
  if (code)
    return { type: 'NETWORK', message: `The network failed: ${code}.`, nonRetryable: false };
  const name = error instanceof Error ? error.name : typeof error;
  return {
    type: 'UNEXPECTED',
    message: `An unexpected ${name}; the log has it.`,
    nonRetryable: false,
  };
}

function describeDomain(error: DomainError): Description {
  return { type: error.code, message: `Refused: ${error.code}.`, nonRetryable: true };
}

function describeProvider(error: ProviderError): Description {
  const status = error.status ? ` (status ${error.status})` : '';
  const message = `The payment provider failed${status}: ${error.message}`;
  return { type: 'PROVIDER', message, nonRetryable: !error.temporary };
}

function describePostgres(error: pg.DatabaseError): Description {
  const where = error.constraint ?? error.table ?? 'no constraint';
  const message = `Postgres refused: ${error.code ?? 'no code'} (${where}).`;
  return { type: 'POSTGRES', message, nonRetryable: false };
}

function networkCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^E[A-Z_]{2,30}$/.test(code) ? code : undefined;
}

/** Where an error came from, without its message: that may carry personal data. */
function safeTrace(error: unknown): { error: string; at: string[] } {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 6).map((line) => line.trim()) };
}
