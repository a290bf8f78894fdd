import { hash } from '@node-rs/argon2';
import { type BusinessSpec, createBusiness } from '../commands/business.ts';
import { saveStaff } from '../db/access.ts';
import { findBot, saveBot } from '../db/chat/bots.ts';
import { type Base, findBase, saveBase } from '../db/plan/bases.ts';
import { inTransaction, type Pool } from '../db/pool.ts';
import type { Vault } from '../db/vault.ts';
import type { PriceRule } from '../domain/price.ts';

export interface DemoSignIn {
  business: string;
  role: 'owner' | 'staff' | 'gate';
  email: string;
  password: string;
}

const PASSWORD = 'pesan-demo';
const DEMO_ROLES = ['owner', 'staff', 'gate'] as const;

/**
 * Loads the demo businesses, their days and sign-ins. What is there already stays as it is, so that
 * what an operator changed survives a restart. Answers the sign-ins.
 */
export async function loadDemo(deps: { pool: Pool; vault: Vault }): Promise<DemoSignIn[]> {
  const signIns: DemoSignIn[] = [];
  for (const spec of DEMO) {
    const added = await createBusiness({ ...deps, now: () => new Date() }, spec);
    const bot = BOTS[spec.business];
    if (bot && !(await findBot(deps.pool, deps.vault, spec.business))) {
      await saveBot(deps.pool, deps.vault, { business: spec.business, ...bot });
    }
    const base = BASES[spec.business];
    if (base && !(await findBase(deps.pool, spec.business, base.base))) {
      await inTransaction(deps.pool, (tx) => saveBase(tx, { business: spec.business, ...base }));
    }
    for (const role of DEMO_ROLES) {
      const email = `${role}@${spec.business}.example`;
      signIns.push({ business: spec.business, role, email, password: PASSWORD });
      if (!added) continue;
      const passwordHash = await hash(PASSWORD);
      await saveStaff(deps.pool, spec.business, email, { role, passwordHash });
    }
  }
  return signIns;
}

/** The keys under which the sandbox knows a business (docs/sandbox.md). */
export function sandboxAccount(business: string): BusinessSpec['account'] {
  return {
    provider: 'midtrans',
    serverKey: `SB-Mid-server-${business}`,
    clientKey: `SB-Mid-client-${business}`,
  };
}

const ANY_DAY = { fromDate: null, toDate: null };
const TRAIL_PRICES: Omit<PriceRule, 'ruleId'>[] = [
  { ...ANY_DAY, days: ['sat', 'sun'], guest: null, priceIdr: 30_000 },
  { ...ANY_DAY, days: null, guest: 'foreign', priceIdr: 100_000 },
];

function trail(offeringId: string, name: string, about: string, english: string) {
  return {
    offeringId,
    name,
    about,
    english: { about: english },
    priceIdr: 25_000,
    quotas: [offeringId, 'mountain'],
    prices: TRAIL_PRICES,
  };
}

const SLAMET: BusinessSpec = {
  business: 'slamet',
  name: 'Basecamp Gunung Slamet',
  about: 'Izin pendakian Gunung Slamet (3.428 m), gunung tertinggi di Jawa Tengah.',
  english: {
    about: 'Hiking permits for Mount Slamet (3,428 m), the highest mountain of Central Java.',
  },
  kind: 'permit',
  timeZone: 'Asia/Jakarta',
  email: 'basecamp@slamet.example',
  phone: '+62811000001',
  rules: { maxParty: 10, holdMinutes: 30, offerMinutes: 30, maxDaysAhead: 59, opensAt: '06:00' },
  account: sandboxAccount('slamet'),
  quotas: [
    { quotaId: 'bambangan', name: 'Bambangan', capacity: 50, hours: null },
    { quotaId: 'guci', name: 'Guci', capacity: 30, hours: null },
    { quotaId: 'baturraden', name: 'Baturraden', capacity: 20, hours: null },
    { quotaId: 'mountain', name: 'Gunung Slamet', capacity: 80, hours: null },
  ],
  offerings: [
    trail(
      'bambangan',
      'Bambangan',
      'Jalur paling ramai, dari Purbalingga; 7–9 jam ke puncak.',
      'The busiest trail, from Purbalingga; 7 to 9 hours to the summit.',
    ),
    trail(
      'guci',
      'Guci',
      'Dari pemandian air panas Guci, Tegal; 8–10 jam ke puncak.',
      'From the hot springs of Guci, Tegal; 8 to 10 hours to the summit.',
    ),
    trail(
      'baturraden',
      'Baturraden',
      'Jalur hutan yang sepi dari Banyumas; 10–12 jam ke puncak.',
      'A quiet forest trail from Banyumas; 10 to 12 hours to the summit.',
    ),
  ],
};

