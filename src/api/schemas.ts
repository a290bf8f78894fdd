import { z } from 'zod';
import { isDate } from '../domain/calendar.ts';
import { partyFaults } from '../domain/identity.ts';
import { WEEKDAYS } from '../domain/price.ts';

/** Neither control characters nor halves of surrogate pairs, which Postgres does not store. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/u;

/** A short text that is compared, not shown. */
const plain = (max: number) =>
  z
    .string()
    .max(max, `At most ${max} characters.`)
    .refine((value) => !UNPRINTABLE.test(value), 'No control characters.');

/** Text that people write: any script and emoji, in one normal form, counted as people count. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, 'This must not be empty.')
    .refine((value) => [...value].length <= max, `At most ${max} characters.`)
    .refine((value) => !UNPRINTABLE.test(value), 'No control characters.')
    .meta({ maxLength: max });

export const date = z
  .string()
  .refine(isDate, 'A date is YYYY-MM-DD and has to exist.')
  .meta({ format: 'date', example: '2026-12-24' });
export const time = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is HH:MM.')
  .meta({ example: '09:00' });
const instant = z
  .string()
  .refine(isInstant, 'An instant is ISO 8601 with an offset.')
  .meta({ format: 'date-time' });

function isInstant(value: string): boolean {
  const looks = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  return looks && !Number.isNaN(Date.parse(value));
}

const id = plain(60).min(1, 'This must not be empty.');
const rupiah = z.number().int().min(0).max(1_000_000_000).meta({ description: 'Whole rupiah.' });
const email = z.email('This is no e-mail address.').max(254);
const reason = text(300);

/** `+62…` or `08…`, or of any other country; blanks, dots, dashes and brackets between digits. */
const phone = plain(40)
  .trim()
  .refine(isPhone, 'A phone number is +62… or 08…, with 6 to 20 digits.')
  .meta({ example: '+62 812 3456 7890' });

function isPhone(value: string): boolean {
  const digits = value.replace(/[\s().-]/g, '');
  return /^\+?\d{6,20}$/.test(digits);
}

const Participant = z.object({
  name: text(100),
  identityType: z.enum(['nik', 'passport']),
  identityNumber: plain(40).min(1, 'This must not be empty.'),
  birthDate: date.optional(),
  phone: phone.optional(),
  emergencyContact: z.object({ name: text(100), phone }).optional(),
});

export const BookingBody = z.object({
  offering: id,
  date,
  time: time.optional(),
  quantity: z.number().int().min(1, 'At least one place.').max(1_000).optional(),
  options: z.array(id).max(20).optional(),
  language: z
    .enum(['id', 'en'])
    .optional()
    .meta({ description: 'Of mails and documents; Indonesian unless told otherwise.' }),
  customer: z.object({ name: text(100), email: email.optional(), phone: phone.optional() }).meta({
    description: 'An e-mail or a phone number is needed.',
  }),
  participants: z
    .array(Participant)
    .max(100)
    // Here too, so that they are told together with a field of a wrong shape.
    .superRefine((party, context) => {
      for (const { seat, message } of partyFaults(party)) {
        // What is missing is said once, by the field itself.
        if (party[seat]?.identityNumber === '') continue;
        context.addIssue({ code: 'custom', path: [seat, 'identityNumber'], message });
      }
    })
    .optional()
    .meta({ description: 'A permit needs as many as its quantity.' }),
});

