import { describe, expect, it } from 'vitest';
import { issueTickets } from '../../src/activities/issue.ts';
import { checkScanTime, type Scan, scanTicket } from '../../src/commands/scan.ts';
import { listTickets } from '../../src/db/order/tickets.ts';
import { many, run } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { addDays } from '../../src/domain/calendar.ts';
import { dayAhead } from '../ground/core.ts';
import { ask, ledgerOf, liveUntil, paidParty, rowOf, useCore } from '../ground/life.ts';

const core = useCore();
const date = dayAhead(3);
const noon = new Date(`${date}T12:00:00+07:00`);

let nonces = 0;

/** A scan at the gate, at noon of the day unless told otherwise. */
function scan(ticketId: string, direction: 'in' | 'out', change: Partial<Scan> = {}) {
  nonces += 1;
  const read = { ticketId, direction, at: noon, nonce: `nonce ${nonces}`, gate: 'Pos 1' };
  return scanTicket(core.pool, 'slamet', 'Asia/Jakarta', { ...read, ...change });
}

/** A party with its tickets. */
async function arriving(quantity = 1): Promise<{ party: BookingRef; tickets: string[] }> {
  const party = await paidParty(core, quantity, { date });
  await issueTickets(core.deps, party, Date.now());
  const tickets = await listTickets(core.pool, party);
  return { party, tickets: tickets.map(({ ticketId }) => ticketId) };
}

const stateOf = async (party: BookingRef) =>
  (
    await many<{ state: string }>(core.pool, 'select state from tickets where code = $1', [
      party.code,
    ])
  )[0]!.state;

describe('a ticket at the gate', () => {
  it('lets in once, out once, and in again after that', async () => {
    const { party, tickets } = await arriving();
    const [ticket] = tickets as [string];
    const who = { holder: 'Pendaki 1', code: party.code };
    expect(await scan(ticket, 'in')).toEqual({ result: 'in', ...who });
    expect(await scan(ticket, 'in')).toEqual({ result: 'refused', reason: 'ALREADY_IN', ...who });
    expect(await scan(ticket, 'out')).toEqual({ result: 'out', ...who });
    expect(await scan(ticket, 'out')).toEqual({ result: 'refused', reason: 'NOT_IN', ...who });
    expect(await scan(ticket, 'in')).toEqual({ result: 'in', ...who });
  });

  it('is one of its party: each has its own', async () => {
    const { tickets } = await arriving(2);
    expect(await scan(tickets[0]!, 'in')).toMatchObject({ result: 'in', holder: 'Pendaki 1' });
    expect(await scan(tickets[1]!, 'in')).toMatchObject({ result: 'in', holder: 'Pendaki 2' });
  });

  it('lets nobody out who is not in', async () => {
    const { tickets } = await arriving();
    expect(await scan(tickets[0]!, 'out')).toMatchObject({ result: 'refused', reason: 'NOT_IN' });
  });

  // Guards the zone of `dateIn` in `refusalOf`: the local day begins at 17:00 UTC of the day before.
  it.each([
    ['a moment before its day', `${addDays(date, -1)}T16:59:59.999Z`, 'WRONG_DAY'],
    ['as its day begins', `${addDays(date, -1)}T17:00:00.000Z`, undefined],
    ['as its day ends', `${date}T16:59:59.999Z`, undefined],
    ['a moment after its day', `${date}T17:00:00.000Z`, 'WRONG_DAY'],
  ])('lets in on its local day only: %s', async (_when, at, reason) => {
    const { tickets } = await arriving();
    const answer = await scan(tickets[0]!, 'in', { at: new Date(at) });
    expect(answer.reason).toBe(reason);
  });

  it('lets out on any day', async () => {
    const { tickets } = await arriving();
    await scan(tickets[0]!, 'in');
    const at = new Date(`${addDays(date, 2)}T09:00:00+07:00`);
    expect(await scan(tickets[0]!, 'out', { at })).toMatchObject({ result: 'out' });
  });

  it('is still good after the booking was completed', async () => {
    const { party, tickets } = await arriving();
    await liveUntil(core, party, (await rowOf(core, party)).endsAt.getTime());
    expect(await scan(tickets[0]!, 'in')).toMatchObject({ result: 'in' });
  });

  it('is refused when it is void, unknown, of another business, forged or not paid', async () => {
    const { party, tickets } = await arriving();
    await ask(core, party, 'cancel', 'operator');
    expect(await scan(tickets[0]!, 'in')).toMatchObject({ result: 'refused', reason: 'VOID' });
    expect(await scan('T000000000', 'in')).toEqual({ result: 'refused', reason: 'UNKNOWN' });
    expect(await scan('forged', 'in')).toEqual({ result: 'refused', reason: 'FORGED' });
    expect(await scan('forged', 'out')).toEqual({ result: 'refused', reason: 'FORGED' });

    const other = await arriving();
    const read = { direction: 'in', at: noon, nonce: 'elsewhere', gate: 'Meja' } as const;
    const jiot = { ...read, ticketId: other.tickets[0]! };
    expect(await scanTicket(core.pool, 'jiot', 'Asia/Jakarta', jiot)).toEqual({
      result: 'refused',
      reason: 'UNKNOWN',
    });
    const set = (state: string) =>
      run(core.pool, 'update orders set state = $2 where code = $1', [other.party.code, state]);
    await set('refund_due');
    expect(await scan(other.tickets[0]!, 'in')).toMatchObject({ reason: 'NOT_PAID' });
    await set('paid');
    expect(await ledgerOf(core)).toEqual([]);
  });

  // Guards `isInside`: who is on the mountain comes down, whatever became of it.
  it('lets out who is in with a ticket that became void, and not in again', async () => {
    const { party, tickets } = await arriving();
    await scan(tickets[0]!, 'in');
    await ask(core, party, 'refund', 'operator', {});
    expect(await scan(tickets[0]!, 'out')).toMatchObject({ result: 'out' });
    expect(await stateOf(party)).toBe('void');
    expect(await scan(tickets[0]!, 'out')).toMatchObject({ reason: 'NOT_IN' });
    expect(await scan(tickets[0]!, 'in')).toMatchObject({ reason: 'VOID' });
  });
});

