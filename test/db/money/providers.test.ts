import { beforeEach, describe, expect, it } from 'vitest';
import { askProvider } from '../../../src/activities/collect.ts';
import { storeEvent } from '../../../src/db/money/events.ts';
import type { Attempt } from '../../../src/db/money/payments.ts';
import { readProviders } from '../../../src/db/money/reports.ts';
import { inTransaction, one, run } from '../../../src/db/pool.ts';
import { instantOf } from '../../../src/domain/calendar.ts';
import type { ProviderFigures } from '../../../src/domain/report.ts';
import { until } from '../../../src/local/until.ts';
import { providersSvg } from '../../../src/pages/providers.tsx';
import { dayAhead } from '../../ground/core.ts';
import { heldParty, payableAttempt, useCore } from '../../ground/life.ts';

const core = useCore();
const ZONE = 'Asia/Jakarta';
const DAY = '2026-03-01';
const NOON = instantOf(ZONE, DAY, '12:00');

beforeEach(async () => {
  // Each test reads the same day of its own.
  await run(core.pool, `update payment_events set received_at = '2020-01-01'`);
  await run(core.pool, `update payments set paid_at = '2020-01-01' where paid_at is not null`);
});

let days = 1;

async function openAttempt(): Promise<Attempt> {
  days += 1;
  return payableAttempt(core, await heldParty(core, 1, { date: dayAhead(days) }), Date.now());
}

type Said = { identity?: string; state?: 'stored' | 'done'; lateMs?: number; at?: Date };

/** A webhook came so long after the money, at an instant. */
async function webhook(attempt: Attempt, status: string, said: Said = {}): Promise<number> {
  const { identity = `${attempt.ref} ${status}`, state = 'done', lateMs, at = NOON } = said;
  const { eventId, seen } = await storeEvent(core.pool, {
    business: 'slamet',
    provider: 'midtrans',
    identity,
    ref: attempt.ref,
    code: attempt.code,
    attempt: attempt.attempt,
    status,
    paidIdr: status === 'paid' ? attempt.amountIdr : 0,
    payload: {},
    paidAt: lateMs === undefined ? null : new Date(at.getTime() - lateMs),
    state,
    reason: null,
  });
  if (!seen) {
    await run(core.pool, 'update payment_events set received_at = $2 where event_id = $1', [
      eventId,
      at,
    ]);
  }
  return eventId;
}

/** We ask the provider, which says that the money is there. */
async function askAbout(attempt: Attempt, at = NOON): Promise<void> {
  const { amountIdr: paidIdr } = attempt;
  core.provider.words.set(attempt.ref, { state: 'paid', status: 'settlement', paidIdr });
  await askProvider(core.deps, attempt, at);
}

async function figures(from = DAY, to = from): Promise<ProviderFigures | undefined> {
  return (await readProviders(core.pool, 'slamet', from, to))[0]?.total;
}

