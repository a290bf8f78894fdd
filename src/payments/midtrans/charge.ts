import { z } from 'zod';
import { type Charge, type PaymentPage, ProviderError } from '../provider.ts';
import { refusal } from './answers.ts';
import type { Call } from './client.ts';
import { checkCharge, jakartaTime, NOTICE_MS, nameOf } from './page.ts';

/**
 * Asks the Core API for a virtual account of BCA: the customer transfers to its number, and there is no
 * page. `used`: the ref has a transaction already (body status 406), whose status tells of it.
 */
export async function chargeBca(call: Call, charge: Charge): Promise<PaymentPage | 'used'> {
  const { body, expiresAt } = chargeRequest(charge);
  const answer = await call.charge(body);
  if (answer.status === 406) return 'used';
  if (answer.status >= 400) throw refusal('make a virtual account', answer);
  const made = Made.safeParse(answer.body);
  const va = made.data?.va_numbers.find((number) => number.bank === 'bca');
  if (!va) throw new ProviderError('Midtrans made a virtual account without a number.', true);
  return {
    token: null,
    url: charge.returnUrl,
    expiresAt,
    va: { bank: 'bca', number: va.va_number },
  };
}

const Made = z.object({
  va_numbers: z.array(
    z.object({ bank: z.string().toLowerCase(), va_number: z.string().regex(/^\d{5,30}$/) }),
  ),
});

/** Docs, "Core API: custom_expiry": from 20 seconds to 180 days for a virtual account. */
const SHORTEST_S = 20;
const LONGEST_S = 180 * 86_400;

function chargeRequest(charge: Charge): { body: object; expiresAt: Date } {
  checkCharge(charge);
  const { ref, amountIdr, label, now, holdEndsAt } = charge;
  const leftS = Math.floor((holdEndsAt.getTime() - NOTICE_MS - now.getTime()) / 1_000);
  const seconds = Math.min(Math.max(leftS, SHORTEST_S), LONGEST_S);
  const startsAt = Math.floor(now.getTime() / 1_000) * 1_000;
  const body = {
    payment_type: 'bank_transfer',
    transaction_details: { order_id: ref, gross_amount: amountIdr },
    item_details: [{ id: ref, price: amountIdr, quantity: 1, name: nameOf(label) || ref }],
    bank_transfer: { bank: 'bca' },
    custom_expiry: {
      order_time: jakartaTime(startsAt),
      expiry_duration: seconds,
      unit: 'second',
    },
  };
  return { body, expiresAt: new Date(startsAt + seconds * 1_000) };
}
