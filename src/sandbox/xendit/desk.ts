import { randomBytes, randomUUID } from 'node:crypto';
import type { Alarms } from '../alarms.ts';
import type { Clock } from '../clock.ts';
import { type Channel, getChannel, newNumber } from './channels.ts';
import type { HabitsKeeper } from './habits.ts';
import { type Invoice, isPaid, type Payment } from './invoice.ts';
import type { Invoices } from './invoices.ts';
import type { InvoiceRequest } from './requests.ts';
import { invoiceWebhook } from './wire.ts';

export interface DeskDeps {
  invoices: Invoices;
  alarms: Alarms;
  clock: Clock;
  habits: HabitsKeeper;
  /** Sends a webhook to the merchant of the invoice. */
  tell(invoice: Invoice, body: unknown): void;
}

export type Desk = ReturnType<typeof createDesk>;

/** Where every change of an invoice is made: kept, told to the merchant, its next instant watched. */
export function createDesk({ invoices, alarms, clock, habits, tell }: DeskDeps) {
  const keep = (invoice: Invoice): Invoice => {
    const kept = invoices.save({ ...invoice, updatedAt: Date.now() });
    watch(kept);
    return kept;
  };

  const watch = ({ id, status, expiresAt, payment }: Invoice) => {
    const key = `xendit:${id}`;
    const settlesAfterMs = payment && getChannel(payment.channel).settlesAfterMs;
    if (status === 'PENDING') {
      alarms.set(key, expiresAt, () => expireNow(id));
    } else if (status === 'PAID' && payment && settlesAfterMs && habits.get().settles) {
      alarms.set(key, payment.at + settlesAfterMs * clock.retryScale, () => settleNow(id));
    } else {
      alarms.clear(key);
    }
  };

  const expireNow = (id: string) => {
    const invoice = invoices.get(id);
    if (invoice?.status === 'PENDING') expire(invoice);
  };

  /** No webhook is documented for it. */
  const settleNow = (id: string) => {
    const invoice = invoices.get(id);
    if (invoice?.status === 'PAID') keep({ ...invoice, status: 'SETTLED' });
  };

  const create = (merchant: string, asked: InvoiceRequest): Invoice => {
    const now = Date.now();
    return keep({
      id: randomBytes(12).toString('hex'),
      merchant,
      status: 'PENDING',
      asked,
      createdAt: now,
      updatedAt: now,
      expiresAt: now + asked.invoice_duration * 1_000,
    });
  };

  /** Ends an invoice for ever; of one that is EXPIRED it only repeats the webhook. */
  const expire = (invoice: Invoice, { notify = true } = {}): Invoice => {
    const expired =
      invoice.status === 'EXPIRED' ? invoice : keep({ ...invoice, status: 'EXPIRED' as const });
    if (notify) tell(expired, invoiceWebhook(expired, 'EXPIRED'));
    return expired;
  };

  /** The customer picks a channel on the page; a number that was given out before stays good. */
  const choose = (invoice: Invoice, channel: Channel): Invoice => {
    const numbers = { ...invoice.chosen?.numbers };
    const number = numbers[channel.id] ?? newNumber(channel);
    if (number) numbers[channel.id] = number;
    return keep({ ...invoice, chosen: { channel: channel.id, numbers } });
  };

  /**
   * Money comes. For an EXPIRED invoice it is late: the merchant hears PAID, the invoice stays
   * EXPIRED (docs, delayed webhooks). Paid already, only the webhook is repeated.
   */
  const pay = (
    invoice: Invoice,
    channel: Channel,
    { amountIdr = invoice.asked.amount, notify = true } = {},
  ): Invoice => {
    const status = invoice.status === 'PENDING' ? 'PAID' : invoice.status;
    const paid = isPaid(invoice)
      ? invoice
      : keep({ ...invoice, status, payment: newPayment(invoice, channel, amountIdr) });
    if (notify) tell(paid, invoiceWebhook(paid, 'PAID'));
    return paid;
  };

  const resume = () => {
    for (const invoice of invoices.list()) watch(invoice);
  };

  return { create, expire, choose, pay, resume };
}

const PAYMENT_PREFIX: Partial<Record<Channel['group'], string>> = { wallet: 'ewc_', qr: 'qrpy_' };

function newPayment({ chosen }: Invoice, channel: Channel, amountIdr: number): Payment {
  const destination = chosen?.numbers[channel.id] ?? newNumber(channel);
  const prefix = PAYMENT_PREFIX[channel.group] ?? '';
  const id = `${prefix}${randomUUID()}`;
  return {
    id,
    channel: channel.id,
    amountIdr,
    at: Date.now(),
    ...(destination && { destination }),
  };
}
