import { getBusiness } from '../../db/businesses.ts';
import { fingerprint, insertOrder, useKey } from '../../db/order/drafts.ts';
import { getSubject } from '../../db/order/subjects.ts';
import { type Base, findBase } from '../../db/plan/bases.ts';
import { rememberEmail } from '../../db/plan/otps.ts';
import {
  insertInvoice,
  listInvoices,
  listPaidInvoices,
  type Offer,
} from '../../db/plan/periods.ts';
import { findOffer } from '../../db/plan/plans.ts';
import {
  findSubscriptionOf,
  lockSubscription,
  type SubscriptionRow,
  saveSubscription,
} from '../../db/plan/subscriptions.ts';
import { inTransaction, maybeOne, run, type Tx } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { dateIn } from '../../domain/calendar.ts';
import { DomainError, invalid } from '../../domain/errors.ts';
import type { Language } from '../../domain/facts.ts';
import type { CommandDeps } from '../deps.ts';
import { type OtpRefusal, otpRefused, useOtp } from './otp.ts';

export interface SubscribeWish {
  plan: string;
  base: string;
  /** The base's registered address, and the code that was sent there. */
  email: string;
  /** Undefined: the chat has shown that the address is its own. */
  otp: string | undefined;
  language?: Language | undefined;
  /** The chat that asks: it is told what becomes of the invoice. */
  chatId?: number | undefined;
}

export interface Subscribed {
  code: string;
  token: string;
  state: 'pending' | 'active';
  paymentUrl: string;
  statusUrl: string;
}

/** `made`: a new one, or one that had ended; `known`: one that is pending or active. */
export interface SubscribeAnswer {
  subscribed: Subscribed;
  how: 'made' | 'known';
  replayed: boolean;
}

/**
 * Asks for an invoice of a base's subscription. A base has one subscription: a pending one is answered
 * as it is (with a new invoice when the plan is another), an active one with a new invoice (which extends it from its end), one that ended begins
 * again when it is paid. The same key and wish are answered alike.
 *
 * Throws `INVALID`, `OTP_WRONG`, `OTP_EXPIRED`, `OTP_TOO_MANY`, `IDEMPOTENCY_MISMATCH`.
 */
export async function subscribe(
  deps: CommandDeps,
  business: string,
  key: string | undefined,
  wish: SubscribeWish,
): Promise<SubscribeAnswer> {
  await getBusiness(deps.pool, business);
  const requestHash = fingerprint(['subscription', wish]);
  const known = key && (await findAnswer(deps, business, key, requestHash));
  if (known) return { ...known, replayed: true };
  const { offer, base } = await check(deps, business, wish);
  const made = await inTransaction(deps.pool, async (tx): Promise<Made | OtpRefusal> => {
    const refused = await prove(deps, tx, base, wish);
    if (refused) return refused;
    const made = await askFor(deps, tx, base, offer, wish);
    if (key) await noteKey(tx, business, key, requestHash, made);
    return made;
  });
  if (typeof made === 'string') {
    // Another request of this key may have used the code up since our look: theirs is the answer.
    const theirs = key && (await findAnswer(deps, business, key, requestHash));
    if (theirs) return { ...theirs, replayed: true };
    throw otpRefused(made);
  }
  // Temporal down: upkeep finds an invoice that was not made, and starts its workflow.
  await deps.workflows.wake(await getSubject(deps.pool, made.ref)).catch(() => undefined);
  return { subscribed: answer(deps, made), how: made.how, replayed: false };
}

interface Made {
  ref: BookingRef;
  attempt: number;
  state: 'pending' | 'active';
  how: 'made' | 'known';
}

async function check(
  deps: CommandDeps,
  business: string,
  wish: SubscribeWish,
): Promise<{ offer: Offer & { provider: string }; base: Base }> {
  const [offer, base] = await Promise.all([
    findOffer(deps.pool, business, wish.plan),
    findBase(deps.pool, business, wish.base),
  ]);
  const faults = [
    ...(offer ? [] : [{ pointer: '/plan', message: 'There is no such plan.' }]),
    ...(base ? [] : [{ pointer: '/base', message: 'No base of this name is registered.' }]),
  ];
  if (!offer || !base) throw invalid(...faults);
  return { offer, base };
}

/** Whoever asks shows that the base's registered address is theirs, by a code or by their chat. */
async function prove(
  deps: CommandDeps,
  tx: Tx,
  base: Base,
  { email, otp, chatId }: SubscribeWish,
): Promise<OtpRefusal | undefined> {
  if (otp === undefined) return undefined;
  const tried = { base, email, chatId, code: otp };
  const refused = await useOtp(tx, deps.vault, tried, deps.now());
  if (!refused && chatId !== undefined) {
    await rememberEmail(tx, base.business, chatId, base.email);
  }
  return refused;
}

async function askFor(
  deps: CommandDeps,
  tx: Tx,
  base: Base,
  offer: Offer & { provider: string },
  wish: SubscribeWish,
): Promise<Made> {
  // Whoever asks for the same base at the same time waits here: one of them makes it.
  await run(tx, 'select 1 from bases where business_id = $1 and base = $2 for update', [
    base.business,
    base.base,
  ]);
  const found = await findSubscriptionOf(tx, base.business, base.base);
  const ref = found ?? (await begin(deps, tx, base, offer, wish));
  const s = await lockSubscription(tx, ref);
  const isNew = !found || s.state === 'ended';
  const open = found && s.state === 'pending' ? await findWantedInvoice(tx, s, offer) : undefined;
  if (open !== undefined) return { ref: s, attempt: open, state: 'pending', how: 'known' };
  const attempt = await invoice(deps, tx, s, offer, wish);
  return {
    ref: s,
    attempt,
    state: s.state === 'active' ? 'active' : 'pending',
    how: isNew ? 'made' : 'known',
  };
}

