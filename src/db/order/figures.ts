import { many, type Pool } from '../pool.ts';

/** How the bookings of the last day stand, so that a fall of the good ones is seen. */
export function countStates(
  pool: Pool,
): Promise<{ business: string; state: string; count: number }[]> {
  return many(
    pool,
    `select b.business_id as business, o.state, count(*) as count
     from businesses b join orders o
       on o.business_id = b.business_id and o.created_at > now() - interval '1 day'
       and o.twin_of is null
     group by b.business_id, o.state`,
  );
}

/** How many differences the last check of each business's books found. */
export function countDifferences(pool: Pool): Promise<{ business: string; count: number }[]> {
  return many(
    pool,
    `select business_id as business, jsonb_array_length(differences) as count from ledger_checks`,
  );
}
