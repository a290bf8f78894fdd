import { z } from 'zod';
import { date, STATES, time } from './schemas.ts';

/** The shapes of answers, for the OpenAPI document and for the tests that hold answers against it. */

const instant = z.iso.datetime({ offset: true });
const rupiah = z.number().int();
const url = z.url();

export const Problem = z.object({
  type: url,
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  errors: z
    .array(
      z.object({
        pointer: z.string().meta({ description: 'RFC 6901, into the body, query or headers.' }),
        message: z.string(),
      }),
    )
    .optional(),
});

export const Offerings = z.object({
  offerings: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      about: z.string(),
      kind: z.enum(['permit', 'appointment', 'plan']),
      priceIdr: rupiah,
      options: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          sort: z.enum(['device', 'part', 'extra']),
          priceIdr: rupiah,
        }),
      ),
      quotas: z.array(z.string()),
    }),
  ),
});

export const Availability = z.object({
  days: z.array(
    z.object({
      date,
      time: time.optional(),
      capacity: z.number().int(),
      left: z.number().int().min(0),
      closed: z.boolean(),
      priceIdr: rupiah,
    }),
  ),
});

export const Booked = z.object({
  code: z.string(),
  token: z.string(),
  state: z.literal('held'),
  amountIdr: rupiah,
  expiresAt: instant,
  statusUrl: url,
  paymentUrl: url,
});

const PaymentStates = z.enum([
  'none',
  'pending',
  'denied',
  'review',
  'paid',
  'underpaid',
  'overpaid',
  'expired',
  'unconfirmed',
]);

const Summary = z.object({
  code: z.string(),
  state: z.enum(STATES),
  offering: z.string(),
  date,
  time: time.optional(),
  quantity: z.number().int(),
  amountIdr: rupiah,
  paidIdr: rupiah,
});

export const Booking = Summary.extend({
  business: z.string(),
  kind: z.enum(['permit', 'appointment', 'plan']),
  repairState: z.string().optional(),
  expiresAt: instant.nullable(),
  paidAt: instant.nullable(),
  statusUrl: url,
  paymentUrl: url,
  payment: z.object({
    state: PaymentStates,
    reason: z.string().optional(),
    method: z.string().optional(),
    va: z
      .object({ bank: z.string(), number: z.string() })
      .optional()
      .meta({ description: 'The virtual account to transfer to, chosen while booking.' }),
  }),
  refund: z
    .object({ state: z.enum(['due', 'requested', 'done', 'by_hand']), amountIdr: rupiah })
    .optional(),
  move: z
    .object({ date, time: time.optional(), differenceIdr: rupiah, expiresAt: instant })
    .optional()
    .meta({ description: 'A dearer date that waits for the difference to be paid.' }),
  issuing: z.literal(true).optional().meta({ description: 'Paid; the tickets are being made.' }),
  tickets: z.array(
    z.object({
      id: z.string(),
      state: z.enum(['valid', 'in', 'out']),
      holder: z.string(),
      qr: z.string(),
      pdfUrl: url,
    }),
  ),
});

export const Joined = z.object({ token: z.string(), position: z.number().int().min(1) });

export const Waiting = z.object({
  state: z.enum(['waiting', 'offered', 'taken', 'lapsed', 'left']),
  position: z.number().int().min(1).optional(),
  bookingToken: z.string().optional(),
});

export const Left = Waiting.pick({ state: true });

export const SignedIn = z.object({ token: z.string(), role: z.string(), expiresAt: instant });

export const Quotas = z.object({
  quotas: z.array(
    z.object({
      quota: z.string(),
      date,
      time: time.optional(),
      capacity: z.number().int(),
      held: z.number().int(),
      sold: z.number().int(),
      keptForLine: z.number().int(),
    }),
  ),
});

export const Changed = z.object({ changed: z.number().int() });
export const Concerned = z.object({ concerned: z.number().int() });
export const Opened = z.object({ opened: z.number().int() });
export const Done = z.object({ ok: z.literal(true) });

const Customer = z.object({
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});

export const Bookings = z.object({
  items: z.array(
    Summary.extend({
      repairState: z.string().optional(),
      customer: Customer,
      expiresAt: instant.nullable(),
      paidAt: instant.nullable(),
      createdAt: instant,
    }),
  ),
  next: z.string().nullable(),
});

export const Synced = z.object({
  checked: z.number().int(),
  changed: z.array(z.object({ code: z.string(), from: z.string(), to: z.string() })),
  unanswered: z
    .array(z.string())
    .optional()
    .meta({ description: 'Codes about which the provider gave no answer.' }),
});

