import { randomUUID } from 'node:crypto';
import type { Alarms } from './alarms.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import { createGate, post, type Sent } from './post.ts';
import type { Store, Table } from './store.ts';

/** How one provider sends and repeats its webhooks. */
export interface WebhookPolicy {
  timeoutMs: number;
  /** How many times it tries again after this answer; null is no answer. */
  retriesAfter(status: number | null): number;
  /** The unscaled wait before the nth retry, counted from 1, its random shift included. */
  waitMs(retry: number): number;
}

export interface Message {
  provider: string;
  /** The order the message is about. */
  ref: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** What is different in the same message with a signature that does not hold. */
  forged(): Partial<Pick<Message, 'headers' | 'body'>>;
}

/** One attempt, as `GET /control/deliveries` shows it. */
export interface Delivery extends Sent {
  id: string;
  webhookId: string;
  provider: string;
  ref: string;
  url: string;
  attempt: number;
  at: string;
}

interface Due {
  from: number;
  waitMs: number;
  scaled: boolean;
}

/** Kept apart from its attempts, so that a repeat has the same bytes, after a restart too. */
interface Webhook extends Omit<Message, 'forged'> {
  id: string;
  attempts: number;
  dropsLeft: number;
  /** Absent when it was answered well or given up. */
  due?: Due;
  /** Waits until the next webhook of its order was sent. */
  heldBack?: boolean;
}

/** A webhook that is still to be sent, or sent again. */
export interface WaitingWebhook {
  id: string;
  provider: string;
  ref: string;
  url: string;
  attempts: number;
  dueAt: string;
}

export interface Deliveries {
  /** Sends now, or as the provider's webhook fault says; repeats by the provider's policy. */
  send(message: Message): void;
  /** Notes an attempt that its provider made itself, so that it is shown and can be resent. */
  note(message: Omit<Message, 'forged'> & { id: string }, attempt: number, sent: Sent): void;
  list(refPrefix: string): Delivery[];
  listWaiting(refPrefix: string): WaitingWebhook[];
  /** Sends the bytes of a delivery once more; undefined when there is no such delivery. */
  resend(deliveryId: string): Promise<Sent | undefined>;
  /** Sends what is waiting on the clock as it runs now: after a restart, or when it was changed. */
  resume(): void;
  /** Ends the drops and the holding back of webhooks that are under way. */
  liftFaults(provider?: string): void;
  close(): void;
}

export interface DeliveriesDeps {
  store: Store;
  alarms: Alarms;
  clock: Clock;
  faults: Faults;
  policies: Record<string, WebhookPolicy>;
}

/** A receiver that hangs must not make us hold thousands of sockets. */
const MOST_AT_ONCE = 50;
/** Held back for fifty minutes of the provider (3 s by default) when no other message follows. */
const HOLD_BACK_MS = 50 * 60_000;
const MOST_KEPT = 20_000;

