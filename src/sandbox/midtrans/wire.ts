import { createHash } from 'node:crypto';
import { jakartaTime } from '../instants.ts';
import { merchantIdOf, serverKeyOf } from './account.ts';
import { getMethod } from './methods.ts';
import type { Charge, Order, Refund } from './order.ts';

type Json = Record<string, unknown>;

/** "44000.00": every amount of Midtrans but a request's is such a string. */
export function amount(idr: number): string {
  return idr.toFixed(2);
}

/** The answer of GET status: an expired transaction is "407" here, and "202" when notified. */
export function statusBody(order: Order, charge: Charge): Json {
  const code = statusCode(charge);
  return sign(order, {
    status_code: code,
    status_message: 'Success, transaction is found',
    ...transaction(order, charge),
  });
}

/** The notification's bytes before they are written (docs, "HTTP notification" samples, 2025-11). */
export function notificationBody(order: Order, charge: Charge): Json {
  const code = ['expire', 'cancel'].includes(charge.status) ? '202' : statusCode(charge);
  return sign(order, {
    status_code: code,
    status_message: 'midtrans payment notification',
    ...transaction(order, charge),
    ...(charge.method.endsWith('_va') && { payment_amounts: paymentAmounts(charge) }),
  });
}

/** The answer of an action, which says its own code and message and is not signed. */
export function actionBody(order: Order, charge: Charge, code: string, message: string): Json {
  return { status_code: code, status_message: message, ...transaction(order, charge) };
}

export function forge(body: Json): Json {
  return { ...body, signature_key: createHash('sha512').update('forged').digest('hex') };
}

function statusCode(charge: Charge): string {
  switch (charge.status) {
    case 'pending':
      return '201';
    case 'capture':
      return charge.fraud === 'challenge' ? '201' : '200';
    case 'deny':
      return '202';
    case 'expire':
      return '407';
    case 'settlement':
    case 'cancel':
    case 'refund':
    case 'partial_refund':
      return '200';
  }
}

/** SHA512(order_id + status_code + gross_amount + server key), over the strings as they are sent. */
function sign(order: Order, body: Json): Json {
  const signed = `${body.order_id}${body.status_code}${body.gross_amount}${serverKeyOf(order.merchant)}`;
  return { ...body, signature_key: createHash('sha512').update(signed).digest('hex') };
}

function transaction(order: Order, charge: Charge): Json {
  return {
    transaction_time: jakartaTime(charge.at),
    transaction_status: charge.status,
    transaction_id: charge.id,
    payment_type: getMethod(charge.method).paymentType,
    order_id: order.orderId,
    merchant_id: merchantIdOf(order.merchant),
    gross_amount: amount(charge.grossIdr),
    fraud_status: charge.fraud,
    currency: 'IDR',
    expiry_time: jakartaTime(charge.expiresAt),
    ...(charge.settledAt && { settlement_time: jakartaTime(charge.settledAt) }),
    ...methodFacts(charge),
    ...refundFacts(charge.refunds),
    ...order.asked.customFields,
  };
}

function methodFacts(charge: Charge): Json {
  switch (charge.method) {
    case 'permata_va':
      return { permata_va_number: charge.vaNumber };
    case 'echannel':
      return { bill_key: charge.vaNumber, biller_code: charge.billerCode };
    case 'bca_va':
    case 'bni_va':
    case 'bri_va':
    case 'cimb_va':
      return {
        va_numbers: [{ bank: getMethod(charge.method).bank, va_number: charge.vaNumber }],
      };
    case 'qris':
      return {
        acquirer: 'gopay',
        ...(charge.settledAt && { transaction_type: 'on-us', issuer: 'gopay' }),
      };
    case 'credit_card':
      return cardFacts(charge);
    case 'gopay':
    case 'shopeepay':
    case 'dana':
      return {};
  }
}

function cardFacts({ card }: Charge): Json {
  if (!card) return {};
  return {
    masked_card: card.masked,
    bank: card.bank,
    card_type: card.type,
    ...(card.eci && { eci: card.eci }),
    ...(card.approvalCode && { approval_code: card.approvalCode }),
    ...(card.responseCode && {
      channel_response_code: card.responseCode,
      channel_response_message: card.responseMessage,
    }),
  };
}

/** BNI alone says when and how much was paid into the account. */
function paymentAmounts(charge: Charge): Json[] {
  if (charge.method !== 'bni_va' || !charge.settledAt) return [];
  return [{ paid_at: jakartaTime(charge.settledAt), amount: amount(charge.grossIdr) }];
}

function refundFacts(refunds: Refund[]): Json {
  if (refunds.length === 0) return {};
  const total = refunds.reduce((sum, refund) => sum + refund.amountIdr, 0);
  return {
    refund_amount: amount(total),
    refunds: refunds.map((refund) => ({
      refund_chargeback_id: refund.id,
      refund_chargeback_uuid: refund.uuid,
      refund_amount: amount(refund.amountIdr),
      created_at: jakartaTime(refund.at),
      reason: refund.reason ?? '',
      refund_key: refund.key,
      ...(refund.bankConfirmedAt && { bank_confirmed_at: jakartaTime(refund.bankConfirmedAt) }),
    })),
  };
}