/** Writes down a base's subscription, for ever. */
async function begin(
  deps: CommandDeps,
  tx: Tx,
  base: Base,
  offer: Offer,
  wish: SubscribeWish,
): Promise<BookingRef> {
  const now = deps.now();
  const { timeZone } = await getBusiness(tx, base.business);
  const ref = await insertOrder(
    tx,
    deps.vault,
    {
      business: base.business,
      kind: 'plan',
      offeringId: offer.plan,
      date: dateIn(timeZone, now),
      time: null,
      quantity: 1,
      amountIdr: offer.amountIdr,
      language: wish.language ?? 'id',
      options: [],
      customer: { name: base.name, email: base.email, phone: null },
      participants: [],
      chatId: base.ownerChat,
      payMethod: null,
      visitAt: now,
      endsAt: now,
      cutOffAt: now,
    },
    'new',
    now,
  );
  await run(
    tx,
    `update orders set state = 'ended', ends_at = null where business_id = $1 and code = $2`,
    [ref.business, ref.code],
  );
  await run(tx, 'insert into subscriptions (business_id, code, base) values ($1, $2, $3)', [
    ref.business,
    ref.code,
    base.base,
  ]);
  return ref;
}

async function invoice(
  deps: CommandDeps,
  tx: Tx,
  s: SubscriptionRow,
  offer: Offer & { provider: string },
  wish: SubscribeWish,
): Promise<number> {
  const now = deps.now();
  const { rules } = await getBusiness(tx, s.business);
  const minutes = deps.holdMinutes ?? rules.invoiceMinutes;
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  const forPeriod = s.periods + 1;
  const chatId = wish.chatId ?? null;
  const attempt = await insertInvoice(
    tx,
    deps.vault,
    s,
    { ...offer, forPeriod, expiresAt, chatId },
    now,
  );
  if (s.state !== 'active') {
    Object.assign(s, { state: 'pending', plan: offer.plan, amountIdr: offer.amountIdr });
  }
  Object.assign(s, { invoiceEndsAt: expiresAt, closedAt: null });
  await saveSubscription(tx, s);
  return attempt;
}

/**
 * The newest invoice, if it is one of this plan that can still be paid, or its money is about to be
 * counted. One that a lost answer left dead, of which too little was paid, or for another plan is
 * replaced by a new one.
 */
async function findWantedInvoice(
  tx: Tx,
  ref: BookingRef,
  { plan }: Offer,
): Promise<number | undefined> {
  const [newest] = await listInvoices(tx, ref, 1);
  if (newest?.plan !== plan) return undefined;
  const { state, attempt } = newest;
  if (['new', 'pending', 'denied', 'review'].includes(state)) return attempt;
  const paid = await listPaidInvoices(tx, ref);
  return paid.some((invoice) => invoice.attempt === attempt) ? attempt : undefined;
}

function answer(deps: CommandDeps, { ref, attempt, state }: Made): Subscribed {
  const token = deps.vault.tokenOf('booking', ref);
  return {
    code: ref.code,
    token,
    state,
    paymentUrl: `${deps.publicUrl}/pay/${deps.vault.tokenOf('invoice', ref, attempt)}`,
    statusUrl: `${deps.publicUrl}/s/${token}`,
  };
}

async function noteKey(
  tx: Tx,
  business: string,
  key: string,
  requestHash: Buffer,
  { ref, attempt, how, state }: Made,
): Promise<void> {
  const use = { code: ref.code, requestHash, requestId: null };
  if (!(await useKey(tx, business, key, use))) throw sameKey();
  await run(
    tx,
    `update idempotency_keys set attempt = $3, answered = $4 where business_id = $1 and key = $2`,
    [business, key, attempt, JSON.stringify({ how, state })],
  );
}

/** Two requests of one key at once: one of them asks again, and gets the other's answer. */
function sameKey(): DomainError {
  return new DomainError('UNAVAILABLE', 'This key is being used: ask again with it.', [], 1);
}

async function findAnswer(
  deps: CommandDeps,
  business: string,
  key: string,
  requestHash: Buffer,
): Promise<Omit<SubscribeAnswer, 'replayed'> | undefined> {
  const use = await maybeOne<{
    code: string;
    hash: Buffer;
    attempt: number;
    answered: Pick<Made, 'how' | 'state'>;
  }>(
    deps.pool,
    `select code, request_hash as hash, attempt, answered from idempotency_keys
     where business_id = $1 and key = $2 and created_at > now() - interval '24 hours'`,
    [business, key],
  );
  if (!use) return undefined;
  if (!use.hash.equals(requestHash)) {
    throw new DomainError(
      'IDEMPOTENCY_MISMATCH',
      'This Idempotency-Key was used for another request: use a new key for a new request.',
    );
  }
  const ref = { business, code: use.code };
  const made: Made = { ref, attempt: use.attempt, ...use.answered };
  return { subscribed: answer(deps, made), how: made.how };
}
