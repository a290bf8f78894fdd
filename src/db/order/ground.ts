import { BUSINESS, type Business } from '../businesses.ts';
import { OFFERING, type Offering } from '../offerings.ts';
import { type Db, one } from '../pool.ts';
import { KEY_USE, type KeyUse } from './drafts.ts';

/** What a booking is asked for with. */
export interface Wanted {
  business: string;
  key: string;
  offeringId: string;
  /** No day finds no slot. */
  date: string | null;
  time: string | null;
  identityHashes: Buffer[];
}

/** What Postgres holds about a wish for a booking, all of one moment. */
export interface Ground {
  use: KeyUse | undefined;
  business: Business | undefined;
  offering: Offering | undefined;
  /** The smallest of the slots that it would draw on; undefined when one of them does not exist. */
  left: number | undefined;
  closed: boolean;
  /** Whether somebody of the party holds a place on that day. */
  claimed: boolean;
}

/**
 * Everything that decides whether a wish can be booked, in one statement: on a day that is sold out a
 * thousand people ask, and each question to Postgres costs more than what it reads. Locks nothing.
 */
export async function readGround(db: Db, wanted: Wanted): Promise<Ground> {
  const { business, key, offeringId, date, time, identityHashes } = wanted;
  const row = await one<GroundRow>(
    db,
    `select k.*, d."left", coalesce(d.complete, false) as complete,
       (select row_to_json(b) from (${BUSINESS} where business_id = $1) b) as business,
       (select row_to_json(o) from (
         ${OFFERING} where o.business_id = $1 and o.offering_id = $3) o) as offering,
       exists (select from closures
         where business_id = $1 and (offering_id is null or offering_id = $3)
           and $4::date between from_date and to_date) as closed,
       exists (select from identity_claims
         where business_id = $1 and date = $4 and identity_hash = any($6)) as claimed
     from (select min(s.capacity - s.held - s.sold - s.waiting) as "left",
             count(q.quota_id) > 0 and count(q.quota_id) = count(s.slot_id) as complete
           from offering_quotas q
           left join quota_slots s on s.business_id = q.business_id and s.quota_id = q.quota_id
             and s.date = $4 and s.time is not distinct from $5
           where q.business_id = $1 and q.offering_id = $3) d
     left join (${KEY_USE} where business_id = $1 and key = $2
       and created_at > now() - interval '24 hours') k on true`,
    [business, key, offeringId, date, time, identityHashes],
  );
  const { code, requestHash, requestId } = row;
  return {
    use: code === null ? undefined : { code, requestHash: requestHash!, requestId },
    business: row.business ?? undefined,
    offering: row.offering ?? undefined,
    left: row.complete ? Math.max(0, row.left!) : undefined,
    closed: row.closed,
    claimed: row.claimed,
  };
}

interface GroundRow {
  code: string | null;
  requestHash: Buffer | null;
  requestId: string | null;
  business: Business | null;
  offering: Offering | null;
  left: number | null;
  complete: boolean;
  closed: boolean;
  claimed: boolean;
}
