import { randomBytes, randomUUID } from 'node:crypto';
import { type Db, maybeOne, run } from './pool.ts';
import { hashToken } from './vault.ts';

export const ROLES = ['owner', 'staff', 'gate', 'auditor', 'service'] as const;
export type Role = (typeof ROLES)[number];

export interface Access {
  business: string;
  tokenId: string;
  role: Role;
}

/** Makes a token for a role; only its hash is kept, so it is shown this once. */
export async function createToken(
  db: Db,
  business: string,
  role: Role,
  label: string,
  expiresAt: Date | null = null,
): Promise<string> {
  const token = `psn_${randomBytes(32).toString('base64url')}`;
  await run(
    db,
    `insert into access_tokens (business_id, token_id, token_hash, role, label, expires_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [business, randomUUID(), hashToken(token), role, label, expiresAt],
  );
  return token;
}

/** What a token opens, or undefined for one that is unknown or over. */
export function findAccess(db: Db, token: string): Promise<Access | undefined> {
  return maybeOne(
    db,
    `select business_id as business, token_id as "tokenId", role from access_tokens
     where token_hash = $1 and (expires_at is null or expires_at > now())`,
    [hashToken(token)],
  );
}

export interface StaffMember {
  role: Exclude<Role, 'service'>;
  passwordHash: string;
}

export function findStaff(
  db: Db,
  business: string,
  email: string,
): Promise<StaffMember | undefined> {
  return maybeOne(
    db,
    `select role, password_hash as "passwordHash" from staff
     where business_id = $1 and email = lower($2)`,
    [business, email],
  );
}

/** Adds a member of staff, or changes the role and password of that e-mail. */
export async function saveStaff(
  db: Db,
  business: string,
  email: string,
  member: StaffMember,
): Promise<void> {
  await run(
    db,
    `insert into staff (business_id, email, role, password_hash) values ($1, lower($2), $3, $4)
     on conflict (business_id, email) do update
       set role = excluded.role, password_hash = excluded.password_hash`,
    [business, email, member.role, member.passwordHash],
  );
}
