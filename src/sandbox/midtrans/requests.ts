import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { DAY_MS, HOUR_MS, MINUTE_MS, parseJakartaTime } from '../instants.ts';
import { offeredMethods } from './methods.ts';
import type { Asked } from './order.ts';

export interface Ordered {
  orderId: string;
  amountIdr: number;
  asked: Asked;
}

export type Read<T> = { ok: true; value: T } | { ok: false; errors: string[] };

const Expiry = z.object({
  start_time: z.string().optional(),
  duration: z.coerce.number().int().positive(),
  unit: z.string().regex(/^(day|hour|minute)s?$/),
});

const Item = z.object({
  price: z.number().int(),
  quantity: z.number().int().min(1),
  name: z.string().min(1).max(50),
});

const customField = z.string().max(255).nullish();

const Common = z.object({
  item_details: z.array(Item).max(1_000).nullish(),
  customer_details: z
    .object({ first_name: z.string().max(255), last_name: z.string().max(255) })
    .partial()
    .nullish(),
  custom_field1: customField,
  custom_field2: customField,
  custom_field3: customField,
});

const SnapExtras = Common.extend({
  enabled_payments: z.array(z.string()).max(100).nullish(),
  callbacks: z
    .object({ finish: z.url({ protocol: /^https?$/ }) })
    .partial()
    .nullish(),
  expiry: Expiry.nullish(),
  page_expiry: Expiry.nullish(),
  bca_va: z
    .object({
      va_number: z
        .string()
        .regex(/^\d{6,11}$/)
        .optional(),
    })
    .nullish(),
});

const CoreExtras = Common.extend({
  payment_type: z.string(),
  bank_transfer: z
    .object({
      bank: z.string(),
      va_number: z
        .string()
        .regex(/^\d{1,18}$/)
        .optional(),
    })
    .nullish(),
  custom_expiry: z
    .object({
      order_time: z.string().optional(),
      expiry_duration: z.coerce.number().int().positive(),
      unit: z.enum(['second', 'minute', 'hour', 'day']).default('minute'),
    })
    .nullish(),
});

/** Reads the body of `POST /snap/v1/transactions`; every error at once, in Midtrans' words. */
export function readSnapRequest(
  body: unknown,
  nowMs: number,
): Read<Ordered & { pageExpiresAt?: number }> {
  const details = readDetails(body);
  const extras = SnapExtras.safeParse(body ?? {});
  const errors = [...details.errors, ...issuesOf(extras.error)];
  if (!extras.success || errors.length > 0) return { ok: false, errors };

  const { enabled_payments: enabled, callbacks, bca_va: bcaVa, ...rest } = extras.data;
  const expiry = endOf('expiry', rest.expiry ?? undefined, nowMs);
  const page = endOf('page_expiry', rest.page_expiry ?? undefined, nowMs);
  const more = [...sumErrors(rest, details.amountIdr), ...expiry.errors, ...page.errors];
  if (enabled && offeredMethods(enabled).length === 0) more.push('No payment channels available');
  if (more.length > 0) return { ok: false, errors: more };

  const asked: Asked = {
    ...commonAsked(rest),
    ...(callbacks?.finish && { finishUrl: callbacks.finish }),
    ...(enabled && { enabledPayments: enabled }),
    ...(expiry.at && { expiresAt: expiry.at }),
    ...(bcaVa?.va_number && { customVa: bcaVa.va_number }),
  };
  const { orderId, amountIdr } = details;
  return {
    ok: true,
    value: { orderId, amountIdr, asked, ...(page.at && { pageExpiresAt: page.at }) },
  };
}

export interface ChargeRequest extends Ordered {
  paymentType: string;
  bank: string | undefined;
  vaNumber: string | undefined;
}

/** Reads the body of `POST /v2/charge`. */
export function readChargeRequest(body: unknown, nowMs: number): Read<ChargeRequest> {
  const details = readDetails(body);
  const extras = CoreExtras.safeParse(body ?? {});
  const errors = [...details.errors, ...issuesOf(extras.error)];
  if (!extras.success || errors.length > 0) return { ok: false, errors };

  const { custom_expiry: expiry, bank_transfer: transfer, ...rest } = extras.data;
  const mismatch = sumErrors(rest, details.amountIdr);
  if (mismatch.length > 0) return { ok: false, errors: mismatch };

  const from = parseJakartaTime(expiry?.order_time ?? '') ?? nowMs;
  const expiresAt = expiry
    ? from + expiry.expiry_duration * (UNITS_MS[expiry.unit] ?? 0)
    : undefined;
  const value = {
    orderId: details.orderId,
    amountIdr: details.amountIdr,
    asked: { ...commonAsked(rest), ...(expiresAt && { expiresAt }) },
    paymentType: rest.payment_type,
    bank: transfer?.bank,
    vaNumber: transfer?.va_number,
  };
  return { ok: true, value };
}

