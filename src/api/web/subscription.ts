import type { Request, Response } from 'express';
import { h } from 'preact';
import { subscribe } from '../../commands/plan/subscribe.ts';
import { listOfferings } from '../../db/offerings.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { dateIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { BookingFacts, SubscriptionFacts } from '../../domain/facts.ts';
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
  const { formToken, plan = facts.plan.id } = readTyped(request.body);
  if (!isFresh(deps, request, formToken)) {
    return leadStale(deps, response, 'subscription', refOf(facts));
  }
  const wish = { plan, base: facts.base, email: facts.email, otp: undefined };
  const { subscribed } = await subscribe(deps, facts.business.business, undefined, wish);
  response.redirect(303, new URL(subscribed.paymentUrl).pathname);
}

/** `GET /s/{token}/receipts/{attempt}.pdf`: the receipt of one period. */
export async function sendPeriodReceipt(
  deps: WebDeps,
  request: Request,
  response: Response,
): Promise<void> {
  const facts = await openSubscription({ deps, limits: deps.limits, request });
  const attempt = Number(String(request.params.attempt).replace(/\.pdf$/, ''));
  const period = facts.periods.find((one) => one.attempt === attempt);
  if (!period) throw new DomainError('NOT_FOUND', 'Nothing was paid by this invoice.');
  const pdf = await receiptPdf(receiptOf(facts, period), deps.texts);
  response.setHeader('Content-Type', 'application/pdf');
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="receipt-${facts.code}-${attempt}.pdf"`,
  );
  response.setHeader('Cache-Control', 'private, no-store');
  response.send(pdf);
}

/** A period as the receipt of a booking shows what was sold. */
function receiptOf(
  facts: SubscriptionFacts,
  period: SubscriptionFacts['periods'][number],
): BookingFacts {
  const { business, code, language, base, statusUrl } = facts;
  return {
    ...{ business, language, statusUrl, kind: 'plan', state: 'paid', quantity: 1, options: [] },
    code: `${code}-${period.attempt}`,
    offering: { id: period.plan, name: `${base} · ${period.plan}` },
    date: dateIn(business.timeZone, period.from),
    time: null,
    amountIdr: period.amountIdr,
    paidIdr: period.amountIdr,
    payment: { state: 'paid' },
    customer: { name: facts.baseName, email: facts.email, phone: null },
    expiresAt: null,
    paidAt: period.paidAt,
    visitAt: period.from,
    endsAt: period.to,
    issuing: false,
    unconfirmed: false,
    tickets: [],
    paymentUrl: statusUrl,
  };
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
    plans: offered.map(({ offeringId: id, name, priceIdr }) => ({ id, name, priceIdr })),
    formToken: formTokenFor(deps, request, response),
    isStale: request.query.refused === 'stale',
  };
  sendPage(response, 200, h(SubscriptionPage, { look, shown }));
}