export const Events = z.object({
  items: z.array(
    z.object({
      id: z.number().int(),
      provider: z.string(),
      ref: z.string(),
      code: z.string().nullable(),
      attempt: z.number().int().nullable(),
      status: z.string(),
      paidIdr: rupiah,
      state: z.enum(['stored', 'done', 'dead']),
      reason: z.string().nullable(),
      tries: z.number().int(),
      receivedAt: instant,
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.number().int().nullable(),
});

export const Redriven = z.object({
  id: z.number().int(),
  state: z.enum(['stored', 'done', 'dead']),
  code: z.string().nullable(),
});

export const Scanned = z.object({
  result: z.enum(['in', 'out', 'refused']),
  reason: z
    .enum(['ALREADY_IN', 'NOT_IN', 'WRONG_DAY', 'NOT_PAID', 'VOID', 'UNKNOWN', 'FORGED'])
    .optional(),
  holder: z.string().optional(),
  code: z.string().optional(),
});

export const Audit = z.object({
  items: z.array(
    z.object({
      id: z.number().int(),
      at: instant,
      who: z.string(),
      action: z.string(),
      subject: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  ),
  next: z.number().int().nullable(),
});

export const Ledger = z.object({
  checkedAt: instant,
  differences: z.array(
    z.object({
      what: z.string(),
      subject: z.string(),
      expected: z.union([z.number(), z.string()]),
      found: z.union([z.number(), z.string()]),
    }),
  ),
});

export const Taken = z.object({ ok: z.literal(true), duplicate: z.literal(true).optional() });
export const Alive = z.object({ ok: z.literal(true) });
export const Ready = z.object({
  database: z.boolean(),
  temporal: z.boolean(),
  room: z.boolean(),
});

export const OtpSent = z.object({ ok: z.literal(true) });
export const Subscribed = z.object({
  code: z.string(),
  token: z.string(),
  state: z.enum(['pending', 'active']),
  paymentUrl: url,
  statusUrl: url,
});
export const Subscription = z.object({
  code: z.string(),
  business: z.string(),
  base: z.string(),
  plan: z.string(),
  nextPlan: z.string().optional(),
  state: z.enum(['pending', 'active', 'ended']),
  activeUntil: instant.nullable(),
  remindersPaused: z.boolean(),
  statusUrl: url,
  refund: z
    .object({ state: z.enum(['due', 'requested', 'done', 'by_hand']), amountIdr: rupiah })
    .optional(),
  invoices: z.array(
    z.object({
      paymentUrl: url,
      state: z.enum(['pending', 'denied', 'review', 'paid', 'expired']),
      plan: z.string(),
      amountIdr: rupiah,
      periodDays: z.number().int(),
      expiresAt: instant,
      paidAt: instant.nullable(),
    }),
  ),
  periods: z.array(
    z.object({
      plan: z.string(),
      amountIdr: rupiah,
      from: instant,
      to: instant,
      paidAt: instant,
    }),
  ),
});

/** What an operator is shown of a booking: no links, which are its customer's. */
const OperatedBooking = Booking.omit({ statusUrl: true, paymentUrl: true }).extend({
  kind: z.enum(['permit', 'appointment']),
  tickets: z.array(
    z.object({ id: z.string(), state: z.enum(['valid', 'in', 'out']), holder: z.string() }),
  ),
});

const Rows = z.array(z.record(z.string(), z.unknown()));
const Story = z.object({
  customer: Customer,
  participants: z.array(
    z.object({
      seat: z.number().int(),
      name: z.string(),
      identityType: z.enum(['nik', 'passport']),
      identityNumber: z.string().meta({ description: 'Only its last three characters.' }),
      birthDate: date.nullable(),
      phone: z.string().nullable(),
      emergencyContact: z.object({ name: z.string(), phone: z.string().nullable() }).nullable(),
    }),
  ),
  story: z
    .object({
      payments: Rows,
      events: Rows,
      refunds: Rows,
      requests: Rows,
      notices: Rows,
      tickets: Rows,
      scans: Rows,
      periods: Rows,
      audit: Rows,
    })
    .optional()
    .meta({ description: 'What happened to it; not for gates.' }),
});

/** What an operator is shown of a subscription: no links, which are its owner's. */
const OperatedSubscription = Subscription.omit({ statusUrl: true }).extend({
  kind: z.literal('plan'),
  invoices: z.array(Subscription.shape.invoices.element.omit({ paymentUrl: true })),
});

export const OperatedOrder = z.union([OperatedBooking, OperatedSubscription]);
export const OrderStory = z.union([
  OperatedBooking.extend(Story.shape),
  OperatedSubscription.extend(Story.shape),
]);

export const Entitlement = z.object({ active: z.boolean(), activeUntil: instant.nullable() });

export const Rehearsal = z.object({
  twin: z.string().meta({ description: 'The code of the twin, which stays, marked.' }),
  steps: z.array(
    z.object({
      at: instant.meta({ description: "The twin's own time." }),
      what: z.string(),
      state: z.string(),
      told: z.array(
        z.object({ who: z.string(), what: z.string(), link: z.string(), sent: z.boolean() }),
      ),
    }),
  ),
});