export function createDeliveries(deps: DeliveriesDeps): Deliveries {
  const { store, alarms, clock, faults, policies } = deps;
  const webhooks = store.table<Webhook>('webhooks');
  const deliveries = store.table<Delivery>('deliveries');
  const held = new Set<string>();
  const underWay = new Set<string>();
  const stop = new AbortController();
  const gate = createGate(MOST_AT_ONCE);

  const arm = (webhook: Webhook) => {
    if (!webhook.due || underWay.has(webhook.id)) return;
    const at = instantOf(webhook.due, clock.retryScale);
    alarms.set(`webhook:${webhook.id}`, at, () => attempt(webhook.id));
  };

  const keep = (webhook: Webhook) => {
    webhooks.put(webhook.id, webhook);
    if (webhook.heldBack) held.add(webhook.id);
    else held.delete(webhook.id);
    arm(webhook);
  };

  const attempt = async (id: string) => {
    const webhook = webhooks.get(id);
    if (!webhook?.due) return;
    held.delete(id);
    underWay.add(id);
    const sent =
      webhook.dropsLeft > 0 ? DROPPED : await gate(() => postWebhook(webhook, deps, stop.signal));
    underWay.delete(id);
    if (stop.signal.aborted) return;
    record(webhook, sent);
    keep(afterAttempt(webhook, sent.status, policyOf(policies, webhook.provider)));
    releaseOthers(webhook);
  };

  const record = (webhook: Webhook, sent: Sent) => {
    const { id: webhookId, provider, ref, url } = webhook;
    const id = randomUUID();
    const told = { id, webhookId, provider, ref, url, attempt: webhook.attempts + 1 };
    deliveries.put(id, { ...told, at: new Date().toISOString(), ...sent });
    forgetOldest(deliveries, () => true);
    forgetOldest(webhooks, (each) => !each.due);
  };

  const isHeld = (other: { provider: string; ref: string }) => (webhook: Webhook | undefined) =>
    webhook?.provider === other.provider && webhook.ref === other.ref;

  const heldOf = (other: { provider: string; ref: string }) =>
    [...held].map((id) => webhooks.get(id)).filter(isHeld(other)) as Webhook[];

  const release = ({ heldBack: _, ...webhook }: Webhook) =>
    keep({ ...webhook, due: { from: Date.now(), waitMs: 0, scaled: false } });

  const releaseOthers = (sent: Webhook) => {
    for (const webhook of heldOf(sent)) if (webhook.id !== sent.id) release(webhook);
  };

  return {
    send({ forged, ...message }) {
      const fault = faults.takeWebhook(message.provider) ?? {};
      const wrong = fault.badSignature ? forged() : {};
      // Who comes while another is held back goes first: that is the reordering.
      const heldBack = Boolean(fault.reorder) && heldOf(message).length === 0;
      const due = heldBack
        ? { from: Date.now(), waitMs: HOLD_BACK_MS, scaled: true }
        : { from: Date.now(), waitMs: fault.delayMs ?? 0, scaled: false };
      for (let copy = 0; copy <= (fault.duplicate ?? 0); copy += 1) {
        const started = { id: randomUUID(), attempts: 0, dropsLeft: fault.drop ?? 0, due };
        keep({ ...message, ...wrong, ...started, ...(heldBack && { heldBack }) });
      }
    },
    note(message, attempt, sent) {
      const webhook = { ...message, attempts: attempt, dropsLeft: 0 };
      record({ ...webhook, attempts: attempt - 1 }, sent);
      webhooks.put(webhook.id, webhook);
    },
    list: (prefix) => [...deliveries.values()].filter((each) => each.ref.startsWith(prefix)),
    listWaiting: (prefix) =>
      [...webhooks.values()]
        .filter(({ due, ref }) => due && ref.startsWith(prefix))
        .map((webhook) => waiting(webhook, clock.retryScale)),
    async resend(deliveryId) {
      const webhook = webhooks.get(deliveries.get(deliveryId)?.webhookId ?? '');
      if (!webhook) return undefined;
      const sent = await gate(() => postWebhook(webhook, deps, stop.signal));
      if (!stop.signal.aborted) {
        const latest = webhooks.get(webhook.id) ?? webhook;
        record(latest, sent);
        // One that is still being retried keeps its retries.
        if (!latest.due) webhooks.put(latest.id, { ...latest, attempts: latest.attempts + 1 });
      }
      return sent;
    },
    resume() {
      for (const webhook of webhooks.values()) {
        if (webhook.heldBack) held.add(webhook.id);
        arm(webhook);
      }
    },
    liftFaults(provider) {
      for (const webhook of [...webhooks.values()]) {
        if (!webhook.due || (provider && webhook.provider !== provider)) continue;
        if (webhook.dropsLeft > 0) keep({ ...webhook, dropsLeft: 0 });
        if (held.has(webhook.id)) release({ ...webhook, dropsLeft: 0 });
      }
    },
    close: () => stop.abort(),
  };
}

const DROPPED: Sent = { status: null, answer: 'dropped by a fault of the sandbox' };

function instantOf({ from, waitMs, scaled }: Due, retryScale: number): number {
  return from + waitMs * (scaled ? retryScale : 1);
}

function waiting({ id, provider, ref, url, attempts, due }: Webhook, retryScale: number) {
  const at = due ? instantOf(due, retryScale) : Date.now();
  return { id, provider, ref, url, attempts, dueAt: new Date(at).toISOString() };
}

function postWebhook(webhook: Webhook, { policies }: DeliveriesDeps, signal: AbortSignal) {
  const { url, headers, body, provider } = webhook;
  return post({ url, headers, body, signal, timeoutMs: policyOf(policies, provider).timeoutMs });
}

function afterAttempt(webhook: Webhook, status: number | null, policy: WebhookPolicy): Webhook {
  const { due: _, heldBack: __, ...rest } = webhook;
  const attempts = webhook.attempts + 1;
  const dropsLeft = Math.max(0, webhook.dropsLeft - 1);
  if (attempts > policy.retriesAfter(status)) return { ...rest, attempts, dropsLeft };
  const due = { from: Date.now(), waitMs: policy.waitMs(attempts), scaled: true };
  return { ...rest, attempts, dropsLeft, due };
}

function policyOf(policies: Record<string, WebhookPolicy>, provider: string): WebhookPolicy {
  const policy = policies[provider];
  if (!policy) throw new Error(`No webhook policy for ${provider}.`);
  return policy;
}

function forgetOldest<T extends { id: string }>(table: Table<T>, mayGo: (value: T) => boolean) {
  for (const value of table.values()) {
    if (table.size <= MOST_KEPT) return;
    if (mayGo(value)) table.remove(value.id);
    else return;
  }
}
