import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Faults } from '../faults.ts';
import type { Desk } from './desk.ts';
import type { Facts, Pending } from './facts.ts';
import { HOLD_BACK_MS } from './policy.ts';

interface HoldingDeps {
  facts: Facts;
  desk: Desk;
  alarms: Alarms;
  clock: Clock;
  faults: Faults;
}

/** Which fault an update meets, and how long one that is reordered is held back. */
export function createHolding(deps: HoldingDeps, drain: (slug: string) => void) {
  const { facts, desk, alarms, clock, faults } = deps;

  const keep = (slug: string, pending: Pending) =>
    facts.pendingOf(slug).put(String(pending.update.update_id), pending);

  const heldBeside = (slug: string, { chatId, update }: Pending) =>
    desk
      .listPending(slug)
      .filter((each) => each.chatId === chatId && each.heldSince !== undefined)
      .filter((each) => each.update.update_id !== update.update_id);

  return {
    /** A fault is met by an update at its first attempt, and stays with it. */
    meetFault(slug: string, pending: Pending): Pending {
      if (pending.fault || pending.attempts > 0) return pending;
      const fault = faults.takeWebhook('telegram', pending.chatId);
      if (!fault) return pending;
      // Who comes while another is held back goes first: that is the reordering.
      const isHeld = fault.reorder && heldBeside(slug, pending).length === 0;
      return keep(slug, { ...pending, fault, ...(isHeld && { heldSince: Date.now() }) });
    },
    /** Whether it must not go yet; the bot's queue is looked at again when it may. */
    isHeld(slug: string, { heldSince, update }: Pending): boolean {
      if (heldSince === undefined) return false;
      const until = heldSince + HOLD_BACK_MS * clock.retryScale;
      if (Date.now() >= until) return false;
      alarms.set(`telegram:held:${slug}:${update.update_id}`, until, () => drain(slug));
      return true;
    },
    /** Lets go what waited for this update to be sent. */
    release(slug: string, sent: Pending) {
      for (const { heldSince: _, ...held } of heldBeside(slug, sent)) keep(slug, held);
    },
    /** Nothing goes wrong any more with updates that met a fault. */
    forgetFaults(slug: string) {
      for (const { heldSince: _, ...pending } of desk.listPending(slug)) {
        if (pending.fault) keep(slug, { ...pending, fault: {} });
      }
    },
  };
}
