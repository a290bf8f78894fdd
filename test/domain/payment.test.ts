import { describe, expect, it } from 'vitest';
import {
  type AttemptState,
  attemptAfter,
  owedAt,
  type ProviderWord,
  parseProviderRef,
  paymentStateOf,
  providerRef,
} from '../../src/domain/payment.ts';

const word = (state: ProviderWord['state']): ProviderWord => ({
  state,
  status: state,
  paidIdr: 0,
  refundedIdr: 0,
  refundKeys: [],
});

describe('an attempt after a word of the provider', () => {
  it.each<[AttemptState, ProviderWord['state'], AttemptState]>([
    ['new', 'pending', 'pending'],
    ['pending', 'denied', 'denied'],
    ['denied', 'pending', 'pending'],
    ['denied', 'paid', 'paid'],
    ['pending', 'review', 'review'],
    ['review', 'denied', 'denied'],
    ['pending', 'unknown', 'pending'],
    ['paid', 'pending', 'paid'],
    ['paid', 'denied', 'paid'],
    ['paid', 'expired', 'paid'],
    ['paid', 'cancelled', 'paid'],
    ['paid', 'review', 'paid'],
    ['expired', 'paid', 'paid'],
    ['cancelled', 'paid', 'paid'],
    ['expired', 'pending', 'expired'],
    ['cancelled', 'denied', 'cancelled'],
    ['cancelled', 'expired', 'cancelled'],
    ['expired', 'review', 'review'],
  ])('%s, %s: %s', (before, said, after) => {
    expect(attemptAfter(before, word(said))).toBe(after);
  });
});

describe('how money stands', () => {
  const facts = { attempt: 'pending', paidIdr: 0, askedIdr: 100, unconfirmed: false } as const;
  it.each([
    ['nothing asked yet', { attempt: undefined }, 'none'],
    ['an attempt without a page', { attempt: 'new' as const }, 'none'],
    ['a page', {}, 'pending'],
    ['a closed page', { attempt: 'cancelled' as const }, 'expired'],
    ['a part', { paidIdr: 99 }, 'underpaid'],
    ['all', { paidIdr: 100 }, 'paid'],
    ['more', { paidIdr: 101 }, 'overpaid'],
    ['a release that nobody confirmed', { unconfirmed: true }, 'unconfirmed'],
    ['money after that', { unconfirmed: true, paidIdr: 100 }, 'paid'],
  ])('%s', (_what, change, state) => {
    expect(paymentStateOf({ ...facts, ...change })).toBe(state);
  });

  it.each([
    ['as it was', { amountIdr: 100, owedIdr: 100 }, 150, 150],
    ['after a part was given back', { amountIdr: 100, owedIdr: 70 }, 150, 120],
    ['at less than was given back', { amountIdr: 100, owedIdr: 10 }, 80, 0],
  ])('at another price %s', (_what, order, amountIdr, owedIdr) => {
    expect(owedAt(amountIdr, order)).toBe(owedIdr);
  });
});

describe('the order id at a provider', () => {
  it('names the code and the attempt, and is read back', () => {
    expect(parseProviderRef(providerRef('K7Q2M9XA', 12))).toEqual({
      code: 'K7Q2M9XA',
      attempt: 12,
    });
  });

  it.each(['K7Q2M9XA', 'K7Q2M9XA-', 'k7q2m9xa-1', 'K7Q2M9XA-1\n', 'K7Q2M9XA-12345', 'X-1', ''])(
    'is not %j',
    (ref) => expect(parseProviderRef(ref)).toBeUndefined(),
  );
});
