import { type Access, findAccess, type Role } from '../db/access.ts';
import type { Db } from '../db/pool.ts';
import { DomainError } from '../domain/errors.ts';

/**
 * What a token may do in its business. `look`: today's bookings, or with `read` all; `read`: everything
 * without changing it; `scan`: let in and out; `work`: the daily business; `own`: what things cost;
 * `serve`: what a service that is unlocked here has to know.
 */
export type Right = 'look' | 'read' | 'scan' | 'work' | 'own' | 'serve';

/** The whole matrix: who may what. */
export const RIGHTS: Record<Role, readonly Right[]> = {
  owner: ['look', 'read', 'scan', 'work', 'own', 'serve'],
  staff: ['look', 'read', 'scan', 'work'],
  gate: ['look', 'scan'],
  auditor: ['look', 'read'],
  // Other systems of the business.
  service: ['serve'],
};

export function hasRight(access: Access, right: Right): boolean {
  return RIGHTS[access.role].includes(right);
}

/**
 * The access of a request's bearer token. Throws `UNAUTHORIZED` without one that is known and lives,
 * `FORBIDDEN` for another business's or a role that may not.
 */
export async function requireRight(
  db: Db,
  authorization: string | undefined,
  business: string,
  right: Right,
): Promise<Access> {
  const token = /^Bearer +([\x21-\x7e]{1,200})$/i.exec(authorization ?? '')?.[1];
  const access = token ? await findAccess(db, token) : undefined;
  if (!access) throw new DomainError('UNAUTHORIZED', 'A token is needed: Authorization: Bearer ….');
  if (access.business !== business || !hasRight(access, right)) {
    throw new DomainError('FORBIDDEN', 'This token may not do that here.');
  }
  return access;
}
