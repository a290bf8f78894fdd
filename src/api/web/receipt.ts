import type { Request, Response } from 'express';
import { listAttempts } from '../../db/money/payments.ts';
import { findOffering } from '../../db/offerings.ts';
import { receiptPdf } from '../../documents/receipt.ts';
import { dateIn } from '../../domain/calendar.ts';
import { spokenIn } from '../../domain/english.ts';
import { DomainError } from '../../domain/errors.ts';
import type { BookingFacts, SubscriptionFacts } from '../../domain/facts.ts';
import { givenBack } from '../../domain/invoice.ts';
import { openSubscription } from '../customer/link.ts';
import type { WebDeps } from './deps.ts';

type Period = SubscriptionFacts['periods'][number];

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
  const pdf = await receiptPdf(await receiptOf(deps, facts, period), deps.texts);
  response.setHeader('Content-Type', 'application/pdf');
  response.setHeader(
    'Content-Disposition',
    `attachment; filename="receipt-${facts.code}-${attempt}.pdf"`,
  );
  response.setHeader('Cache-Control', 'private, no-store');
  response.send(pdf);
}

/** A period as the receipt of a booking shows what was sold. */
async function receiptOf(
  { pool }: WebDeps,
  facts: SubscriptionFacts,
  period: Period,
): Promise<BookingFacts> {
  const { business, code, language, base, statusUrl } = facts;
  const ref = { business: business.business, code };
  const attempts = await listAttempts(pool, ref);
  const method = attempts.find((one) => one.attempt === period.attempt)?.method;
  const invoice = facts.invoices.find((one) => one.attempt === period.attempt);
  const plan = await findOffering(pool, ref.business, period.plan);
  const planName = plan ? spokenIn(language, plan).name : period.plan;
  const refund = givenBack(facts, period.attempt);
  return {
    ...{ business, language, statusUrl, kind: 'plan', state: 'paid', quantity: 1, options: [] },
    code: `${code}-${period.attempt}`,
    offering: { id: period.plan, name: `${base} · ${planName}` },
    date: dateIn(business.timeZone, period.from),
    time: null,
    amountIdr: period.amountIdr,
    paidIdr: invoice?.paidIdr ?? period.amountIdr,
    payment: { state: 'paid', ...(method && { method }) },
    ...(refund && { refund }),
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
