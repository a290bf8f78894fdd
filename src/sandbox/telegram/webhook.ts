import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults } from '../faults.ts';
import type { Sent } from '../post.ts';
import { changeBot } from './bots.ts';
import type { Desk } from './desk.ts';
import type { Facts, Pending, Webhook } from './facts.ts';
import { createHolding } from './holding.ts';
import { TELEGRAM_POLICY } from './policy.ts';
import { createPosting } from './posting.ts';

export interface SenderDeps {
  facts: Facts;
  desk: Desk;
  alarms: Alarms;
  clock: Clock;
  faults: Faults;
  deliveries: Deliveries;
  /** Executes the method that a receiver put into its answer. */
  execute(slug: string, body: string): void;
}

/** The Bot API server obeys no longer `Retry-After`. */
const LONGEST_RETRY_AFTER_S = 3600;

/**
 * Posts updates to the bots' webhooks: those of one chat one after another, those of others beside
 * them. An update leaves the queue only when it was answered with 2xx.
 */
export function createSender(deps: SenderDeps) {
  const { facts, desk, alarms, clock } = deps;
  const underWay = new Set<string>();
  const resting = new Set<string>();
  const stop = new AbortController();
  const attempt = createPosting(deps.deliveries, stop.signal);

  const drain = (slug: string) => {
    const webhook = desk.getBot(slug)?.webhook;
    if (!webhook || stop.signal.aborted) return;
    for (const pending of desk.listPending(slug)) {
      const lane = laneOf(slug, pending);
      if (underWay.has(lane) || resting.has(lane) || holding.isHeld(slug, pending)) continue;
      const met = holding.meetFault(slug, pending);
      if (!holding.isHeld(slug, met)) void run(slug, webhook, met);
    }
  };
  const holding = createHolding(deps, drain);

  const run = async (slug: string, webhook: Webhook, pending: Pending) => {
    const lane = laneOf(slug, pending);
    underWay.add(lane);
    const sent = await attempt(slug, webhook, pending);
    underWay.delete(lane);
    if (stop.signal.aborted) return;
    const id = pending.update.update_id;
    // Read again: its fault may have been lifted meanwhile.
    const kept = facts.pendingOf(slug).get(String(id));
    if (sent.status !== null && sent.status >= 200 && sent.status < 300) {
      deps.execute(slug, sent.answer);
      desk.confirm(slug, id);
    } else if (kept) {
      const attempts = kept.attempts + 1;
      facts.pendingOf(slug).put(String(id), { ...kept, attempts });
      noteError(slug, sent);
      rest(slug, lane, waitMs(sent, attempts));
    }
    holding.release(slug, pending);
    drain(slug);
  };

  const rest = (slug: string, lane: string, ms: number) => {
    resting.add(lane);
    alarms.set(`telegram:${lane}`, Date.now() + ms, () => {
      resting.delete(lane);
      drain(slug);
    });
  };

  const waitMs = ({ retryAfterSeconds: asked }: Sent, attempts: number) => {
    const own = TELEGRAM_POLICY.waitMs(attempts);
    const wait = asked === undefined ? own : Math.min(asked, LONGEST_RETRY_AFTER_S) * 1000;
    return wait * clock.retryScale;
  };

  const noteError = (slug: string, { status, answer }: Sent) => {
    const { webhook } = desk.getBot(slug);
    if (!webhook) return;
    const text = status === null ? answer : `Wrong response from the webhook: ${status}`;
    const last_error_date = Math.floor(Date.now() / 1000);
    changeBot(facts, slug, { webhook: { ...webhook, last_error_date, last_error_message: text } });
  };

  /** Tries everything again now: after a restart, or when the clock was changed. */
  const resume = () => {
    resting.clear();
    for (const { slug } of facts.bots.values()) drain(slug);
  };

  desk.events.on('update', drain);
  return {
    drain,
    resume,
    /** Ends what faults still do to waiting updates, and wakes the chats that rest after them. */
    liftFaults() {
      for (const { slug } of facts.bots.values()) holding.forgetFaults(slug);
      resume();
    },
    close: () => stop.abort(),
  };
}

function laneOf(slug: string, { chatId }: Pending): string {
  return `${slug}:${chatId}`;
}
