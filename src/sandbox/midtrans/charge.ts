import { randomInt, randomUUID } from 'node:crypto';
import { getMethod, MANDIRI_BILLER_CODE, type MethodId, newVaNumber } from './methods.ts';
import type { Card, Charge, Order, Refund } from './order.ts';

/** What can become of a charge, as the merchant, the bank or the tester brings it about. */
export type Move = 'settle' | 'deny' | 'expire' | 'cancel' | 'challenge' | 'capture';

export interface Choice {
  method: MethodId;
  card?: Card;
  vaNumber?: string | undefined;
  expiresAt?: number | undefined;
}

/** A customer chose how to pay: pending, with the bank's number for it. */
export function newCharge(order: Order, choice: Choice, nowMs: number): Charge {
  const { method, card } = choice;
  const vaNumber = newVaNumber(method, choice.vaNumber ?? ownVaOf(order, method));
  const life = getMethod(method).lifeMs;
  return {
    id: randomUUID(),
    method,
    status: 'pending',
    fraud: 'accept',
    grossIdr: order.amountIdr,
    at: nowMs,
    expiresAt: choice.expiresAt ?? order.asked.expiresAt ?? nowMs + life,
    refunds: [],
    ...(vaNumber && { vaNumber }),
    ...(method === 'echannel' && { billerCode: MANDIRI_BILLER_CODE }),
    ...(card && { card }),
  };
}

/** Asks nothing about the state before: the callers know who may do what, and money may be late. */
export function moved(charge: Charge, move: Move, nowMs: number, grossIdr?: number): Charge {
  const next = grossIdr === undefined ? charge : { ...charge, grossIdr };
  switch (move) {
    case 'settle':
      return { ...next, status: 'settlement', fraud: 'accept', settledAt: next.settledAt ?? nowMs };
    case 'capture':
      return { ...approved(next), status: 'capture', fraud: 'accept' };
    case 'challenge':
      return { ...approved(next), status: 'capture', fraud: 'challenge' };
    case 'deny':
      return { ...next, status: 'deny', fraud: next.fraud === 'challenge' ? 'deny' : next.fraud };
    case 'cancel':
      return { ...next, status: 'cancel' };
    case 'expire':
      return { ...next, status: 'expire' };
  }
}

/** Adds a refund; the transaction is partly or wholly given back. */
export function refunded(
  charge: Charge,
  request: { key: string; amountIdr: number; reason: string | undefined },
  nowMs: number,
): Charge {
  const refund: Refund = { id: randomInt(1, 1_000_000), uuid: randomUUID(), ...request, at: nowMs };
  const whole = leftToRefund(charge) === request.amountIdr;
  return {
    ...charge,
    status: whole ? 'refund' : 'partial_refund',
    refunds: [...charge.refunds, refund],
  };
}

/** The bank gave the money back: the second of the two refund notices says so. */
export function bankConfirmed(charge: Charge, refundUuid: string, nowMs: number): Charge {
  const refunds = charge.refunds.map((each) =>
    each.uuid === refundUuid ? { ...each, bankConfirmedAt: nowMs } : each,
  );
  return { ...charge, refunds };
}

export function leftToRefund(charge: Charge): number {
  return charge.refunds.reduce((left, refund) => left - refund.amountIdr, charge.grossIdr);
}

function approved(charge: Charge): Charge {
  if (charge.method !== 'credit_card') return charge;
  const card = charge.card ?? { masked: '48111111-1114', bank: 'bni', type: 'credit' as const };
  const answer = { eci: '05', responseCode: '00', responseMessage: 'Approved' };
  return { ...charge, card: { approvalCode: String(Date.now()), ...card, ...answer } };
}

function ownVaOf(order: Order, method: MethodId): string | undefined {
  return method === 'bca_va' ? order.asked.customVa : undefined;
}
