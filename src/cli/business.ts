import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BusinessSpec, createBusiness } from '../commands/business.ts';
import { audit } from '../db/audit.ts';
import { WEEKDAYS } from '../domain/price.ts';
import type { Reach } from './reach.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'Small letters, digits and dashes.');
const rupiah = z.number().int().min(0);
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const time = z.string().regex(/^\d{2}:\d{2}$/);
const weekday = z.enum(WEEKDAYS as [string, ...string[]]);

const Price = z.object({
  fromDate: date.nullable().default(null),
  toDate: date.nullable().default(null),
  days: z.array(weekday).nullable().default(null),
  guest: z.enum(['local', 'foreign']).nullable().default(null),
  priceIdr: rupiah,
});

const Option = z.object({
  optionId: id,
  name: z.string().min(1),
  sort: z.enum(['device', 'part', 'extra']).default('extra'),
  priceIdr: rupiah,
});

/** A business as a file: the shape of `BusinessSpec`, with what is usual left out. */
const Spec = z.object({
  business: z.string().regex(/^[a-z][a-z0-9-]{1,30}$/, 'Small letters, digits and dashes.'),
  name: z.string().min(1),
  about: z.string().default(''),
  kind: z.enum(['permit', 'appointment', 'plan']),
  timeZone: z.string().refine(isZone, 'A zone of the tz database, such as Asia/Jakarta.'),
  email: z.email(),
  phone: z.string().default(''),
  rules: z.record(z.string(), z.unknown()).default({}),
  account: z
    .object({
      provider: z.enum(['midtrans', 'xendit']).default('midtrans'),
      serverKey: z.string().min(1),
      clientKey: z.string().min(1),
    })
    .optional(),
  quotas: z
    .array(
      z.object({
        quotaId: id,
        name: z.string().min(1),
        capacity: z.number().int().min(0),
        hours: z
          .record(weekday, z.tuple([time, time]))
          .nullable()
          .default(null),
      }),
    )
    .min(1),
  offerings: z
    .array(
      z.object({
        offeringId: id,
        name: z.string().min(1),
        about: z.string().default(''),
        priceIdr: rupiah,
        quotas: z.array(id).min(1),
        options: z.array(Option).default([]),
        prices: z.array(Price).default([]),
      }),
    )
    .min(1),
});

/**
 * Adds a business from a JSON file; without an account it gets the sandbox's keys. Answers what to do
 * next. Throws an `Error` that lists every fault of the file.
 */
export async function createBusinessFrom(reach: Reach, file: string): Promise<string> {
  const spec = readSpec(file);
  if (!(await createBusiness(reach, spec))) {
    throw new Error(`There is a business called ${spec.business} already.`);
  }
  await audit(reach.pool, spec.business, 'cli', 'business.create', spec.business);
  return [
    `${reach.publicUrl}/${spec.business}`,
    `Notifications of Midtrans: ${reach.publicUrl}/webhooks/midtrans/${spec.business}`,
    `Sign in staff with: npm run pesan -- token create --business ${spec.business} --role owner`,
  ].join('\n');
}

function readSpec(file: string): BusinessSpec {
  const parsed = Spec.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const faults = parsed.error.issues.map((i) => `  /${i.path.join('/')}: ${i.message}`);
    throw new Error(`${file} does not describe a business:\n${faults.join('\n')}`);
  }
  const { account, ...spec } = parsed.data;
  const sandbox = {
    provider: 'midtrans',
    serverKey: `SB-Mid-server-${spec.business}`,
    clientKey: `SB-Mid-client-${spec.business}`,
  };
  return { ...spec, account: account ?? sandbox } as BusinessSpec;
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
