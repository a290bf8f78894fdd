import { expect } from 'vitest';
import { subscribe } from '../../src/commands/plan/subscribe.ts';
import { createWorkflows } from '../../src/commands/workflows.ts';
import { saveBase } from '../../src/db/plan/bases.ts';
import { inTransaction, one } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import type { Stack } from './stack.ts';

export interface Subscriber {
  base: string;
  code: string;
}

let bases = 0;

/** Owners of bases who subscribe at Rafess and pay by Xendit, as far as a test wants. */
export function subscribersOf(stack: Stack) {
  const active = async (plan = 'weekly', channel?: string): Promise<Subscriber> => {
    const subscriber = await ask(stack, plan);
    await pay(stack, subscriber, 1, channel);
    return subscriber;
  };
  return {
    /** Asks for an invoice; without a base, of a new one. */
    ask: (plan: string, base?: string) => ask(stack, plan, base),
    /** Pays the newest invoice (by BCA if nothing else), and waits until there are so many periods. */
    pay: (subscriber: Subscriber, periods: number, channel?: string) =>
      pay(stack, subscriber, periods, channel),
    active,
  };
}

async function ask(stack: Stack, plan: string, known?: string): Promise<Subscriber> {
  bases += known ? 0 : 1;
  const base = known ?? `@subscriber_${bases}`;
  const email = 'owner@subscriber.example';
  const about = { business: 'rafess', base, name: base, ownerChat: 900_002, email };
  if (!known) await inTransaction(stack.pool, (tx) => saveBase(tx, about));
  const deps = {
    ...{ pool: stack.pool, vault: stack.vault, workflows: createWorkflows(stack.client) },
    ...{ publicUrl: stack.url, holdMinutes: undefined, now: () => new Date() },
    provider: () => {
      throw new Error('Who subscribes asks no provider.');
    },
  };
  const wish = { plan, base, email, otp: undefined };
  const { subscribed } = await subscribe(deps, 'rafess', undefined, wish);
  return { base, code: subscribed.code };
}

async function pay(
  stack: Stack,
  { code }: Subscriber,
  periods: number,
  channel?: string,
): Promise<void> {
  const newest = () =>
    one<{ ref: string; state: string }>(
      stack.pool,
      `select provider_ref as ref, state from payments where code = $1 order by attempt desc limit 1`,
      [code],
    );
  await until('it can be paid', 20_000, async () => (await newest()).state === 'pending');
  const { ref } = await newest();
  const paid = await stack.sandbox.call('POST', `/control/xendit/${ref}/pay`, {
    body: { ...(channel && { channel }) },
  });
  expect(paid.status, JSON.stringify(paid.body)).toBe(200);
  await until('it counts', 20_000, async () => {
    const sql = 'select periods from subscriptions where code = $1';
    return (await one<{ periods: number }>(stack.pool, sql, [code])).periods === periods;
  });
}
