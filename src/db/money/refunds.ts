import type { BookingRef } from '../../domain/booking.ts';
import type { RefundState } from '../../domain/refund.ts';
import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';
import { readMoney } from './payments.ts';

export interface Refund extends BookingRef {
  refundNo: number;
  attempt: number;
  amountIdr: number;
  reason: string;
  state: RefundState;
}

const COLUMNS = `business_id as business, code, refund_no as "refundNo", attempt,
  amount_idr as "amountIdr", reason, state`;

export function listRefunds(db: Db, ref: BookingRef): Promise<Refund[]> {
  return many(
    db,
    `select ${COLUMNS} from refunds where business_id = $1 and code = $2 order by refund_no`,
    [ref.business, ref.code],
  );
}

/** The next refund that the provider was not asked for yet. */
export function findDueRefund(db: Db, ref: BookingRef): Promise<Refund | undefined> {
  return maybeOne(
    db,
    `select ${COLUMNS} from refunds where business_id = $1 and code = $2 and state = 'due'
     order by refund_no limit 1`,
    [ref.business, ref.code],
  );
}

/** The name of a refund at the provider: the same wish has the same one, however often it is sent. */
export function refundKey(refund: Refund): string {
  return `${refund.code}-${refund.attempt}-r${refund.refundNo}`;
}

/**
 * Plans to give back all money of an order beyond what is owed, newest payment first, and answers
 * how much. Safe to run twice: what is planned counts as gone. The order is locked by the caller.
 */
export async function planRefunds(
  tx: Tx,
  order: BookingRef & { owedIdr: number },
  reason: string,
  now: Date,
): Promise<number> {
  const money = await readMoney(tx, order);
  const extra = money.paidIdr - money.plannedRefundIdr - order.owedIdr;
  if (extra <= 0) return 0;
  let left = extra;
  for (const { attempt, availableIdr } of await listRefundable(tx, order)) {
    const amountIdr = Math.min(left, availableIdr);
    if (amountIdr > 0) await insertRefund(tx, order, attempt, amountIdr, reason, now);
    left -= amountIdr;
  }
  return extra - left;
}

function listRefundable(
  tx: Tx,
  order: BookingRef,
): Promise<{ attempt: number; availableIdr: number }[]> {
  return many(
    tx,
    `select p.attempt, (p.paid_idr - coalesce(sum(r.amount_idr), 0))::bigint as "availableIdr"
     from payments p left join refunds r using (business_id, code, attempt)
     where p.business_id = $1 and p.code = $2
     group by p.business_id, p.code, p.attempt order by p.attempt desc`,
    [order.business, order.code],
  );
}

/**
 * Plans to give back, attempt by attempt, what bought no period of a subscription: each payer gets their
 * own money. Answers the numbers of the refunds. Safe to run twice. The order is locked by the caller.
 */
export async function planPeriodRefunds(
  tx: Tx,
  ref: BookingRef,
  reason: string,
  now: Date,
): Promise<number[]> {
  const rest = await many<{ attempt: number; backIdr: number }>(
    tx,
    `select p.attempt, (p.paid_idr - coalesce(b.amount_idr - b.back_idr, 0) - coalesce(
         (select sum(r.amount_idr) from refunds r where r.business_id = p.business_id
           and r.code = p.code and r.attempt = p.attempt), 0))::bigint as "backIdr"
     from payments p left join periods b using (business_id, code, attempt)
     where p.business_id = $1 and p.code = $2 and p.paid_idr > 0 order by p.attempt`,
    [ref.business, ref.code],
  );
  const planned: number[] = [];
  for (const { attempt, backIdr } of rest) {
    if (backIdr > 0) planned.push(await insertRefund(tx, ref, attempt, backIdr, reason, now));
  }
  return planned;
}

/** Plans to give back a part of what an attempt brought; answers the number of the refund. */
export async function insertRefund(
  tx: Tx,
  order: BookingRef,
  attempt: number,
  amountIdr: number,
  reason: string,
  now: Date,
): Promise<number> {
  const { refundNo } = await one<{ refundNo: number }>(
    tx,
    `insert into refunds (business_id, code, refund_no, attempt, amount_idr, reason, state, created_at)
     select $1, $2, coalesce(max(refund_no), 0) + 1, $3, $4, $5, 'due', $6
     from refunds where business_id = $1 and code = $2 returning refund_no as "refundNo"`,
    [order.business, order.code, attempt, amountIdr, reason, now],
  );
  return refundNo;
}

/** Stores how a refund went. */
export async function markRefund(
  tx: Tx,
  refund: Refund,
  state: Refund['state'],
  now: Date,
): Promise<void> {
  await run(
    tx,
    `update refunds set state = $4, done_at = case when $4 = 'done' then $5::timestamptz end
     where business_id = $1 and code = $2 and refund_no = $3 and state <> 'done'`,
    [refund.business, refund.code, refund.refundNo, state, now],
  );
}

/** An operator saw the money go back, or gave it back by hand: closes what waited for that. */
export function closeRefundsByHand(
  tx: Tx,
  ref: BookingRef,
  note: string,
  now: Date,
): Promise<number> {
  return run(
    tx,
    `update refunds set state = 'done', done_at = $3, note = $4
     where business_id = $1 and code = $2 and state in ('by_hand', 'requested')`,
    [ref.business, ref.code, now, note],
  );
}
