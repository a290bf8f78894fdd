import { createInvoice } from '../../src/activities/plan/invoice.ts';
import {
  meetPeriod,
  openSubscription,
  settleSubscription,
} from '../../src/activities/plan/settle.ts';
import { subscribe } from '../../src/commands/plan/subscribe.ts';
import { listAttempts } from '../../src/db/money/payments.ts';
import {
  findRequest,
  insertRequest,
  type Request,
  type RequestKind,
  type Wish,
} from '../../src/db/order/requests.ts';
import { saveBase } from '../../src/db/plan/bases.ts';
import { listInvoices, listPeriods } from '../../src/db/plan/periods.ts';
import { findSubscription, type SubscriptionRow } from '../../src/db/plan/subscriptions.ts';
import { inTransaction, many, run } from '../../src/db/pool.ts';
import type { BookingRef, Order } from '../../src/domain/booking.ts';
import { commandDeps } from './asking.ts';
import type { Core } from './life.ts';

let bases = 0;

/** A base of its own for each test. */
export async function newBase(core: Core): Promise<string> {
  bases += 1;
  const base = `@base_${String(bases).padStart(3, '0')}`;
  const owner = {
    name: `Base ${bases}`,
    ownerChat: 800_000 + bases,
    email: `b${bases}@example.com`,
  };
  await inTransaction(core.pool, (tx) => saveBase(tx, { business: 'rafess', base, ...owner }));
  return base;
}

/** Asks for an invoice at an instant, as its owner does, and gives it its page. */
export async function askInvoice(
  core: Core,
  base: string,
  plan: string,
  at: Date,
): Promise<BookingRef & { attempt: number }> {
  const deps = commandDeps(core, () => at);
  const wish = { plan, base, email: '', otp: undefined };
  const { subscribed } = await subscribe(deps, 'rafess', undefined, wish);
  const ref = { business: 'rafess', code: subscribed.code };
  await openSubscription(core.deps, ref, at.getTime());
  await makePages(core, ref, at);
  const [newest] = await listInvoices(core.pool, ref, 1);
  return { ...ref, attempt: newest!.attempt };
}

/** Does what the workflow does beside its wait: closes old invoices, opens the newest. */
export async function makePages(core: Core, ref: BookingRef, at: Date): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const how = await createInvoice(core.deps, ref, at.getTime());
    if (how === 'money') await settle(core, ref, at);
    if (how === 'ready' || how === 'not-wanted') return;
  }
  throw new Error('The invoices of a subscription do not come to rest.');
}

/** Money is there, and the provider says when it came; nobody has looked at it yet. */
export async function moneyIsThere(
  core: Core,
  ref: BookingRef,
  attempt: number,
  paidAt?: Date,
): Promise<void> {
  const paid = (await listAttempts(core.pool, ref)).find((one) => one.attempt === attempt)!;
  const word = { state: 'paid', status: 'paid', paidIdr: paid.amountIdr } as const;
  core.provider.words.set(paid.ref, { ...word, ...(paidAt && { paidAt }) });
}

/** The provider says that an invoice was paid, and we decide on it. */
export async function pay(
  core: Core,
  ref: BookingRef,
  attempt: number,
  at: Date,
  amountIdr?: number,
): Promise<Order> {
  const attempts = await listAttempts(core.pool, ref);
  const paid = attempts.find((one) => one.attempt === attempt)!;
  const paidIdr = amountIdr ?? paid.amountIdr;
  core.provider.words.set(paid.ref, { state: 'paid', status: 'paid', paidIdr });
  await run(
    core.pool,
    `update payments set state = 'paid', paid_idr = $3, paid_at = $4
     where business_id = $1 and provider_ref = $2`,
    ['rafess', paid.ref, paidIdr, at],
  );
  return settle(core, ref, at);
}

export function settle(core: Core, ref: BookingRef, at: Date): Promise<Order> {
  return settleSubscription(core.deps, ref, { kind: 'wake' }, at.getTime());
}

/** Asks something of a subscription as an operator, and answers how the request stands then. */
export async function operate(
  core: Core,
  ref: BookingRef,
  kind: RequestKind,
  at: Date,
  wish: Wish = {},
  askedBy = 'operator',
): Promise<Request> {
  const requestId = await insertRequest(core.pool, ref, { kind, askedBy, wish });
  await settleSubscription(core.deps, ref, { kind: 'request', requestId }, at.getTime());
  return (await findRequest(core.pool, ref.business, requestId))!;
}

/** Lives a subscription up to an instant, deadline by deadline, as its workflow does. */
export async function liveTo(core: Core, ref: BookingRef, until: Date): Promise<Order> {
  let order = await settle(core, ref, new Date(Math.min(until.getTime(), Date.now())));
  for (;;) {
    const next = order.nextDeadline;
    if (!next || next.atMs > until.getTime()) return order;
    order = await meetPeriod(core.deps, ref, next.kind, 'closed', next.atMs);
    await makePages(core, ref, new Date(next.atMs));
  }
}

export const rowOf = async (core: Core, ref: BookingRef): Promise<SubscriptionRow> =>
  (await findSubscription(core.pool, ref))!;

export const periodsOf = (core: Core, ref: BookingRef) => listPeriods(core.pool, ref);

export const invoicesOf = (core: Core, ref: BookingRef) => listInvoices(core.pool, ref);

/** What a subscription's owner was told by mail, oldest first, with what names each. */
export function toldOf(core: Core, ref: BookingRef): Promise<{ kind: string; of: string }[]> {
  return many(
    core.pool,
    `select kind, occurrence as of from notices
     where code = $1 and channel = 'email' order by created_at, occurrence`,
    [ref.code],
  );
}
