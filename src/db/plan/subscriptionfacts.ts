import type { BookingRef } from '../../domain/booking.ts';
import { type English, spokenIn } from '../../domain/english.ts';
import type { Language, SubscriptionFacts } from '../../domain/facts.ts';
import { findBusiness } from '../businesses.ts';
import { listRefunds } from '../money/refunds.ts';
import { listOfferings } from '../offerings.ts';
import { type Db, maybeOne } from '../pool.ts';
import type { Vault } from '../vault.ts';
import { listInvoices, listPeriods } from './periods.ts';

/** What reading a subscription for people needs beside the database. */
export interface PlanFactsDeps {
  vault: Vault;
  publicUrl: string;
}

interface Row extends BookingRef {
  state: SubscriptionFacts['state'];
  language: SubscriptionFacts['language'];
  base: string;
  baseName: string;
  ownerChat: number;
  email: string;
  plan: string;
  planName: string;
  planEnglish: English | null;
  nextPlan: string | null;
  nextPlanName: string | null;
  nextPlanEnglish: English | null;
  activeUntil: Date | null;
  remindersPaused: boolean;
  twin: boolean;
}

/**
 * A subscription as people see it, read from Postgres; undefined when there is none. Its reader's
 * language is the one in which it was ordered, unless another is named.
 */
export async function readSubscription(
  db: Db,
  deps: PlanFactsDeps,
  ref: BookingRef,
  language?: Language,
): Promise<SubscriptionFacts | undefined> {
  const found = await readRow(db, ref);
  const business = await findBusiness(db, ref.business);
  if (!found || !business) return undefined;
  const row = { ...found, language: language ?? found.language };
  const invoices = await listInvoices(db, ref);
  const periods = await listPeriods(db, ref);
  const { vault, publicUrl } = deps;
  const { plan, planName, planEnglish, nextPlan, nextPlanName, nextPlanEnglish, twin, ...same } =
    row;
  const named = (name: string, english: English | null) =>
    spokenIn(row.language, { name, english }).name;
  const offered = await listOfferings(db, ref.business);
  const names = new Map(offered.map((one) => [one.offeringId, spokenIn(row.language, one).name]));
  return {
    ...same,
    business,
    plan: { id: plan, name: named(planName, planEnglish) },
    ...(nextPlan && {
      nextPlan: { id: nextPlan, name: named(nextPlanName ?? nextPlan, nextPlanEnglish) },
    }),
    isRehearsal: twin,
    invoices: invoices.map(({ pageUrl: _, pageExpiresAt: __, ...invoice }) => ({
      ...invoice,
      planName: names.get(invoice.plan) ?? invoice.plan,
      paymentUrl: `${publicUrl}/pay/${vault.tokenOf('invoice', ref, invoice.attempt)}`,
    })),
    periods: periods.map(({ fromAt: from, toAt: to, ...period }) => ({ ...period, from, to })),
    refunds: await listRefunds(db, ref),
    statusUrl: `${publicUrl}/s/${vault.tokenOf('booking', ref)}`,
  };
}

function readRow(db: Db, ref: BookingRef): Promise<Row | undefined> {
  return maybeOne(
    db,
    `select o.business_id as business, o.code, o.state, o.language, s.base, b.name as "baseName",
       b.owner_chat as "ownerChat", b.email, o.offering_id as plan, f.name as "planName",
       f.english as "planEnglish", n.english as "nextPlanEnglish",
       s.next_plan as "nextPlan", n.name as "nextPlanName", s.active_until as "activeUntil",
       s.reminders_paused as "remindersPaused", s.twin
     from orders o join subscriptions s using (business_id, code)
       join bases b on b.business_id = s.business_id and b.base = s.base
       join offerings f on f.business_id = o.business_id and f.offering_id = o.offering_id
       left join offerings n on n.business_id = o.business_id and n.offering_id = s.next_plan
     where o.business_id = $1 and o.code = $2`,
    [ref.business, ref.code],
  );
}
