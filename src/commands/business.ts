import { findBusiness, saveAccount, saveBusiness } from '../db/businesses.ts';
import { addPriceRule, type Option, saveOffering } from '../db/offerings.ts';
import { openHorizon } from '../db/places/horizon.ts';
import { type Quota, saveQuota } from '../db/places/quotas.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import type { Vault } from '../db/vault.ts';
import type { Kind } from '../domain/booking.ts';
import type { English } from '../domain/english.ts';
import type { Account } from '../domain/payment.ts';
import type { PriceRule } from '../domain/price.ts';
import { DEFAULT_RULES, type Rules } from '../domain/rules.ts';

/** A whole business as configuration: nothing of it is code. */
export interface BusinessSpec {
  business: string;
  name: string;
  about: string;
  kind: Kind;
  timeZone: string;
  email: string;
  phone: string;
  rules: Partial<Rules>;
  /** Its words in English; what has none keeps its own. */
  english?: English;
  account: Omit<Account, 'business'> & { provider: 'midtrans' | 'xendit' };
  quotas: Quota[];
  offerings: {
    offeringId: string;
    name: string;
    about: string;
    priceIdr: number;
    quotas: string[];
    options?: Option[];
    prices?: Omit<PriceRule, 'ruleId'>[];
    /** Of a plan: how many days one payment is for. */
    periodDays?: number;
    english?: English;
  }[];
}

/**
 * Adds a business with its quotas, offerings, prices and provider account, and opens its days.
 * Answers false, changing nothing, when a business of that name is there.
 */
export async function createBusiness(
  deps: { pool: Pool; vault: Vault; now(): Date },
  spec: BusinessSpec,
): Promise<boolean> {
  return inTransaction(deps.pool, async (tx) => {
    if (await findBusiness(tx, spec.business)) return false;
    const business = { ...spec, rules: { ...DEFAULT_RULES, ...spec.rules } };
    await saveBusiness(tx, business);
    const { provider, ...keys } = spec.account;
    await saveAccount(tx, deps.vault, provider, { business: spec.business, ...keys });
    for (const quota of spec.quotas) await saveQuota(tx, spec.business, quota);
    for (const [position, offering] of spec.offerings.entries()) {
      const { prices = [], options = [], periodDays = null, ...rest } = offering;
      const { business: owner, kind } = spec;
      await saveOffering(tx, { ...rest, business: owner, kind, options, position, periodDays });
      for (const rule of prices) await addPriceRule(tx, owner, offering.offeringId, rule);
    }
    await openHorizon(tx, business, deps.now());
    return true;
  });
}
