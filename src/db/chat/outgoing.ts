import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';
import { type Chat, type ChatRef, SAVED, savedOf } from './chats.ts';

/** Longer than two tries of two calls may take: a sender that is silent for this long has died. */
const SENDING = '100 seconds';

/** One call of the Bot API that is to be made. */
export interface Saying {
  method: string;
  payload: Record<string, unknown>;
}

export interface Outgoing extends ChatRef, Saying {
  outgoingId: number;
  isNotice: boolean;
  /** How often it was tried before. */
  tries: number;
}

/** Puts what is said to a chat into the outbox, in this order. It commits with what it tells of. */
export async function say(db: Db, ref: ChatRef, sayings: readonly Saying[]): Promise<void> {
  if (sayings.length === 0) return;
  await run(
    db,
    `insert into outgoing (business_id, chat_id, method, payload)
     select $1, $2, s.method, s.payload
     from rows from (json_to_recordset($3) as (method text, payload jsonb)) with ordinality
       as s(method, payload, no)
     order by s.no`,
    [ref.business, ref.chatId, JSON.stringify(sayings)],
  );
}

/**
 * Ends a turn in a locked chat, in one statement: stores what the chat is in the middle of and puts what
 * is said into the outbox. With a `sender` that one gets the right to send to the chat, too (`takeChat`),
 * unless somebody has it or something else waits to be said: then the answer is what it is to say now.
 */
export async function closeTurn(
  tx: Tx,
  chat: Chat,
  sayings: readonly Saying[],
  sender: string | null = null,
): Promise<Outgoing[]> {
  const rows = await many<{ outgoingId: number; isOurs: boolean }>(
    tx,
    `with said as (
       insert into outgoing (business_id, chat_id, method, payload)
       select $1, $2::bigint, s.method, s.payload
       from rows from (json_to_recordset($7) as (method text, payload jsonb)) with ordinality
         as s(method, payload, no)
       order by s.no returning outgoing_id
     ), free as (
       select $8::text as sender, clock_timestamp() + interval '${SENDING}' as until from chats
       where business_id = $1 and chat_id = $2 and sending_until < clock_timestamp()
         and $8 is not null and json_array_length($7) > 0
         and not exists (select from outgoing
           where business_id = $1 and chat_id = $2 and state = 'due')
     ), saved as (
       update chats set ${SAVED},
         sending_by = coalesce((select sender from free), sending_by),
         sending_until = coalesce((select until from free), sending_until)
       where business_id = $1 and chat_id = $2
     )
     select outgoing_id as "outgoingId", exists (select from free) as "isOurs" from said
     order by outgoing_id`,
    [chat.business, chat.chatId, ...savedOf(chat), JSON.stringify(sayings), sender],
  );
  if (!rows[0]?.isOurs) return [];
  const ref = { business: chat.business, chatId: chat.chatId };
  return rows.map(({ outgoingId }, at) => {
    return { ...ref, outgoingId, isNotice: false, tries: 0, ...sayings[at]! };
  });
}

/** Puts a notice into the outbox, once per name; nothing is said to who blocked the bot. */
export async function sayNotice(
  db: Db,
  ref: ChatRef,
  name: string,
  saying: Saying,
): Promise<'said' | 'blocked'> {
  const open = await maybeOne(
    db,
    `with chat as (select business_id, chat_id from chats
       where business_id = $1 and chat_id = $2 and blocked_at is null),
     put as (insert into outgoing (business_id, chat_id, method, payload, notice)
       select business_id, chat_id, $3, $4, $5 from chat on conflict do nothing)
     select 1 from chat`,
    [ref.business, ref.chatId, saying.method, JSON.stringify(saying.payload), name],
  );
  return open ? 'said' : 'blocked';
}

/**
 * Takes or renews a sender's right to send to a chat, if anything is due there: what is said to it
 * leaves in order, from one hand. The disk is not waited for: a database that dies forgets a hand that
 * could not have marked what it said either.
 */
export async function takeChat(
  db: Db,
  { business, chatId }: ChatRef,
  sender: string,
): Promise<boolean> {
  const taken = await run(
    db,
    `update chats set sending_by = $3,
       sending_until = clock_timestamp() + interval '${SENDING}'
     from (select set_config('synchronous_commit', 'off', true) as mode) disk
     where business_id = $1 and chat_id = $2
       and (sending_by = $3 or sending_until < clock_timestamp()) and disk.mode = 'off'
       and exists (select from outgoing where business_id = $1 and chat_id = $2 and state = 'due')`,
    [business, chatId, sender],
  );
  return taken === 1;
}

/** Gives that right back, unless somebody else has it by now. */
export async function leaveChat(
  db: Db,
  { business, chatId }: ChatRef,
  sender: string,
): Promise<void> {
  await run(
    db,
    `update chats set sending_until = '-infinity'
     where business_id = $1 and chat_id = $2 and sending_by = $3`,
    [business, chatId, sender],
  );
}

/** Marks what was said last and gives the right to send back, waiting for the disk once. */
export async function markLastSaid(
  db: Db,
  { business, chatId, outgoingId }: Outgoing,
  sender: string,
): Promise<void> {
  await run(
    db,
    `with said as (
       update outgoing set state = 'sent', error = null, sent_at = now(), payload = '{}'
       where business_id = $1 and outgoing_id = $4)
     update chats set sending_until = '-infinity'
     where business_id = $1 and chat_id = $2 and sending_by = $3`,
    [business, chatId, sender, outgoingId],
  );
}

