import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import { z } from 'zod';
import { leftToRefund } from './charge.ts';
import type { Desk } from './desk.ts';
import { getMethod } from './methods.ts';
import type { Charge } from './order.ts';
import type { Found } from './orders.ts';
import { CANNOT_MODIFY, refusal } from './refusals.ts';
import { actionBody, amount } from './wire.ts';

/** Adds `POST /:id/<name>` for a transaction that exists. */
export type Action = (name: string, act: (found: Found, req: Request) => unknown) => void;

const RefundRequest = z.object({
  refund_key: z
    .string()
    .regex(/^[\w-]{1,255}$/)
    .optional(),
  amount: z.coerce.number().int().optional(),
  reason: z.string().max(255).optional(),
});

/**
 * Refunds, by request and direct (docs, Refund, 2026-04): from settlement only, for the channels that
 * give money back; two notices follow, the second when the bank has confirmed.
 */
export function refundActions(desk: Desk, action: Action): void {
  action('refund', (found, req) => refund(desk, found, req, APPROVED));
  action('refund/online/direct', (found, req) => refund(desk, found, req, APPROVED_BY_BANK));
}

const APPROVED = 'Success, refund request is approved';
const APPROVED_BY_BANK = 'Success, refund request is approved by the bank';
const INVALID_AMOUNT = 'Refund request is rejected due to invalid amount';

function refund(desk: Desk, { order, charge }: Found, req: Request, message: string) {
  const read = RefundRequest.safeParse(req.body ?? {});
  if (!read.success) return refusal('400', 'One or more parameters in the payload is invalid.');
  const {
    refund_key: key = randomUUID(),
    amount: amountIdr = leftToRefund(charge),
    reason,
  } = read.data;
  const refused = refusalOf(charge, key, amountIdr);
  if (refused) return refused;
  const next = desk.refund(order, { key, amountIdr, reason });
  if (!next.charge) return CANNOT_MODIFY;
  const made = next.charge.refunds.at(-1);
  return {
    ...actionBody(next, next.charge, '200', message),
    refund_chargeback_id: made?.id,
    refund_chargeback_uuid: made?.uuid,
    refund_amount: amount(amountIdr),
    refund_key: key,
  };
}

function refusalOf(charge: Charge, key: string, amountIdr: number) {
  const method = getMethod(charge.method);
  if (charge.refunds.some((each) => each.key === key)) return refusal('406', 'Duplicate refund ID');
  const settled = charge.status === 'settlement' || charge.status === 'partial_refund';
  if (!settled || !method.refundable) return CANNOT_MODIFY;
  const left = leftToRefund(charge);
  const wrong = amountIdr < 1 || amountIdr > left;
  const unsplit = amountIdr < left && !method.partlyRefundable;
  return wrong || unsplit ? refusal('414', INVALID_AMOUNT) : undefined;
}
