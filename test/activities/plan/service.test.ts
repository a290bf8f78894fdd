import { beforeEach, describe, expect, it } from 'vitest';
import { removeHook, saveHook, tellService } from '../../../src/db/plan/service.ts';
import { inTransaction, many, run } from '../../../src/db/pool.ts';
import type { BookingRef } from '../../../src/domain/booking.ts';
import { useCore } from '../../ground/life.ts';
import { askInvoice, liveTo, newBase, pay, rowOf } from '../../ground/plans.ts';

const core = useCore();
const NOW = new Date();
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

beforeEach(async () => {
  const secret = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  await saveHook(core.pool, core.vault, 'rafess', { url: 'https://menfess.example/', secret });
});

async function subscribed(plan: string): Promise<BookingRef> {
  const invoice = await askInvoice(core, await newBase(core), plan, NOW);
  await pay(core, invoice, invoice.attempt, NOW);
  return invoice;
}

interface Told {
  type: string;
  active: boolean;
  at: string;
}

/** What a service is to be told, in the order of telling. */
function toldOf(ref: BookingRef): Promise<Told[]> {
  return many(
    core.pool,
    `select type, (payload -> 'data' ->> 'active')::boolean as active, payload ->> 'timestamp' as at
     from service_events where code = $1 order by created_at, event_id`,
    [ref.code],
  );
}

const typesOf = async (ref: BookingRef) => (await toldOf(ref)).map(({ type }) => type);

describe('what a service is told of a subscription', () => {
  it('is its whole life, once each: paid, three reminders, the end', async () => {
    const ref = await subscribed('weekly');
    const end = (await rowOf(core, ref)).activeUntil!;
    await liveTo(core, ref, later(9));
    await liveTo(core, ref, later(9));
    const told = await toldOf(ref);
    expect(told.map(({ type, active }) => [type, active])).toEqual([
      ['subscription.activated', true],
      ['subscription.ending', true],
      ['subscription.ending', true],
      ['subscription.ending', true],
      ['subscription.ended', false],
    ]);
    expect(told.at(-1)!.at).toBe(end.toISOString());
  });

  it('is a renewal while it is active, and an activation when it had ended', async () => {
    const ref = await subscribed('daily');
    const { base } = await rowOf(core, ref);
    const second = await askInvoice(core, base, 'daily', NOW);
    await pay(core, second, second.attempt, NOW);
    await liveTo(core, ref, later(3));
    const third = await askInvoice(core, base, 'daily', later(4));
    await pay(core, third, third.attempt, later(4));
    const types = (await typesOf(ref)).filter((type) => type !== 'subscription.ending');
    expect(types).toEqual([
      'subscription.activated',
      'subscription.renewed',
      'subscription.ended',
      'subscription.activated',
    ]);
  });

  it('is nothing of a rehearsal, and nothing where no service has an address', async () => {
    const ref = await subscribed('weekly');
    const twin = { ...(await rowOf(core, ref)), twin: true };
    await inTransaction(core.pool, (tx) => tellService(tx, twin, 'subscription.ended', NOW));
    expect(await typesOf(ref)).toEqual(['subscription.activated']);
    await removeHook(core.pool, 'rafess');
    expect(await typesOf(await subscribed('weekly'))).toEqual([]);
  });

  it('is not told when what it tells of is undone', async () => {
    const ref = await subscribed('weekly');
    const s = await rowOf(core, ref);
    const undone = inTransaction(core.pool, async (tx) => {
      await tellService(tx, s, 'subscription.ended', NOW);
      await run(tx, 'select 1 / 0');
    });
    await expect(undone).rejects.toThrow('division by zero');
    expect(await typesOf(ref)).toEqual(['subscription.activated']);
  });
});
