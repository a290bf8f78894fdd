import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type BusinessSpec, createBusiness } from '../commands/business.ts';
import { audit } from '../db/audit.ts';
import { getBusiness, saveAccount } from '../db/businesses.ts';
import { isDate } from '../domain/calendar.ts';
import { isFreeName } from '../domain/names.ts';
import { WEEKDAYS } from '../domain/price.ts';
import type { Reach } from './reach.ts';
import { type Flags, type Said, Usage, wanted } from './usage.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'Small letters, digits and dashes.');
const rupiah = z.number().int().min(0).max(1_000_000_000);
const count = z.number().int().min(0);
const date = z.string().refine(isDate, 'A date is YYYY-MM-DD.');
const time = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'A time is HH:MM.');
const weekday = z.enum(WEEKDAYS);
const name = z.string().trim().min(1);

const Rules = z
  .strictObject({
    holdMinutes: z.number().positive(),
    offerMinutes: z.number().positive(),
    remindBeforeMinutes: z.number().min(0),
    maxParty: z.number().int().positive().max(100),
    maxDaysAhead: z.number().int().min(0).max(400),
    minMinutesAhead: count,
    cancel: z.array(z.object({ hoursBefore: count, refundPercent: count.max(100) })),
    reschedule: z.object({ hoursBefore: count, times: count }),
    visitReminderHours: count,
    oneIdentityADay: z.boolean(),
    opensAt: time,
    visitMinutes: z.number().int().positive(),
  })
  .partial();

const Price = z.object({
  fromDate: date.nullable().default(null),
  toDate: date.nullable().default(null),
  days: z.array(weekday).min(1).nullable().default(null),
  guest: z.enum(['local', 'foreign']).nullable().default(null),
  priceIdr: rupiah,
});

/** What it is called in English, where it has a name of its own there. */
const English = z.strictObject({ name: name.optional(), about: z.string().optional() });

const Option = z.object({
  optionId: id,
  name,
  english: English.optional(),
  sort: z.enum(['device', 'part', 'extra']).default('extra'),
  priceIdr: rupiah,
});

const Quota = z.object({
  quotaId: id,
  name,
  capacity: count,
  hours: z
    .partialRecord(weekday, z.tuple([time, time]))
    .nullable()
    .default(null),
});

const Offering = z.object({
  offeringId: id,
  name,
  about: z.string().default(''),
  english: English.optional(),
  priceIdr: rupiah,
  quotas: z.array(id).default([]),
  options: z.array(Option).default([]),
  prices: z.array(Price).default([]),
  periodDays: z.int().min(1).max(3_660).optional(),
});

/** A business as a file: the shape of `BusinessSpec`, with what is usual left out. */
const Spec = z
  .object({
    business: z
      .string()
      .regex(/^[a-z][a-z0-9-]{1,30}$/, 'Small letters, digits and dashes.')
      .refine(isFreeName, 'An address of Pesan itself begins so: choose another name.'),
    name,
    about: z.string().default(''),
    english: English.optional(),
    kind: z.enum(['permit', 'appointment', 'plan']),
    timeZone: z.string().refine(isZone, 'A zone of the tz database, such as Asia/Jakarta.'),
    email: z.email(),
    phone: z.string().default(''),
    rules: Rules.default({}),
    account: z
      .object({
        provider: z.enum(['midtrans', 'xendit']).default('midtrans'),
        serverKey: z.string().min(1),
        clientKey: z.string().default(''),
        webhookToken: z.string().min(1).optional(),
      })
      .superRefine(checkAccount)
      .optional(),
    quotas: z.array(Quota).default([]),
    offerings: z.array(Offering).min(1),
  })
  .superRefine(checkQuotas);

/** Midtrans has a client key, and Xendit a token that proves its webhooks. */
function checkAccount(
  account: { provider: string; clientKey: string; webhookToken?: string | undefined },
  ctx: z.RefinementCtx,
) {
  const wanted = account.provider === 'midtrans' ? 'clientKey' : 'webhookToken';
  if (account[wanted]) return;
  const message = `An account at ${account.provider} needs it.`;
  ctx.addIssue({ code: 'custom', path: [wanted], message });
}

/** Whatever is sold by places draws on quotas that are there. */
function checkQuotas(
  spec: Pick<z.output<typeof Spec>, 'kind' | 'quotas' | 'offerings'>,
  ctx: z.RefinementCtx,
) {
  const known = new Set(spec.quotas.map((quota) => quota.quotaId));
  spec.offerings.forEach(({ quotas, periodDays }, at) => {
    const path = ['offerings', at, 'quotas'];
    const unknown = quotas.find((quota) => !known.has(quota));
    if (unknown) ctx.addIssue({ code: 'custom', path, message: `There is no quota ${unknown}.` });
    if ((periodDays !== undefined) !== (spec.kind === 'plan')) {
      const message = 'A plan, and nothing else, has periodDays: what one payment is for.';
      ctx.addIssue({ code: 'custom', path: ['offerings', at, 'periodDays'], message });
    }
    if (quotas.length === 0 && spec.kind !== 'plan') {
      ctx.addIssue({ code: 'custom', path, message: 'It has to draw on a quota.' });
    }
  });
}

