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
