import { z } from 'zod';
import { date } from '../schemas.ts';

/** The shapes of what the operator of a business is shown in figures. */

const rupiah = z.number().int();
const instant = z.iso.datetime({ offset: true });

export const Revenue = z.object({
  totalIdr: rupiah,
  refundedIdr: rupiah,
  days: z.array(z.object({ date, amountIdr: rupiah, orders: z.number().int() })),
  offerings: z.array(
    z.object({
      offering: z.string(),
      name: z.string(),
      amountIdr: rupiah,
      orders: z.number().int(),
    }),
  ),
});

const count = z.number().int().min(0);
const Figures = z.object({
  payments: count,
  amountIdr: rupiah,
  webhooks: count.meta({ description: 'Verified ones, repeats included.' }),
  latencyP50Ms: count.nullable().meta({ description: 'From the money to the webhook of it.' }),
  latencyP95Ms: count.nullable(),
  retries: count.meta({ description: 'The same again before its event was finished.' }),
  duplicates: count.meta({ description: 'The same again after its event was finished.' }),
  outOfOrder: count.meta({ description: 'Overtaken by a later one.' }),
  foundByAsking: count.meta({ description: 'Paid, and found by asking before a webhook came.' }),
  lost: count.meta({ description: 'Those of them of which no webhook has come to this day.' }),
});
export const Providers = z.object({
  providers: z.array(
    z.object({
      provider: z.string(),
      total: Figures,
      days: z.array(Figures.extend({ date })),
    }),
  ),
});

export const ServiceHook = z.object({ url: z.url() });
export const ServiceHookSet = ServiceHook.extend({
  secret: z.string().meta({ description: 'Shown this once.' }),
});
const ServiceEventState = z.enum(['due', 'sent', 'failed']);
export const ServiceEvents = z.object({
  items: z.array(
    z.object({
      id: z.uuid().meta({ description: 'The `webhook-id`.' }),
      code: z.string(),
      type: z.enum([
        'subscription.activated',
        'subscription.renewed',
        'subscription.ending',
        'subscription.ended',
      ]),
      state: ServiceEventState,
      tries: count,
      status: z.number().int().nullable().meta({ description: 'Of the last answer.' }),
      error: z.string().nullable(),
      payload: z.record(z.string(), z.unknown()),
      createdAt: instant,
      nextTryAt: instant.nullable(),
      sentAt: instant.nullable(),
    }),
  ),
  next: z.uuid().nullable(),
});
export const RedrivenServiceEvent = z.object({
  id: z.uuid(),
  state: ServiceEventState,
  code: z.string(),
});
