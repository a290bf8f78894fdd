import type { BookingRef, Kind } from '../domain/booking.ts';
import type { English } from '../domain/english.ts';
import { DomainError } from '../domain/errors.ts';
import type { Account } from '../domain/payment.ts';
import type { Rules } from '../domain/rules.ts';
import { type Db, many, maybeOne, one, run } from './pool.ts';
import type { Vault } from './vault.ts';

export interface Business {
  business: string;
  name: string;
  about: string;
  kind: Kind;
  timeZone: string;
  email: string;
  phone: string;
  rules: Rules;
  english?: English | null | undefined;
}

/** Businesses as the rest of Pesan knows them, for a statement that narrows them down. */
export const BUSINESS = `
  select business_id as business, name, about, kind, time_zone as "timeZone", email, phone, rules,
    english
  from businesses`;

export function listBusinesses(db: Db): Promise<Business[]> {
  return many(db, `${BUSINESS} order by created_at, business_id`);
}

export function findBusiness(db: Db, business: string): Promise<Business | undefined> {
  return maybeOne(db, `${BUSINESS} where business_id = $1`, [business]);
}

/** Throws `NOT_FOUND`. */
export async function getBusiness(db: Db, business: string): Promise<Business> {
  return known(await findBusiness(db, business));
}

/** The business that was looked for. Throws `NOT_FOUND`. */
export function known(found: Business | undefined): Business {
  if (!found) throw new DomainError('NOT_FOUND', 'There is no such business here.');
  return found;
}

/** Adds a business, or changes the one of that name. */
export async function saveBusiness(db: Db, b: Business): Promise<void> {
  await run(
    db,
    `insert into businesses (business_id, name, about, kind, time_zone, email, phone, rules, english)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (business_id) do update set name = excluded.name, about = excluded.about,
       time_zone = excluded.time_zone, email = excluded.email, phone = excluded.phone,
       rules = excluded.rules, english = excluded.english`,
    [b.business, b.name, b.about, b.kind, b.timeZone, b.email, b.phone, b.rules, b.english ?? null],
  );
}

/** The business's account at a provider, its secrets unsealed; undefined when it has none. */
export async function findAccount(
  db: Db,
  vault: Vault,
  business: string,
  provider: string,
): Promise<Account | undefined> {
  const row = await maybeOne<{ clientKey: string; sealed: Buffer; token: Buffer | null }>(
    db,
    `select client_key as "clientKey", server_key_sealed as sealed, webhook_token_sealed as token
     from provider_accounts where business_id = $1 and provider = $2`,
    [business, provider],
  );
  return (
    row && {
      business,
      clientKey: row.clientKey,
      serverKey: vault.unseal(row.sealed),
      ...(row.token && { webhookToken: vault.unseal(row.token) }),
    }
  );
}

/** The business's account at a provider. Throws an `Error` when it has none. */
export async function getAccount(
  db: Db,
  vault: Vault,
  business: string,
  provider: string,
): Promise<Account> {
  // What is rehearsed reaches no provider, and needs no account (payments/rehearsal.ts).
  if (provider === 'rehearsal') return { business, serverKey: '', clientKey: '' };
  const account = await findAccount(db, vault, business, provider);
  if (!account) throw new Error(`${business} has no account at ${provider}: add one first.`);
  return account;
}

/** The provider that an order is paid through: its business's, or none for a rehearsal. */
export async function providerOf(db: Db, ref: BookingRef): Promise<string> {
  const { provider } = await one<{ provider: string }>(
    db,
    `select case when o.twin_of is null then a.provider else 'rehearsal' end as provider
     from orders o join provider_accounts a using (business_id)
     where o.business_id = $1 and o.code = $2 order by a.provider limit 1`,
    [ref.business, ref.code],
  );
  return provider;
}

/** Adds or replaces the business's account at a provider. */
export async function saveAccount(
  db: Db,
  vault: Vault,
  provider: string,
  account: Account,
): Promise<void> {
  await run(
    db,
    `insert into provider_accounts (business_id, provider, client_key, server_key_sealed,
       webhook_token_sealed)
     values ($1, $2, $3, $4, $5)
     on conflict (business_id, provider) do update
       set client_key = excluded.client_key, server_key_sealed = excluded.server_key_sealed,
         webhook_token_sealed = excluded.webhook_token_sealed`,
    [
      account.business,
      provider,
      account.clientKey,
      vault.seal(account.serverKey),
      account.webhookToken ? vault.seal(account.webhookToken) : null,
    ],
  );
}
