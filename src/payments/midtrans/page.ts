import { z } from 'zod';
import type { PayMethod } from '../../domain/payment.ts';
import { type Charge, type PaymentPage, ProviderError } from '../provider.ts';
import { type Answer, messagesOf, refusal } from './answers.ts';
import type { Call } from './client.ts';

/**
 * Opens a Snap page. Asked again before a method was chosen, Midtrans answers another token and the
 * first one dies (docs, Snap API, 2026-05): so ask only when no page is stored. `used`: a method was
 * chosen on an earlier page of this ref, or it was paid.
 */
export async function createPage(call: Call, charge: Charge): Promise<PaymentPage | 'used'> {
  const { body, expiresAt } = pageRequest(charge);
  const answer = await call.createPage(body);
  if (isUsed(answer)) return 'used';
  if (answer.status >= 400) throw refusal('open a page', answer);
  const page = Page.safeParse(answer.body);
  if (!page.success) throw new ProviderError('Midtrans opened a page without an address.', true);
  return { token: page.data.token, url: page.data.redirect_url, expiresAt };
}

const Page = z.object({
  token: z.string().regex(/^[\w-]{1,100}$/),
  redirect_url: z.url({ protocol: /^https?$/ }).max(2_000),
});

/** "… has been paid and utilized, …" (2025-11) and "… sudah digunakan" (2023). */
export function isUsed({ status, body }: Answer): boolean {
  return status >= 400 && /order_id .*(has been|sudah digunakan)/.test(messagesOf(body));
}

const MINUTE_MS = 60_000;
/** A settlement notice may take up to 20 s (docs, 2025-11): theirs ends that much before ours. */
export const NOTICE_MS = 20_000;
/** Docs, "Expire a Snap session": at least five minutes, at most seven days. */
const SHORTEST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 7 * 24 * 60 * MINUTE_MS;

/**
 * What is sent, and when page and methods end. No customer is named and nothing in it is secret.
 * `expiry` alone ends both; a `page_expiry` would overrule it in whole minutes from their clock.
 */
export function pageRequest(charge: Charge): { body: object; expiresAt: Date } {
  const { ref, amountIdr, label, returnUrl } = charge;
  checkCharge(charge);
  const { startsAt, minutes } = life(charge);
  const body = {
    transaction_details: { order_id: ref, gross_amount: amountIdr },
    item_details: [{ id: ref, price: amountIdr, quantity: 1, name: nameOf(label) || ref }],
    callbacks: { finish: returnUrl },
    ...(charge.method && { enabled_payments: ENABLED[charge.method] }),
    expiry: { start_time: jakartaTime(startsAt), duration: minutes, unit: 'minute' },
  };
  return { body, expiresAt: new Date(startsAt + minutes * MINUTE_MS) };
}

/** What a page offers to who chose before (docs, "Snap: enabled_payments"; QRIS is behind wallets). */
const ENABLED: Record<PayMethod, string[]> = {
  bca: ['bca_va'],
  bank: ['bank_transfer', 'echannel'],
  qris: ['other_qris', 'gopay', 'shopeepay'],
};

/** Throws a permanent `ProviderError` for what Midtrans would not take. */
export function checkCharge({ ref, amountIdr }: Charge): void {
  const isRef = /^[A-Za-z0-9][\w~.-]{0,49}$/.test(ref);
  if (isRef && Number.isSafeInteger(amountIdr) && amountIdr > 0) return;
  throw new ProviderError('A charge needs whole rupiah and an id that Midtrans takes.', false);
}

/** Whole minutes that end when we want: by a start that lies up to a minute back. */
function life({ now, holdEndsAt }: Charge): { startsAt: number; minutes: number } {
  const nowMs = Math.floor(now.getTime() / 1_000) * 1_000;
  const wantedEnd = Math.floor((holdEndsAt.getTime() - NOTICE_MS) / 1_000) * 1_000;
  const lastsMs = Math.min(wantedEnd - nowMs, LONGEST_MS);
  // A hold shorter than their minimum ends before the page: late money then finds its way back.
  if (lastsMs < SHORTEST_MS) return { startsAt: nowMs, minutes: SHORTEST_MS / MINUTE_MS };
  const minutes = Math.ceil(lastsMs / MINUTE_MS);
  return { startsAt: nowMs + lastsMs - minutes * MINUTE_MS, minutes };
}

/** At most 50 characters, cut between characters. */
export function nameOf(label: string): string {
  return [...label.trim()].slice(0, 50).join('');
}

export function jakartaTime(ms: number): string {
  const local = new Date(ms + 7 * 60 * MINUTE_MS).toISOString();
  return `${local.slice(0, 19).replace('T', ' ')} +0700`;
}
