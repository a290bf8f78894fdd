import { randomInt } from 'node:crypto';
import type { Deps } from '../../src/activities/deps.ts';
import { type BookingWish, draftBooking } from '../../src/commands/draft.ts';
import { insertOrder } from '../../src/db/order/drafts.ts';
import type { FactsDeps } from '../../src/db/order/facts.ts';
import { inTransaction, one } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { addDays, dateIn } from '../../src/domain/calendar.ts';
import type { ProviderWord } from '../../src/domain/payment.ts';
import type { Provider } from '../../src/payments/provider.ts';
import type { TestDatabase } from './database.ts';

/** A local day of the demo businesses, so many days from today. */
export function dayAhead(days: number): string {
  return addDays(dateIn('Asia/Jakarta', new Date()), days);
}

let identities = randomInt(1_000_000);

function newPassport(): string {
  identities += 1;
  return `P${String(identities).padStart(7, '0')}`;
}

/** A wish for a party on a trail, of people whom nobody has met. */
export function partyWish(quantity: number, wish: Partial<BookingWish> = {}): BookingWish {
  const participants = Array.from({ length: quantity }, (_, seat) => ({
    name: `Pendaki ${seat + 1}`,
    identityType: 'passport' as const,
    identityNumber: newPassport(),
  }));
  return {
    offering: 'baturraden',
    date: dayAhead(20),
    quantity,
    customer: { name: 'Sari', email: 'sari@example.com' },
    participants,
    ...wish,
  };
}

/** An order that is written down and not answered yet. */
export async function newOrder(
  { pool, vault }: TestDatabase,
  wish: BookingWish,
  business = 'slamet',
): Promise<BookingRef> {
  const draft = await draftBooking(pool, business, wish, new Date());
  return inTransaction(pool, (tx) => insertOrder(tx, vault, draft, 'new', new Date()));
}

/** A provider in memory, whose word a test sets: for what decisions do with words. */
export interface ToldProvider extends Provider {
  words: Map<string, Partial<ProviderWord>>;
  refunds: { key: string; amountIdr: number }[];
}

export function createToldProvider(): ToldProvider {
  const words = new Map<string, Partial<ProviderWord>>();
  const refunds: ToldProvider['refunds'] = [];
  return {
    name: 'midtrans',
    words,
    refunds,
    createPage: async (_account, { ref, holdEndsAt }) => {
      words.set(ref, { state: 'pending', status: 'pending' });
      return { token: `page-${ref}`, url: `http://127.0.0.1/${ref}`, expiresAt: holdEndsAt };
    },
    ask: async (_account, ref) => ({
      ...{ state: 'unknown', status: 'unknown', paidIdr: 0, refundedIdr: 0, refundKeys: [] },
      ...words.get(ref),
    }),
    cancel: async () => 'cancelled',
    refund: async (_account, { key, amountIdr }) => {
      if (!refunds.some((done) => done.key === key)) refunds.push({ key, amountIdr });
      return 'done';
    },
    readWebhook: () => 'forged',
  };
}

/** What activities need, without Temporal, mail and a real provider. */
export function coreDeps(ground: TestDatabase, provider: Provider): Deps & FactsDeps {
  return {
    pool: ground.pool,
    vault: ground.vault,
    provider: () => provider,
    mailer: { send: async () => undefined, close: () => undefined } as unknown as Deps['mailer'],
    texts: (_language, key) => key,
    sendChat: async () => 'done',
    publicUrl: 'http://127.0.0.1',
    holdMinutes: undefined,
    qrOf: (ticket) => ticket.ticketId,
    wake: async () => undefined,
  };
}

/** What a slot of a trail counts on a day. */
export function slotOf(
  { pool }: TestDatabase,
  quota: string,
  date: string,
): Promise<{ capacity: number; held: number; sold: number; waiting: number }> {
  return one(
    pool,
    `select capacity, held, sold, waiting from quota_slots
     where business_id = 'slamet' and quota_id = $1 and date = $2`,
    [quota, date],
  );
}
