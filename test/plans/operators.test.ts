import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperatedOrder, OrderStory } from '../../src/api/answers.ts';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { expectProblem, expectShape } from '../api/support.ts';
import type { Answer } from '../ground/http.ts';
import { useStack } from '../ground/stack.ts';
import { type Subscriber, subscribersOf } from '../ground/subscriber.ts';

const stack = useStack();
const { active, ask, pay } = subscribersOf(stack);
const OWNER_CHAT = 900_002;
const REASON = 'Asked for it.';
/** A channel whose money Xendit gives back by itself; BCA has none. */
const WALLET = 'DANA';
let staff: string;
let service: string;

beforeAll(async () => {
  staff = await stack.tokenOf('staff', 'rafess');
  service = await stack.tokenOf('service', 'rafess');
});
afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'rafess', new Date());
  expect(differences).toEqual([]);
});

function operate(
  { code }: Subscriber,
  what: 'refund' | 'cancel',
  body: object = {},
  key: string = randomUUID(),
): Promise<Answer> {
  const path = `/api/v1/admin/rafess/bookings/${code}/${what}`;
  return stack.call('POST', path, { token: staff, body: { reason: REASON, ...body }, key });
}

async function story({ code }: Subscriber): Promise<Answer> {
  return stack.call('GET', `/api/v1/admin/rafess/bookings/${code}`, { token: staff });
}

async function isActive({ base }: Subscriber): Promise<boolean> {
  const path = `/api/v1/businesses/rafess/entitlements/${base.slice(1)}`;
  return (await stack.call('GET', path, { token: service })).body.active;
}

/** How its refunds stand, once they stand like that. */
async function refundsAre({ code }: Subscriber, ...wanted: string[]): Promise<void> {
  let states: string[] = [];
  const sql = 'select state from refunds where code = $1 order by refund_no';
  await until(`its refunds are ${wanted}, not ${states}`, 20_000, async () => {
    states = (await many<{ state: string }>(stack.pool, sql, [code])).map(({ state }) => state);
    return states.join() === wanted.join();
  });
}

/** What the owner reads in the chat of this base, once these words are there. */
async function toldInChat({ base }: Subscriber, words: string): Promise<string[]> {
  let said: string[] = [];
  await until(`the chat says: ${words}`, 20_000, async () => {
    const path = `/control/telegram/${OWNER_CHAT}/messages?bot=rafess`;
    const { body } = await stack.sandbox.call('GET', path);
    // The sandbox knows no chat in which nothing was said yet.
    const texts = (body.messages ?? []).map(({ text }: { text: string }) => text) as string[];
    said = texts.filter((text) => text.includes(base) && text.includes(words));
    return said.length > 0;
  });
  return said;
}

/** How many mails of this subscription with these words an address has, once there is one. */
async function mailed(to: string, { code }: Subscriber, words: string): Promise<number> {
  let found = 0;
  await until(`${to} has a mail: ${words}`, 20_000, async () => {
    const { body } = await stack.sandbox.call('GET', `/control/mail?to=${to}`);
    const mails = body.messages as { subject: string; text: string }[];
    const about = mails.filter(({ subject, text }) => `${subject}${text}`.includes(code));
    found = about.filter(({ subject, text }) => `${subject}${text}`.includes(words)).length;
    return found > 0;
  });
  return found;
}

/** Nothing with which an operator could act as its owner. */
function expectNoLinks({ body }: Answer, { code }: Subscriber): void {
  const text = JSON.stringify(body);
  for (const name of ['paymentUrl', 'statusUrl', '"token"']) expect(text).not.toContain(name);
  expect(text).not.toContain(stack.vault.tokenOf('booking', { business: 'rafess', code }));
  expect(text).not.toContain('/pay/');
}

