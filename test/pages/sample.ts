import type { BookingState } from '../../src/domain/booking.ts';
import { addDays, daysBetween } from '../../src/domain/calendar.ts';
import type { BookingFacts, Language } from '../../src/domain/facts.ts';
import { DEFAULT_RULES } from '../../src/domain/rules.ts';
import { createTexts } from '../../src/notify/language.ts';
import type { WhoFacts } from '../../src/pages/booking.ts';
import type { Assets, Look, Owner } from '../../src/pages/look.ts';
import type { Shop, Ware } from '../../src/pages/shop.ts';
import type { Status } from '../../src/pages/status.ts';
import type { Wait } from '../../src/pages/wait.tsx';
import { sampleAppointment, sampleBooking } from '../documents/sample.ts';

const texts = createTexts();
const NO_ASSETS: Assets = { style: '/a.css', icon: '/a.svg', live: '/l.js', form: '/f.js' };

export function sampleLook(language: Language = 'id', assets: Assets = NO_ASSETS): Look {
  return {
    language,
    t: (key, args) => texts(language, key, args),
    assets,
    otherLanguageUrl: '?lang=en',
    now: new Date('2025-11-20T03:14:20Z'),
  };
}

export const SLAMET: Owner = {
  business: 'slamet',
  name: 'Basecamp Gunung Slamet',
  kind: 'permit',
  email: 'basecamp@slamet.example',
  phone: '+62811000001',
};
export const JIOT: Owner = {
  business: 'jiot',
  name: 'Jiot Gadget Solution',
  kind: 'appointment',
  email: 'bengkel@jiot.example',
  phone: '+62811000002',
};
export const RAFESS: Owner = { ...JIOT, business: 'rafess', name: 'Rafess', kind: 'plan' };

const TODAY = '2025-11-20';
const DAYS = daysBetween(TODAY, addDays(TODAY, 59));

function trail(offeringId: string, name: string, capacity: number): Ware {
  return {
    offeringId,
    name,
    about: 'Jalur paling ramai, dari Purbalingga; 7–9 jam ke puncak.',
    priceIdr: 25_000,
    priceRules: [
      { ...ANY_DATE, ruleId: 1, days: ['sat', 'sun'], guest: null, priceIdr: 30_000 },
      { ...ANY_DATE, ruleId: 2, days: null, guest: 'foreign', priceIdr: 100_000 },
    ],
    options: [],
    slots: DAYS.map((date, at) => ({
      date,
      time: null,
      left: at % 9 === 3 ? 0 : at % 4 === 1 ? 3 : capacity - (at % 11),
      closed: at === 6 || at === 7,
      ...((at === 6 || at === 7) && { reason: 'Badai di puncak' }),
      tooLate: false,
    })),
  };
}

const ANY_DATE = { fromDate: null, toDate: null };

export function sampleShop(changes: Partial<Shop> = {}): Shop {
  return {
    owner: SLAMET,
    about: 'Izin pendakian Gunung Slamet (3.428 m), gunung tertinggi di Jawa Tengah.',
    timeZone: 'Asia/Jakarta',
    rules: { ...DEFAULT_RULES, maxDaysAhead: 59 },
    today: TODAY,
    offerings: [
      trail('bambangan', 'Bambangan', 50),
      trail('guci', 'Guci', 30),
      trail('baturraden', 'Baturraden', 20),
    ],
    hours: null,
    ...changes,
  };
}

const HOURS = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00'];

