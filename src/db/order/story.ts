import type { BookingRef } from '../../domain/booking.ts';
import type { NoticeChannel, NoticeKind } from '../../domain/facts.ts';
import { type IdentityType, maskedIdentity } from '../../domain/identity.ts';
import { type Db, many, one } from '../pool.ts';
import type { Vault } from '../vault.ts';
import type { Request, RequestKind, Wish } from './requests.ts';

const PAYMENT = `'attempt', attempt, 'ref', provider_ref, 'purpose', purpose, 'amountIdr', amount_idr,
  'state', state, 'providerStatus', provider_status, 'method', method, 'paidIdr', paid_idr,
  'createdAt', created_at, 'askedAt', asked_at, 'paidAt', paid_at`;
const EVENT = `'id', event_id, 'ref', provider_ref, 'source', source, 'status', status,
  'said', coalesce(payload->>'event', payload->>'transaction_status', payload->>'status'),
  'state', state, 'reason', reason, 'tries', tries, 'receivedAt', received_at, 'doneAt', done_at`;
const REFUND = `'no', refund_no, 'attempt', attempt, 'amountIdr', amount_idr, 'reason', reason,
  'state', state, 'note', note, 'createdAt', created_at, 'doneAt', done_at`;
const REQUEST = `'id', request_id, 'kind', kind, 'askedBy', asked_by, 'wish', wish, 'state', state,
  'answer', answer, 'createdAt', created_at, 'doneAt', done_at`;
const NOTICE = `'kind', kind, 'occurrence', occurrence, 'channel', channel, 'state', state,
  'tries', tries, 'error', error, 'createdAt', created_at, 'sentAt', sent_at`;
const TICKET = `'id', ticket_id, 'seat', seat, 'date', date, 'state', state, 'issuedAt', issued_at`;
const SCAN = `'ticket', ticket_id, 'direction', direction, 'at', at, 'gate', gate, 'result', result,
  'reason', reason, 'recordedAt', recorded_at`;
const PERIOD = `'no', period_no, 'attempt', attempt, 'plan', plan, 'amountIdr', amount_idr,
  'from', from_at, 'to', to_at, 'paidAt', paid_at`;

/** The lists of a story; instants are ISO 8601 with an offset. */
export interface Story {
  payments: {
    attempt: number;
    ref: string;
    purpose: string;
    amountIdr: number;
    state: string;
    providerStatus: string | null;
    method: string | null;
    paidIdr: number;
    createdAt: string;
    askedAt: string | null;
    paidAt: string | null;
  }[];
  events: {
    id: number;
    ref: string;
    source: 'webhook' | 'asked';
    status: string;
    /** The provider's own word, as far as its message has one. */
    said: string | null;
    state: 'stored' | 'done' | 'dead';
    reason: string | null;
    tries: number;
    receivedAt: string;
    doneAt: string | null;
  }[];
  refunds: {
    no: number;
    attempt: number;
    amountIdr: number;
    reason: string;
    state: 'due' | 'requested' | 'done' | 'by_hand';
    note: string | null;
    createdAt: string;
    doneAt: string | null;
  }[];
  requests: {
    id: string;
    kind: RequestKind;
    askedBy: string;
    wish: Wish;
    state: Request['state'];
    answer: Request['answer'];
    createdAt: string;
    doneAt: string | null;
  }[];
  notices: {
    kind: NoticeKind;
    occurrence: string;
    channel: NoticeChannel;
    state: 'due' | 'sent' | 'failed' | 'dropped';
    tries: number;
    error: string | null;
    createdAt: string;
    sentAt: string | null;
  }[];
  tickets: { id: string; seat: number; date: string; state: string; issuedAt: string }[];
  scans: {
    ticket: string | null;
    direction: 'in' | 'out';
    at: string;
    gate: string;
    result: 'in' | 'out' | 'refused';
    reason: string | null;
    recordedAt: string;
  }[];
  periods: {
    no: number;
    attempt: number;
    plan: string;
    amountIdr: number;
    from: string;
    to: string;
    paidAt: string;
  }[];
  /** Also what was done to a subscription's base since it was asked for. */
  audit: { at: string; who: string; action: string; details: Record<string, unknown> }[];
}

/**
 * All that happened to an order, for operators: attempts, events, refunds, requests, notices, tickets,
 * scans, periods and who did what. No identity numbers.
 */
export async function readStory(db: Db, ref: BookingRef): Promise<Story> {
  const { story } = await one<{ story: Story }>(
    db,
    `select json_build_object(
       'payments', (${listOf('payments', 'attempt', PAYMENT)}),
       'events', (${listOf('payment_events', 'event_id', EVENT)}),
       'refunds', (${listOf('refunds', 'refund_no', REFUND)}),
       'requests', (${listOf('requests', 'created_at', REQUEST)}),
       'notices', (${listOf('notices', 'created_at', NOTICE)}),
       'tickets', (${listOf('tickets', 'seat', TICKET)}),
       'scans', (${listOf('scans', 'at', SCAN)}),
       'periods', (${listOf('periods', 'period_no', PERIOD)}),
       'audit', (select coalesce(json_agg(json_build_object('at', at, 'who', who,
           'action', action, 'details', details) order by audit_id), '[]')
         from audit a where business_id = $1 and (subject = $2 or exists (
           select from subscriptions s join orders o using (business_id, code)
           where business_id = $1 and code = $2 and s.base = a.subject
             and a.at >= o.requested_at and o.twin_of is null)))
     ) as story`,
    [ref.business, ref.code],
  );
  return story;
}

/** A table's rows of one order as JSON. All three come from this file, never from outside. */
function listOf(table: string, order: string, columns: string): string {
  return `select coalesce(json_agg(json_build_object(${columns}) order by ${order}), '[]')
    from ${table} where business_id = $1 and code = $2`;
}

/** A member of a party as operators see one: of the identity number only its end. */
export interface Member {
  seat: number;
  name: string;
  identityType: IdentityType;
  identityNumber: string;
  birthDate: string | null;
  phone: string | null;
  emergencyContact: { name: string; phone: string | null } | null;
}

/** The party of an order by seat. */
export async function listMembers(db: Db, vault: Vault, ref: BookingRef): Promise<Member[]> {
  const rows = await many<Omit<Member, 'identityNumber'> & { sealed: Buffer }>(
    db,
    `select seat, name, identity_type as "identityType", identity_sealed as sealed,
       birth_date as "birthDate", phone,
       case when emergency_name is not null
         then json_build_object('name', emergency_name, 'phone', emergency_phone) end
         as "emergencyContact"
     from participants where business_id = $1 and code = $2 order by seat`,
    [ref.business, ref.code],
  );
  return rows.map(({ sealed, ...member }) => ({
    ...member,
    identityNumber: maskedIdentity(vault.unseal(sealed)),
  }));
}
