import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { type Brakes, buildBrakes } from '../ground/brakes.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import { type Gate, openGate } from '../ground/gate.ts';
import { type Running, settingsOf, startProcess } from '../ground/processes.ts';
import { useStack } from '../ground/stack.ts';

/** Long enough for a kill and a new start within every hold. */
const HOLD_MINUTES = 3;

/**
 * Where a worker dies: just before it commits a fact, or when it has and Temporal does not know yet.
 * Between any two activities is one of the two; the facts are those of the three lives of a booking.
 */
interface Life {
  step: string;
  fact: string;
  /** What is done, once it can be paid, to bring it to the fact; none: booking it does. */
  by: 'booking' | 'paying' | 'expiring' | 'cancelling' | 'cancelling paid';
  end: 'paid' | 'expired' | 'cancelled' | 'refunded';
}

const LIVES: Life[] = [
  // The first three are brought to their facts one after the other, in this order.
  { step: 'the page to pay on', fact: 'payments:pending', by: 'booking', end: 'paid' },
  { step: 'an attempt', fact: 'payments:new', by: 'booking', end: 'paid' },
  { step: 'the hold', fact: 'orders:held', by: 'booking', end: 'paid' },
  { step: 'what the provider said', fact: 'payments:paid', by: 'paying', end: 'paid' },
  { step: 'the sale', fact: 'orders:paid', by: 'paying', end: 'paid' },
  { step: 'the ticket', fact: 'tickets:valid', by: 'paying', end: 'paid' },
  { step: 'that a mail was sent', fact: 'notices:sent', by: 'paying', end: 'paid' },
  { step: 'the closed page', fact: 'payments:cancelled', by: 'expiring', end: 'expired' },
  { step: 'the release', fact: 'orders:expired', by: 'expiring', end: 'expired' },
  { step: 'a cancellation', fact: 'orders:cancelled', by: 'cancelling', end: 'cancelled' },
  { step: 'a planned refund', fact: 'refunds:due', by: 'cancelling paid', end: 'refunded' },
  { step: 'a refund', fact: 'refunds:done', by: 'cancelling paid', end: 'refunded' },
];

type When = 'before' | 'after';

interface Booked extends Life {
  when: When;
  date: string;
  email: string;
  code: string;
  token: string;
}

const ROUNDS: When[] = ['before', 'after'];
const booked = new Map<string, Booked>();
const stack = useStack({ holdMinutes: HOLD_MINUTES });
let brakes: Brakes;
let worker: Running;
let gate: Gate;

beforeAll(async () => {
  await stack.worker.stop();
  brakes = await buildBrakes(stack.databaseUrl, stack.pool);
  await startWorker();
  for (const when of ROUNDS) await killOnce(when);
}, 150_000);

afterAll(async () => {
  await worker?.kill();
  await gate?.close();
  await brakes?.close();
});

async function startWorker(): Promise<void> {
  await gate?.close();
  gate = await openGate(inject('temporalAddress'));
  worker = startProcess('worker/main.ts', {
    ...settingsOf(stack, gate.address),
    PESAN_HOLD_MINUTES: String(HOLD_MINUTES),
    PESAN_RECONCILE_SECONDS: '3',
  });
  await worker.ready;
}

/** One kill at all places at once, and a new worker. */
async function killOnce(when: When): Promise<void> {
  const lives = LIVES.map((life, place) => planned(life, when, place));
  const later = lives.filter((life) => life.by !== 'booking');
  await Promise.all(later.map(makePayable));
  const answers: Promise<unknown>[] = [];
  for (const life of lives.filter((one) => one.by === 'booking')) {
    await brakes.hold(life.fact);
    answers.push(book(life));
    await brakes.arrived(life.fact);
  }
  for (const life of later) await brakes.hold(life.fact, life.code);
  answers.push(...later.map(bringToFact));
  await Promise.all(later.map((life) => brakes.arrived(life.fact, life.code)));
  if (when === 'after') gate.shut();
  else await die();
  for (const life of lives)
    await brakes.release(life.fact, life.by === 'booking' ? 'any' : life.code);
  if (when === 'after') {
    await Promise.all(lives.map(isWritten));
    await worker.kill();
  }
  await startWorker();
  await Promise.all(answers);
}

function planned(life: Life, when: When, place: number): Booked {
  const days = 10 + place + (when === 'after' ? LIVES.length : 0);
  const email = `${when}-${place}@example.com`;
  const plan = { ...life, when, date: dayAhead(days), email, code: '', token: '' };
  booked.set(`${when} ${life.step}`, plan);
  return plan;
}

/** Nothing that was waiting to be written will be. */
async function die(): Promise<void> {
  await worker.kill();
  await brakes.breakWaiting();
}

