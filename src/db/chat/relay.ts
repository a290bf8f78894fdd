import { type Db, many, one, run, type Tx } from '../pool.ts';

/** The words with which nothing is posted, in small letters. */
export async function listWords(db: Db, business: string): Promise<string[]> {
  const rows = await many<{ word: string }>(
    db,
    'select word from relay_words where business_id = $1 order by word limit 1000',
    [business],
  );
  return rows.map(({ word }) => word);
}

export async function addWord(tx: Tx, business: string, word: string): Promise<void> {
  await run(
    tx,
    'insert into relay_words (business_id, word) values ($1, $2) on conflict do nothing',
    [business, word],
  );
}

export async function removeWord(tx: Tx, business: string, word: string): Promise<void> {
  await run(tx, 'delete from relay_words where business_id = $1 and word = $2', [business, word]);
}

/** How many messages a sender had posted within the last hour. Only a keyed hash names a sender. */
export async function countPosts(db: Db, business: string, sender: Buffer): Promise<number> {
  const { count } = await one<{ count: number }>(
    db,
    `select count(*)::int as count from relay_posts
     where business_id = $1 and sender_hash = $2 and posted_at > now() - interval '1 hour'`,
    [business, sender],
  );
  return count;
}

/** Counts a message; what is older than an hour is forgotten: nobody can be found by it later. */
export async function notePost(
  tx: Tx,
  business: string,
  base: string,
  sender: Buffer,
): Promise<void> {
  await run(
    tx,
    `delete from relay_posts where business_id = $1 and posted_at < now() - interval '1 hour'`,
    [business],
  );
  await run(tx, 'insert into relay_posts (business_id, base, sender_hash) values ($1, $2, $3)', [
    business,
    base,
    sender,
  ]);
}
