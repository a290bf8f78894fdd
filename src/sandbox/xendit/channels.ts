import { randomInt } from 'node:crypto';
import { DAY_MS } from '../instants.ts';

export type Group = 'va' | 'qr' | 'wallet' | 'card' | 'retail';

/** One way to pay, by the `payment_channel` of the wire. */
export interface Channel {
  id: string;
  name: string;
  group: Group;
  /** From PAID to SETTLED; absent where an invoice stays PAID for ever. */
  settlesAfterMs?: number;
  /** Refund API, 2025: cards, wallets and direct debits only; some in whole only. */
  refundable: boolean;
  partlyRefundable: boolean;
  /** The digits that a number of a bank or a shop begins with, and how many there are. */
  number?: { prefix: string; length: number };
}

const va = (id: string, name: string, prefix: string, length: number): Channel => ({
  id,
  name,
  group: 'va',
  settlesAfterMs: DAY_MS,
  refundable: false,
  partlyRefundable: false,
  number: { prefix, length },
});

const wallet = (id: string, name: string, partlyRefundable: boolean): Channel => ({
  id,
  name,
  group: 'wallet',
  settlesAfterMs: 2 * DAY_MS,
  refundable: true,
  partlyRefundable,
});

const retail = (id: string, name: string, prefix: string): Channel => ({
  id,
  name,
  group: 'retail',
  refundable: false,
  partlyRefundable: false,
  number: { prefix, length: 14 },
});

/** In the order of the page. When money settles is not published: a day or some, of the provider. */
export const CHANNELS: readonly Channel[] = [
  va('BCA', 'BCA Virtual Account', '10766', 16),
  va('BNI', 'BNI Virtual Account', '8808', 16),
  va('BRI', 'BRI Virtual Account', '26215', 17),
  va('MANDIRI', 'Mandiri Virtual Account', '88608', 16),
  va('PERMATA', 'Permata Virtual Account', '8214', 16),
  {
    id: 'QRIS',
    name: 'QRIS',
    group: 'qr',
    settlesAfterMs: DAY_MS,
    refundable: false,
    partlyRefundable: false,
  },
  wallet('OVO', 'OVO', false),
  wallet('DANA', 'DANA', true),
  wallet('SHOPEEPAY', 'ShopeePay', true),
  wallet('LINKAJA', 'LinkAja', false),
  {
    id: 'CREDIT_CARD',
    name: 'Kartu kredit / debit',
    group: 'card',
    settlesAfterMs: 5 * DAY_MS,
    refundable: true,
    partlyRefundable: true,
  },
  retail('ALFAMART', 'Alfamart', '812'),
  retail('INDOMARET', 'Indomaret', '703'),
];

export const CHANNEL_IDS = CHANNELS.map(({ id }) => id);

/** By its id, in whatever case. */
export function findChannel(id: string): Channel | undefined {
  return CHANNELS.find((each) => each.id === id.toUpperCase());
}

export function getChannel(id: string): Channel {
  const channel = findChannel(id);
  if (!channel) throw new Error(`No payment channel ${id}.`);
  return channel;
}

/** What the page offers for `payment_methods`; without it, everything. */
export function offeredChannels(asked: string[] | undefined): Channel[] {
  if (!asked?.length) return [...CHANNELS];
  return CHANNELS.filter(({ id }) => asked.includes(id));
}

/** The number to pay to at a bank or in a shop; undefined for all others. */
export function newNumber({ number }: Channel): string | undefined {
  if (!number) return undefined;
  const digits = Array.from({ length: number.length - number.prefix.length }, () => randomInt(10));
  return number.prefix + digits.join('');
}
