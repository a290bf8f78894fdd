import { isDeepStrictEqual } from 'node:util';
import { type Request, Router } from 'express';
import { callerOf } from './api.ts';
import { getChannel } from './channels.ts';
import type { Payment } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import { holdsMoney, type Refund, RefundRequest } from './refund.ts';
import type { RefundDesk } from './refunddesk.ts';
import type { Refunds } from './refunds.ts';
import { refundBody } from './refundwire.ts';
import { type Refusal, refusal, sendRefusal } from './refusal.ts';
import { invalid, isRefusal } from './requests.ts';

interface RefundApiDeps {
  desk: RefundDesk;
  refunds: Refunds;
  invoices: Invoices;
}

/** `/refunds`: once per `idempotency-key`, for channels that give money back. */
export function refundApi(deps: RefundApiDeps): Router {
  const { desk, refunds } = deps;
  const router = Router();

  router.post('/refunds', (req, res) => {
    const made = refund(deps, req);
    if (isRefusal(made)) sendRefusal(res, made);
    else res.json(refundBody(made));
  });

  router.get('/refunds', (req, res) => {
    const { invoice_id: invoiceId } = req.query;
    const mine = refunds.list().filter(({ merchant }) => merchant === callerOf(req));
    const found = mine.filter((each) => !invoiceId || each.invoiceId === invoiceId);
    res.json({ data: found.toReversed().map(refundBody), has_more: false });
  });

  router.get('/refunds/:id', (req, res) => {
    const found = refunds.find(callerOf(req), req.params.id);
    if (found) res.json(refundBody(found));
    else sendRefusal(res, NO_REFUND);
  });

  router.post('/refunds/:id/cancel', (req, res) => {
    const found = refunds.find(callerOf(req), req.params.id);
    if (!found) return sendRefusal(res, NO_REFUND);
    if (found.status !== 'PENDING') return sendRefusal(res, ineligible('The refund has ended.'));
    res.json(refundBody(desk.cancel(found)));
  });

  return router;
}

const NO_REFUND = refusal(404, 'DATA_NOT_FOUND', 'Refund not found.');

function refund({ desk, refunds, invoices }: RefundApiDeps, req: Request): Refund | Refusal {
  const merchant = callerOf(req);
  const read = RefundRequest.safeParse(req.body ?? {});
  if (!read.success) return invalid(read.error);
  const asked = read.data;
  const key = req.get('idempotency-key');
  const mine = refunds.list().filter((each) => each.merchant === merchant);
  const former = key !== undefined && mine.find((each) => each.idempotencyKey === key);
  if (former) return isDeepStrictEqual(former.asked, asked) ? former : OTHER_BODY;
  const { reference_id: reference } = asked;
  if (reference && mine.some((each) => each.asked.reference_id === reference)) return DUPLICATE;

  const invoice = invoices.find(merchant, asked.invoice_id);
  if (!invoice) return refusal(404, 'DATA_NOT_FOUND', 'Invoice not found.');
  if (!invoice.payment) return ineligible('The invoice has no payment that can be refunded.');
  const refused = refusalOf(invoice.payment, asked, refunds.of(invoice.id));
  return refused ?? desk.open(invoice, invoice.payment, asked, key);
}

const OTHER_BODY = refusal(
  409,
  'IDEMPOTENCY_ERROR',
  'The idempotency key was used before with a different request body.',
);
const DUPLICATE = refusal(409, 'DUPLICATE_ERROR', 'A refund of this reference_id exists already.');

function ineligible(message: string): Refusal {
  return refusal(400, 'INELIGIBLE_TRANSACTION', message);
}

function refusalOf(
  payment: Payment,
  { amount = payment.amountIdr }: RefundRequest,
  refunds: Refund[],
): Refusal | undefined {
  const channel = getChannel(payment.channel);
  const refused = (code: string, message: string) => refusal(400, code, message);
  if (!channel.refundable) {
    return refused('REFUND_NOT_SUPPORTED', `Refunds are not supported for ${channel.id}.`);
  }
  if (refunds.some(({ status }) => status === 'PENDING')) {
    return refused('REFUND_IN_PROGRESS', 'Another refund of this payment is in progress.');
  }
  const gone = refunds.filter(holdsMoney).reduce((sum, each) => sum + each.amountIdr, 0);
  if (amount > payment.amountIdr - gone) {
    return refused('MAXIMUM_REFUND_AMOUNT_REACHED', 'The amount is more than is left to refund.');
  }
  if (amount < payment.amountIdr && !channel.partlyRefundable) {
    return refused('PARTIAL_REFUND_NOT_SUPPORTED', `${channel.id} is refunded in whole only.`);
  }
  return undefined;
}