export function sampleWorkshop(): Shop {
  const device = (model: number) => ({
    optionId: `iphone-${model}`,
    name: `iPhone ${model}`,
    sort: 'device' as const,
    priceIdr: 50_000,
  });
  const part = (optionId: string, name: string, priceIdr: number) => ({
    optionId,
    name,
    sort: 'part' as const,
    priceIdr,
  });
  const slots = DAYS.slice(0, 31)
    .filter((date) => new Date(date).getUTCDay() !== 0)
    .flatMap((date) => HOURS.map((time, at) => ({ date, time, left: at % 3, closed: false })))
    .map((slot) => ({ ...slot, tooLate: slot.date === TODAY && slot.time < '12:00' }));
  const open: [string, string] = ['09:00', '17:00'];
  return sampleShop({
    owner: JIOT,
    about: 'Perbaikan iPhone dengan janji temu: datang, diperbaiki, pulang.',
    rules: { ...DEFAULT_RULES, maxParty: 1, maxDaysAhead: 30, minMinutesAhead: 60 },
    hours: { mon: open, tue: open, wed: open, thu: open, fri: open, sat: open },
    offerings: [
      {
        offeringId: 'repair',
        name: 'Perbaikan',
        about: 'Satu jam di meja perbaikan; suku cadang dipilih di muka.',
        priceIdr: 0,
        priceRules: [],
        options: [
          ...[11, 12, 13, 14, 15, 16].map(device),
          part('screen', 'Layar', 850_000),
          part('battery', 'Baterai', 400_000),
          part('camera', 'Kamera', 650_000),
        ],
        slots,
      },
    ],
  });
}

export function samplePlans(): Shop {
  const plan = (offeringId: string, name: string, priceIdr: number, periodDays: number): Ware => ({
    ...{
      offeringId,
      name,
      about: '',
      priceIdr,
      periodDays,
      priceRules: [],
      options: [],
      slots: [],
    },
  });
  return sampleShop({
    owner: RAFESS,
    about: 'Bot auto-menfess untuk kanal Telegram, berlangganan.',
    chatUrl: '/chat?bot=rafess&start=bayar',
    offerings: [plan('daily', 'Harian', 3_000, 1), plan('monthly', 'Bulanan', 50_000, 30)],
  });
}

export function sampleWho(changes: Partial<WhoFacts> = {}): WhoFacts {
  const shop = changes.shop ?? sampleShop();
  return {
    shop,
    ware: shop.offerings[0]!,
    date: '2025-11-22',
    time: null,
    quantity: 3,
    form: { typed: {}, mistakes: [] },
    formToken: 'mhq1.signed',
    key: 'f6b0a8c2-7a14-4f0e-9b57-1f2c3d4e5f60',
    alternatives: [],
    ...changes,
  };
}

export function sampleStatus(facts: BookingFacts, changes: Partial<Status> = {}): Status {
  return {
    facts,
    version: 1_763_608_460_000_000,
    path: '/b/3q2-ABCdef_statustoken',
    payPath: '/pay/9x8-ABCdef_paytoken',
    documentsPath: '/api/v1/bookings/3q2-ABCdef_statustoken',
    formToken: 'mhq1.signed',
    key: 'f6b0a8c2-7a14-4f0e-9b57-1f2c3d4e5f60',
    ...changes,
  };
}

const UNPAID = { tickets: [], paidAt: null, paidIdr: 0 } satisfies Partial<BookingFacts>;
const NOT_PAID = { ...UNPAID, payment: { state: 'pending' } } satisfies Partial<BookingFacts>;
const ENDED = { tickets: [] } satisfies Partial<BookingFacts>;
const PARTY = ['Siti Nurhaliza', 'Budi Santoso', 'Ni Luh Ayu'];
const booking = (state: BookingState, changes: Partial<BookingFacts> = {}) =>
  sampleBooking(PARTY, { state, ...changes });

const MOVES = [
  { date: '2025-11-23', time: null, differenceIdr: 0 },
  { date: '2025-11-24', time: null, differenceIdr: -15_000 },
  { date: '2025-11-29', time: null, differenceIdr: 30_000 },
];
const STORM = 'Badai di puncak, jalur ditutup';

