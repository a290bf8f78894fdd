import { z } from 'zod';
import type { Invoice } from './invoice.ts';
import type { Refusal } from './refusal.ts';
import { invalid } from './requests.ts';

const Instant = z.coerce.date().transform((date) => date.getTime());
/** A repeated key comes as a list, a single one as text. */
const Words = z.union([z.string().transform((word) => [word]), z.array(z.string())]);

/** The query of `GET /v2/invoices` (xendit-node 7.0.0); what it does not know is left out. */
const Query = z.object({
  external_id: z.string().optional(),
  statuses: Words.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(10),
  created_after: Instant.optional(),
  created_before: Instant.optional(),
  paid_after: Instant.optional(),
  paid_before: Instant.optional(),
  expired_after: Instant.optional(),
  expired_before: Instant.optional(),
  last_invoice: z.string().optional(),
  payment_channels: Words.optional(),
});

/** A merchant's invoices, newest first, those older than `last_invoice` only. */
export function listInvoices(invoices: Invoice[], query: unknown): Invoice[] | Refusal {
  const read = Query.safeParse(query);
  if (!read.success) return invalid(read.error);
  const asked = read.data;
  const newest = invoices.toReversed();
  const last = newest.findIndex(({ id }) => id === asked.last_invoice);
  return newest
    .slice(last + 1)
    .filter((each) => matches(each, asked))
    .slice(0, asked.limit);
}

function matches(invoice: Invoice, asked: z.infer<typeof Query>): boolean {
  const { status, payment, createdAt, expiresAt } = invoice;
  return (
    (asked.external_id === undefined || invoice.asked.external_id === asked.external_id) &&
    (!asked.statuses || asked.statuses.includes(status)) &&
    (!asked.payment_channels || asked.payment_channels.includes(payment?.channel ?? '')) &&
    within(createdAt, asked.created_after, asked.created_before) &&
    within(payment?.at, asked.paid_after, asked.paid_before) &&
    within(expiresAt, asked.expired_after, asked.expired_before)
  );
}

function within(at: number | undefined, after?: number, before?: number): boolean {
  if (after === undefined && before === undefined) return true;
  return at !== undefined && at >= (after ?? at) && at <= (before ?? at);
}
