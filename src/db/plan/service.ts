import { randomUUID } from 'node:crypto';
import type { BookingRef } from '../../domain/booking.ts';
import { type Db, many, maybeOne, run, type Tx } from '../pool.ts';
import type { Vault } from '../vault.ts';
import type { SubscriptionRow } from './subscriptions.ts';

/** What a service is told of a subscription; a rehearsal tells nobody. */
export const SERVICE_EVENTS = [
  'subscription.activated',
  'subscription.renewed',
  'subscription.changed',
  'subscription.ending',
  'subscription.ended',
] as const;
export type ServiceEventType = (typeof SERVICE_EVENTS)[number];

export interface ServiceEvent extends BookingRef {
  eventId: string;
  type: ServiceEventType;
  payload: Record<string, unknown>;
  state: 'due' | 'sent' | 'failed';
  tries: number;
  status: number | null;
  error: string | null;
  createdAt: Date;
  nextTryAt: Date;
  sentAt: Date | null;
}

const COLUMNS = `business_id as business, event_id as "eventId", code, type, payload, state, tries,
  status, error, created_at as "createdAt", next_try_at as "nextTryAt", sent_at as "sentAt"`;

/** Puts an event into the outbox of a business's service, if it has one; commits with its cause. */
export async function tellService(
  tx: Tx,
  s: SubscriptionRow,
  type: ServiceEventType,
  now: Date,
): Promise<void> {
  if (s.twin) return;
  const data = {
    base: s.base,
    code: s.code,
    plan: s.plan,
    active: s.state === 'active',
    activeUntil: s.activeUntil?.toISOString() ?? null,
  };
  await run(
    tx,
    // Not when the transaction began: it may have waited for the one whose event comes before.
    `insert into service_events (business_id, event_id, code, type, payload, created_at)
     select $1, $2, $3, $4, $5, clock_timestamp() from service_hooks where business_id = $1`,
    [s.business, randomUUID(), s.code, type, { type, timestamp: now.toISOString(), data }],
  );
}

export interface ServiceHook {
  url: string;
  /** As Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base 64. */
  secret: string;
}

export async function findHook(
  db: Db,
  vault: Vault,
  business: string,
): Promise<ServiceHook | undefined> {
  const row = await maybeOne<{ url: string; sealed: Buffer }>(
    db,
    'select url, secret_sealed as sealed from service_hooks where business_id = $1',
    [business],
  );
  return row && { url: row.url, secret: vault.unseal(row.sealed) };
}

export async function saveHook(
  db: Db,
  vault: Vault,
  business: string,
  { url, secret }: ServiceHook,
): Promise<void> {
  await run(
    db,
    `insert into service_hooks (business_id, url, secret_sealed) values ($1, $2, $3)
     on conflict (business_id) do update
       set url = excluded.url, secret_sealed = excluded.secret_sealed`,
    [business, url, vault.seal(secret)],
  );
}

export async function removeHook(db: Db, business: string): Promise<boolean> {
  return (await run(db, 'delete from service_hooks where business_id = $1', [business])) === 1;
}

/** Longer than a service may take to answer: who took an event and is silent then has died. */
const SENDING = '30 seconds';

/**
 * Takes the oldest event of a subscription that is to be told, if its time has come: events of one base
 * arrive in their order, so a later one waits for it.
 */
export function takeServiceEvent(db: Db, ref: BookingRef): Promise<ServiceEvent | undefined> {
  return maybeOne(
    db,
    `with head as (
       select event_id from service_events
       where business_id = $1 and code = $2 and state = 'due' order by created_at, event_id limit 1)
     update service_events e set next_try_at = clock_timestamp() + interval '${SENDING}' from head
     where e.business_id = $1 and e.event_id = head.event_id and e.state = 'due'
       and e.next_try_at <= clock_timestamp()
     returning ${COLUMNS.replace('event_id as', 'e.event_id as')}`,
    [ref.business, ref.code],
  );
}

/** Notes how telling went: told, or tried again later; after a week of tries it has failed. */
export async function markServiceEvent(
  db: Db,
  event: ServiceEvent,
  how: { status: number | null; error: string | null },
): Promise<void> {
  await run(
    db,
    `update service_events set tries = tries + 1, status = $3, error = $4,
       sent_at = case when $4::text is null then now() end,
       state = case when $4::text is null then 'sent'
         when created_at < now() - interval '7 days' then 'failed' else 'due' end,
       next_try_at = clock_timestamp()
         + least(interval '5 seconds' * power(2, least(tries, 12)), interval '1 hour')
     where business_id = $1 and event_id = $2`,
    [event.business, event.eventId, how.status, how.error],
  );
}

/** What an operator sees of a service's events, newest first, after an event. */
export function listServiceEvents(
  db: Db,
  business: string,
  filter: { state?: ServiceEvent['state'] | undefined; after?: string | undefined },
  limit: number,
): Promise<ServiceEvent[]> {
  return many(
    db,
    `select ${COLUMNS} from service_events
     where business_id = $1 and ($2::text is null or state = $2)
       and ($3::uuid is null or (created_at, event_id) < (
         select created_at, event_id from service_events where business_id = $1 and event_id = $3))
     order by created_at desc, event_id desc limit $4`,
    [business, filter.state ?? null, filter.after ?? null, limit],
  );
}

/** Gives an event a fresh chance at once; one that was sent stays. Undefined when there is none. */
export function reviveServiceEvent(
  db: Db,
  business: string,
  eventId: string,
): Promise<ServiceEvent | undefined> {
  return maybeOne(
    db,
    `update service_events set next_try_at = clock_timestamp(),
       state = case when state = 'sent' then 'sent' else 'due' end
     where business_id = $1 and event_id = $2 returning ${COLUMNS}`,
    [business, eventId],
  );
}
