import {
  type BookingRef,
  type Errand,
  type Kind,
  nextDeadline,
  type Order,
  type OrderState,
  type Refusal,
} from '../../domain/booking.ts';
import { DomainError } from '../../domain/errors.ts';
import { priceAsked } from '../../domain/payment.ts';
import { type Db, inTransaction, maybeOne, one, type Pool, run, type Tx } from '../pool.ts';

/** One order, locked while it is changed. The part below `requestedAt` may change. */
export interface OrderRow extends BookingRef, OpenMove {
  kind: Kind;
  offeringId: string;
  quantity: number;
  requestedAt: Date;
  date: string;
  time: string | null;
  state: OrderState;
  refusal: Refusal | null;
  amountIdr: number;
  owedIdr: number;
  waitingNo: number | null;
  offeredAt: Date | null;
  openedAt: Date | null;
  expiresAt: Date | null;
  remindAt: Date | null;
  reminders: number;
  ending: 'cancelled' | 'closed' | null;
  endingAt: Date | null;
  reviewUntil: Date | null;
  paidAt: Date | null;
  issuedAt: Date | null;
  cutOffAt: Date;
  visitAt: Date;
  visitRemindAt: Date | null;
  visitRemindedAt: Date | null;
  endsAt: Date;
  closedAt: Date | null;
  unconfirmed: boolean;
  reschedules: number;
  repairState: string | null;
  /** Only rehearsed: it draws on no quota (db/twins.ts). */
  isTwin: boolean;
}

/** The move that a paid order waits to be paid for; only a paid one has any. */
export interface OpenMove {
  moveExpiresAt: Date | null;
  /** What it will cost on the date that it is to move to. */
  moveAmountIdr: number | null;
}

export const ORDER_COLUMNS = `
  o.business_id as business, o.code, o.kind, o.offering_id as "offeringId", o.quantity,
  o.requested_at as "requestedAt", o.date, o.time, o.state, o.refusal,
  o.amount_idr as "amountIdr", o.owed_idr as "owedIdr", o.waiting_no as "waitingNo",
  o.offered_at as "offeredAt", o.opened_at as "openedAt", o.expires_at as "expiresAt", o.remind_at as "remindAt",
  o.reminders, o.ending, o.ending_at as "endingAt",
  o.review_until as "reviewUntil", o.paid_at as "paidAt", o.issued_at as "issuedAt",
  o.twin_of is not null as "isTwin", o.cut_off_at as "cutOffAt", o.visit_at as "visitAt", o.visit_remind_at as "visitRemindAt",
  o.visit_reminded_at as "visitRemindedAt", o.ends_at as "endsAt", o.closed_at as "closedAt",
  o.unconfirmed, o.reschedules, o.repair_state as "repairState"`;

/**
 * The one way an order changes: locks it, lets `change` decide on the row, stores it with its next
 * deadline, and answers what its workflow is to know. Change and deadline are one transaction; what is
 * due beside it is read after the commit, when no lock is held any more.
 */
export async function changeOrder(
  pool: Pool,
  ref: BookingRef,
  change: (tx: Tx, order: OrderRow) => Promise<void>,
): Promise<Order> {
  const order = await inTransaction(pool, async (tx) => {
    const order = await lockOrder(tx, ref);
    const before = JSON.stringify(order);
    await change(tx, order);
    if (JSON.stringify(order) !== before) await saveOrder(tx, order);
    return order;
  });
  return seenByWorkflow(pool, order);
}

/** An order as it is at this moment, without a lock. */
export function getOrder(db: Db, ref: BookingRef): Promise<OrderRow> {
  return readOrder(db, ref, '');
}

/** Locks the order for the rest of the transaction: first of all locks (docs/locking.md). */
export async function lockOrder(tx: Tx, ref: BookingRef): Promise<OrderRow> {
  return readOrder(tx, ref, 'for no key update');
}

async function readOrder(
  db: Db,
  ref: BookingRef,
  lock: '' | 'for no key update',
): Promise<OrderRow> {
  const order = await maybeOne<Omit<OrderRow, keyof OpenMove>>(
    db,
    `select ${ORDER_COLUMNS} from orders o where o.business_id = $1 and o.code = $2 ${lock}`,
    [ref.business, ref.code],
  );
  if (!order) throw new DomainError('NOT_FOUND', 'There is no order of this code.');
  // A statement of its own: a sub-select would see what was there before the lock was waited for.
  return { ...order, ...(order.state === 'paid' ? await readOpenMove(db, ref) : NO_MOVE) };
}

export const NO_MOVE: OpenMove = { moveExpiresAt: null, moveAmountIdr: null };

