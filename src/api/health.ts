import { Gauge, register } from 'prom-client';
import { countDifferences, countStates } from '../db/order/figures.ts';
import { one } from '../db/pool.ts';
import { countOpen } from '../db/upkeep.ts';
import { Alive, Ready } from './answers.ts';
import type { ApiDeps } from './deps.ts';
import { operation } from './operation.ts';

export const alive = operation({
  name: 'healthz',
  does: 'Whether this process lives',
  answers: [{ status: 200, says: 'It does', shape: Alive }],
  refuses: [],
  handle: ({ response }) => void response.json({ ok: true }),
});

export const ready = operation({
  name: 'readyz',
  does: 'Whether this process can work: database and Temporal reachable, room on their disk',
  answers: [
    { status: 200, says: 'It can', shape: Ready },
    { status: 503, says: 'It cannot, and which of them is why', shape: Ready },
  ],
  refuses: [],
  async handle({ deps, response }) {
    const [database, temporal, room] = await Promise.all([
      one(deps.pool, 'select 1').then(
        () => true,
        () => false,
      ),
      deps.temporalReachable(),
      deps.hasRoom(),
    ]);
    response.status(database && temporal && room ? 200 : 503).json({ database, temporal, room });
  },
});

const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
  new Gauge({ name: `pesan_${name}`, help, labelNames });

const reachable = gauge('database_up', 'Whether the figures of the database could be read');
const states = gauge('bookings_of_a_day', 'Orders of the last 24 hours by how they stand now', [
  'business',
  'state',
]);
const differences = gauge('ledger_differences', 'What the last check of the books found', [
  'business',
]);
const open = {
  open: gauge('open_orders', 'Orders with something still to come'),
  overdue: gauge('overdue_orders', 'Orders whose deadline passed a minute ago'),
  deadEvents: gauge('dead_events', 'Provider events that wait for an operator'),
  refundsByHand: gauge('refunds_by_hand', 'Refunds that wait for an operator'),
  failedNotices: gauge('failed_notices', 'Notices that could not be sent'),
  untoldServiceEvents: gauge(
    'untold_service_events',
    'Events that a service did not take three times, and more',
  ),
};

export const metrics = operation({
  name: 'metrics',
  does: 'How business and this process go, for Prometheus',
  about: 'Requests by route, webhooks by answer, bookings by state, what waits for a person.',
  answers: [{ status: 200, says: 'Figures', type: 'text/plain' }],
  refuses: [],
  async handle({ deps, response }) {
    // Without the database the figures of this process are all the more wanted.
    const read = await readFigures(deps).then(
      () => 1,
      () => 0,
    );
    reachable.set(read);
    response.setHeader('Content-Type', register.contentType);
    response.send(await register.metrics());
  },
});

async function readFigures({ pool }: ApiDeps): Promise<void> {
  const [counts, byState, byBusiness] = await Promise.all([
    countOpen(pool),
    countStates(pool),
    countDifferences(pool),
  ]);
  for (const key of Object.keys(open) as (keyof typeof open)[]) open[key].set(counts[key]);
  states.reset();
  for (const { business, state, count } of byState) states.set({ business, state }, count);
  for (const { business, count } of byBusiness) differences.set({ business }, count);
}