/** Where notices go: at most three addresses, and "override" wins (docs, "Override notification URL"). */
export function notifyUrlsOf(headers: IncomingHttpHeaders, usual: string): string[] {
  const read = (name: string) =>
    String(headers[name] ?? '')
      .split(',')
      .map((url) => url.trim())
      .filter((url) => /^https?:\/\//.test(url) && URL.canParse(url))
      .slice(0, 3);
  const override = read('x-override-notification');
  return override.length > 0 ? override : [usual, ...read('x-append-notification')];
}

const Details = z.object({
  transaction_details: z.object({ order_id: z.unknown(), gross_amount: z.unknown() }).partial(),
});

function readDetails(body: unknown): { orderId: string; amountIdr: number; errors: string[] } {
  const details = Details.safeParse(body).data?.transaction_details;
  const orderId = details?.order_id;
  const amountIdr = Number(details?.gross_amount ?? Number.NaN);
  const errors = [...amountErrors(details?.gross_amount), ...orderIdErrors(orderId)];
  return { orderId: String(orderId), amountIdr, errors };
}

function amountErrors(given: unknown): string[] {
  const name = 'transaction_details.gross_amount';
  if (given === undefined || given === null) {
    return [`${name} is required`, `${name} is not a number`];
  }
  const amountIdr = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  if (typeof amountIdr !== 'number' || Number.isNaN(amountIdr)) return [`${name} is not a number`];
  if (amountIdr < 0.01) return [`${name} must be greater than or equal to 0.01`];
  return Number.isSafeInteger(amountIdr) ? [] : [`${name} must be an integer`];
}

function orderIdErrors(given: unknown): string[] {
  const name = 'transaction_details.order_id';
  if (given === undefined || given === null || given === '') return [`${name} is required`];
  if (String(given).length > 50) return [`${name} is too long (maximum is 50 characters)`];
  return /^[\w~.-]+$/.test(String(given))
    ? []
    : [`${name} contains characters that are not allowed`];
}

function sumErrors(rest: z.infer<typeof Common>, amountIdr: number): string[] {
  if (!rest.item_details?.length) return [];
  const sum = rest.item_details.reduce((total, item) => total + item.price * item.quantity, 0);
  if (sum === amountIdr) return [];
  return ['transaction_details.gross_amount is not equal to the sum of item_details'];
}

const UNITS_MS: Record<string, number> = {
  second: 1_000,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
};
/** Docs, "Expire a Snap session": at least five minutes, at most seven days. */
const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 7 * DAY_MS;

function endOf(name: string, expiry: z.infer<typeof Expiry> | undefined, nowMs: number) {
  if (!expiry) return { at: undefined, errors: [] };
  const from = expiry.start_time ? parseJakartaTime(expiry.start_time) : nowMs;
  if (from === undefined) return { at: undefined, errors: [`${name}.start_time is invalid`] };
  const lastsMs = expiry.duration * (UNITS_MS[expiry.unit.replace(/s$/, '')] ?? 0);
  if (lastsMs < SHORTEST_MS)
    return { at: undefined, errors: [`${name} must be at least 5 minutes`] };
  if (lastsMs > LONGEST_MS) return { at: undefined, errors: [`${name} must be at most 7 days`] };
  if (from + lastsMs <= nowMs) return { at: undefined, errors: [`${name} is already over`] };
  return { at: from + lastsMs, errors: [] };
}

function issuesOf(error: z.ZodError | undefined): string[] {
  return (error?.issues ?? []).map((issue) => `${issue.path.join('.') || 'body'} is invalid`);
}

function commonAsked(rest: z.infer<typeof Common>): Asked {
  const { first_name: first, last_name: last } = rest.customer_details ?? {};
  const customerName = [first, last].filter(Boolean).join(' ');
  const fields = ['custom_field1', 'custom_field2', 'custom_field3'] as const;
  const customFields: Record<string, string> = {};
  for (const field of fields) if (rest[field]) customFields[field] = rest[field];
  return {
    ...(customerName && { customerName }),
    items: (rest.item_details ?? []).map(({ name, quantity, price }) => ({
      name,
      quantity,
      priceIdr: price,
    })),
    customFields,
    notifyUrls: [],
  };
}
