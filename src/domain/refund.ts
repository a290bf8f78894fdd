export type RefundState = 'due' | 'requested' | 'done' | 'by_hand';

/** All refunds of an order as one: the sum, and the state of what is least far. */
export interface RefundTotal {
  state: RefundState;
  amountIdr: number;
}

const LEAST_FAR_FIRST: readonly RefundState[] = ['by_hand', 'due', 'requested', 'done'];

/** Undefined where nothing goes back. */
export function refundTotal(refunds: readonly RefundTotal[]): RefundTotal | undefined {
  const state = LEAST_FAR_FIRST.find((wanted) => refunds.some((one) => one.state === wanted));
  if (!state) return undefined;
  return { state, amountIdr: refunds.reduce((sum, { amountIdr }) => sum + amountIdr, 0) };
}
