import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { fetchHistory, keepHistory } from '../ground/history.ts';
import { useStack } from '../ground/stack.ts';

/** Long enough to pay in, short enough to wait for the end of. */
const HOLD_MINUTES = 0.1;

const stack = useStack({ holdMinutes: HOLD_MINUTES });

const SECRETS = {
  name: 'Unmistakable Wirawan',
  email: 'unmistakable@example.com',
  phone: '081298765432',
  passport: 'U7654321',
};

async function book(quantity: number, days: number) {
  const wish = partyWish(quantity, { date: dayAhead(days) });
  wish.customer = { name: SECRETS.name, email: SECRETS.email, phone: SECRETS.phone };
  wish.participants![0]!.name = SECRETS.name;
  const key = randomUUID();
  const held = await stack.call('POST', '/api/v1/businesses/slamet/bookings', { body: wish, key });
  expect(held.status).toBe(201);
  const { token, code } = held.body;
  await stack.booking(token, (b) => b.payment.state === 'pending');
  return { token, code };
}

const paid = (token: string) => stack.booking(token, (b) => b.tickets.length > 0);
const inState = (token: string, state: string) => stack.booking(token, (b) => b.state === state);

afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
  expect(differences).toEqual([]);
});

describe('a booking on the real server', () => {
  it('is held, paid and issued within 45 events, each with a summary, and no personal data', async () => {
    const { token, code } = await book(2, 2);
    await stack.provider(`${code}-1`, 'settle');
    await paid(token);
    const told = await mailed('LUNAS', code);
    expect(told.attachments.map((file: { contentType: string }) => file.contentType)).toContain(
      'application/pdf',
    );
    const history = await fetchHistory(stack, code);
    keepHistory('paid', history);
    expect(history.events!.length).toBeLessThanOrEqual(45);
    const steps = history.events!.filter(
      (event) => event.activityTaskScheduledEventAttributes || event.timerStartedEventAttributes,
    );
    expect(steps.length).toBeGreaterThan(2);
    for (const step of steps) expect(step.userMetadata?.summary?.data?.length).toBeGreaterThan(0);
    const text = Buffer.from(JSON.stringify(history)).toString();
    const raw = history.events!.map((event) => decode(event)).join(' ');
    for (const secret of Object.values(SECRETS)) {
      expect(text).not.toContain(secret);
      expect(raw).not.toContain(secret);
    }
    // The scan can find what is there: the code is no secret and stands in every history.
    expect(raw).toContain(code);
  });

  it('expires at its deadline, and comes back when money arrives late', async () => {
    const { token, code } = await book(1, 3);
    await inState(token, 'expired');
    keepHistory('expired', await fetchHistory(stack, code));
    await stack.provider(`${code}-1`, 'settle');
    const back = await paid(token);
    expect(back).toMatchObject({ state: 'paid', payment: { state: 'paid' } });
    keepHistory('late', await fetchHistory(stack, code));
  });

  it('tells of a refused payment and takes another method', async () => {
    const { token, code } = await book(1, 4);
    await stack.provider(`${code}-1`, 'deny', { paymentType: 'credit_card' });
    await stack.booking(token, (b) => b.payment.state === 'denied');
    await stack.provider(`${code}-1`, 'settle');
    expect((await paid(token)).state).toBe('paid');
    keepHistory('denied-then-paid', await fetchHistory(stack, code));
  });

  it('gives the places back when it is cancelled', async () => {
    const { token, code } = await book(1, 5);
    const cancelled = await stack.call('POST', `/api/v1/bookings/${token}/cancel`, { body: {} });
    expect(cancelled.body.state).toBe('cancelled');
    keepHistory('cancelled', await fetchHistory(stack, code));
  });

  it('gives the money back when it is cancelled after it was paid', async () => {
    const { token, code } = await book(1, 20);
    await stack.provider(`${code}-1`, 'settle', { paymentType: 'gopay' });
    await paid(token);
    await stack.call('POST', `/api/v1/bookings/${token}/cancel`, { body: {} });
    const refunded = await inState(token, 'refunded');
    expect(refunded.refund).toMatchObject({ state: 'done', amountIdr: refunded.paidIdr });
    keepHistory('refunded', await fetchHistory(stack, code));
  });

  it('gives places and money back when an operator cancels the execution', async () => {
    const { token, code } = await book(1, 21);
    await stack.provider(`${code}-1`, 'settle', { paymentType: 'gopay' });
    await paid(token);
    await stack.client.workflow.getHandle(`booking:slamet:${code}`).cancel();
    await inState(token, 'refunded');
    keepHistory('cancelled-in-temporal', await fetchHistory(stack, code));
  });

  it('goes on from its facts when its execution was terminated', async () => {
    const { token, code } = await book(1, 22);
    await stack.client.workflow.getHandle(`booking:slamet:${code}`).terminate('by a test');
    await stack.provider(`${code}-1`, 'settle');
    expect((await paid(token)).state).toBe('paid');
  });

  it('is found without its webhook', async () => {
    const { token, code } = await book(1, 23);
    await stack.provider(`${code}-1`, 'settle', { notify: false });
    await stack.upkeep(0.001);
    expect((await paid(token)).state).toBe('paid');
  });
});

/** The mail of a booking whose subject begins so. */
async function mailed(subject: string, code: string) {
  for (let look = 0; look < 100; look += 1) {
    const { body } = await stack.sandbox.call('GET', `/control/mail?to=${SECRETS.email}`);
    const mail = body.messages.find(
      (one: { subject: string }) => one.subject.startsWith(subject) && one.subject.includes(code),
    );
    if (mail) return mail;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`No mail "${subject}" came for ${code}.`);
}

/** All bytes of an event as text: payloads are not readable in its JSON. */
function decode(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (value && typeof value === 'object') return Object.values(value).map(decode).join(' ');
  return '';
}
