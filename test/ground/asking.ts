import { createPayment } from '../../src/activities/collect.ts';
import { openBooking } from '../../src/activities/hold.ts';
import { settleBooking } from '../../src/activities/settle.ts';
import { createUpkeep, type UpkeepDeps } from '../../src/activities/upkeep.ts';
import type { CommandDeps } from '../../src/commands/deps.ts';
import type { BookingWish } from '../../src/commands/draft.ts';
import { joinLine } from '../../src/commands/wait.ts';
import { type FactsDeps, findByToken } from '../../src/db/order/facts.ts';
import type { BookingRef, Nudge } from '../../src/domain/booking.ts';
import { partyWish } from './core.ts';
import { type Core, liveUntil } from './life.ts';

/**
 * What commands need, with every order decided in this process: the answers of its workflow without
 * its waiting. `now` is the clock of whoever asks.
 */
export function commandDeps(
  core: Core,
  now: () => Date = () => new Date(),
): CommandDeps & FactsDeps {
  const { deps } = core;
  const decide = (ref: BookingRef, nudge: Nudge) =>
    settleBooking(deps, ref, nudge, now().getTime()).then(() =>
      liveUntil(core, ref, now().getTime()),
    );
  const open = (ref: BookingRef) => openBooking(deps, ref, now().getTime());
  return {
    ...deps,
    now,
    workflows: {
      hold: open,
      request: (ref, requestId) => decide(ref, { kind: 'request', requestId }),
      signalPayment: async (ref, eventId) => void (await decide(ref, { kind: 'payment', eventId })),
      signalPay: async (ref) => void (await createPayment(deps, ref, now().getTime())),
      wake: async (ref) => {
        await open(ref);
        await decide(ref, { kind: 'wake' });
      },
      sendOtp: async () => undefined,
      listRunning: async () => new Set(),
    },
  };
}

/** The parts of upkeep, with events and executions that a test sets. */
export function upkeepOf(core: Core, changes: Partial<UpkeepDeps> = {}) {
  return createUpkeep({
    ...core.deps,
    signalPayment: async () => undefined,
    listRunning: async () => new Set(),
    keyOf: ({ code }) => code,
    bookForm: async () => false,
    report: () => undefined,
    ...changes,
  });
}

let keys = 0;

/** A party that joined the line. */
export async function waitingParty(
  core: Core,
  quantity: number,
  wish: Partial<BookingWish> = {},
): Promise<BookingRef & { token: string; position: number }> {
  keys += 1;
  const { joined } = await joinLine(
    commandDeps(core),
    'slamet',
    `join ${keys}`,
    partyWish(quantity, wish),
  );
  const ref = await findByToken(core.pool, 'waiting', joined.token);
  return { ...ref!, ...joined };
}
