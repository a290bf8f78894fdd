import type { Args } from './args.ts';
import { changeBot } from './bots.ts';
import type { Desk } from './desk.ts';
import type { Facts, Update } from './facts.ts';
import { Refusal } from './refusal.ts';

const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
const TERMINATED =
  'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running';

/** `getUpdates`: one caller a bot waits; a second one ends the first with 409, as Telegram does. */
export function createPolling(facts: Facts, desk: Desk) {
  const waiting = new Map<string, (error?: Refusal) => void>();

  const ready = (slug: string, limit: number) =>
    desk
      .listPending(slug)
      .slice(0, limit)
      .map(({ update }) => update);

  const wait = (slug: string, seconds: number, closed: AbortSignal) =>
    new Promise<void>((done, fail) => {
      const end = (error?: Refusal) => {
        clearTimeout(timer);
        desk.events.off('update', heard);
        closed.removeEventListener('abort', stop);
        if (waiting.get(slug) === end) waiting.delete(slug);
        if (error) fail(error);
        else done();
      };
      const stop = () => end();
      const heard = (other: string) => other === slug && end();
      const timer = setTimeout(end, seconds * 1000);
      waiting.set(slug, end);
      desk.events.on('update', heard);
      closed.addEventListener('abort', stop);
    });

  return {
    async getUpdates(slug: string, args: Args, closed: AbortSignal): Promise<Update[]> {
      if (desk.getBot(slug).webhook) throw new Refusal(409, WEBHOOK_ACTIVE);
      waiting.get(slug)?.(new Refusal(409, TERMINATED));
      const allowed = args.json('allowed_updates');
      if (Array.isArray(allowed)) changeBot(facts, slug, { allowedUpdates: allowed.map(String) });
      confirmBelow(desk, slug, args.int('offset') ?? 0);
      const limit = within(args.int('limit') ?? 100, 1, 100);
      const seconds = within(args.int('timeout') ?? 0, 0, 50);
      if (ready(slug, 1).length === 0 && seconds > 0) await wait(slug, seconds, closed);
      // A caller that went away has not received anything: the next one gets it again.
      return ready(slug, limit);
    },
    /** A webhook that is set ends the wait. */
    interrupt: (slug: string) => waiting.get(slug)?.(new Refusal(409, WEBHOOK_ACTIVE)),
    close() {
      for (const end of [...waiting.values()]) end();
    },
  };
}

/** A negative offset leaves so many of the newest. */
function confirmBelow(desk: Desk, slug: string, offset: number): void {
  const pending = desk.listPending(slug);
  const first = offset < 0 ? pending.at(offset)?.update.update_id : offset;
  for (const { update } of pending) {
    if (update.update_id < (first ?? 0)) desk.confirm(slug, update.update_id);
  }
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
