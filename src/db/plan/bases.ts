import { type Db, many, maybeOne, run, type Tx } from '../pool.ts';

/** A Telegram channel whose owner pays for what the business does there. */
export interface Base {
  business: string;
  /** `@` and the channel's name, in small letters. */
  base: string;
  name: string;
  ownerChat: number;
  email: string;
}

const COLUMNS = `business_id as business, base, name, owner_chat as "ownerChat", email`;

export function findBase(db: Db, business: string, base: string): Promise<Base | undefined> {
  return maybeOne(db, `select ${COLUMNS} from bases where business_id = $1 and base = $2`, [
    business,
    base.toLowerCase(),
  ]);
}

/** The bases of an owner's chat, by their names. */
export function listBasesOf(db: Db, business: string, chatId: number): Promise<Base[]> {
  return many(
    db,
    `select ${COLUMNS} from bases where business_id = $1 and owner_chat = $2 order by base limit 50`,
    [business, chatId],
  );
}

export interface BaseState extends Base {
  activeUntil: Date | null;
  state: string | null;
}

/** All bases with how their subscriptions stand, those that end first first. */
export function listBases(db: Db, business: string, limit: number): Promise<BaseState[]> {
  return many(
    db,
    `select b.business_id as business, b.base, b.name, b.owner_chat as "ownerChat", b.email, o.state,
       s.active_until as "activeUntil"
     from bases b
     left join subscriptions s on s.business_id = b.business_id and s.base = b.base and not s.twin
     left join orders o on o.business_id = s.business_id and o.code = s.code
     where b.business_id = $1
     order by (o.state = 'active') desc nulls last, s.active_until nulls last, b.base limit $2`,
    [business, limit],
  );
}

/**
 * Registers a base, or changes the one of that channel. Its owner's chat is opened, so that what the
 * base is told can be said there as soon as the owner has written to the bot.
 */
export async function saveBase(tx: Tx, base: Base, language = 'id'): Promise<'new' | 'changed'> {
  await run(
    tx,
    `insert into chats (business_id, chat_id, name, language)
     select $1, $2, $3, $4 from telegram_bots where business_id = $1 on conflict do nothing`,
    [base.business, base.ownerChat, base.name, language],
  );
  const row = await maybeOne<{ isNew: boolean }>(
    tx,
    `insert into bases (business_id, base, name, owner_chat, email) values ($1, $2, $3, $4, $5)
     on conflict (business_id, base) do update set name = excluded.name,
       owner_chat = excluded.owner_chat, email = excluded.email, changed_at = now()
     returning xmax = 0 as "isNew"`,
    [base.business, base.base, base.name, base.ownerChat, base.email],
  );
  await run(
    tx,
    `update orders o set chat_id = $3, customer_email = $4, customer_name = $5
     from subscriptions s
     where s.business_id = $1 and s.base = $2 and not s.twin
       and o.business_id = s.business_id and o.code = s.code`,
    [base.business, base.base, base.ownerChat, base.email, base.name],
  );
  return row?.isNew ? 'new' : 'changed';
}

/** What a base may do now, grace included: right also while nobody is there to end it. */
export async function readEntitlement(
  db: Db,
  business: string,
  base: string,
): Promise<{ active: boolean; activeUntil: Date | null; timeZone: string } | undefined> {
  return maybeOne(
    db,
    `select coalesce(o.state = 'active' and o.ends_at > now(), false) as active, s.active_until as "activeUntil",
       w.time_zone as "timeZone"
     from bases b join businesses w using (business_id)
     left join subscriptions s on s.business_id = b.business_id and s.base = b.base and not s.twin
     left join orders o on o.business_id = s.business_id and o.code = s.code
     where b.business_id = $1 and b.base = $2`,
    [business, base.toLowerCase()],
  );
}
