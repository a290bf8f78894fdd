import { randomInt } from 'node:crypto';
import { DAY_MS, MINUTE_MS } from '../instants.ts';

export type MethodId =
  | 'bca_va'
  | 'bni_va'
  | 'bri_va'
  | 'permata_va'
  | 'cimb_va'
  | 'echannel'
  | 'qris'
  | 'gopay'
  | 'shopeepay'
  | 'dana'
  | 'credit_card';

export interface Method {
  id: MethodId;
  name: string;
  group: 'va' | 'qr' | 'wallet' | 'card';
  /** `payment_type` on the wire. */
  paymentType: string;
  bank?: string;
  /** Any of these in `enabled_payments` offers it. */
  enabledBy: string[];
  /** How long it can be paid when the merchant says nothing. */
  lifeMs: number;
  refundable: boolean;
  partlyRefundable: boolean;
}

const va = (id: MethodId, bank: string, name: string): Method => ({
  id,
  name,
  group: 'va',
  paymentType: 'bank_transfer',
  bank,
  enabledBy: [id, 'bank_transfer'],
  lifeMs: DAY_MS,
  refundable: false,
  partlyRefundable: false,
});

const money = (method: Pick<Method, 'id' | 'name' | 'group' | 'enabledBy'>): Method => ({
  ...method,
  paymentType: method.id,
  lifeMs: 15 * MINUTE_MS,
  refundable: true,
  partlyRefundable: method.id !== 'shopeepay',
});

/**
 * The channels, in the order of the page. Lives and refunds: docs of Midtrans, 2025-11 and 2026-04
 * (virtual accounts live a day and cannot be refunded; ShopeePay only in whole).
 */
export const METHODS: readonly Method[] = [
  va('bca_va', 'bca', 'BCA Virtual Account'),
  va('bni_va', 'bni', 'BNI Virtual Account'),
  va('bri_va', 'bri', 'BRI Virtual Account'),
  va('permata_va', 'permata', 'Permata Virtual Account'),
  { ...va('echannel', 'mandiri', 'Mandiri Bill'), paymentType: 'echannel' },
  va('cimb_va', 'cimb', 'CIMB Niaga VA'),
  money({
    id: 'qris',
    name: 'QRIS',
    group: 'qr',
    enabledBy: ['other_qris', 'qris', 'gopay', 'shopeepay'],
  }),
  money({ id: 'gopay', name: 'GoPay', group: 'wallet', enabledBy: ['gopay'] }),
  money({ id: 'shopeepay', name: 'ShopeePay', group: 'wallet', enabledBy: ['shopeepay'] }),
  money({ id: 'dana', name: 'DANA', group: 'wallet', enabledBy: ['dana'] }),
  money({
    id: 'credit_card',
    name: 'Kartu kredit / debit',
    group: 'card',
    enabledBy: ['credit_card'],
  }),
];

export function getMethod(id: MethodId): Method {
  const method = METHODS.find((each) => each.id === id);
  if (!method) throw new Error(`No payment method ${id}.`);
  return method;
}

/** By the words of the API: `bank_transfer` + `bca`, `echannel`, `qris`, `gopay`, … */
export function findMethod(paymentType: string, bank?: string): Method | undefined {
  if (paymentType !== 'bank_transfer') {
    const id = paymentType === 'other_qris' ? 'qris' : paymentType;
    return METHODS.find((each) => each.id === id);
  }
  return METHODS.find((each) => each.group === 'va' && each.bank === bank);
}

/** What the page offers for `enabled_payments`; without it, everything. */
export function offeredMethods(enabled: string[] | undefined): Method[] {
  if (!enabled) return [...METHODS];
  return METHODS.filter((method) => method.enabledBy.some((key) => enabled.includes(key)));
}

/** Mandiri's biller code of Midtrans in its samples. */
export const MANDIRI_BILLER_CODE = '70012';

const VA_SHAPES: Partial<Record<MethodId, { prefix: string; length: number }>> = {
  bca_va: { prefix: '81278', length: 15 },
  bni_va: { prefix: '98812', length: 16 },
  bri_va: { prefix: '26215', length: 18 },
  permata_va: { prefix: '850', length: 16 },
  cimb_va: { prefix: '5919', length: 16 },
  echannel: { prefix: '7', length: 12 },
};

/** A number of the bank's length; the merchant's own digits, when given, are its end. */
export function newVaNumber(id: MethodId, own = ''): string | undefined {
  const shape = VA_SHAPES[id];
  if (!shape) return undefined;
  const room = shape.length - shape.prefix.length;
  const rest = own ? own.padStart(room, '0').slice(-room) : randomDigits(room);
  return shape.prefix + rest;
}

export function randomDigits(count: number): string {
  return Array.from({ length: count }, () => randomInt(10)).join('');
}
