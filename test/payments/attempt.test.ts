import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttemptState, attemptAfter, type ProviderWord } from '../../src/domain/payment.ts';

const STATES: AttemptState[] = [
  'new',
  'pending',
  'denied',
  'review',
  'paid',
  'expired',
  'cancelled',
];
const states = fc.constantFrom(...STATES);
const said = (state: ProviderWord['state']): ProviderWord => ({
  state,
  status: state,
  paidIdr: state === 'paid' ? 75_000 : 0,
  refundedIdr: 0,
  refundKeys: [],
});
const words = fc.array(
  fc
    .constantFrom(...STATES.filter((state) => state !== 'new'), 'unknown' as const)
    .map((state) => said(state as ProviderWord['state'])),
  { maxLength: 12 },
);

describe('an attempt that hears of its payment', () => {
  test('is paid once money was told of, in whatever order and however often', () => {
    fc.assert(
      fc.property(states, words, (before, told) => {
        const after = told.reduce(attemptAfter, before);
        const money = before === 'paid' || told.some((word) => word.state === 'paid');
        expect(after === 'paid').toBe(money);
      }),
    );
  });

  test('changes nothing by hearing the same again', () => {
    fc.assert(
      fc.property(states, words, (before, told) => {
        const once = told.reduce(attemptAfter, before);
        const [last] = told.slice(-1);
        expect(last ? attemptAfter(once, last) : once).toBe(once);
      }),
    );
  });

  test('that is over is not opened again by an old word', () => {
    for (const before of ['expired', 'cancelled'] as const) {
      for (const word of ['pending', 'denied', 'expired', 'cancelled', 'unknown'] as const) {
        expect(attemptAfter(before, said(word))).toBe(before);
      }
    }
  });
});
