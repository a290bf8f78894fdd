import type { Router } from 'express';

/** A row of `GET /control/transactions`. */
export interface TransactionSummary {
  provider: string;
  id: string;
  orderId: string;
  amountIdr: number;
  /** The provider's own word; `created` before a method was chosen. */
  status: string;
  createdAt: string;
}

/** What the sandbox mounts for each provider that it speaks for. */
export interface Provider {
  name: string;
  /** Mounted at `/<name>`: the provider's API and its pages. */
  api: Router;
  /** Mounted at `/control/<name>`: the tester's hand. */
  control: Router;
  listTransactions(): TransactionSummary[];
  /** Takes up what a stopped process left waiting. */
  resume(): void;
  /** Ends what faults that were lifted still hold up. */
  liftFaults?(): void;
}
