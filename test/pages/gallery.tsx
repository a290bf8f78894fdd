import { toHtml } from '../../src/pages/document.tsx';
import { HomePage } from '../../src/pages/home.tsx';
import { InvoicePage } from '../../src/pages/invoice.tsx';
import type { Look } from '../../src/pages/look.ts';
import { PapersPage } from '../../src/pages/papers.tsx';
import { PayCheckingPage, PayOverPage, PayWaitPage } from '../../src/pages/pay.tsx';
import { PlainPage, type Saying } from '../../src/pages/plain.tsx';
import { StatusPage } from '../../src/pages/statuspage.tsx';
import { StorefrontPage } from '../../src/pages/storefront.tsx';
import { SubscriptionPage } from '../../src/pages/subscription.tsx';
import { WaitPage } from '../../src/pages/wait.tsx';
import { WhenPage } from '../../src/pages/when.tsx';
import { WhoPage } from '../../src/pages/who.tsx';
import { INVOICES, SUBSCRIPTIONS } from './plans.ts';
import {
  JIOT,
  RAFESS,
  SLAMET,
  STATUSES,
  samplePlans,
  sampleShop,
  sampleWait,
  sampleWho,
  sampleWorkshop,
} from './sample.ts';

const ABOUT = 'Izin pendakian Gunung Slamet (3.428 m), gunung tertinggi di Jawa Tengah.';
const SAYINGS: Saying[] = [
  'not-found',
  'broken',
  'unavailable',
  'slow-down',
  'forbidden',
  'returned',
  'returned-plan',
];
const NONE = { typed: {}, mistakes: [] };
const ALTERNATIVES = [
  { date: '2025-11-21', time: null, left: 12, priceIdr: 25_000 },
  { date: '2025-11-23', time: null, left: 7, priceIdr: 30_000 },
];
const WRONG = {
  typed: { name: 'Siti', email: 'siti@', 'm0-name': 'Siti Nurhaliza', 'm1-number': '123' },
  mistakes: [
    { field: 'email', text: 'Alamat email ini tidak lengkap atau salah tulis.' },
    { field: 'm1-number', text: 'Anggota 2: NIK terdiri dari 16 angka.' },
    { field: 'm2-sos-phone', text: 'Anggota 3: Nomor telepon terdiri dari 6 sampai 20 angka.' },
  ],
};

/** Every page in every state that it has, by name, as HTML. */
export function galleryOf(look: Look): Map<string, string> {
  const pages = new Map<string, string>();
  const show = (name: string, page: Parameters<typeof toHtml>[0]) => pages.set(name, toHtml(page));
  const businesses = [SLAMET, JIOT, RAFESS].map((one) => ({ ...one, about: ABOUT }));
  show('home', <HomePage look={look} businesses={businesses} />);
  show('shop-permit', <StorefrontPage look={look} shop={sampleShop()} />);
  show('shop-appointment', <StorefrontPage look={look} shop={sampleWorkshop()} />);
  show('shop-plan', <StorefrontPage look={look} shop={samplePlans()} />);
  bookingPages(look, show);
  for (const [name, status] of Object.entries(STATUSES)) {
    show(`status-${name}`, <StatusPage look={look} status={status} />);
  }
  for (const state of ['waiting', 'offered', 'taken', 'lapsed', 'left'] as const) {
    const wait = sampleWait({ state, bookingPath: '/b/token' });
    show(`wait-${state}`, <WaitPage look={look} wait={wait} />);
  }
  show('wait-stale', <WaitPage look={look} wait={sampleWait({ stale: true, position: 1 })} />);
  for (const saying of SAYINGS) {
    show(`plain-${saying}`, <PlainPage look={look} saying={saying} owner={SLAMET} />);
  }
  show('pay-wait', <PayWaitPage look={look} facts={STATUSES.held!.facts} />);
  for (const name of ['held', 'issuing', 'review', 'expired', 'cancelled', 'refunded']) {
    show(`papers-${name}`, <PapersPage look={look} facts={STATUSES[name]!.facts} />);
  }
  for (const name of ['held', 'counting']) {
    show(`pay-checking-${name}`, <PayCheckingPage look={look} facts={STATUSES[name]!.facts} />);
  }
  for (const name of ['paid', 'review', 'expired']) {
    show(`pay-over-${name}`, <PayOverPage look={look} facts={STATUSES[name]!.facts} />);
  }
  for (const [name, shown] of Object.entries(INVOICES)) {
    show(`invoice-${name}`, <InvoicePage look={look} shown={shown} />);
  }
  for (const [name, shown] of Object.entries(SUBSCRIPTIONS)) {
    show(`subscription-${name}`, <SubscriptionPage look={look} shown={shown} />);
  }
  return pages;
}

function bookingPages(
  look: Look,
  show: (name: string, page: Parameters<typeof toHtml>[0]) => void,
): void {
  const shop = sampleShop();
  const ware = shop.offerings[0];
  const chosen = { typed: { date: '2025-11-22', quantity: '3' }, mistakes: [] };
  const far = { typed: { date: '2027-01-01', quantity: '11' }, mistakes: DATE_WRONG };
  show('when-permit', <WhenPage look={look} when={{ shop, ware, form: chosen }} />);
  show('when-wrong', <WhenPage look={look} when={{ shop, ware: undefined, form: far }} />);
  const workshop = sampleWorkshop();
  const repair = { shop: workshop, ware: workshop.offerings[0] };
  show('when-appointment', <WhenPage look={look} when={{ ...repair, form: chosen }} />);
  show('when-appointment-empty', <WhenPage look={look} when={{ ...repair, form: NONE }} />);
  const appointment = sampleWho({ shop: workshop, time: '10:00', quantity: 1 });
  show('who-permit', <WhoPage look={look} who={sampleWho()} />);
  show('who-wrong', <WhoPage look={look} who={sampleWho({ form: WRONG })} />);
  show('who-appointment', <WhoPage look={look} who={appointment} />);
  for (const refused of REFUSED) {
    const who = sampleWho({ refused, alternatives: ALTERNATIVES, reason: 'Badai', quantity: 2 });
    show(`who-${refused}`, <WhoPage look={look} who={{ ...who, earlierUrl: '/b/token' }} />);
  }
}

const DATE_WRONG = [
  { field: 'offering', text: 'Pilih salah satu.' },
  { field: 'date', text: 'Pemesanan baru dibuka sampai Minggu, 18 Januari 2026.' },
  { field: 'quantity', text: 'Tulis jumlah orang dari 1 sampai 10.' },
];

const REFUSED = [
  'sold-out',
  'closed',
  'identity',
  'too-late',
  'not-allowed',
  'used-key',
  'slow-down',
  'unavailable',
  'stale',
] as const;