describe('the report of providers', () => {
  it('measures from the money to the first webhook of it, once an attempt', async () => {
    for (const lateMs of [1_000, 2_000, 3_000, 4_000, 5_000]) {
      const attempt = await openAttempt();
      await webhook(attempt, 'paid', { lateMs });
      await askAbout(attempt);
      await webhook(attempt, 'paid', { identity: `${attempt.ref} refund`, lateMs: 86_400_000 });
    }
    expect(await figures()).toMatchObject({
      payments: 5,
      amountIdr: 500_000,
      webhooks: 10,
      latencyP50Ms: 3_000,
      latencyP95Ms: 4_800,
      foundByAsking: 0,
      lost: 0,
    });
  });

  it('has no latency where the provider does not say when the money came', async () => {
    await webhook(await openAttempt(), 'paid');
    expect(await figures()).toMatchObject({ webhooks: 1, latencyP50Ms: null, latencyP95Ms: null });
  });

  it('takes a clock of the provider that is ahead of ours for no delay', async () => {
    await webhook(await openAttempt(), 'paid', { lateMs: -700 });
    expect(await figures()).toMatchObject({ latencyP50Ms: 0 });
  });

  it('tells the same webhook again before its event was finished from after', async () => {
    const attempt = await openAttempt();
    const eventId = await webhook(attempt, 'paid', { state: 'stored' });
    await webhook(attempt, 'paid');
    await webhook(attempt, 'paid');
    await run(core.pool, `update payment_events set state = 'done' where event_id = $1`, [eventId]);
    await webhook(attempt, 'paid');
    expect(await figures()).toMatchObject({ webhooks: 4, retries: 2, duplicates: 1 });
  });

  it.each([
    ['pending after the money', ['paid', 'pending'], 1],
    ['denied after the money', ['pending', 'paid', 'denied'], 1],
    ['expired after the money', ['paid', 'expired'], 1],
    ['pending after the end', ['expired', 'pending'], 1],
    ['money after the end', ['expired', 'paid'], 0],
    ['money after a refusal', ['pending', 'denied', 'paid'], 0],
    ['another method after a refusal', ['denied', 'pending'], 0],
  ] as const)('counts %s as out of order: %j → %i', async (_what, statuses, outOfOrder) => {
    const attempt = await openAttempt();
    for (const status of statuses) await webhook(attempt, status);
    expect(await figures()).toMatchObject({ webhooks: statuses.length, outOfOrder });
  });

  it('counts money that we found by asking, and as lost until a webhook tells of it', async () => {
    const attempt = await openAttempt();
    await webhook(attempt, 'pending');
    await askAbout(attempt);
    await askAbout(attempt);
    expect(await figures()).toMatchObject({ payments: 1, foundByAsking: 1, lost: 1 });
    await webhook(attempt, 'paid', { lateMs: 90_000 });
    await askAbout(attempt);
    expect(await figures()).toMatchObject({
      payments: 1,
      foundByAsking: 1,
      lost: 0,
      latencyP50Ms: 90_000,
    });
  });

  it('goes by local days, and has every one of them', async () => {
    const first = await openAttempt();
    await webhook(first, 'paid', { lateMs: 1_000, at: instantOf(ZONE, DAY, '23:59') });
    await askAbout(first, instantOf(ZONE, '2026-03-02', '00:00'));
    const [report] = await readProviders(core.pool, 'slamet', '2026-02-28', '2026-03-02');
    expect(report).toMatchObject({
      provider: 'midtrans',
      days: [
        { date: '2026-02-28', payments: 0, webhooks: 0, latencyP50Ms: null },
        { date: '2026-03-01', payments: 0, webhooks: 1, latencyP50Ms: 1_000 },
        { date: '2026-03-02', payments: 1, webhooks: 0, latencyP50Ms: null },
      ],
    });
    expect(await readProviders(core.pool, 'jiot', '2026-02-28', '2026-03-02')).toEqual([]);
  });

  it('leaves payments of rehearsals out', async () => {
    const attempt = await openAttempt();
    await askAbout(attempt);
    expect(await figures()).toMatchObject({ payments: 1 });
    await run(core.pool, 'update orders set twin_of = code where code = $1', [attempt.code]);
    expect(await figures()).toBeUndefined();
  });
});

async function countWaiting(): Promise<number> {
  const waiting = await one<{ count: number }>(
    core.pool,
    `select count(*) as count from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return waiting.count;
}

describe('counting a webhook that came again', () => {
  // It writes to the event's row: whoever decides on the event must not be waited for in a circle.
  it('waits for a decision on its event, and then sees it finished', async () => {
    const attempt = await openAttempt();
    const eventId = await webhook(attempt, 'paid', { state: 'stored' });
    let again: Promise<number> | undefined;
    await inTransaction(core.pool, async (tx) => {
      await run(tx, `update payment_events set state = 'done' where event_id = $1`, [eventId]);
      again = webhook(attempt, 'paid');
      await until('it waits', 4_000, async () => (await countWaiting()) === 1);
    });
    expect(await again).toBe(eventId);
    expect(await figures()).toMatchObject({ webhooks: 2, retries: 0, duplicates: 1 });
  });
});

describe('its picture', () => {
  it('shows each provider with its figures, and the same report alike', async () => {
    const attempt = await openAttempt();
    await webhook(attempt, 'paid', { lateMs: 2_500 });
    await webhook(attempt, 'paid');
    const report = await readProviders(core.pool, 'slamet', '2026-02-28', '2026-03-02');
    const svg = providersSvg('Basecamp <Slamet> & co', report);
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
    expect(svg).toContain('Basecamp &lt;Slamet> &amp; co: payment providers');
    expect(svg).toContain('midtrans: 0 payments, 2 webhooks, 0 lost');
    expect(svg).toContain('>2.5 s<');
    expect(svg.match(/<circle/g)).toHaveLength(2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(providersSvg('Basecamp <Slamet> & co', report)).toBe(svg);
  });

  it('has one scale for all providers', async () => {
    await webhook(await openAttempt(), 'paid', { lateMs: 2_500 });
    const [slow] = await readProviders(core.pool, 'slamet', DAY, DAY);
    const days = slow!.days.map((day) => ({ ...day, latencyP50Ms: 1_250, latencyP95Ms: 1_250 }));
    const svg = providersSvg('Slamet', [slow!, { ...slow!, provider: 'xendit', days }]);
    const heights = [...svg.matchAll(/<circle[^>]* cy="([\d.]+)"/g)].map(([, y]) => Number(y));
    expect(heights).toEqual([56, 56, 116, 116]);
    expect(svg.match(/>2\.5 s</g)).toHaveLength(2);
  });

  it('of a time without payments says so', () => {
    expect(providersSvg('Slamet', [])).toContain('Slamet: no payments');
  });
});
