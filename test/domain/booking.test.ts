import { describe, expect, it } from 'vitest';
import { type Clockwork, nextDeadline, type OrderState } from '../../src/domain/booking.ts';

const at = (ms: number) => new Date(ms);
const NONE: Clockwork = {
  state: 'held',
  expiresAt: null,
  remindAt: null,
  endingAt: null,
  reviewUntil: null,
  moveExpiresAt: null,
  visitRemindAt: null,
  visitRemindedAt: null,
  endsAt: null,
};
const next = (order: Partial<Clockwork>) => nextDeadline({ ...NONE, ...order });

describe('the next deadline', () => {
  it('of a hold is its reminder, then its end', () => {
    const hold = { expiresAt: at(100), remindAt: at(10) };
    expect(next(hold)).toEqual({ kind: 'remind', atMs: 10 });
    expect(next({ ...hold, remindAt: null })).toEqual({ kind: 'expire', atMs: 100 });
  });

  it('of a hold that is being ended is that end, and no reminder', () => {
    const hold = { expiresAt: at(100), remindAt: at(10), endingAt: at(20) };
    expect(next(hold)).toEqual({ kind: 'expire', atMs: 20 });
  });

  it('at the same instant is the end', () => {
    expect(next({ expiresAt: at(10), remindAt: at(10) })).toEqual({ kind: 'expire', atMs: 10 });
  });

  it('of a review is its own end, or the one that an operator asked for', () => {
    const review = { state: 'review' as const, expiresAt: at(10), reviewUntil: at(100) };
    expect(next(review)).toEqual({ kind: 'review', atMs: 100 });
    expect(next({ ...review, endingAt: at(20) })).toEqual({ kind: 'review', atMs: 20 });
  });

  it('of what is paid is the visit’s reminder, then its end', () => {
    const paid = { state: 'paid' as const, visitRemindAt: at(10), endsAt: at(100) };
    expect(next(paid)).toEqual({ kind: 'visit', atMs: 10 });
    expect(next({ ...paid, visitRemindedAt: at(11) })).toEqual({ kind: 'complete', atMs: 100 });
  });

  it('of an open move comes before the end of the visit that it leaves', () => {
    const moving = { state: 'paid' as const, moveExpiresAt: at(200), endsAt: at(100) };
    expect(next(moving)).toEqual({ kind: 'lapse_move', atMs: 200 });
  });

  it.each<OrderState>([
    ...(['new', 'refused', 'waiting', 'expired', 'cancelled'] as const),
    ...(['refund_due', 'refunded', 'completed'] as const),
  ])('of an order that is %s is none', (state) => {
    const all = Object.fromEntries(Object.keys(NONE).map((key) => [key, at(10)]));
    expect(nextDeadline({ ...(all as unknown as Clockwork), state })).toBeUndefined();
  });
});
