import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import type { Deliveries } from '../deliveries.ts';
import type { Faults, WebhookFault } from '../faults.ts';
import { createGate, post, type Sent } from '../post.ts';
import { changeBot } from './bots.ts';
import type { Desk } from './desk.ts';
import type { Facts, Pending, Webhook } from './facts.ts';
import { TELEGRAM_POLICY } from './policy.ts';

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

const MOST_AT_ONCE = 50;
/** The Bot API server obeys no longer `Retry-After`. */
const LONGEST_RETRY_AFTER_S = 3600;

/**
 * Posts updates to the bots' webhooks: those of one chat one after another, those of others beside
 * them. An update leaves the queue only when it was answered with 2xx.
 */
export function createSender(deps: SenderDeps) {
  const { facts, desk, alarms, clock, faults, deliveries } = deps;
  const underWay = new Set<string>();
  const resting = new Set<string>();
  const stop = new AbortController();
  const gate = createGate(MOST_AT_ONCE);

  const drain = (slug: string) => {
    const webhook = desk.getBot(slug)?.webhook;
    if (!webhook || stop.signal.aborted) return;
    const seen = new Set<number>();
    for (const pending of desk.listPending(slug)) {
      const lane = `${slug}:${pending.chatId}`;
      const isNext = !seen.has(pending.chatId);
      seen.add(pending.chatId);
      if (isNext && !underWay.has(lane) && !resting.has(lane)) void run(slug, webhook, pending);
    }
  };

  const run = async (slug: string, webhook: Webhook, pending: Pending) => {
    const lane = `${slug}:${pending.chatId}`;
    underWay.add(lane);
    // A fault is met by an update, not by each of its attempts.
    const fault = pending.attempts === 0 ? (faults.takeWebhook('telegram') ?? {}) : {};
    const drops = pending.dropsLeft ?? fault.drop ?? 0;
    const sent = await deliver(slug, webhook, pending, { ...fault, drop: drops });
    underWay.delete(lane);
    if (stop.signal.aborted) return;
    const attempts = pending.attempts + 1;
    const isDone = sent.status !== null && sent.status >= 200 && sent.status < 300;
    if (isDone) {
      deps.execute(slug, sent.answer);
      desk.confirm(slug, pending.update.update_id);
    } else if (desk.isPending(slug, pending.update.update_id)) {
      const key = String(pending.update.update_id);
      facts.pendingOf(slug).put(key, { ...pending, attempts, dropsLeft: Math.max(0, drops - 1) });
      noteError(slug, sent);
      rest(slug, lane, waitMs(sent, attempts));
    }
    drain(slug);
  };

  const deliver = async (
    slug: string,
    webhook: Webhook,
    { update, chatId, attempts }: Pending,
    fault: WebhookFault,
  ) => {
    const secret = fault.badSignature ? 'forged' : webhook.secret_token;
    const message = {
      id: `telegram-${slug}-${update.update_id}`,
      provider: 'telegram',
      ref: String(chatId),
      url: webhook.url,
      headers: {
        'content-type': 'application/json',
        ...(secret && { 'x-telegram-bot-api-secret-token': secret }),
      },
      body: JSON.stringify(update),
    };
    const once = (): Promise<Sent> =>
      gate(() => post({ ...message, timeoutMs: TELEGRAM_POLICY.timeoutMs, signal: stop.signal }));
    if (fault.delayMs) await new Promise((go) => setTimeout(go, fault.delayMs).unref());
    const sent = fault.drop ? DROPPED : await once();
    for (let copy = 0; copy < (fault.duplicate ?? 0); copy += 1) await once();
    if (!stop.signal.aborted) deliveries.note(message, attempts + 1, sent);
    return sent;
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
    /** Ends drops that are under way, and wakes the chats that rest after them. */
    liftFaults() {
      for (const { slug } of facts.bots.values()) {
        for (const pending of desk.listPending(slug)) {
          const key = String(pending.update.update_id);
          if (pending.dropsLeft) facts.pendingOf(slug).put(key, { ...pending, dropsLeft: 0 });
        }
      }
      resume();
    },
    close: () => stop.abort(),
  };
}

const DROPPED: Sent = { status: null, answer: 'dropped by a fault of the sandbox' };
