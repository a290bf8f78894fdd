import { z } from 'zod';
import { findChannel } from './channels.ts';
import { type Refusal, refusal } from './refusal.ts';

const Text = z.string().max(255);
const Link = z.url({ protocol: /^https?$/ }).max(2_048);
const Means = z.array(z.enum(['email', 'whatsapp', 'sms', 'viber'])).max(4);

const Item = z.looseObject({ name: Text.min(1), quantity: z.int().min(1), price: z.number() });

/** The body of `POST /v2/invoices` as xendit-node 7.0.0 writes it; others' fields are left out. */
const InvoiceRequest = z.object({
  external_id: Text.min(1),
  amount: z.number(),
  payer_email: Text.optional(),
  description: z.string().max(4_000).optional(),
  invoice_duration: z.coerce.number().int().min(1).max(31_536_000).default(86_400),
  should_send_email: z.boolean().default(false),
  customer: z.record(z.string(), z.unknown()).optional(),
  customer_notification_preference: z.partialRecord(z.string(), Means).optional(),
  success_redirect_url: Link.optional(),
  failure_redirect_url: Link.optional(),
  payment_methods: z.array(z.string()).max(100).optional(),
  should_authenticate_credit_card: z.boolean().optional(),
  currency: z.string().default('IDR'),
  reminder_time: z.number().optional(),
  reminder_time_unit: z.enum(['days', 'hours']).optional(),
  locale: z.string().max(5).optional(),
  items: z.array(Item).max(75).optional(),
  fees: z
    .array(z.looseObject({ type: Text.min(1), value: z.number() }))
    .max(50)
    .optional(),
  channel_properties: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

export type InvoiceRequest = z.infer<typeof InvoiceRequest>;

/** Which amounts are taken; the real ones depend on the channel. */
export interface Bounds {
  leastIdr: number;
  mostIdr: number;
}

/** Reads a wish for an invoice, or says in Xendit's words why there is none. */
export function readInvoiceRequest(body: unknown, bounds: Bounds): InvoiceRequest | Refusal {
  const read = InvoiceRequest.safeParse(body ?? {});
  if (!read.success) return invalid(read.error);
  return refusalOf(read.data, bounds) ?? read.data;
}

export function isRefusal<T extends object>(read: T | Refusal): read is Refusal {
  return 'code' in read && 'status' in read;
}

/** `API_VALIDATION_ERROR`, with every field that is wrong. */
export function invalid(error: z.ZodError): Refusal {
  const errors = error.issues.map(({ path, message }) => ({
    field: path.join('.'),
    messages: [message],
  }));
  const message = 'There are errors in your request. Please check the errors field.';
  return { ...refusal(400, 'API_VALIDATION_ERROR', message), errors };
}

function refusalOf(asked: InvoiceRequest, { leastIdr, mostIdr }: Bounds): Refusal | undefined {
  const { amount, currency, payer_email: email, payment_methods: methods = [] } = asked;
  if (currency !== 'IDR') {
    return refusal(400, 'UNSUPPORTED_CURRENCY', `Currency ${currency} is not supported.`);
  }
  if (!Number.isInteger(amount) || amount <= 0) return invalidAmount();
  if (amount < leastIdr) {
    const text = `The minimum amount is ${leastIdr}.`;
    return refusal(400, 'MINIMAL_TRANSFER_AMOUNT_ERROR', text);
  }
  if (amount > mostIdr) {
    const text = `The maximum amount is ${mostIdr}.`;
    return refusal(400, 'MAXIMUM_TRANSFER_AMOUNT_ERROR', text);
  }
  if (email !== undefined && !z.email().safeParse(email).success) {
    return refusal(400, 'EMAIL_FORMAT_ERROR', 'The payer email is not a valid email address.');
  }
  const unknown = methods.find((id) => findChannel(id)?.id !== id);
  if (unknown !== undefined) {
    const text = `The payment method ${unknown} is not available.`;
    return refusal(400, 'UNAVAILABLE_PAYMENT_METHOD_ERROR', text);
  }
  return reminderRefusal(asked);
}

function invalidAmount(): Refusal {
  const errors = [{ field: 'amount', messages: ['Must be a positive whole number of rupiah'] }];
  return { ...invalid(new z.ZodError([])), errors };
}

/** 1 to 30 days or 1 to 24 hours before the end. */
function reminderRefusal(asked: InvoiceRequest): Refusal | undefined {
  const { reminder_time: time, reminder_time_unit: unit } = asked;
  if (time === undefined && unit === undefined) return undefined;
  const most = unit === 'days' ? 30 : 24;
  if (unit && Number.isInteger(time) && Number(time) >= 1 && Number(time) <= most) return undefined;
  return refusal(400, 'INVALID_REMINDER_TIME', 'The reminder time or its unit is not valid.');
}
