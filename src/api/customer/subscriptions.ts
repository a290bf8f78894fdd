import { requestOtp } from '../../commands/plan/otp.ts';
import { subscribe } from '../../commands/plan/subscribe.ts';
import { readEntitlement } from '../../db/plan/bases.ts';
import { isoIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import type { SubscriptionFacts } from '../../domain/facts.ts';
import { refundTotal } from '../../domain/refund.ts';
import { Entitlement, OtpSent, Subscribed, Subscription } from '../answers.ts';
import { addressOf } from '../limits.ts';
import { operation, param } from '../operation.ts';
import { OtpBody, SubscribeBody } from '../schemas.ts';
import { openSubscription } from './link.ts';

export const otp = operation({
  name: 'requestOtp',
  does: 'Sends a code to the registered address of a base',
  about:
    'Six digits, good for ten minutes and once. Always the same answer: it does not tell whether an address is registered.',
  body: OtpBody,
  answers: [{ status: 202, says: 'If it is registered, a code is on its way', shape: OtpSent }],
  refuses: ['INVALID', 'NOT_FOUND', 'SLOW_DOWN', 'UNAVAILABLE'],
  async handle(call) {
    const { deps, limits, request, body, response } = call;
    await limits.otp.take(addressOf(request));
    await requestOtp(deps, param(call, 'business'), body);
    response.status(202).json({ ok: true });
  },
});

export const subscribeTo = operation({
  name: 'subscribe',
  does: "Asks for an invoice of a base's subscription",
  about:
    'A base has one subscription. Pending: answered as it is (200). Active: a new invoice, which extends it from its end (200). Otherwise it begins when it is paid (201).',
  key: 'honoured',
  counted: 'booking',
  body: SubscribeBody,
  answers: [
    { status: 201, says: 'Made, or begun again; to be paid at `paymentUrl`', shape: Subscribed },
    {
      status: 200,
      says: 'There is one; `paymentUrl` is that of its newest invoice',
      shape: Subscribed,
    },
  ],
  refuses: [
    'INVALID',
    'OTP_WRONG',
    'OTP_EXPIRED',
    'OTP_TOO_MANY',
    'NOT_FOUND',
    'IDEMPOTENCY_MISMATCH',
    'SLOW_DOWN',
    'UNAVAILABLE',
  ],
  async handle(call) {
    const { deps, limits, request, body, key, response } = call;
    await limits.code.take(addressOf(request));
    const { subscribed, how, replayed } = await subscribe(deps, param(call, 'business'), key, body);
    if (replayed) response.setHeader('Idempotent-Replayed', 'true');
    response
      .status(how === 'made' ? 201 : 200)
      .location(subscribed.statusUrl)
      .json(subscribed);
  },
});

export const showSubscription = operation({
  name: 'showSubscription',
  does: 'How a subscription stands',
  answers: [{ status: 200, says: 'The subscription', shape: Subscription }],
  refuses: ['NOT_FOUND', 'SLOW_DOWN'],
  async handle(call) {
    call.response.json(subscriptionView(await openSubscription(call)));
  },
});

/** A subscription as its owner is told of it. */
export function subscriptionView(facts: SubscriptionFacts) {
  const { statusUrl, invoices } = facts;
  const { invoices: lines, ...same } = operatedSubscription(facts);
  return {
    ...same,
    statusUrl,
    invoices: lines.map((line, i) => ({ paymentUrl: invoices[i]!.paymentUrl, ...line })),
  };
}

/** A subscription as operators see it: nothing with which one could act as its owner. */
export function operatedSubscription(facts: SubscriptionFacts) {
  const { business, plan, nextPlan, activeUntil, invoices, periods } = facts;
  const at = (instant: Date) => isoIn(business.timeZone, instant);
  const refund = refundTotal(facts.refunds);
  return {
    code: facts.code,
    business: business.business,
    base: facts.base,
    plan: plan.id,
    ...(nextPlan && { nextPlan: nextPlan.id }),
    state: facts.state,
    activeUntil: activeUntil && at(activeUntil),
    remindersPaused: facts.remindersPaused,
    ...(refund && { refund }),
    invoices: invoices.map((invoice) => ({
      state: invoiceState(invoice.state),
      plan: invoice.plan,
      amountIdr: invoice.amountIdr,
      periodDays: invoice.periodDays,
      expiresAt: at(invoice.expiresAt),
      paidAt: invoice.paidAt && at(invoice.paidAt),
    })),
    periods: periods.map(({ plan: paidPlan, amountIdr, from, to, paidAt }) => ({
      plan: paidPlan,
      amountIdr,
      from: at(from),
      to: at(to),
      paidAt: at(paidAt),
    })),
  };
}

/** To people an invoice is to be paid, paid, or over; who ended it is for operators. */
export function invoiceState(state: string): 'pending' | 'denied' | 'review' | 'paid' | 'expired' {
  if (state === 'new') return 'pending';
  if (state === 'cancelled') return 'expired';
  return state as 'pending' | 'denied' | 'review' | 'paid' | 'expired';
}

export const entitlement = operation({
  name: 'readEntitlement',
  does: 'Whether a base is active now',
  about: 'For the service that a subscription unlocks.',
  right: 'serve',
  answers: [{ status: 200, says: 'How it stands', shape: Entitlement }],
  refuses: ['NOT_FOUND'],
  async handle(call) {
    const { deps, response } = call;
    const name = param(call, 'base');
    const base = name.startsWith('@') ? name : `@${name}`;
    const found = await readEntitlement(deps.pool, param(call, 'business'), base);
    if (!found) throw new DomainError('NOT_FOUND', 'No base of this name is registered.');
    const { active, activeUntil, timeZone } = found;
    response.json({ active, activeUntil: activeUntil && isoIn(timeZone, activeUntil) });
  },
});