describe('a scan that comes twice', () => {
  it('gets its first answer, whatever happened since', async () => {
    const { tickets } = await arriving();
    const first = await scan(tickets[0]!, 'in', { nonce: 'once' });
    await scan(tickets[0]!, 'out');
    expect(await scan(tickets[0]!, 'in', { nonce: 'once' })).toEqual(first);
    const refused = await scan('T000000001', 'in', { nonce: 'twice' });
    expect(await scan('T000000001', 'in', { nonce: 'twice' })).toEqual(refused);
    const again = await scan(tickets[0]!, 'in');
    expect(again.result).toBe('in');
    const blocked = await scan(tickets[0]!, 'in', { nonce: 'blocked' });
    expect(blocked.reason).toBe('ALREADY_IN');
    await scan(tickets[0]!, 'out');
    expect(await scan(tickets[0]!, 'in', { nonce: 'blocked' })).toEqual(blocked);
  });

  // Guards the lock of the nonce in `scanTicket`.
  it('counts once, also when it comes six times at once', async () => {
    const { tickets } = await arriving();
    const change = { nonce: 'six' };
    const six = Array.from({ length: 6 }, () => scan(tickets[0]!, 'in', change));
    const answers = await Promise.all(six);
    expect(new Set(answers.map(({ result }) => result))).toEqual(new Set(['in']));
    const kept = await many(core.pool, `select 1 from scans where nonce = 'six'`);
    expect(kept).toHaveLength(1);
  });

  // Guards the lock of the ticket: two gates, one member.
  it('at two gates at once lets in once, and out once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { tickets } = await arriving();
      const two = [1, 2, 3].map((gate) => scan(tickets[0]!, 'in', { gate: `Pos ${gate}` }));
      const answers = (await Promise.all(two)).map(({ result }) => result);
      expect(answers.sort()).toEqual(['in', 'refused', 'refused']);
      const out = await Promise.all([1, 2].map(() => scan(tickets[0]!, 'out')));
      expect(out.map(({ result }) => result).sort()).toEqual(['out', 'refused']);
    }
  });

  it('with the nonce of another business is another scan', async () => {
    const { tickets } = await arriving();
    const read = { direction: 'in', at: noon, nonce: 'shared', gate: 'Meja' } as const;
    await scanTicket(core.pool, 'jiot', 'Asia/Jakarta', { ...read, ticketId: 'T000000002' });
    expect(await scan(tickets[0]!, 'in', { nonce: 'shared' })).toMatchObject({ result: 'in' });
  });
});

describe('the time of a scan', () => {
  const now = new Date('2026-12-01T10:00:00Z');
  const MINUTE = 60_000;
  const DAY = 24 * 60 * MINUTE;

  // Guards `OFFLINE_MS` and `CLOCK_SKEW_MS`.
  it.each([
    ['7 days back', -7 * DAY, true],
    ['a moment before that', -7 * DAY - 1, false],
    ['now', 0, true],
    ['5 minutes ahead', 5 * MINUTE, true],
    ['a moment after that', 5 * MINUTE + 1, false],
  ])('may lie %s: %s ms, %s', (_when, offsetMs, allowed) => {
    const check = () => checkScanTime(new Date(now.getTime() + offsetMs), now);
    if (allowed) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'INVALID' }));
  });

  it('is its own, not that of the upload', async () => {
    const { tickets } = await arriving();
    await scan(tickets[0]!, 'in', { at: new Date(`${date}T06:30:00+07:00`) });
    const [kept] = await many<{ at: Date; recorded: Date }>(
      core.pool,
      'select at, recorded_at as recorded from scans where ticket_id = $1',
      [tickets[0]],
    );
    expect(kept!.at.toISOString()).toBe(`${addDays(date, -1)}T23:30:00.000Z`);
    expect(kept!.recorded).not.toEqual(kept!.at);
  });
});
