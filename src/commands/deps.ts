import type { Pool } from '../db/pool.ts';
import type { Vault } from '../db/vault.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { Provider } from '../payments/provider.ts';
import type { Workflows } from './workflows.ts';

/** What commands reach. */
export interface CommandDeps {
  pool: Pool;
  vault: Vault;
  workflows: Workflows;
  provider(name: string): Provider;
  publicUrl: string;
  holdMinutes: number | undefined;
  /** The clock of the request: for what a person asks now, never for an order's deadlines. */
  now(): Date;
}

/** The links of an order, absolute. */
export function linksOf(deps: Pick<CommandDeps, 'vault' | 'publicUrl'>, ref: BookingRef) {
  return {
    statusUrl: `${deps.publicUrl}/b/${deps.vault.tokenOf('booking', ref)}`,
    paymentUrl: `${deps.publicUrl}/pay/${deps.vault.tokenOf('pay', ref)}`,
  };
}