const OPEN: [string, string] = ['09:00', '17:00'];
const WEEK = { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN, sat: OPEN };

const DEVICES = [11, 12, 13, 14, 15, 16].map((model) => ({
  optionId: `iphone-${model}`,
  name: `iPhone ${model}`,
  sort: 'device' as const,
  priceIdr: 50_000,
}));

function part(optionId: string, name: string, english: string, priceIdr: number) {
  return { optionId, name, english: { name: english }, sort: 'part' as const, priceIdr };
}

const PARTS = [
  part('screen', 'Layar', 'Screen', 850_000),
  part('battery', 'Baterai', 'Battery', 400_000),
  part('camera', 'Kamera', 'Camera', 650_000),
  part('charging-port', 'Konektor pengisian', 'Charging port', 300_000),
];

const JIOT: BusinessSpec = {
  business: 'jiot',
  name: 'Jiot Gadget Solution',
  about: 'Perbaikan iPhone dengan janji temu: datang, diperbaiki, pulang.',
  english: { about: 'iPhone repairs by appointment: come, have it repaired, go home.' },
  kind: 'appointment',
  timeZone: 'Asia/Jakarta',
  email: 'bengkel@jiot.example',
  phone: '+62811000002',
  rules: {
    maxParty: 1,
    maxDaysAhead: 30,
    minMinutesAhead: 60,
    opensAt: '09:00',
    visitMinutes: 60,
    oneIdentityADay: false,
  },
  account: sandboxAccount('jiot'),
  quotas: [{ quotaId: 'bench', name: 'Meja perbaikan', capacity: 2, hours: WEEK }],
  offerings: [
    {
      offeringId: 'repair',
      name: 'Perbaikan',
      about: 'Satu jam di meja perbaikan; suku cadang dipilih di muka.',
      english: {
        name: 'Repair',
        about: 'An hour at the repair bench; spare parts are chosen beforehand.',
      },
      priceIdr: 0,
      quotas: ['bench'],
      options: [...DEVICES, ...PARTS],
    },
  ],
};

function plan(
  offeringId: string,
  [name, english]: [id: string, en: string],
  priceIdr: number,
  periodDays: number,
) {
  const words = { name, about: '', english: { name: english } };
  return { offeringId, ...words, priceIdr, periodDays, quotas: [] };
}

const RAFESS: BusinessSpec = {
  business: 'rafess',
  name: 'Rafess',
  about: 'Bot auto-menfess untuk kanal Telegram, berlangganan.',
  english: { about: 'A bot that posts anonymous messages in Telegram channels, by subscription.' },
  kind: 'plan',
  timeZone: 'Asia/Jakarta',
  email: 'admin@rafess.example',
  phone: '+62811000003',
  rules: {},
  account: {
    provider: 'xendit',
    serverKey: 'xnd_development_rafess',
    clientKey: '',
    webhookToken: 'xnd-callback-rafess',
  },
  quotas: [],
  offerings: [
    plan('daily', ['Harian', 'Daily'], 3_000, 1),
    plan('weekly', ['Mingguan', 'Weekly'], 15_000, 7),
    plan('monthly', ['Bulanan', 'Monthly'], 50_000, 30),
  ],
};

const DEMO: readonly BusinessSpec[] = [SLAMET, JIOT, RAFESS];

/** Bots as the sandbox's Telegram knows them, and the chats of their owners (docs/sandbox.md). */
const BOTS: Record<string, { username: string; token: string; ownerChats: number[] } | undefined> =
  {
    jiot: { username: 'jiot_bot', token: '9100:sandbox-jiot', ownerChats: [910_001] },
    rafess: { username: 'rafess_bot', token: '9000:sandbox-rafess', ownerChats: [900_001] },
  };

const DEMO_BASE = {
  base: '@demo_base',
  name: 'Demo Base',
  ownerChat: 900_002,
  email: 'owner@demo-base.example',
};

/** A base of each business that has any, with the chat of its owner. */
const BASES: Record<string, Omit<Base, 'business'> | undefined> = { rafess: DEMO_BASE };

/** The people of the sandbox's chat who may do more than a customer. */
export const DEMO_CHATS = [
  { chatId: 910_001, who: "Pemilik Jiot: jiot's owner (/today, /webhook)" },
  { chatId: 900_001, who: "Admin Rafess: rafess's admin (/daftar, /bases, /sync, /report)" },
  {
    chatId: DEMO_BASE.ownerChat,
    who: `Pemilik base: owner of ${DEMO_BASE.base}, whose e-mail for /bayar is ${DEMO_BASE.email}`,
  },
];