// Guards `refund` and `giveBack` of src/activities/plan/requests.ts, and `findOperated` of the API.
describe('a refund of all of it', () => {
  it('goes back by Xendit, ends what it unlocked, and is told to its owner', async () => {
    const subscriber = await active('weekly', WALLET);
    expect(await isActive(subscriber)).toBe(true);
    const answer = await operate(subscriber, 'refund');
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expectShape(answer, OperatedOrder);
    expectNoLinks(answer, subscriber);
    expect(answer.body).toMatchObject({ kind: 'plan', state: 'ended' });
    expect(await isActive(subscriber)).toBe(false);
    await refundsAre(subscriber, 'done');
    const { body } = await stack.sandbox.call(
      'GET',
      `/control/transactions?provider=xendit&ref=${subscriber.code}`,
    );
    expect(body.transactions[0]).toMatchObject({ amountIdr: 15_000 });
    expect(await toldInChat(subscriber, 'dikembalikan')).not.toEqual([]);
    expect(await toldInChat(subscriber, 'sudah dikembalikan')).toHaveLength(1);
    expect(await toldInChat(subscriber, 'dihentikan')).toHaveLength(1);
    const email = 'owner@subscriber.example';
    expect(await mailed(email, subscriber, 'sudah dikembalikan')).toBe(1);
    expect(await mailed(email, subscriber, 'dihentikan')).toBe(1);
    const sql = `select email from businesses where business_id = 'rafess'`;
    const business = await one<{ email: string }>(stack.pool, sql);
    expect(await mailed(business.email, subscriber, 'dihentikan')).toBe(1);
  });

  it('asked twice with one key is one, and answers the same', async () => {
    const subscriber = await ask('weekly');
    await pay(subscriber, 1, WALLET);
    await pay(await ask('weekly', subscriber.base), 2, WALLET);
    const key = randomUUID();
    const first = await operate(subscriber, 'refund', {}, key);
    const again = await operate(subscriber, 'refund', {}, key);
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    await refundsAre(subscriber, 'done');
    // The week that lay ahead went; the one that had begun stays.
    expect(await isActive(subscriber)).toBe(true);
    const other = await operate(subscriber, 'refund', { amountIdr: 1_000 }, key);
    expectProblem(other, 409, 'IDEMPOTENCY_MISMATCH');
  });

  it('of a channel that has no refunds waits for a person, and is closed by one', async () => {
    const subscriber = await active('weekly', 'BCA');
    expect((await operate(subscriber, 'refund')).status).toBe(200);
    await refundsAre(subscriber, 'by_hand');
    expect(await toldInChat(subscriber, 'dikembalikan')).toHaveLength(1);
    const closed = await operate(subscriber, 'refund', { byHand: true });
    expect(closed.status, JSON.stringify(closed.body)).toBe(200);
    expectShape(closed, OperatedOrder);
    await refundsAre(subscriber, 'done');
    expect(await toldInChat(subscriber, 'sudah dikembalikan')).toHaveLength(1);
    const nothing = await operate(subscriber, 'refund', { byHand: true });
    expectProblem(nothing, 409, 'NOT_ALLOWED');
  });
});

describe('a refund of a part', () => {
  it('leaves the time, and cannot be more than what is left', async () => {
    const subscriber = await active('weekly', WALLET);
    const part = await operate(subscriber, 'refund', { amountIdr: 5_000 });
    expect(part.body).toMatchObject({ state: 'active', refund: { amountIdr: 5_000 } });
    await refundsAre(subscriber, 'done');
    const more = await operate(subscriber, 'refund', { amountIdr: 10_001 });
    expectProblem(more, 409, 'NOT_ALLOWED');
    expect(await isActive(subscriber)).toBe(true);
  });
});

describe('a cancellation', () => {
  it('ends it and gives back every period that is not over', async () => {
    const subscriber = await active('weekly', WALLET);
    await pay(await ask('weekly', subscriber.base), 2, WALLET);
    const answer = await operate(subscriber, 'cancel');
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expectShape(answer, OperatedOrder);
    expectNoLinks(answer, subscriber);
    expect(answer.body).toMatchObject({ state: 'ended', refund: { amountIdr: 30_000 } });
    await refundsAre(subscriber, 'done', 'done');
    expect(await isActive(subscriber)).toBe(false);
    expect(await toldInChat(subscriber, 'dihentikan')).toHaveLength(1);
  });
});

describe('the story of a subscription', () => {
  it('is whole, of the documented shape, and without a link', async () => {
    const subscriber = await active('weekly', WALLET);
    await operate(subscriber, 'refund');
    await refundsAre(subscriber, 'done');
    const told = await story(subscriber);
    expect(told.status).toBe(200);
    expectShape(told, OrderStory);
    expectNoLinks(told, subscriber);
    expect(told.body).toMatchObject({ kind: 'plan', code: subscriber.code, base: subscriber.base });
    const { payments, events, refunds, requests, notices, periods, audit } = told.body.story;
    for (const part of [payments, events, refunds, requests, notices, periods, audit]) {
      expect(part.length).toBeGreaterThan(0);
    }
    expectProblem(await story({ ...subscriber, code: 'AAAAAAAA' }), 404, 'NOT_FOUND');
  });

  it('is for who works there, and no gate', async () => {
    const { code } = await active();
    const path = `/api/v1/admin/rafess/bookings/${code}`;
    const gate = await stack.tokenOf('gate', 'rafess');
    expectProblem(await stack.call('GET', path, { token: gate }), 403, 'FORBIDDEN');
    const body = { reason: REASON };
    const refused = await stack.call('POST', `${path}/refund`, { token: gate, body });
    expectProblem(refused, 403, 'FORBIDDEN');
    expectProblem(await stack.call('POST', `${path}/refund`, { body }), 401, 'UNAUTHORIZED');
  });
});

// Guards `findByToken`: the link of a subscription opens no booking.
describe('the link of a subscription', () => {
  it.each([
    ['POST', (token: string) => `/api/v1/bookings/${token}/cancel`],
    ['POST', (token: string) => `/api/v1/bookings/${token}/reschedule`],
    ['GET', (token: string) => `/api/v1/bookings/${token}`],
    ['GET', (token: string) => `/b/${token}`],
  ])('opens nothing that is for bookings: %s', async (method, pathOf) => {
    const subscriber = await active();
    const token = stack.vault.tokenOf('booking', { business: 'rafess', code: subscriber.code });
    expect((await stack.call('GET', `/api/v1/subscriptions/${token}`)).status).toBe(200);
    const body = method === 'POST' ? { date: '2030-01-01' } : undefined;
    const answer = await stack.call(method, pathOf(token), { ...(body && { body }) });
    expect(answer.status, JSON.stringify(answer.body)).toBe(404);
    expect(await isActive(subscriber)).toBe(true);
  });
});
