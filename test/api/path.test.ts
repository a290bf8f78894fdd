import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { dayAhead, partyWish } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';

const stack = useStack();

describe('the path of a booking', () => {
  it('holds a party, takes its money, issues its tickets and lets it in', async () => {
    const body = partyWish(3, { date: dayAhead(3) });
    const held = await stack.call('POST', '/api/v1/businesses/slamet/bookings', {
      body,
      key: randomUUID(),
    });
    expect(held.status).toBe(201);
    expect(held.body).toMatchObject({
      state: 'held',
      code: expect.stringMatching(/^[2-9A-Z]{8}$/),
    });
    const { token, code } = held.body;

    const waiting = await stack.booking(token, (b) => b.payment.state === 'pending');
    expect(waiting).toMatchObject({ code, state: 'held', paidIdr: 0, tickets: [] });
    await stack.provider(`${code}-1`, 'settle');
    const paid = await stack.booking(token, (b) => b.tickets.length === 3);
    expect(paid).toMatchObject({ state: 'paid', payment: { state: 'paid' } });
  });
});
