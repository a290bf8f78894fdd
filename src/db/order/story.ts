import type { BookingRef } from '../../domain/booking.ts';
import { type IdentityType, maskedIdentity } from '../../domain/identity.ts';
import { type Db, many, one } from '../pool.ts';
import type { Vault } from '../vault.ts';

const PAYMENT = `'attempt', attempt, 'ref', provider_ref, 'purpose', purpose, 'amountIdr', amount_idr,
  'state', state, 'providerStatus', provider_status, 'method', method, 'paidIdr', paid_idr,
  'createdAt', created_at, 'askedAt', asked_at, 'paidAt', paid_at`;
const EVENT = `'id', event_id, 'ref', provider_ref, 'status', status, 'state', state,
  'reason', reason, 'tries', tries, 'receivedAt', received_at, 'doneAt', done_at`;
const REFUND = `'no', refund_no, 'attempt', attempt, 'amountIdr', amount_idr, 'reason', reason,
  'state', state, 'note', note, 'createdAt', created_at, 'doneAt', done_at`;
const REQUEST = `'id', request_id, 'kind', kind, 'askedBy', asked_by, 'wish', wish, 'state', state,
  'answer', answer, 'createdAt', created_at, 'doneAt', done_at`;
const NOTICE = `'kind', kind, 'occurrence', occurrence, 'channel', channel, 'state', state,
  'tries', tries, 'error', error, 'sentAt', sent_at`;
const TICKET = `'id', ticket_id, 'seat', seat, 'date', date, 'state', state, 'issuedAt', issued_at`;
const SCAN = `'ticket', ticket_id, 'direction', direction, 'at', at, 'gate', gate, 'result', result,
  'reason', reason, 'recordedAt', recorded_at`;

/**
 * All that happened to an order, for operators: attempts, events, refunds, requests, notices, tickets,
 * scans and who did what. No identity numbers.
 */
export async function readStory(db: Db, ref: BookingRef): Promise<Record<string, unknown>> {
  const { story } = await one<{ story: Record<string, unknown> }>(
    db,
    `select json_build_object(
       'payments', (${listOf('payments', 'attempt', PAYMENT)}),
       'events', (${listOf('payment_events', 'event_id', EVENT)}),
       'refunds', (${listOf('refunds', 'refund_no', REFUND)}),
       'requests', (${listOf('requests', 'created_at', REQUEST)}),
       'notices', (${listOf('notices', 'created_at', NOTICE)}),
       'tickets', (${listOf('tickets', 'seat', TICKET)}),
       'scans', (${listOf('scans', 'at', SCAN)}),
       'audit', (select coalesce(json_agg(json_build_object('at', at, 'who', who,
           'action', action) order by audit_id), '[]')
         from audit where business_id = $1 and subject = $2)
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
