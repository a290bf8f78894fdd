import { z } from 'zod';
import { rupiahOf } from '../rupiah.ts';
import type { Answer } from './answers.ts';
import type { Call } from './client.ts';
import { InvoiceId, somethingElse } from './invoices.ts';

/** What answers and webhooks say of a refund, as far as we read it. xendit-node drops its status. */
export const Refund = z.object({
  id: z.string().regex(/^[\w-]{1,64}$/),
  invoice_id: InvoiceId.nullish(),
  reference_id: z.string().max(255).nullish(),
  amount: z.union([z.string().max(20), z.number()]),
  status: z
    .string()
    .min(1)
    .max(40)
    .transform((text) => text.toUpperCase()),
});

export type Refund = z.infer<typeof Refund>;

/**
 * The refunds of an invoice. None where Xendit will not tell, since a key may have no right to refunds
 * and money that came has to count all the same.
 */
export async function listRefunds(call: Call, invoiceId: string): Promise<Refund[]> {
  const answer = await call.listRefunds(invoiceId);
  return answer.status >= 400 ? [] : readRefunds(answer);
}

function readRefunds({ body }: Answer): Refund[] {
  const read = z.object({ data: z.array(Refund) }).safeParse(body);
  if (!read.success) throw somethingElse();
  return read.data.data;
}

/** What went back or is on its way, in rupiah. */
export function refundedOf(refunds: Refund[]): number {
  const going = refunds.filter(({ status }) => status === 'PENDING' || status === 'SUCCEEDED');
  return going.reduce((sum, { amount }) => sum + (rupiahOf(amount) ?? 0), 0);
}
