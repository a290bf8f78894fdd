import { listBusinesses } from '../db/businesses.ts';
import { type ChatRef, listSent, passOver } from '../db/chat/chats.ts';
import { forgetChats, listUnsaid } from '../db/chat/outgoing.ts';
import { takeEventsToRedrive } from '../db/money/events.ts';
import { checkLedger } from '../db/money/ledger.ts';
import { openHorizon } from '../db/places/horizon.ts';
import { lapseWaits, listOfferable, listOverdueWaits, offerDays } from '../db/places/line.ts';
import { forgetOtps } from '../db/plan/otps.ts';
import { inTransaction } from '../db/pool.ts';
import {
  forgetOld,
  listOpenOrders,
  listUndone,
  listUnopened,
  refuseStale,
  takeUnasked,
} from '../db/upkeep.ts';
import { type BookingRef, type Kind, STALE_HOLD_MS } from '../domain/booking.ts';
import { askProvider } from './collect.ts';
import type { Deps } from './deps.ts';

/** What upkeep reaches beside the rest: events and executions of Temporal. */
export interface UpkeepDeps extends Deps {
  signalPayment(ref: BookingRef, eventId: number): Promise<void>;
  /** Which of these orders have a running workflow. */
  listRunning(): Promise<Set<string>>;
  keyOf(ref: BookingRef & { kind: Kind }): string;
  /** Books what a chat's form asks for. Safe to repeat. */
  bookForm(chat: ChatRef): Promise<boolean>;
  /** Told what was found, for metrics. */
  report(figure: 'strays' | 'ledger_differences', value: number): void;
}

/** Batches are bounded: what is left is taken by the next round. */
const BATCH = 200;

/** Ten at a time, twenty seconds at most each: a minute when Telegram hangs. */
const CHATS = 30;

/** The parts of upkeep. Each is safe to run twice and at the same time as itself. */
export function createUpkeep(deps: UpkeepDeps) {
  return {
    async refuseStaleHolds(nowMs: number): Promise<number> {
      // Twice the limit: a hold that is being answered right now is left to its workflow.
      const before = new Date(nowMs - 2 * STALE_HOLD_MS);
      const refused = await inTransaction(deps.pool, (tx) => refuseStale(tx, before, BATCH));
      await forgetOld(deps.pool);
      await forgetChats(deps.pool);
      await forgetOtps(deps.pool);
      return refused;
    },

    async wakeUndone(nowMs: number): Promise<number> {
      const undone = await listUndone(deps.pool, new Date(nowMs), BATCH);
      return each(undone, (ref) => deps.wake(ref));
    },

    /**
     * Books what forms asked for that nobody answered, then says what senders left: some chats a round,
     * so that a Temporal or a Telegram that hangs delays little.
     */
    async sayUnsaid(): Promise<number> {
      const sent = await listSent(deps.pool, CHATS);
      // One that fails goes to the end of the line: it must not starve those behind it.
      const booking = each(sent, async (chat) => {
        await passOver(deps.pool, chat);
        await deps.bookForm(chat);
      });
      // A form that cannot be booked keeps nobody from being told.
      const [booked] = await Promise.allSettled([booking]);
      const unsaid = await listUnsaid(deps.pool, CHATS);
      const said = await each(unsaid, (chat) => deps.sendChat(chat));
      if (booked.status === 'rejected') throw booked.reason;
      return said;
    },

    async redriveEvents(): Promise<number> {
      const events = await takeEventsToRedrive(deps.pool, BATCH);
      const known = events.filter((event) => event.code !== null);
      return each(known, ({ business, code, eventId }) =>
        deps.signalPayment({ business, code: code! }, eventId),
      );
    },

    async reconcilePayments(seconds: number, nowMs: number): Promise<number> {
      const now = new Date(nowMs);
      const attempts = await takeUnasked(deps.pool, seconds, now, BATCH);
      return each(attempts, async (attempt) => {
        const { from, to, confirmed } = await askProvider(deps, attempt, now);
        if (from !== to || confirmed > 0) await deps.wake(attempt);
      });
    },

    async turnCalendar(nowMs: number): Promise<void> {
      const now = new Date(nowMs);
      for (const business of await listBusinesses(deps.pool)) {
        await inTransaction(deps.pool, (tx) => openHorizon(tx, business, now));
        await offerAgain(deps, business.business, now);
      }
      for (const { business, ...day } of await listOverdueWaits(deps.pool, now)) {
        await inTransaction(deps.pool, (tx) =>
          lapseWaits(tx, business, day, deps.holdMinutes, now),
        );
      }
    },

    async checkLedgers(nowMs: number): Promise<number> {
      let differences = 0;
      for (const { business } of await listBusinesses(deps.pool)) {
        const check = await checkLedger(deps.pool, business, new Date(nowMs));
        differences += check.differences.length;
      }
      deps.report('ledger_differences', differences);
      return differences;
    },

    startStrays: () => startStrays(deps),
  };
}

/** Offers what a crash left unoffered: the ordinary way offers in the transaction that frees. */
async function offerAgain(deps: Deps, business: string, now: Date): Promise<void> {
  const everyDay = { from: '-infinity', to: 'infinity' };
  const days = await listOfferable(deps.pool, business, everyDay);
  for (const day of days.slice(0, BATCH)) {
    await inTransaction(deps.pool, (tx) => offerDays(tx, business, [day], deps.holdMinutes, now));
  }
  if (days.length > 0) await wakeOffered(deps, business);
}

/** Starts the workflows of orders that the line was offered. Safe to repeat. */
export async function wakeOffered(deps: Deps, business: string): Promise<void> {
  for (const ref of await listUnopened(deps.pool, business, BATCH)) await deps.wake(ref);
}

/** Starts the workflows of open orders that have none, and answers how many there were. */
async function startStrays(deps: UpkeepDeps): Promise<number> {
  const running = await deps.listRunning();
  let strays = 0;
  let after = '';
  for (;;) {
    const page = await listOpenOrders(deps.pool, after, 1000);
    const stray = page.filter((ref) => !running.has(deps.keyOf(ref)));
    strays += await each(stray, (ref) => deps.wake(ref));
    if (page.length < 1000) break;
    after = page.at(-1)!.code;
  }
  deps.report('strays', strays);
  return strays;
}

/** Does work for each, ten at a time; one that fails stops no other. Answers how many went well. */
async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<number> {
  const queue = [...items];
  let done = 0;
  let failed: unknown;
  const next = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      await work(item).then(
        () => {
          done += 1;
        },
        (error: unknown) => {
          failed = error;
        },
      );
    }
  };
  await Promise.all(Array.from({ length: 10 }, next));
  if (failed && done === 0) throw failed;
  return done;
}
