import { DomainError } from '../../domain/errors.ts';
import { type Db, maybeOne } from '../pool.ts';
import type { Offer } from './periods.ts';

/** What a plan costs now, and through whom it is paid. Throws `NOT_FOUND`. */
export async function getOffer(
  db: Db,
  business: string,
  plan: string,
): Promise<Offer & { provider: string }> {
  const found = await findOffer(db, business, plan);
  if (!found) throw new DomainError('NOT_FOUND', 'There is no such plan here.');
  return found;
}

export function findOffer(
  db: Db,
  business: string,
  plan: string,
): Promise<(Offer & { provider: string }) | undefined> {
  return maybeOne(
    db,
    `select o.offering_id as plan, o.period_days as "periodDays", o.price_idr as "amountIdr",
       a.provider
     from offerings o join provider_accounts a using (business_id)
     where o.business_id = $1 and o.offering_id = $2 and o.kind = 'plan'
       and o.period_days is not null limit 1`,
    [business, plan],
  );
}