/** What is to be said to a chat next, and in how many milliseconds, if not now; undefined: nothing. */
export async function nextOutgoing(
  db: Db,
  ref: ChatRef,
): Promise<(Outgoing & { waitMs: number }) | undefined> {
  return maybeOne(
    db,
    `select business_id as business, chat_id as "chatId", outgoing_id as "outgoingId", method,
       payload, tries, notice is not null as "isNotice", greatest(0,
         ceil(extract(epoch from next_try_at - clock_timestamp()) * 1000))::int as "waitMs"
     from outgoing where business_id = $1 and chat_id = $2 and state = 'due'
     order by outgoing_id limit 1`,
    [ref.business, ref.chatId],
  );
}

/** What was said is not kept. */
export async function markSaid(
  db: Db,
  { business, outgoingId }: Outgoing,
  state: 'sent' | 'dropped' | 'failed',
  error: string | null = null,
): Promise<void> {
  await run(
    db,
    `update outgoing set state = $3, error = $4, sent_at = now(), payload = '{}'
     where business_id = $1 and outgoing_id = $2`,
    [business, outgoingId, state, error],
  );
}

/** Leaves no trace of what was said. */
export async function forgetSaid(db: Db, { business, outgoingId }: Outgoing): Promise<void> {
  await run(db, 'delete from outgoing where business_id = $1 and outgoing_id = $2', [
    business,
    outgoingId,
  ]);
}

/** After a day of tries something was said too late to be of use. */
const GIVE_UP_AFTER = '1 day';

/** Notes that something could not be said now; it is tried again when told, or ever more seldom. */
export async function markUnsaid(
  db: Db,
  { business, outgoingId }: Outgoing,
  error: string,
  retryAfterSeconds: number | undefined,
): Promise<void> {
  await run(
    db,
    `update outgoing set tries = tries + 1, error = $3,
       next_try_at = clock_timestamp() + coalesce($4 * interval '1 second',
         least(interval '1 second' * power(2, least(tries, 9)), interval '5 minutes')),
       state = case when created_at < now() - interval '${GIVE_UP_AFTER}' then 'failed'
         else 'due' end,
       payload = case when created_at < now() - interval '${GIVE_UP_AFTER}' then '{}'
         else payload end
     where business_id = $1 and outgoing_id = $2`,
    [business, outgoingId, error, retryAfterSeconds ?? null],
  );
}

/**
 * Telegram takes 30 messages a second of a bot (Bots FAQ, "My bot is hitting limits"). Notices leave it
 * some room: for those that a slow moment bunches together, what is repeated, and answers, which never wait.
 */
const APART = '40 milliseconds';

/**
 * Reserves the next moment at which a bot may send a notice, shared by all processes; answers how far
 * ahead that is, in milliseconds.
 */
export async function reserveMoment(db: Db, business: string): Promise<number> {
  const { waitMs } = await one<{ waitMs: number }>(
    db,
    `update telegram_bots
     set next_send_at = greatest(next_send_at, clock_timestamp()) + interval '${APART}'
     where business_id = $1
     returning (extract(epoch from next_send_at - interval '${APART}' - clock_timestamp())
       * 1000)::int as "waitMs"`,
    [business],
  );
  return Math.max(0, waitMs);
}

/**
 * Has something else said in its stead, at once: a message that cannot be edited any more is said anew;
 * of what was posted elsewhere its writer is told.
 */
export async function sayOtherwise(
  db: Db,
  { business, outgoingId }: Outgoing,
  { method, payload }: Saying,
): Promise<void> {
  await run(
    db,
    `update outgoing set method = $3, payload = $4 where business_id = $1 and outgoing_id = $2`,
    [business, outgoingId, method, JSON.stringify(payload)],
  );
}

/** Chats to which something is overdue: its sender died, or it was to be said later. */
export function listUnsaid(db: Db, limit: number): Promise<ChatRef[]> {
  return many(
    db,
    `select business_id as business, chat_id as "chatId" from (
       select distinct on (business_id, chat_id) business_id, chat_id, next_try_at from outgoing
       where state = 'due' order by business_id, chat_id, outgoing_id) head
     where next_try_at < clock_timestamp() order by next_try_at limit $1`,
    [limit],
  );
}

/** Forgets updates, drafts and sayings that nobody will ask for again. */
export async function forgetChats(db: Db): Promise<void> {
  // Telegram keeps an update for 24 hours and sends it no later.
  await run(
    db,
    `delete from telegram_updates where (business_id, update_id) in (
       select business_id, update_id from telegram_updates
       where received_at < now() - interval '2 days' limit 5000)`,
  );
  await run(
    db,
    `delete from outgoing where (business_id, outgoing_id) in (
       select business_id, outgoing_id from outgoing
       where created_at < now() - interval '30 days' and state <> 'due' limit 5000)`,
  );
  await run(db, `delete from carried where created_at < now() - interval '1 day'`);
  await run(db, `delete from relay_posts where posted_at < now() - interval '1 hour'`);
  // An order form that nobody finished holds what its person typed.
  await run(
    db,
    `update chats set form = null, asking = null
     where changed_at < now() - interval '1 day' and (form is not null or asking is not null)`,
  );
}