export const RescheduleBody = z.object({ date, time: time.optional() });
export const CancelBody = z.object({ reason });
export const RefundBody = z.object({
  amountIdr: rupiah
    .min(1)
    .optional()
    .meta({ description: 'All of it, and the end of the booking, when absent.' }),
  reason,
  byHand: z
    .boolean()
    .optional()
    .meta({ description: 'The refunds that wait for a person were made.' }),
});
export const RepairBody = z.object({
  state: z.enum(['queued', 'in_progress', 'waiting_part', 'ready', 'handed_over']),
  note: text(500).optional(),
});
export const QuotaBody = z.object({
  quota: id,
  from: date,
  to: date,
  time: time.optional().meta({ description: 'All times of the day when absent.' }),
  capacity: z.number().int().min(0).max(1_000_000),
});
export const ClosureBody = z.object({
  offering: id.optional().meta({ description: 'The whole business when absent.' }),
  from: date,
  to: date,
  reason,
  booked: z.enum(['refund', 'reschedule', 'keep']).meta({
    description: 'What becomes of who is booked: all money back, a free move, or nothing.',
  }),
});
export const PriceBody = z.object({
  offering: id,
  from: date.optional(),
  to: date.optional(),
  days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  guest: z.enum(['local', 'foreign']).optional(),
  priceIdr: rupiah,
});
const openHours = z.tuple([time, time]).meta({ description: 'From, to.' });
export const HoursBody = z.object({
  quota: id,
  hours: z
    .partialRecord(z.enum(WEEKDAYS), openHours)
    .meta({ description: 'By weekday; one that is absent is closed.' }),
  perHour: z
    .number()
    .int()
    .min(0)
    .max(1_000)
    .optional()
    .meta({ description: 'Places each hour; as before when absent.' }),
});
export const OptionBody = z.object({
  offering: id,
  option: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'Small letters, digits and dashes, at most 41.')
    .meta({ description: 'A button of the chat carries it: 64 bytes are all that one holds.' }),
  name: text(100),
  sort: z.enum(['device', 'part', 'extra']),
  priceIdr: rupiah,
});
export const OptionQuery = z.object({ offering: id, option: id });
export const RehearseBody = z.object({
  code: plain(20).min(1),
  forward: plain(10).meta({ description: 'How far: 31d, 12h or 90m.', example: '31d' }),
});
export const SyncBody = z.object({
  code: plain(20).optional().meta({ description: 'All open payments when absent.' }),
});
export const ScanBody = z
  .object({
    qr: plain(500).min(1).optional(),
    ticket: plain(40).min(1).optional().meta({ description: 'The id, typed; any case.' }),
    direction: z.enum(['in', 'out']),
    at: instant
      .optional()
      .meta({ description: 'Now when absent; at most 7 days back and 5 minutes ahead.' }),
    nonce: plain(100)
      .min(1)
      .meta({ description: 'One for each scan: repeats are answered alike.' }),
    gate: text(60),
  })
  .refine((scan) => scan.qr || scan.ticket, { path: ['qr'], message: 'Give qr or ticket.' });
export const SignInBody = z.object({ email, password: z.string().min(1).max(200) });

const base = z
  .string()
  .trim()
  .toLowerCase()
  .transform((value) => (value.startsWith('@') ? value : `@${value}`))
  .pipe(z.string().regex(/^@[a-z][a-z0-9_]{3,31}$/, 'A base is the name of a channel: @name.'));
export const OtpBody = z.object({ email, language: z.enum(['id', 'en']).optional() });
export const SubscribeBody = z.object({
  plan: id,
  base: base.meta({ example: '@demo_base' }),
  email: email.meta({ description: 'The registered address of the base.' }),
  otp: z
    .string()
    .trim()
    .regex(/^\d{6}$/, 'A code has six digits.'),
  language: z.enum(['id', 'en']).optional(),
});

export const ServiceHookBody = z.object({
  url: z.string().max(2_000, 'At most 2000 characters.').meta({ format: 'uri' }),
  secret: plain(100)
    .optional()
    .meta({ description: '`whsec_` and 24 to 64 bytes in base 64; a new one when absent.' }),
});

export const AvailabilityQuery = z.object({
  offering: id,
  from: date.optional(),
  to: date.optional(),
});
export const RangeQuery = z.object({ from: date, to: date });
export const ReopenQuery = z.object({ offering: id.optional(), from: date, to: date });
const after = z.coerce.number<string>().int().positive().optional();
export const EventsQuery = z.object({
  state: z.enum(['stored', 'done', 'dead']).optional(),
  after,
});
export const ServiceEventsQuery = z.object({
  state: z.enum(['due', 'sent', 'failed']).optional(),
  after: z.uuid('This is no id of an event.').optional(),
});
export const AuditQuery = z.object({ after });
export const STATES = [
  'held',
  'review',
  'paid',
  'expired',
  'cancelled',
  'refund_due',
  'refunded',
  'completed',
  'pending',
  'active',
  'ended',
] as const;
export const BookingsQuery = z.object({
  q: plain(254).optional().meta({ description: 'A code, name, e-mail or phone number.' }),
  state: z.enum(STATES).optional(),
  from: date.optional(),
  to: date.optional(),
  after: plain(20).optional().meta({ description: '`next` of the page before.' }),
});
export const TicketsQuery = z.object({
  ticket: plain(40).optional().meta({ description: 'Only this one.' }),
});
