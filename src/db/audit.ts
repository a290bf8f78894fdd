import { type Db, many, run } from './pool.ts';

export interface AuditEntry {
  auditId: number;
  at: Date;
  who: string;
  action: string;
  subject: string;
  details: Record<string, unknown>;
}

/** Notes who did what. Details hold no personal data: they are kept for years. */
export async function audit(
  db: Db,
  business: string,
  who: string,
  action: string,
  subject: string,
  details: object = {},
): Promise<void> {
  await run(
    db,
    `insert into audit (business_id, who, action, subject, details) values ($1, $2, $3, $4, $5)`,
    [business, who, action, subject, details],
  );
}

/** What was done in a business, newest first, after an entry. */
export function listAudit(
  db: Db,
  business: string,
  after: number | undefined,
  limit: number,
): Promise<AuditEntry[]> {
  return many(
    db,
    `select audit_id as "auditId", at, who, action, subject, details from audit
     where business_id = $1 and ($2::bigint is null or audit_id < $2)
     order by audit_id desc limit $3`,
    [business, after ?? null, limit],
  );
}
