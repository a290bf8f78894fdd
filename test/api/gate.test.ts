import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import * as shapes from '../../src/api/answers.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { book, bookAndPay, expectProblem, expectShape } from './support.ts';

const stack = useStack();
const ADMIN = '/api/v1/admin/slamet';
let jiotOwner: string;
let gate: string;
beforeAll(async () => {
  gate = await stack.tokenOf('gate');
  jiotOwner = await stack.tokenOf('owner', 'jiot');
});

describe('a gate', () => {
  it('sees the bookings of today, and no story', async () => {
    const today = await bookAndPay(stack, 1, { date: dayAhead(0), offering: 'guci' });
    const later = await book(stack, 1, { date: dayAhead(41) });
    const token = gate;
    const list = await stack.call(
      'GET',
      `${ADMIN}/bookings?from=${dayAhead(0)}&to=${dayAhead(50)}`,
      {
        token,
      },
    );
    const dates = list.body.items.map((item: { date: string }) => item.date);
    expect(new Set(dates)).toEqual(new Set([dayAhead(0)]));
    const shown = await stack.call('GET', `${ADMIN}/bookings/${today.code}`, { token });
    expectShape(shown, shapes.OrderStory);
    expect(shown.body.story).toBeUndefined();
    const other = await stack.call('GET', `${ADMIN}/bookings/${later.body.code}`, { token });
    expectProblem(other, 403, 'FORBIDDEN');
  });

  it('lets in and out, and says why not', async () => {
    const paid = await bookAndPay(stack, 2, { date: dayAhead(0), offering: 'bambangan' });
    const later = await bookAndPay(stack, 1, { date: dayAhead(42) });
    const [first, second] = paid.tickets;
    const scan = async (wish: object) => {
      const body = { direction: 'in', nonce: randomUUID(), gate: 'Pos 1', ...wish };
      const answer = await stack.call('POST', `${ADMIN}/tickets/scan`, {
        token: gate,
        body,
      });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      expectShape(answer, shapes.Scanned);
      return answer.body;
    };
    const nonce = randomUUID();
    const entered = { result: 'in', holder: first.holder, code: paid.code };
    expect(await scan({ qr: first.qr, nonce })).toEqual(entered);
    expect(await scan({ qr: first.qr, nonce })).toEqual(entered);
    expect(await scan({ qr: first.qr })).toMatchObject({ result: 'refused', reason: 'ALREADY_IN' });
    expect(await scan({ qr: first.qr, direction: 'out' })).toMatchObject({ result: 'out' });
    expect(await scan({ qr: first.qr })).toMatchObject({ result: 'in' });
    expect(await scan({ ticket: second.id.toLowerCase() })).toMatchObject({ result: 'in' });
    expect(await scan({ ticket: 'T0000000000' })).toEqual({ result: 'refused', reason: 'UNKNOWN' });
    expect(await scan({ qr: later.tickets[0].qr })).toMatchObject({ reason: 'WRONG_DAY' });
    expect(await scan({ qr: later.tickets[0].qr, direction: 'out' })).toMatchObject({
      reason: 'NOT_IN',
    });
    const otherLetter = first.qr.at(-1) === 'A' ? 'B' : 'A';
    const changed = `${first.qr.slice(0, -1)}${otherLetter}`;
    for (const qr of ['hello', changed, 'PSN1.', `${first.qr}AA`]) {
      expect(await scan({ qr })).toEqual({ result: 'refused', reason: 'FORGED' });
    }
  });

  it("does not know another business's ticket, however genuine", async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(0) });
    const [ticket] = paid.tickets;
    for (const by of [{ qr: ticket.qr }, { ticket: ticket.id }]) {
      const body = { ...by, direction: 'in', nonce: randomUUID(), gate: 'bench' };
      const answer = await stack.call('POST', '/api/v1/admin/jiot/tickets/scan', {
        token: jiotOwner,
        body,
      });
      expect(answer.body).toEqual({ result: 'refused', reason: 'UNKNOWN' });
    }
  });

  it.each([
    ['8 days ago', -8 * 86_400_000, 400],
    ['almost 7 days ago', -7 * 86_400_000 + 60_000, 200],
    ['in 4 minutes', 4 * 60_000, 200],
    ['in 6 minutes', 6 * 60_000, 400],
  ])('may upload a scan of %s: %s', async (_when, agoMs, status) => {
    const at = new Date(Date.now() + agoMs).toISOString();
    const body = { ticket: 'T0', direction: 'in', nonce: randomUUID(), gate: 'Pos 1', at };
    const answer = await stack.call('POST', `${ADMIN}/tickets/scan`, { token: gate, body });
    expect(answer.status).toBe(status);
    if (status === 400) expectProblem(answer, 400, 'INVALID', '/at');
  });

  it.each(['yesterday', '2026-11-21', '2026-11-21T09:00:00', '2026-02-31T99:00:00Z', 7])(
    'is told that %s is no instant',
    async (at) => {
      const body = { ticket: 'T0', direction: 'in', nonce: randomUUID(), gate: 'Pos 1', at };
      const answer = await stack.call('POST', `${ADMIN}/tickets/scan`, {
        token: gate,
        body,
      });
      expectProblem(answer, 400, 'INVALID', '/at');
    },
  );

  it('refuses the old code of a ticket that was moved', async () => {
    const paid = await bookAndPay(stack, 1, { date: dayAhead(43) });
    const moved = await stack.call('POST', `/api/v1/bookings/${paid.token}/reschedule`, {
      body: { date: dayAhead(44) },
    });
    expect(moved.status).toBe(200);
    const body = { qr: paid.tickets[0].qr, direction: 'in', nonce: randomUUID(), gate: 'Pos 1' };
    const answer = await stack.call('POST', `${ADMIN}/tickets/scan`, { token: gate, body });
    expect(answer.body).toMatchObject({ result: 'refused', reason: 'VOID' });
  });
});
