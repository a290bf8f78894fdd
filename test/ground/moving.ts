import { afterEach, beforeAll, expect } from 'vitest';
import { rescheduleBooking } from '../../src/commands/ask.ts';
import { setPrice } from '../../src/commands/operate.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { commandDeps } from './asking.ts';
import { dayAhead, slotOf } from './core.ts';
import { type Core, ledgerOf, useCore } from './life.ts';

export const TRAIL = 'baturraden';

/** Days of 100,000 rupiah, of less, and of more. */
export const [from, same, cheap, dear] = [
  dayAhead(20),
  dayAhead(21),
  dayAhead(22),
  dayAhead(23),
] as const;

/** Days of several prices to move between; the books of both businesses add up after each test. */
export function useMoving(): Core {
  const core = useCore();
  beforeAll(async () => {
    await priceDay(core, cheap, 60_000);
    await priceDay(core, dear, 150_000);
  });
  afterEach(async () => {
    expect(await ledgerOf(core)).toEqual([]);
    expect(await ledgerOf(core, 'jiot')).toEqual([]);
  });
  return core;
}

/** Sets what each member of a party pays on a day. */
export function priceDay(core: Core, date: string, priceIdr: number): Promise<void> {
  const wish = { offering: TRAIL, from: date, to: date, guest: 'foreign' as const, priceIdr };
  return setPrice(commandDeps(core), 'slamet', 'owner', wish);
}

/** Asks for another day, at an instant if one is given. */
export function move(core: Core, ref: BookingRef, date: string, by = 'customer', nowMs?: number) {
  const deps = commandDeps(core, () => new Date(nowMs ?? Date.now()));
  return rescheduleBooking(deps, ref, { date }, { by });
}

/** Why a move was refused, or that it was not. */
export function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'moved',
    (error: { code: string }) => error.code,
  );
}

export async function soldOn(core: Core, date: string): Promise<number> {
  return (await slotOf(core, TRAIL, date)).sold;
}
