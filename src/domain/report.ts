/** What came in from one day to another. Money of rehearsals is none. */
export interface Revenue {
  totalIdr: number;
  /** What went back to customers in these days, whenever it had come. */
  refundedIdr: number;
  /** Every day of the range, the first first. */
  days: { date: string; amountIdr: number; orders: number }[];
  /** What brought money, the most first. */
  offerings: { offering: string; name: string; amountIdr: number; orders: number }[];
}

/** How a provider did. What each figure is and is not: docs/operations.md. */
export interface ProviderFigures {
  /** Attempts that were paid, and what came by them. */
  payments: number;
  amountIdr: number;
  /** Verified webhooks, repeats included. */
  webhooks: number;
  /** From the instant at which the provider says the money came to its first webhook; null without one. */
  latencyP50Ms: number | null;
  latencyP95Ms: number | null;
  /** The same webhook again: before its event was finished, and after. */
  retries: number;
  duplicates: number;
  /** Webhooks that tell what an earlier one had already overtaken. */
  outOfOrder: number;
  /** Paid attempts that we learned of by asking, before any webhook told of the money. */
  foundByAsking: number;
  /** Those of them of which no webhook has told to this day. */
  lost: number;
}

export interface ProviderReport {
  provider: string;
  total: ProviderFigures;
  /** Every day of the range, the first first. */
  days: ({ date: string } & ProviderFigures)[];
}
