import type { BookingRef } from '../../domain/booking.ts';
import { type Db, many, maybeOne, one, run } from '../pool.ts';

export interface StoredEvent {
  business: string;
  eventId: number;
  provider: string;
  ref: string;
  code: string | null;
  attempt: number | null;
  status: string;
  paidIdr: number;
  state: 'stored' | 'done' | 'dead';
  reason: string | null;
  tries: number;
  receivedAt: Date;
  payload: Record<string, unknown>;
}

const COLUMNS = `business_id as business, event_id as "eventId", provider, provider_ref as ref, code,
  attempt, status, paid_idr as "paidIdr", state, reason, tries, received_at as "receivedAt", payload`;

/** After this many tries an event is dead: visible, and for an operator to drive again. */
export const MAX_EVENT_TRIES = 12;

export interface NewEvent {
  business: string;
  provider: string;
  identity: string;
  ref: string;
  code: string | null;
  attempt: number | null;
  status: string;
  paidIdr: number;
  payload: Record<string, unknown>;
  /** When the provider says the money came. */
  paidAt?: Date | null;
  state: StoredEvent['state'];
  reason: string | null;
}

/**
 * Stores a verified event once. `seen` tells that it was here before; its state is then the older
 * one's, and that it came again is counted. An event about an order that we do not know is kept for the operator.
 */
export async function storeEvent(
  db: Db,
  event: NewEvent,
): Promise<{ eventId: number; state: StoredEvent['state']; seen: boolean }> {
  const fresh = await maybeOne<{ eventId: number }>(
    db,
    `insert into payment_events (business_id, provider, identity, provider_ref, code, attempt,
       status, paid_idr, payload, source, state, reason, next_try_at, done_at, paid_at)
     values ($1, $2, $3, $4, $5, $6, $7, $11, $8, 'webhook', $9, $10,
       now() + interval '5 seconds', case when $9 = 'done' then now() end, $12)
     on conflict (business_id, provider, identity) do nothing
     returning event_id as "eventId"`,
    [
      event.business,
      event.provider,
      event.identity,
      event.ref,
      event.code,
      event.attempt,
      event.status,
      event.payload,
      event.state,
      event.reason,
      event.paidIdr,
      event.paidAt ?? null,
    ],
  );
  if (fresh) return { eventId: fresh.eventId, state: event.state, seen: false };
  const known = await one<{ eventId: number; state: StoredEvent['state'] }>(
    db,
    `update payment_events set
       retries = retries + case when state = 'stored' then 1 else 0 end,
       duplicates = duplicates + case when state = 'stored' then 0 else 1 end
     where business_id = $1 and provider = $2 and identity = $3
     returning event_id as "eventId", state`,
    [event.business, event.provider, event.identity],
  );
  return { ...known, seen: true };
}

export function findEvent(
  db: Db,
  business: string,
  eventId: number,
): Promise<StoredEvent | undefined> {
  return maybeOne(
    db,
    `select ${COLUMNS} from payment_events where business_id = $1 and event_id = $2`,
    [business, eventId],
  );
}

/** Events of an order that no decision has taken up yet, those that were given up on included. */
export function listUnfinishedEvents(db: Db, ref: BookingRef): Promise<StoredEvent[]> {
  return many(
    db,
    `select ${COLUMNS} from payment_events
     where business_id = $1 and code = $2 and state <> 'done' order by event_id`,
    [ref.business, ref.code],
  );
}

/**
 * Marks an event as taken up by a decision; commits with it. One that tells of money which the provider
 * does not confirm stays open: it is driven again, and in the end it is the operator's.
 */
export async function finishEvent(db: Db, business: string, eventId: number): Promise<void> {
  await run(
    db,
    `update payment_events e set state = 'done', done_at = now(), reason = null
     where e.business_id = $1 and e.event_id = $2 and e.state <> 'done'
       and (e.status <> 'paid' or e.code is null or exists (
         select from payments p where p.business_id = $1 and p.code = e.code
           and p.attempt = e.attempt and p.state = 'paid'))`,
    [business, eventId],
  );
}

/** What an operator sees of provider events, newest first. */
export function listEvents(
  db: Db,
  business: string,
  filter: { state?: string | undefined; after?: number | undefined },
  limit: number,
): Promise<StoredEvent[]> {
  return many(
    db,
    `select ${COLUMNS} from payment_events
     where business_id = $1 and ($2::text is null or state = $2)
       and ($3::bigint is null or event_id < $3)
     order by event_id desc limit $4`,
    [business, filter.state ?? null, filter.after ?? null, limit],
  );
}

/**
 * Takes stored events whose time to be driven again has come: each counts a try and waits longer,
 * 5 s doubling to an hour; the last try makes it dead. The backoff is the database's clock against
 * itself: it paces repeats and decides nothing about an order.
 */
export function takeEventsToRedrive(db: Db, limit: number): Promise<StoredEvent[]> {
  return many(
    db,
    `update payment_events set tries = tries + 1,
       next_try_at = now() + least(interval '1 hour', interval '5 seconds' * 2 ^ (tries + 1)),
       state = case when tries + 1 >= ${MAX_EVENT_TRIES} then 'dead' else 'stored' end,
       reason = case when tries + 1 >= ${MAX_EVENT_TRIES} then 'TOO_MANY_TRIES' else reason end
     where (business_id, event_id) in (
       select business_id, event_id from payment_events
       where state = 'stored' and next_try_at <= now()
       order by next_try_at limit $1 for update skip locked)
     returning ${COLUMNS}`,
    [limit],
  );
}

/** Gives an event a fresh set of tries; answers it, or undefined when there is none. */
export function reviveEvent(
  db: Db,
  business: string,
  eventId: number,
): Promise<StoredEvent | undefined> {
  return maybeOne(
    db,
    `update payment_events e set tries = 0, reason = null, next_try_at = now(),
       code = coalesce(e.code, p.code), attempt = coalesce(e.attempt, p.attempt),
       state = case when coalesce(e.code, p.code) is null then 'dead'
         when e.state = 'done' then 'done' else 'stored' end
     from (select $2::bigint as event_id) wanted
     left join payments p on p.business_id = $1 and p.provider_ref =
       (select provider_ref from payment_events where business_id = $1 and event_id = $2)
     where e.business_id = $1 and e.event_id = wanted.event_id
     returning e.business_id as business, e.event_id as "eventId", e.provider,
       e.provider_ref as ref, e.code, e.attempt, e.status, e.paid_idr as "paidIdr", e.state, e.reason, e.tries,
       e.received_at as "receivedAt", e.payload`,
    [business, eventId],
  );
}
