import type { Kind } from '../domain/booking.ts';
import type { English } from '../domain/english.ts';
import { type PriceRule, priceOf } from '../domain/price.ts';
import { type Db, many, maybeOne, run } from './pool.ts';

export interface Option {
  optionId: string;
  name: string;
  sort: 'device' | 'part' | 'extra';
  priceIdr: number;
  english?: English | undefined;
}

export interface Offering {
  business: string;
  offeringId: string;
  kind: Kind;
  name: string;
  about: string;
  priceIdr: number;
  options: Option[];
  quotas: string[];
  priceRules: PriceRule[];
  position: number;
  /** How long a plan's period lasts; null for what is not a plan. */
  periodDays: number | null;
  english?: English | null | undefined;
}

/** Offerings with their options, quotas and prices, for a statement that narrows them down. */
export const OFFERING = `
  select o.business_id as business, o.offering_id as "offeringId", o.kind, o.name, o.about, o.english,
    o.price_idr as "priceIdr", o.position, o.period_days as "periodDays",
    coalesce((select json_agg(json_strip_nulls(json_build_object('optionId', p.option_id, 'name', p.name,
        'sort', p.sort, 'priceIdr', p.price_idr, 'english', p.english)) order by p.position, p.option_id)
      from offering_options p
      where p.business_id = o.business_id and p.offering_id = o.offering_id), '[]') as options,
    array(select q.quota_id from offering_quotas q
      where q.business_id = o.business_id and q.offering_id = o.offering_id
      order by q.quota_id) as quotas,
    coalesce((select json_agg(json_build_object('ruleId', r.rule_id, 'fromDate', r.from_date,
        'toDate', r.to_date, 'days', r.days, 'guest', r.guest, 'priceIdr', r.price_idr))
      from price_rules r
      where r.business_id = o.business_id and r.offering_id = o.offering_id), '[]') as "priceRules"
  from offerings o`;

export function listOfferings(db: Db, business: string): Promise<Offering[]> {
  return many(db, `${OFFERING} where o.business_id = $1 order by o.position, o.offering_id`, [
    business,
  ]);
}

export function findOffering(
  db: Db,
  business: string,
  offeringId: string,
): Promise<Offering | undefined> {
  return maybeOne(db, `${OFFERING} where o.business_id = $1 and o.offering_id = $2`, [
    business,
    offeringId,
  ]);
}

/** Adds an offering with its options and the quotas it draws on, or changes the one of that id. */
export async function saveOffering(db: Db, o: Omit<Offering, 'priceRules'>): Promise<void> {
  await run(
    db,
    `insert into offerings (business_id, offering_id, kind, name, about, price_idr, position,
       period_days, english) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (business_id, offering_id) do update set name = excluded.name,
       about = excluded.about, price_idr = excluded.price_idr, position = excluded.position,
       period_days = excluded.period_days, english = excluded.english`,
    [
      ...[o.business, o.offeringId, o.kind, o.name, o.about, o.priceIdr, o.position, o.periodDays],
      o.english ?? null,
    ],
  );
  await run(
    db,
    `insert into offering_options
       (business_id, offering_id, option_id, name, sort, price_idr, position, english)
     select $1, $2, o."optionId", o.name, o.sort, o."priceIdr", (ordinality)::int, o.english
     from rows from (json_to_recordset($3) as
       ("optionId" text, name text, sort text, "priceIdr" bigint, english jsonb)) with ordinality as o
     on conflict (business_id, offering_id, option_id) do update set name = excluded.name,
       price_idr = excluded.price_idr, english = excluded.english`,
    [o.business, o.offeringId, JSON.stringify(o.options)],
  );
  await run(
    db,
    `insert into offering_quotas (business_id, offering_id, quota_id)
     select $1, $2, unnest($3::text[]) on conflict do nothing`,
    [o.business, o.offeringId, o.quotas],
  );
}

/** Adds one option to an offering, last in its list, or changes the one of that id. */
export async function saveOption(
  db: Db,
  business: string,
  offeringId: string,
  option: Option,
): Promise<void> {
  await run(
    db,
    `insert into offering_options
       (business_id, offering_id, option_id, name, sort, price_idr, english, position)
     select $1, $2, $3, $4, $5, $6, $7::jsonb, coalesce(max(position), 0) + 1
     from offering_options where business_id = $1 and offering_id = $2
     on conflict (business_id, offering_id, option_id) do update
       set name = excluded.name, sort = excluded.sort, price_idr = excluded.price_idr,
         english = excluded.english`,
    [
      ...[business, offeringId, option.optionId, option.name, option.sort, option.priceIdr],
      option.english ?? null,
    ],
  );
}

/** Takes an option out of an offering; orders keep what they chose. */
export async function removeOption(
  db: Db,
  business: string,
  offeringId: string,
  optionId: string,
): Promise<boolean> {
  const removed = await run(
    db,
    `delete from offering_options where business_id = $1 and offering_id = $2 and option_id = $3`,
    [business, offeringId, optionId],
  );
  return removed === 1;
}

/** Adds a rule to an offering's prices. What is booked already keeps its price. */
export async function addPriceRule(
  db: Db,
  business: string,
  offeringId: string,
  rule: Omit<PriceRule, 'ruleId'>,
): Promise<void> {
  await run(
    db,
    `insert into price_rules
       (business_id, offering_id, from_date, to_date, days, guest, price_idr)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [business, offeringId, rule.fromDate, rule.toDate, rule.days, rule.guest, rule.priceIdr],
  );
}

/** The price of one place on a day, in rupiah, before options. */
export function dayPrice(offering: Offering, date: string, guest: 'local' | 'foreign'): number {
  return priceOf(offering.priceIdr, offering.priceRules, date, guest);
}
