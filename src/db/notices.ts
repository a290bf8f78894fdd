import type { BookingRef } from '../domain/booking.ts';
import type { NoticeChannel, NoticeKind } from '../domain/facts.ts';
import { type Db, many, run } from './pool.ts';

export interface Notice extends BookingRef {
  kind: NoticeKind;
  occurrence: string;
  channel: NoticeChannel;
}

/** A notice that failed this often is left to an operator. */
const MAX_TRIES = 24;

/**
 * Puts a notice into the outbox, once per kind and occurrence; a repeat changes nothing. It commits
 * with the decision that it tells of.
 */
export async function tell(
  db: Db,
  ref: BookingRef,
  kind: NoticeKind,
  occurrence = '1',
  channels: NoticeChannel[] = ['email'],
): Promise<void> {
  await run(
    db,
    `insert into notices (business_id, code, kind, occurrence, channel, state)
     select $1, $2, $3, $4, unnest($5::text[]), 'due' on conflict do nothing`,
    [ref.business, ref.code, kind, occurrence, channels],
  );
}

/** What waits to be sent for an order, oldest first. */
export function listDueNotices(db: Db, ref: BookingRef): Promise<Notice[]> {
  return many(
    db,
    `select business_id as business, code, kind, occurrence, channel from notices
     where business_id = $1 and code = $2 and state = 'due' order by created_at, kind`,
    [ref.business, ref.code],
  );
}

/** Marks a notice as sent, or as dropped because it stopped being true. */
export async function markNotice(db: Db, notice: Notice, state: 'sent' | 'dropped'): Promise<void> {
  await run(
    db,
    `update notices set state = $6, sent_at = now(), error = null
     where business_id = $1 and code = $2 and kind = $3 and occurrence = $4 and channel = $5`,
    [...keyOf(notice), state],
  );
}

/** Notes that a notice could not be sent; it stays due until it was tried often enough. */
export async function markNoticeFailed(
  db: Db,
  notice: Notice,
  error: string,
  final: boolean,
): Promise<void> {
  await run(
    db,
    `update notices set tries = tries + 1, error = $6,
       state = case when $7 or tries + 1 >= ${MAX_TRIES} then 'failed' else 'due' end
     where business_id = $1 and code = $2 and kind = $3 and occurrence = $4 and channel = $5`,
    [...keyOf(notice), error, final],
  );
}

function keyOf(notice: Notice): string[] {
  return [notice.business, notice.code, notice.kind, notice.occurrence, notice.channel];
}

/** Whether a customer was, or is about to be, told this of an order. */
export async function wasTold(db: Db, ref: BookingRef, kind: NoticeKind): Promise<boolean> {
  const told = await many(
    db,
    `select 1 from notices where business_id = $1 and code = $2 and kind = $3
       and channel = 'email' limit 1`,
    [ref.business, ref.code, kind],
  );
  return told.length > 0;
}
