import { log, patched } from '@temporalio/workflow';
import { resaying, upkeeping } from './activities.ts';

/** How often a round is run, for what is asked of providers at that pace. */
export interface UpkeepInput {
  reconcileSeconds: number;
}

/**
 * One round of keeping things right: what a crash, a lost webhook or an outage left undone is found
 * in Postgres and driven again. Each part is bounded and stands alone: one that fails is tried by the
 * next round and stops no other.
 */
export async function upkeep({ reconcileSeconds }: UpkeepInput): Promise<void> {
  const nowMs = Date.now();
  await attempt('Refuse holds that nobody answered', () => upkeeping.refuseStaleHolds(nowMs));
  await attempt('Wake orders with something undone', () => upkeeping.wakeUndone(nowMs));
  await attempt('Drive stored provider events again', () => upkeeping.redriveEvents());
  await attempt('Ask providers about open payments', () =>
    upkeeping.reconcilePayments(reconcileSeconds, nowMs),
  );
  await attempt('Open the days ahead, end old waits', () => upkeeping.turnCalendar(nowMs));
  await attempt('Check the ledger', () => upkeeping.checkLedgers(nowMs));
  if (patched('2026-11-chats')) {
    await attempt('Say what chats were not told', () => resaying.sayUnsaid());
  }
}

/** Finds open orders whose workflow is gone (terminated, lost in a restore) and starts it again. */
export async function sweep(): Promise<void> {
  await attempt('Start workflows of open orders that have none', () => upkeeping.startStrays());
}

async function attempt(what: string, part: () => Promise<unknown>): Promise<void> {
  try {
    await part();
  } catch {
    log.warn('A part of upkeep failed; the next round tries it again', { what });
  }
}
