import type { BookingRef } from '../../domain/booking.ts';
import type { NoticeChannel, NoticeKind } from '../../domain/facts.ts';
import { type Db, many, maybeOne, run } from '../pool.ts';

export interface Notice extends BookingRef {
  kind: NoticeKind;
  occurrence: string;
  channel: NoticeChannel;
}

/** A notice that could not be sent for this long is left to an operator. */
const GIVE_UP_AFTER = '3 days';

/** Longer than a mail server may take: who took a notice and is still silent then has died. */
const SENDING = '60 seconds';

/**
 * Puts a notice into the outbox, once per kind and occurrence; a repeat changes nothing. It commits
 * with the decision that it tells of. Whoever booked in a chat is told there, too.
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
     select $1, $2, $3, $4, channel, 'due'
     from (select unnest($5::text[]) as channel
       union select 'telegram' from orders
         where business_id = $1 and code = $2 and chat_id is not null and 'email' = any($5)) told
     on conflict do nothing`,
    [ref.business, ref.code, kind, occurrence, channels],
  );
}

/**
 * Takes the oldest notice of an order whose time to be sent has come: nobody else gets it while it is
 * being sent. Undefined when there is none.
 */
export function takeDueNotice(db: Db, ref: BookingRef): Promise<Notice | undefined> {
  return maybeOne(
    db,
    `with due as (
       select kind, occurrence, channel from notices
       where business_id = $1 and code = $2 and state = 'due' and next_try_at <= clock_timestamp()
       order by created_at, kind limit 1 for update skip locked
     )
     update notices n set next_try_at = clock_timestamp() + interval '${SENDING}' from due
     where n.business_id = $1 and n.code = $2 and n.kind = due.kind
       and n.occurrence = due.occurrence and n.channel = due.channel
     returning n.business_id as business, n.code, n.kind, n.occurrence, n.channel`,
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

/**
 * Notes that a notice could not be sent. It is tried again after a second, three, nine … at most ten
 * minutes apart, however long the outage; after three days it has failed.
 */
export async function markNoticeFailed(
  db: Db,
  notice: Notice,
  error: string,
  final: boolean,
): Promise<void> {
  await run(
    db,
    `update notices set tries = tries + 1, error = $6,
       next_try_at = clock_timestamp()
         + least(interval '1 second' * power(3, least(tries, 9)), interval '10 minutes'),
       state = case when $7 or created_at < now() - interval '${GIVE_UP_AFTER}'
         then 'failed' else 'due' end
     where business_id = $1 and code = $2 and kind = $3 and occurrence = $4 and channel = $5`,
    [...keyOf(notice), error, final],
  );
}

function keyOf(notice: Notice): string[] {
  return [notice.business, notice.code, notice.kind, notice.occurrence, notice.channel];
}

/** Whether a customer was, or is about to be, told this of an order, at all or on one occurrence. */
export async function wasTold(
  db: Db,
  ref: BookingRef,
  kind: NoticeKind,
  occurrence?: string,
): Promise<boolean> {
  const told = await many(
    db,
    `select 1 from notices where business_id = $1 and code = $2 and kind = $3
       and channel = 'email' and occurrence = coalesce($4, occurrence) limit 1`,
    [ref.business, ref.code, kind, occurrence],
  );
  return told.length > 0;
}
