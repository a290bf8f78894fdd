import type { NextFunction, Request, Response } from 'express';
import { type Access, findAccess, type Role } from '../db/access.ts';
import { DomainError } from '../domain/errors.ts';
import type { ApiDeps } from './deps.ts';

/** What a role may do in its business. */
export type Right = 'read' | 'gate' | 'work' | 'own';

/** The whole matrix: who may what. `own` covers money settings, `work` the daily business. */
const RIGHTS: Record<Role, readonly Right[]> = {
  owner: ['read', 'gate', 'work', 'own'],
  staff: ['read', 'gate', 'work'],
  gate: ['gate'],
  auditor: ['read'],
  service: [],
};

declare global {
  namespace Express {
    interface Locals {
      access: Access;
    }
  }
}

/** Lets in who has a token of this business with the right; 401 without a token, 403 otherwise. */
export function requireRight(deps: ApiDeps, right: Right) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    const token = /^Bearer (\S{1,200})$/.exec(request.get('Authorization') ?? '')?.[1];
    const access = token ? await findAccess(deps.pool, token) : undefined;
    if (!access) {
      throw new DomainError('UNAUTHORIZED', 'A token is needed: Authorization: Bearer ….');
    }
    const own = access.business === request.params.business;
    if (!own || !RIGHTS[access.role].includes(right)) {
      throw new DomainError('FORBIDDEN', 'This token may not do that here.');
    }
    response.locals.access = access;
    next();
  };
}

/** Who did it, for the audit log. */
export function whoOf(response: Response): string {
  const { role, tokenId } = response.locals.access as Access;
  return `${role}:${tokenId}`;
}