async function book(life: Booked): Promise<void> {
  const wish = partyWish(1, { date: life.date, customer: { name: 'Sari', email: life.email } });
  const ask = { body: wish, key: randomUUID() };
  const held = await stack.call('POST', '/api/v1/businesses/slamet/bookings', ask);
  expect(held.status).toBe(201);
  Object.assign(life, { code: held.body.code, token: held.body.token });
}

async function makePayable(life: Booked): Promise<void> {
  await book(life);
  await stack.booking(life.token, (b) => b.payment.state === 'pending');
  if (life.by === 'cancelling paid') await pay(life);
}

/** Pays on the newest page of a booking, and waits until that is done with. */
async function pay(life: Booked): Promise<void> {
  await settle(life);
  await stack.booking(life.token, (b) => b.tickets.length === 1);
  await until('the customer was told', 20_000, async () => (await unsent(life)) === 0);
}

async function settle({ code }: Booked): Promise<void> {
  const { body } = await stack.sandbox.call('GET', `/control/transactions?ref=${code}`);
  const settled = await stack.provider(body.transactions[0].orderId, 'settle', {
    paymentType: 'gopay',
  });
  expect(settled.status).toBe(200);
}

async function bringToFact(life: Booked): Promise<void> {
  if (life.by === 'paying') return settle(life);
  if (life.by === 'expiring') return expireSoon(life);
  // Asked while its worker dies, it is answered by the next one, or told to ask again.
  const cancelled = await stack.call('POST', `/api/v1/bookings/${life.token}/cancel`, { body: {} });
  expect([200, 503]).toContain(cancelled.status);
}

/** The hold's end comes near, and the workflow looks at it. */
async function expireSoon({ code }: Booked): Promise<void> {
  await stack.pool.query(
    `update orders set expires_at = now() + interval '1 second' where code = $1`,
    [code],
  );
  await stack.client.workflow.getHandle(`booking:slamet:${code}`).signal('wake');
}

async function isWritten({ fact, email }: Booked): Promise<void> {
  const [table, state] = fact.split(':');
  await until(`${fact} is written for ${email}`, 10_000, async () => {
    const found = await many(
      stack.pool,
      `select from ${table} f join orders o using (business_id, code)
       where o.customer_email = $1 and (f.state = $2 or $2 = 'new')`,
      [email, state],
    );
    return found.length > 0;
  });
}

async function unsent({ code }: Booked): Promise<number> {
  const { count } = await one<{ count: number }>(
    stack.pool,
    `select count(*) as count from notices where code = $1 and state <> 'sent'`,
    [code],
  );
  return count;
}

/** How often a customer got each mail, by its subject. */
async function mailsOf({ email }: Booked): Promise<number[]> {
  const { body } = await stack.sandbox.call('GET', `/control/mail?to=${email}`);
  const subjects = body.messages.map((mail: { subject: string }) => mail.subject);
  return [...new Set(subjects)].map((one) => subjects.filter((s: string) => s === one).length);
}

async function ends(life: Booked): Promise<void> {
  if (life.by === 'booking') {
    await stack.booking(life.token, (b) => b.payment.state === 'pending');
    await settle(life);
  }
  const there = await stack.booking(life.token, (b) => b.state === life.end && !b.issuing);
  const states = there.tickets.map((ticket: { state: string }) => ticket.state);
  expect(states).toEqual(life.end === 'paid' ? ['valid'] : []);
  // A sender that died is waited for: a minute, as long as it may take.
  await until('everything was told', 75_000, async () => (await unsent(life)) === 0);
  const { held, sold } = await slotOf(stack, 'baturraden', life.date);
  expect({ held, sold }).toEqual({ held: 0, sold: life.end === 'paid' ? 1 : 0 });
  // Killed between the mail server's answer and noting it, the one message that was out comes twice.
  const mostOften = life.fact === 'notices:sent' && life.when === 'before' ? 2 : 1;
  expect(Math.max(...(await mailsOf(life)))).toBeLessThanOrEqual(mostOften);
}

const inOrder = ROUNDS.flatMap((when) => LIVES.map((life) => [when, life.step] as const))
  // Waited for the longest, looked at last.
  .sort(([, one], [, other]) => Number(one.includes('mail')) - Number(other.includes('mail')));

describe('a worker that is killed', () => {
  it.each(inOrder)(
    'just %s it wrote %s harms no booking',
    { timeout: 90_000 },
    async (when, step) => {
      await ends(booked.get(`${when} ${step}`)!);
    },
  );

  it('leaves books that add up', async () => {
    const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
    expect(differences).toEqual([]);
  });
});
