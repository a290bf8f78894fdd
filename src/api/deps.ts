import type { CommandDeps } from '../commands/deps.ts';
import type { FactsDeps } from '../db/facts.ts';
import type { Pool } from '../db/pool.ts';
import type { TicketKeys } from '../documents/qr.ts';
import type { Texts } from '../domain/facts.ts';
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
}