/**
 * Adds a business from a JSON file, stdin or flags; without an account it gets the sandbox's keys.
 * Answers what to do next. Throws an `Error` that lists every fault.
 */
export async function createBusinessFrom(reach: Reach, flags: Flags): Promise<Said> {
  const spec = check(flags.file ? readSpec(flags.file) : specOf(flags));
  if (!(await createBusiness(reach, spec))) {
    throw new Error(`There is a business called ${spec.business} already.`);
  }
  await audit(reach.pool, spec.business, 'cli', 'business.create', spec.business);
  return {
    text: [
      `Its page: ${reach.publicUrl}/${spec.business}`,
      `Notifications of ${spec.account.provider} go to: ${reach.publicUrl}/webhooks/${spec.account.provider}/${spec.business}`,
      `Its owner's token: npm run pesan -- token create --business ${spec.business} --role owner`,
    ].join('\n'),
  };
}

function readSpec(file: string): unknown {
  const text = readFileSync(file === '-' ? 0 : file, 'utf8');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${file} is no JSON: ${(cause as Error).message}`, { cause });
  }
}

/** A business of one quota that all its offerings share. */
function specOf(flags: Flags): unknown {
  const business = wanted(flags.business, '--business, or --file,');
  const kind = wanted(flags.kind, '--kind');
  const isPlan = kind === 'plan';
  const serverKey = flags['server-key'];
  const offerings = (flags.offering ?? []).map((text) => {
    const [offeringId, title, price, days] = text.split(',').map((part) => part.trim());
    if (
      !offeringId ||
      !title ||
      !/^\d+$/.test(price ?? '') ||
      (isPlan && !/^\d+$/.test(days ?? ''))
    ) {
      const wanted = isPlan ? 'ID,NAME,PRICE,DAYS' : 'ID,NAME,PRICE';
      throw new Usage(`--offering is ${wanted}, not "${text}".`);
    }
    const sold = isPlan ? { periodDays: Number(days) } : { quotas: ['places'] };
    return { offeringId, name: title, priceIdr: Number(price), ...sold };
  });
  const hours = Object.fromEntries(WEEKDAYS.slice(0, 6).map((day) => [day, ['09:00', '17:00']]));
  const quota = {
    quotaId: 'places',
    name: 'Places',
    capacity: isPlan ? 0 : Number(wanted(flags.capacity, '--capacity')),
  };
  return {
    business,
    name: wanted(flags.name, '--name'),
    kind,
    timeZone: flags.zone ?? 'Asia/Jakarta',
    email: wanted(flags.email, '--email'),
    ...(flags.phone && { phone: flags.phone }),
    ...(serverKey && {
      account: {
        provider: isPlan ? 'xendit' : 'midtrans',
        serverKey,
        ...(isPlan
          ? { webhookToken: wanted(flags['webhook-token'], '--webhook-token') }
          : { clientKey: wanted(flags['client-key'], '--client-key') }),
      },
    }),
    quotas: isPlan ? [] : [{ ...quota, ...(kind === 'appointment' && { hours }) }],
    offerings,
  };
}

function check(given: unknown): BusinessSpec {
  const parsed = Spec.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(
      (issue) => `  /${issue.path.join('/')}: ${issue.message}`,
    );
    throw new Error(`This does not describe a business:\n${faults.join('\n')}`);
  }
  const { account, ...spec } = parsed.data;
  return { ...spec, account: account ?? sandboxKeys(spec) } as BusinessSpec;
}

/** The keys under which the sandbox knows a business (docs/sandbox.md). */
function sandboxKeys({ business, kind }: { business: string; kind: string }) {
  if (kind === 'plan') {
    const serverKey = `xnd_development_${business}`;
    return {
      provider: 'xendit',
      serverKey,
      clientKey: '',
      webhookToken: `xnd-callback-${business}`,
    };
  }
  const serverKey = `SB-Mid-server-${business}`;
  return { provider: 'midtrans', serverKey, clientKey: `SB-Mid-client-${business}` };
}

/** Gives a business the keys of its real account, or of another one. Answers where webhooks go. */
export async function businessKeys(reach: Reach, flags: Flags): Promise<Said> {
  const { business, kind } = await getBusiness(reach.pool, wanted(flags.business, '--business'));
  const isPlan = kind === 'plan';
  const provider = isPlan ? 'xendit' : 'midtrans';
  const serverKey = wanted(flags['server-key'], '--server-key');
  const more = isPlan
    ? { clientKey: '', webhookToken: wanted(flags['webhook-token'], '--webhook-token') }
    : { clientKey: wanted(flags['client-key'], '--client-key') };
  await saveAccount(reach.pool, reach.vault, provider, { business, serverKey, ...more });
  await audit(reach.pool, business, 'cli', 'business.keys', provider);
  return { text: `${reach.publicUrl}/webhooks/${provider}/${business}` };
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}
