import { afterAll, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { useStack } from '../ground/stack.ts';
import { type Subscriber, subscribersOf } from '../ground/subscriber.ts';

let isTemporalAway = false;
const stack = useStack({
  changeWorkflows: (workflows) => ({
    ...workflows,
    signalPayment: async (subject, eventId) => {
      if (isTemporalAway) throw new Error('14 UNAVAILABLE: no connection to Temporal');
      await workflows.signalPayment(subject, eventId);
    },
  }),
});
const { active, ask } = subscribersOf(stack);

afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'rafess', new Date());
  expect(differences).toEqual([]);
});

interface Outage {
  begin(): Promise<unknown>;
  end(): Promise<unknown>;
}

const OUTAGES: Record<string, Outage> = {
  'the worker': { begin: () => stack.worker.stop(), end: () => stack.worker.start() },
  Temporal: {
    begin: async () => {
      isTemporalAway = true;
    },
    end: async () => {
      isTemporalAway = false;
    },
  },
  'the provider': {
    begin: () =>
      stack.sandbox.call('PUT', '/control/faults', {
        body: { provider: 'xendit', api: { status: 503 } },
      }),
    end: () => stack.sandbox.call('DELETE', '/control/faults'),
  },
};

const periodsOf = async ({ code }: Subscriber) =>
  (
    await many<{ from: Date; to: Date }>(
      stack.pool,
      'select from_at as "from", to_at as "to" from periods where code = $1 order by period_no',
      [code],
    )
  ).map(({ from, to }) => [from.getTime(), to.getTime()] as const);

/** Asks for the next period while everything is well, and waits for its page. */
async function renewable(): Promise<Subscriber> {
  const subscriber = await active('weekly');
  await ask('weekly', subscriber.base);
  const page = 'select 1 from payments where code = $1 and page_url is not null';
  await until('the page of the next invoice', 20_000, async () => {
    return (await many(stack.pool, page, [subscriber.code])).length === 2;
  });
  return subscriber;
}

// Guards `receiveWebhook` (stored before it is told of) and upkeep, which drives again what was not heard.
describe('a renewal', () => {
  it.each(Object.keys(OUTAGES))(
    'that is paid during an outage of %s counts once, from the end, when that is over',
    async (what) => {
      const outage = OUTAGES[what]!;
      const subscriber = await renewable();
      const { code } = subscriber;
      await outage.begin();
      const path = `/control/xendit/${code}-2/pay`;
      expect((await stack.sandbox.call('POST', path, { body: {} })).status).toBe(200);
      const stored = `select 1 from payment_events where code = $1 and attempt = 2`;
      await until('the webhook is kept', 20_000, async () => {
        return (await many(stack.pool, stored, [code])).length === 1;
      });
      expect(await periodsOf(subscriber)).toHaveLength(1);
      await outage.end();
      // What upkeep drives again has lain for a while.
      await run(
        stack.pool,
        `update payment_events set received_at = now() - interval '10 minutes',
           next_try_at = now() where code = $1 and state = 'stored'`,
        [code],
      );
      await stack.upkeep();
      await until('it counts', 30_000, async () => (await periodsOf(subscriber)).length === 2);
      await stack.upkeep();
      const [first, second, ...more] = await periodsOf(subscriber);
      expect(more).toEqual([]);
      expect(second![0]).toBe(first![1]);
      const told = `select count(*) as n from notices
        where code = $1 and kind = 'renewed' and channel = 'email'`;
      expect(await one(stack.pool, told, [code])).toEqual({ n: 1 });
      const { state } = await one<{ state: string }>(
        stack.pool,
        'select state from payment_events where code = $1 and attempt = 2',
        [code],
      );
      expect(state).toBe('done');
    },
    60_000,
  );
});
