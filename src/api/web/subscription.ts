import type { Request, Response } from 'express';
import { h } from 'preact';
import { subscribe } from '../../commands/plan/subscribe.ts';
import { listOfferings } from '../../db/offerings.ts';
import { spokenIn } from '../../domain/english.ts';
import type { SubscriptionFacts } from '../../domain/facts.ts';
import { SubscriptionPage } from '../../pages/subscription.tsx';
import { openSubscription } from '../customer/link.ts';
import { readTyped } from './bookform.ts';
import { sendPage, type WebDeps } from './deps.ts';
import { leadStale, pathOf } from './door.ts';
import { formTokenFor, isFresh, refuseForeign } from './guard.ts';
import { readVersion } from './live.ts';
import { lookFor } from './look.ts';
import { noteSeen } from './seen.ts';

/** `GET /s/{token}`: the subscription that the link opens, as it stands now. */
export async function showSubscriptionPage(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const facts = await openSubscription({ deps, limits: deps.limits, request });
  noteSeen(deps, request, response, refOf(facts));
  await sendSubscription(deps, request, response, facts);
}

/**
 * `POST /s/{token}/renew`: asks for an invoice and leads to where it is paid. Who has the link may: what
 * is paid for is the owner's, whoever pays.
 */
export async function renewSubscription(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  refuseForeign(deps, request);
  const facts = await openSubscription({ deps, limits: deps.limits, request });
  const { formToken, plan = (facts.nextPlan ?? facts.plan).id } = readTyped(request.body);
  if (!isFresh(deps, request, formToken)) {
    return leadStale(deps, response, 'subscription', refOf(facts));
  }
  const wish = { plan, base: facts.base, email: facts.email, otp: undefined };
  const { subscribed } = await subscribe(deps, facts.business.business, undefined, wish);
  response.redirect(303, new URL(subscribed.paymentUrl).pathname);
}

/** The order of a subscription's facts. */
const refOf = ({ business, code }: SubscriptionFacts) => ({ business: business.business, code });

async function sendSubscription(
  deps: WebDeps,
  request: Request,
  response: Response,
  facts: SubscriptionFacts,
): Promise<void> {
  const ref = refOf(facts);
  const look = lookFor(deps, request, response);
  const offered = await listOfferings(deps.pool, ref.business);
  const shown = {
    facts,
    version: await readVersion(deps.pool, ref.code),
    path: pathOf(deps, 'subscription', ref),
    plans: offered.map((one) => {
      const { offeringId: id, name, lang, priceIdr, periodDays } = spokenIn(look.language, one);
      return { id, name, lang, priceIdr, periodDays };
    }),
    formToken: formTokenFor(deps, request, response),
    isStale: request.query.refused === 'stale',
    returned: request.query.returned !== undefined,
  };
  sendPage(response, 200, h(SubscriptionPage, { look, shown }));
}
