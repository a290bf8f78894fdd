import { z } from 'zod';
import { WEEKDAYS } from '../domain/price.ts';

/** Text that people write: any script and emoji, no control characters, in one normal form. */
const text = (max: number) =>
  z
    .string()
    .trim()
    .normalize('NFC')
    .min(1, 'This must not be empty.')
    .refine((value) => [...value].length <= max, `At most ${max} characters.`)
    .refine((value) => !/\p{Cc}/u.test(value), 'No control characters.');

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'A date is YYYY-MM-DD.');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'A time is HH:MM.');
const slug = z.string().min(1).max(60);
const rupiah = z.number().int().min(0).max(1_000_000_000);
const email = z.email('This is no e-mail address.').max(254);
const phone = z.string().regex(/^\+?[\d\s-]{6,24}$/, 'A phone number has 6 to 20 digits.');
const reason = text(300);

const Participant = z.object({
  name: text(100),
  identityType: z.enum(['nik', 'passport']),
  identityNumber: z.string().min(1).max(40),
  birthDate: date.optional(),
  phone: phone.optional(),
  emergencyContact: z.object({ name: text(100), phone }).optional(),
});

export const BookingBody = z.object({
  offering: slug,
  date,
  time: time.optional(),
  quantity: z.number().int().min(1, 'At least one place.').max(1_000).optional(),
  options: z.array(slug).max(20).optional(),
  language: z.enum(['id', 'en']).optional(),
  customer: z.object({ name: text(100), email: email.optional(), phone: phone.optional() }),
  participants: z.array(Participant).max(100).optional(),
});

export const RescheduleBody = z.object({ date, time: time.optional() });
export const CancelBody = z.object({ reason });
export const RefundBody = z.object({
  amountIdr: rupiah.min(1).optional(),
  reason,
  byHand: z.boolean().optional(),
});
export const RepairBody = z.object({
  state: z.enum(['queued', 'in_progress', 'waiting_part', 'ready', 'handed_over']),
  note: text(500).optional(),
});
export const QuotaBody = z.object({
  quota: slug,
  from: date,
  to: date,
  time: time.optional(),
  capacity: z.number().int().min(0).max(1_000_000),
});
export const ClosureBody = z.object({
  offering: slug.optional(),
  from: date,
  to: date,
  reason,
  booked: z.enum(['refund', 'reschedule', 'keep']),
});
export const PriceBody = z.object({
  offering: slug,
  from: date.optional(),
  to: date.optional(),
  days: z
    .array(z.enum(WEEKDAYS as [string, ...string[]]))
    .min(1)
    .optional(),
  guest: z.enum(['local', 'foreign']).optional(),
  priceIdr: rupiah,
});
export const SyncBody = z.object({ code: z.string().max(20).optional() });
export const ScanBody = z
  .object({
    qr: z.string().min(1).max(500).optional(),
    ticket: z.string().min(1).max(40).optional(),
    direction: z.enum(['in', 'out']),
    at: z.iso.datetime({ offset: true }).optional(),
    nonce: z.string().min(1).max(100),
    gate: text(60),
  })
  .refine((scan) => scan.qr || scan.ticket, { path: ['qr'], message: 'Give qr or ticket.' });
export const SignInBody = z.object({ email, password: z.string().min(1).max(200) });

export const AvailabilityQuery = z.object({
  offering: slug,
  from: date.optional(),
  to: date.optional(),
});
export const RangeQuery = z.object({ from: date, to: date });
export const ReopenQuery = z.object({ offering: slug.optional(), from: date, to: date });
export const EventsQuery = z.object({
  state: z.enum(['stored', 'done', 'dead']).optional(),
  after: z.coerce.number().int().positive().optional(),
});
export const AuditQuery = z.object({ after: z.coerce.number().int().positive().optional() });
export const BookingsQuery = z.object({
  q: z.string().max(254).optional(),
  state: z.string().max(20).optional(),
  from: date.optional(),
  to: date.optional(),
  after: z.string().max(20).optional(),
});
