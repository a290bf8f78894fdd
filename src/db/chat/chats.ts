import type { BookingRef } from '../../domain/booking.ts';
import type { Language } from '../../domain/facts.ts';
import { type Db, many, maybeOne, one, run, type Tx } from '../pool.ts';

export interface ChatRef {
  business: string;
  chatId: number;
}

/** A chat with what it is in the middle of; `form` and `asking` are the bot's own to read. */
export interface Chat extends ChatRef {
  language: Language;
  name: string;
  form: unknown;
  formNo: number;
  asking: unknown;
  wrongAnswers: number;
  changedAt: Date;
}

/** Notes that an update is being handled; false when it was before. A repeat waits for the first. */
export async function noteUpdate(tx: Tx, business: string, updateId: number): Promise<boolean> {
  const noted = await run(
    tx,
    `insert into telegram_updates (business_id, update_id) values ($1, $2) on conflict do nothing`,
    [business, updateId],
  );
  return noted === 1;
}

/** Whether an update was handled, or left behind. */
export async function isNoted(db: Db, business: string, updateId: number): Promise<boolean> {
  const noted = await maybeOne(
    db,
    'select 1 from telegram_updates where business_id = $1 and update_id = $2',
    [business, updateId],
  );
  return noted !== undefined;
}

/** Wrong answers are forgotten after this long. */
const FORGET_WRONG = '1 hour';

const COLUMNS = `c.business_id as business, c.chat_id as "chatId", c.language, c.name, c.form,
  c.form_no as "formNo", c.asking, c.changed_at as "changedAt",
  case when c.wrong_since > now() - interval '${FORGET_WRONG}' then c.wrong_answers
    else 0 end as "wrongAnswers"`;

/**
 * Notes that an update is being handled and locks its chat, which is made by its first update; undefined
 * when the update was handled before. A repeat waits for the first. Whoever writes is not blocking the
 * bot any more.
 */
export function openChat(
  tx: Tx,
  ref: ChatRef,
  updateId: number,
  person: { name: string; language: Language },
): Promise<Chat | undefined> {
  return maybeOne(
    tx,
    `with noted as (
       insert into telegram_updates (business_id, update_id) values ($1, $5)
       on conflict do nothing returning business_id
     )
     insert into chats as c (business_id, chat_id, name, language)
     select business_id, $2::bigint, $3, $4 from noted
     on conflict (business_id, chat_id) do update
       set name = excluded.name, language = excluded.language, blocked_at = null
     returning ${COLUMNS}`,
    [ref.business, ref.chatId, person.name, person.language, updateId],
  );
}

/** What a locked chat is in the middle of, as it is stored: `savedOf`, from the third place on. */
export const SAVED = `form = $3, form_no = $4, asking = $5, changed_at = now(),
  wrong_since = case when $6 = 0 then null
    when wrong_since > now() - interval '${FORGET_WRONG}' then wrong_since else now() end,
  wrong_answers = $6`;

export function savedOf(chat: Chat): unknown[] {
  return [asJson(chat.form), chat.formNo, asJson(chat.asking), chat.wrongAnswers];
}

function asJson(value: unknown): string | null {
  return value == null ? null : JSON.stringify(value);
}

/** Stores what a locked chat is in the middle of. */
export async function saveChat(tx: Tx, chat: Chat): Promise<void> {
  await run(tx, `update chats set ${SAVED} where business_id = $1 and chat_id = $2`, [
    chat.business,
    chat.chatId,
    ...savedOf(chat),
  ]);
}

/** Locks a chat that is there. */
export function lockKnownChat(tx: Tx, { business, chatId }: ChatRef): Promise<Chat> {
  return one(
    tx,
    `select ${COLUMNS} from chats c where business_id = $1 and chat_id = $2 for no key update`,
    [business, chatId],
  );
}

export function findChat(db: Db, { business, chatId }: ChatRef): Promise<Chat | undefined> {
  return maybeOne(db, `select ${COLUMNS} from chats c where business_id = $1 and chat_id = $2`, [
    business,
    chatId,
  ]);
}

/** Chats whose form was sent off a while ago and not answered yet, oldest first. */
export function listSent(db: Db, limit: number): Promise<ChatRef[]> {
  return many(
    db,
    `select business_id as business, chat_id as "chatId" from chats
     where form ->> 'step' = 'booking' and changed_at < now() - interval '1 minute'
     order by changed_at limit $1`,
    [limit],
  );
}

/** Puts a chat to the end of `listSent`, before its form is booked. */
export async function passOver(db: Db, { business, chatId }: ChatRef): Promise<void> {
  await run(
    db,
    `update chats set changed_at = now()
     where business_id = $1 and chat_id = $2 and form ->> 'step' = 'booking'`,
    [business, chatId],
  );
}

/** Nothing more is said to a chat that blocked the bot, until it writes again. */
export async function markBlocked(db: Db, { business, chatId }: ChatRef): Promise<void> {
  await run(
    db,
    `with blocked as (
       update chats set blocked_at = now() where business_id = $1 and chat_id = $2)
     update outgoing set state = 'dropped', error = 'BLOCKED', payload = '{}'
     where business_id = $1 and chat_id = $2 and state = 'due'`,
    [business, chatId],
  );
}

export interface ChatOrder {
  code: string;
  state: string;
  date: string;
  time: string | null;
}

/** A chat's own bookings, newest first. */
export function listOrdersOf(db: Db, ref: ChatRef, limit: number): Promise<ChatOrder[]> {
  return many(
    db,
    `select code, state, date, time from orders
     where business_id = $1 and chat_id = $2 and twin_of is null
       and state not in ('new', 'refused', 'waiting')
     order by created_at desc limit $3`,
    [ref.business, ref.chatId, limit],
  );
}

/** How a chat was reached for its last booking, or undefined. */
export function findContactOf(
  db: Db,
  ref: ChatRef,
): Promise<{ email: string | null; phone: string | null } | undefined> {
  return maybeOne(
    db,
    `select customer_email as email, customer_phone as phone from orders
     where business_id = $1 and chat_id = $2 and twin_of is null
     order by created_at desc limit 1`,
    [ref.business, ref.chatId],
  );
}

/** The chat in which an order was booked, or undefined. */
export function findChatOf(db: Db, ref: BookingRef): Promise<ChatRef | undefined> {
  return maybeOne(
    db,
    `select business_id as business, chat_id as "chatId" from orders
     where business_id = $1 and code = $2 and chat_id is not null`,
    [ref.business, ref.code],
  );
}

export interface DayOrder {
  code: string;
  time: string | null;
  options: string;
  repairState: string | null;
}

/** The appointments of a day that are paid, by their hour: what the workshop expects. */
export function listDay(db: Db, business: string, date: string): Promise<DayOrder[]> {
  return many(
    db,
    `select o.code, o.time, o.repair_state as "repairState",
       coalesce((select string_agg(x.name, ', ' order by x.option_id) from order_options x
         where x.business_id = o.business_id and x.code = o.code), '') as options
     from orders o
     where o.business_id = $1 and o.twin_of is null and o.date = $2
       and o.state in ('paid', 'completed')
     order by o.time, o.code limit 200`,
    [business, date],
  );
}
