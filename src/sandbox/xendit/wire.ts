import { merchantNameOf } from '../merchant.ts';
import { userIdOf } from './account.ts';
import { type Channel, type Group, getChannel, offeredChannels } from './channels.ts';
import { type Invoice, isPaid, type Payment } from './invoice.ts';

const iso = (ms: number) => new Date(ms).toISOString();

/**
 * An invoice as the API answers it (real sample of the docs, 2024-11). The six `available_` lists are
 * always there: xendit-node fails without any of them.
 */
export function invoiceBody(invoice: Invoice, url: string, { showsLatePayment = true } = {}) {
  const { asked, payment } = invoice;
  const { external_id, amount, items, fees, customer, metadata } = asked;
  return {
    id: invoice.id,
    external_id,
    user_id: userIdOf(invoice.merchant),
    status: invoice.status,
    merchant_name: merchantNameOf(invoice.merchant),
    merchant_profile_picture_url: `${url}/xendit/web/merchant.svg`,
    amount,
    payer_email: asked.payer_email,
    description: asked.description,
    expiry_date: iso(invoice.expiresAt),
    invoice_url: `${url}/xendit/web/${invoice.id}`,
    ...collectionOf(invoice),
    should_exclude_credit_card: !offers(invoice, 'card'),
    should_send_email: asked.should_send_email,
    success_redirect_url: asked.success_redirect_url,
    failure_redirect_url: asked.failure_redirect_url,
    should_authenticate_credit_card: asked.should_authenticate_credit_card,
    created: iso(invoice.createdAt),
    updated: iso(invoice.updatedAt),
    currency: asked.currency,
    items,
    fees,
    customer,
    customer_notification_preference: asked.customer_notification_preference,
    channel_properties: asked.channel_properties,
    metadata,
    ...(payment && (isPaid(invoice) || showsLatePayment) && paymentFields(payment)),
  };
}

function offers({ asked }: Invoice, group: Group): Channel[] | undefined {
  const channels = offeredChannels(asked.payment_methods).filter((each) => each.group === group);
  return channels.length > 0 ? channels : undefined;
}

function collectionOf(invoice: Invoice) {
  const holder = merchantNameOf(invoice.merchant).toUpperCase();
  const { amount } = invoice.asked;
  return {
    available_banks: (offers(invoice, 'va') ?? []).map(({ id }) => ({
      bank_code: id,
      collection_type: 'POOL',
      transfer_amount: amount,
      bank_branch: 'Virtual Account',
      account_holder_name: holder,
      identity_amount: 0,
    })),
    available_retail_outlets: (offers(invoice, 'retail') ?? []).map(({ id }) => ({
      retail_outlet_name: id,
    })),
    available_ewallets: (offers(invoice, 'wallet') ?? []).map(({ id }) => ({ ewallet_type: id })),
    available_qr_codes: (offers(invoice, 'qr') ?? []).map(({ id }) => ({ qr_code_type: id })),
    available_direct_debits: [],
    available_paylaters: [],
  };
}

const METHOD_OF: Record<Group, string> = {
  va: 'BANK_TRANSFER',
  qr: 'QR_CODE',
  wallet: 'EWALLET',
  card: 'CREDIT_CARD',
  retail: 'RETAIL_OUTLET',
};

function paymentFields(payment: Payment) {
  const { id, group } = getChannel(payment.channel);
  return {
    paid_amount: payment.amountIdr,
    paid_at: iso(payment.at),
    payment_id: payment.id,
    payment_method: METHOD_OF[group],
    payment_channel: id,
    payment_destination: payment.destination,
    bank_code: group === 'va' ? id : undefined,
    ewallet_type: group === 'wallet' ? id : undefined,
  };
}

/** The webhook of an invoice: flat, without `event` (real sample of the docs, 2024-11). */
export function invoiceWebhook(invoice: Invoice, status: 'PAID' | 'EXPIRED') {
  const { asked, payment } = invoice;
  return {
    id: invoice.id,
    external_id: asked.external_id,
    user_id: userIdOf(invoice.merchant),
    is_high: false,
    status,
    merchant_name: merchantNameOf(invoice.merchant),
    amount: asked.amount,
    payer_email: asked.payer_email,
    description: asked.description,
    created: iso(invoice.createdAt),
    updated: iso(invoice.updatedAt),
    currency: asked.currency,
    items: asked.items,
    success_redirect_url: asked.success_redirect_url,
    failure_redirect_url: asked.failure_redirect_url,
    ...(payment && status === 'PAID' && paymentFields(payment)),
  };
}
