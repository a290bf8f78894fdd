import { randomUUID } from 'node:crypto';
import type { BookingRef } from '../../domain/booking.ts';
import { type Db, many, maybeOne, run } from '../pool.ts';

export type RequestKind = 'cancel' | 'reschedule' | 'refund' | 'repair_state';

/** What was asked; which fields are there depends on the kind. No personal data. */
export interface Wish {
  reason?: string;
  amountIdr?: number;
  byHand?: boolean;
  date?: string;
  time?: string | null;
  visitAt?: string;
  endsAt?: string;
  cutOffAt?: string;
  state?: string;
  note?: string;
  /** When it was first looked at, where it could not be answered at once: the rules of then hold. */
  lookedAt?: string;
}

/** What a customer (`customer`), an operator (their token's id) or a closure asked of an order. */
export interface Request extends BookingRef {
  requestId: string;
  kind: RequestKind;
  askedBy: string;
  wish: Wish;
  state: 'open' | 'done' | 'refused';
  answer: { state?: string; refused?: string; detail?: string } | null;
  createdAt: Date;
}

const COLUMNS = `business_id as business, request_id as "requestId", code, kind,
  asked_by as "askedBy", wish, state, answer, created_at as "createdAt"`;

/** Writes a wish down, to be answered by the order's workflow; its id is that of the update. */
export async function insertRequest(
  db: Db,
  ref: BookingRef,
  wanted: { kind: RequestKind; askedBy: string; wish: Wish },
  requestId: string = randomUUID(),
): Promise<string> {
  await run(
    db,
    `insert into requests (business_id, request_id, code, kind, asked_by, wish, state)
     values ($1, $2, $3, $4, $5, $6, 'open')`,
    [ref.business, requestId, ref.code, wanted.kind, wanted.askedBy, wanted.wish],
  );
  return requestId;
}

export function findRequest(
  db: Db,
  business: string,
  requestId: string,
): Promise<Request | undefined> {
  return maybeOne(
    db,
    `select ${COLUMNS} from requests where business_id = $1 and request_id = $2`,
    [business, requestId],
  );
}

/** What is not answered yet of an order, oldest first. */
export function listOpenRequests(db: Db, ref: BookingRef): Promise<Request[]> {
  return many(
    db,
    `select ${COLUMNS} from requests where business_id = $1 and code = $2 and state = 'open'
     order by created_at, request_id`,
    [ref.business, ref.code],
  );
}

/** Notes when a request that cannot be answered yet was first looked at. */
export async function noteLook(db: Db, request: Request, at: Date): Promise<void> {
  await run(
    db,
    `update requests set wish = wish || jsonb_build_object('lookedAt', $3::text)
     where business_id = $1 and request_id = $2`,
    [request.business, request.requestId, at.toISOString()],
  );
}

/** Answers a request, once. */
export async function closeRequest(
  db: Db,
  request: Request,
  state: 'done' | 'refused',
  answer: object,
): Promise<void> {
  await run(
    db,
    `update requests set state = $3, answer = $4, done_at = now()
     where business_id = $1 and request_id = $2 and state = 'open'`,
    [request.business, request.requestId, state, answer],
  );
}

/**
 * Answers a customer's cancel that was under way when the money arrived: money wins, and the
 * customer decides again. What the business asked for stays open and is done on the paid order.
 */
export async function refuseOvertakenCancels(db: Db, ref: BookingRef): Promise<void> {
  await run(
    db,
    `update requests set state = 'refused', done_at = now(), answer = $3
     where business_id = $1 and code = $2 and kind = 'cancel' and asked_by = 'customer'
       and state = 'open'`,
    [
      ref.business,
      ref.code,
      { refused: 'NOT_ALLOWED', detail: 'The payment arrived before the booking was cancelled.' },
    ],
  );
}