async function readOpenMove(db: Db, ref: BookingRef): Promise<OpenMove> {
  const move = await maybeOne<OpenMove>(
    db,
    `select expires_at as "moveExpiresAt", amount_idr as "moveAmountIdr" from moves
     where business_id = $1 and code = $2 and state = 'open'`,
    [ref.business, ref.code],
  );
  return move ?? NO_MOVE;
}

/** Stores what may change of a locked order, and its next deadline. */
export async function saveOrder(tx: Tx, o: OrderRow): Promise<void> {
  const deadline = nextDeadline(o);
  await run(
    tx,
    `update orders set date = $3, time = $4, state = $5, refusal = $6, amount_idr = $7,
       owed_idr = $8, offered_at = $9, expires_at = $10, remind_at = $11, reminders = $12,
       ending = $13, ending_at = $14, review_until = $15, paid_at = $16, issued_at = $17,
       cut_off_at = $18, visit_at = $19, visit_remind_at = $20, visit_reminded_at = $21,
       ends_at = $22, closed_at = $23, unconfirmed = $24, reschedules = $25,
       repair_state = $26, next_deadline = $27, next_deadline_at = $28, opened_at = $29,
       changed_at = clock_timestamp()
     where business_id = $1 and code = $2`,
    [
      o.business,
      o.code,
      o.date,
      o.time,
      o.state,
      o.refusal,
      o.amountIdr,
      o.owedIdr,
      o.offeredAt,
      o.expiresAt,
      o.remindAt,
      o.reminders,
      o.ending,
      o.endingAt,
      o.reviewUntil,
      o.paidAt,
      o.issuedAt,
      o.cutOffAt,
      o.visitAt,
      o.visitRemindAt,
      o.visitRemindedAt,
      o.endsAt,
      o.closedAt,
      o.unconfirmed,
      o.reschedules,
      o.repairState,
      deadline?.kind ?? null,
      deadline ? new Date(deadline.atMs) : null,
      o.openedAt,
    ],
  );
}

/** Whether a hold may outlive its end because its payment is being checked: not one that is ending. */
export async function mayBeReviewed(db: Db, ref: BookingRef): Promise<boolean> {
  const held = await maybeOne(
    db,
    `select 1 from orders
     where business_id = $1 and code = $2 and state = 'held' and ending is null`,
    [ref.business, ref.code],
  );
  return held !== undefined;
}

/** Locks an order without looking at it. */
export async function holdOrder(tx: Tx, ref: BookingRef): Promise<void> {
  await run(tx, 'select 1 from orders where business_id = $1 and code = $2 for no key update', [
    ref.business,
    ref.code,
  ]);
}

/** Marks an order as changed, so that its live pages show what is new around it. */
export async function touchOrder(db: Db, ref: BookingRef): Promise<void> {
  await run(
    db,
    `update orders set changed_at = clock_timestamp() where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
}

/** The order as its workflow is to know it, with the errands that wait. */
export async function seenByWorkflow(db: Db, order: OrderRow): Promise<Order> {
  const deadline = nextDeadline(order);
  return {
    state: order.state,
    ...(order.refusal && { refusal: order.refusal }),
    ...(deadline && { nextDeadline: deadline }),
    ...(order.expiresAt && { expiresAtMs: order.expiresAt.getTime() }),
    visitAtMs: order.visitAt.getTime(),
    due: order.state === 'refused' ? [] : await listErrands(db, order),
  };
}

/** What waits to be done beside the wait of an order. */
async function listErrands(db: Db, order: OrderRow): Promise<Errand[]> {
  const asked = priceAsked(order);
  const wantsTickets = ['paid', 'completed'].includes(order.state) && !order.issuedAt;
  const due = await one<Record<Errand, boolean>>(
    db,
    `select
       $3::bigint > 0 and not exists (select from payments p
         where p.business_id = $1 and p.code = $2 and p.purpose = $4 and p.page_url is not null
           and p.state in ('pending', 'denied', 'review') and p.amount_idr = $3 - there.idr
           and (p.va_number is null or p.state = 'pending'))
         as collect,
       $5::boolean as issue,
       exists (select from refunds
         where business_id = $1 and code = $2 and state = 'due') as refund,
       exists (select from notices
         where business_id = $1 and code = $2 and state = 'due'
           and next_try_at <= clock_timestamp()) as notices,
       exists (select from orders
         where business_id = $1 and state = 'held' and opened_at is null) as "wake-offered"
     from (select
       coalesce((select sum(paid_idr) from payments where business_id = $1 and code = $2), 0)
       - coalesce((select sum(amount_idr) from refunds where business_id = $1 and code = $2), 0)
       as idr) there`,
    [order.business, order.code, asked?.priceIdr ?? 0, asked?.purpose ?? 'visit', wantsTickets],
  );
  return (Object.keys(due) as Errand[]).filter((errand) => due[errand]);
}
