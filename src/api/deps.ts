import type { Request, Response } from 'express';
import type { CommandDeps } from '../commands/deps.ts';
import type { FactsDeps } from '../db/facts.ts';
import type { Pool } from '../db/pool.ts';
import type { TicketKeys } from '../documents/qr.ts';
import type { BookingFacts, Texts } from '../domain/facts.ts';
import type { Logger } from '../log.ts';

/** What the api's handlers reach. */
export interface ApiDeps extends CommandDeps, FactsDeps {
  /** Connections for rate limits, whose counters need not outlive a crash. */
  countersPool: Pool;
  texts: Texts;
  ticketKeys: TicketKeys;
  log: Logger;
  bookingsPerMinute: number;
  trustProxy: string | undefined;
  /** Whether Temporal answers; false after two seconds of silence. */
  temporalReachable(): Promise<boolean>;
  /** Aborted when the process stops: what stays open by itself then ends. */
  stopping: AbortSignal;
}

/** What `/pay/{token}` shows where it cannot lead on to a provider's page. */
export interface PayPages {
  /** That page is being opened. */
  wait(request: Request, response: Response, facts: BookingFacts): void;
  /** There is nothing to pay (any more). */
  over(request: Request, response: Response, facts: BookingFacts): void;
}