/** Every way in which a booking can stand, as its page shows it. */
export const STATUSES: Record<string, Status> = {
  held: sampleStatus(booking('held', NOT_PAID), { cancel: { backIdr: 0 } }),
  denied: sampleStatus(booking('held', { ...UNPAID, payment: { state: 'denied' } }), {
    cancel: { backIdr: 0 },
  }),
  underpaid: sampleStatus(
    booking('held', { ...UNPAID, paidIdr: 50_000, payment: { state: 'underpaid' } }),
    { cancel: { backIdr: 50_000 } },
  ),
  counting: sampleStatus(
    booking('held', { ...UNPAID, paidIdr: 90_000, payment: { state: 'paid', method: 'gopay' } }),
    { returned: true },
  ),
  review: sampleStatus(booking('review', { ...UNPAID, payment: { state: 'review' } })),
  issuing: sampleStatus(booking('paid', { tickets: [], issuing: true })),
  paid: sampleStatus(booking('paid'), { cancel: { backIdr: 90_000 }, moves: MOVES }),
  scanned: sampleStatus(
    booking('paid', {
      tickets: booking('paid').tickets.map((ticket) => ({ ...ticket, state: 'in' })),
    }),
  ),
  'too-late': sampleStatus(booking('paid'), { refused: 'not-allowed' }),
  overpaid: sampleStatus(
    booking('paid', { paidIdr: 100_000, payment: { state: 'overpaid', method: 'qris' } }),
  ),
  'partly-refunded': sampleStatus(
    booking('paid', { refund: { state: 'requested', amountIdr: 15_000 } }),
  ),
  'move-waits': sampleStatus(
    booking('paid', {
      move: {
        date: '2025-11-29',
        time: null,
        differenceIdr: 30_000,
        expiresAt: new Date('2025-11-20T03:44:00Z'),
      },
    }),
  ),
  'choose-date': sampleStatus(booking('paid'), {
    closure: { reason: STORM, booked: 'reschedule' },
    cancel: { backIdr: 90_000 },
    moves: MOVES,
  }),
  'full-to-move': sampleStatus(booking('paid'), { moves: [], cancel: { backIdr: 0 } }),
  expired: sampleStatus(booking('expired', { ...UNPAID, payment: { state: 'expired' } })),
  unconfirmed: sampleStatus(
    booking('expired', { ...UNPAID, unconfirmed: true, payment: { state: 'unconfirmed' } }),
  ),
  cancelled: sampleStatus(booking('cancelled', { ...UNPAID, payment: { state: 'expired' } })),
  'cancelled-late': sampleStatus(booking('cancelled', ENDED)),
  closed: sampleStatus(
    booking('refund_due', { ...ENDED, refund: { state: 'requested', amountIdr: 90_000 } }),
    { closure: { reason: STORM, booked: 'refund' } },
  ),
  'refund-by-hand': sampleStatus(
    booking('refund_due', { ...ENDED, refund: { state: 'by_hand', amountIdr: 90_000 } }),
  ),
  refunded: sampleStatus(
    booking('refunded', { ...ENDED, refund: { state: 'done', amountIdr: 90_000 } }),
  ),
  completed: sampleStatus(booking('completed')),
  repair: sampleStatus(sampleAppointment({ repairState: 'waiting_part' }), {
    cancel: { backIdr: 650_000 },
    moves: [{ date: '2025-11-24', time: '11:00', differenceIdr: 0 }],
  }),
  'repair-held': sampleStatus(sampleAppointment({ state: 'held', ...NOT_PAID })),
  'repair-paid': sampleStatus(sampleAppointment()),
};

export function sampleWait(changes: Partial<Wait> = {}): Wait {
  return {
    owner: SLAMET,
    state: 'waiting',
    offering: { id: 'bambangan', name: 'Bambangan' },
    date: '2025-11-22',
    time: null,
    quantity: 3,
    position: 2,
    version: 1,
    path: '/w/3q2-ABCdef_waittoken',
    formToken: 'mhq1.signed',
    ...changes,
  };
}
