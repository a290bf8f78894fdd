import { parseArgs } from 'node:util';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { createClient } from '../src/commands/client.ts';
import { addDays, dateIn } from '../src/domain/calendar.ts';
import { postgresVersion } from '../src/local/postgres.ts';
import { until } from '../src/local/until.ts';
import { chatRows } from './chat.ts';
import { type Ground, startGround } from './ground.ts';
import { makeOpenBookings } from './growth.ts';
import { median, type Sample, sample, statistics } from './measure.ts';
import { availability, hold, payByWebhook, paymentReady } from './ours.ts';
import { planRows } from './plans.ts';
import { providerRows } from './providers.ts';
import { publishedRows } from './published.ts';
import { type Raw, startRaw } from './raw.ts';
import { keep, type Row, row, tableOf } from './report.ts';

const { values: flags } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
});
/** How much of everything: a quick run shows that it works, not how fast it is. */
const size = flags.quick ? 0.15 : 1;
const times = (count: number) => Math.max(5, Math.round(count * size));
const today = dateIn('Asia/Jakarta', new Date());
const day = (ahead: number) => addDays(today, ahead);

Runtime.install({ logger: new DefaultLogger('ERROR'), shutdownSignals: [] });
const ground = await startGround();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void ground.close().finally(() => process.exit(1)));
}
const raw = await startRaw(ground.databaseUrl, ground.temporalAddress, day(1));
try {
  const rows = await measureAll(ground, raw);
  const versions = { node: process.version, postgres: await postgresVersion(), temporal: '1.32.0' };
  if (!flags.quick && !flags.only) keep({ at: new Date().toISOString(), versions, rows });
  console.log(tableOf(rows));
} finally {
  await raw.close();
  await ground.close();
}
process.exit(0);

async function measureAll(g: Ground, r: Raw): Promise<Row[]> {
  const steps: [string, () => Promise<Row[]>][] = [
    ['hold-one', () => holdOne(g, r)],
    ['hold-20', () => holdMany(g, r, 20)],
    ['hold-50', () => holdMany(g, r, 50)],
    ['sold-out', () => soldOut(g, r)],
    ['availability', () => month(g, r)],
    ['webhook-paid', () => webhookPaid(g, r)],
    ['history-events', () => historyEvents(g)],
    ['published', () => publishedRows(g, times)],
    ['chat', () => chatRows(g, times)],
    ['plans', () => planRows(g, times, flags.quick ? 60 : 1_000)],
    ['providers', () => providerRows(g, flags.quick ? 6 : 60, !flags.quick)],
    ['growth', () => growth(g, r)],
  ];
  const rows: Row[] = [];
  for (const [name, step] of steps) {
    if (flags.only && !flags.only.split(',').includes(name)) continue;
    console.error(`Measuring ${name} …`);
    const measured = await step();
    // A run that is ended early has said what it had.
    console.error(tableOf(measured));
    rows.push(...measured);
    await atRest(g);
  }
  return rows;
}

/** Waits until what was begun is done, so that one measurement does not pay for the one before. */
async function settled({ pool }: Ground): Promise<void> {
  await until('payment pages are made', 120_000, async () => {
    const { rows } = await pool.query(
      `select count(*) as waiting from orders o where state = 'held' and not exists (
         select from payments p where p.code = o.code and p.page_url is not null)`,
    );
    return rows[0].waiting === 0;
  });
}

/** The same, and who was to be reminded a minute after booking was: a thousand mails are work, too. */
async function atRest(g: Ground): Promise<void> {
  await settled(g);
  await until('those who have not paid are reminded', 240_000, async () => {
    const { rows } = await g.pool.query(
      `select exists (select from orders where business_id = 'bench' and state = 'held'
           and next_deadline = 'remind' and reminders = 0)
         or exists (select from notices where business_id = 'bench' and state = 'due') as waiting`,
    );
    return !rows[0].waiting;
  });
}

async function holdOne(g: Ground, r: Raw): Promise<Row[]> {
  await sample(1, times(15), () => hold(g, 'wide', day(2)));
  await sample(1, times(15), r.hold);
  const { ours, bare } = await holdInTurns(g, r, day(2), times(60));
  const [value, floor] = [ours, bare];
  const ratio = value / floor;
  const quota = await sample(1, times(60), r.quota);
  return [
    row('hold-one', 'POST bookings, p50', value, 'ms', floor, ratio, '≤ 1.5 ×', ratio <= 1.5),
    row(
      'quota-raw',
      'the quota statement alone, p50',
      quota.p50,
      'ms',
      undefined,
      undefined,
      '',
      true,
    ),
  ];
}

async function holdMany(g: Ground, r: Raw, clients: number): Promise<Row[]> {
  const ours: Sample[] = [];
  const bare: Sample[] = [];
  for (let turn = 0; turn < 3; turn += 1) {
    bare.push(await sample(clients, times(300), r.hold));
    ours.push(await sample(clients, times(300), () => hold(g, 'wide', day(3 + turn))));
    await settled(g);
  }
  const value = median(ours.map((one) => one.perSecond));
  const floor = median(bare.map((one) => one.perSecond));
  const errors = ours.reduce((sum, one) => sum + one.errors, 0);
  const spread = median(ours.map((one) => one.p99 / one.p50));
  const met = value / floor >= 0.7 && errors === 0 && spread <= 5;
  const what = `holds a second, ${clients} clients; ${errors} errors; p99 ${spread.toFixed(1)} × p50`;
  const target = '≥ 0.7 ×, no error, p99 ≤ 5 × p50';
  return [row(`hold-${clients}`, what, value, '/s', floor, value / floor, target, met)];
}

async function soldOut(g: Ground, r: Raw): Promise<Row[]> {
  const ours = await sample(20, times(2000), () => hold(g, 'full', day(2), 409));
  const bare = await sample(20, times(2000), () => r.availability(day(2), day(2)));
  const ratio = ours.perSecond / bare.perSecond;
  const met = ratio >= 0.5 && ours.errors === 0;
  const what = 'refusals a second, 20 clients';
  return [row('sold-out', what, ours.perSecond, '/s', bare.perSecond, ratio, '≥ 0.5 ×', met)];
}

async function month(g: Ground, r: Raw): Promise<Row[]> {
  const ours = await sample(1, times(200), () => availability(g, day(0), day(30)));
  const bare = await sample(1, times(200), () => r.availability(day(0), day(30)));
  const ratio = ours.p50 / bare.p50;
  const what = 'a month of a trail, p50';
  return [row('availability', what, ours.p50, 'ms', bare.p50, ratio, '≤ 3 ×', ratio <= 3)];
}

async function webhookPaid(g: Ground, r: Raw): Promise<Row[]> {
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < times(30); turn += 1) {
    bare.push(await r.signal());
    const held = await hold(g, 'wide', day(8));
    await paymentReady(g, held.code);
    ours.push(await payByWebhook(g, held));
  }
  const [value, floor] = [statistics(ours).p50, statistics(bare).p50];
  const ratio = value / floor;
  const what = 'settlement webhook → PAID visible, p50';
  return [row('webhook-paid', what, value, 'ms', floor, ratio, '≤ 3 ×', ratio <= 3)];
}

async function historyEvents(g: Ground): Promise<Row[]> {
  const held = await hold(g, 'wide', day(9));
  await paymentReady(g, held.code);
  await payByWebhook(g, held);
  await until('the tickets are mailed', 60_000, async () => {
    const { rowCount } = await g.pool.query(
      `select 1 from notices where code = $1 and kind = 'paid' and state = 'sent'`,
      [held.code],
    );
    return rowCount === 1;
  });
  const client = createClient(g.temporalAddress, 'default');
  const handle = client.workflow.getHandle(`booking:bench:${held.code}`);
  const value = (await handle.fetchHistory()).events?.length ?? 0;
  await client.connection.close();
  const what = 'events of a booking at PAID, tickets mailed';
  return [row('history-events', what, value, 'events', undefined, undefined, '≤ 45', value <= 45)];
}

/** The p50 of a hold of ours and of a raw one, a person after another. */
async function holdInTurns(
  g: Ground,
  r: Raw,
  date: string,
  turns: number,
): Promise<{ ours: number; bare: number; errors: number }> {
  const [ours, bare]: [Sample[], Sample[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    bare.push(await sample(1, 1, r.hold));
    ours.push(await sample(1, 1, () => hold(g, 'wide', date)));
    // A person after another: what a booking leaves to do beside is done before the next.
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const p50 = (samples: Sample[]) => median(samples.map((one) => one.p50));
  const errors = ours.reduce((sum, one) => sum + one.errors, 0);
  return { ours: p50(ours), bare: p50(bare), errors };
}

async function growth(g: Ground, r: Raw): Promise<Row[]> {
  const measure = () => holdInTurns(g, r, day(10), times(40));
  await sample(1, times(15), () => hold(g, 'wide', day(10)));
  const before = await measure();
  const wanted = flags.quick ? 300 : 10_000;
  const open = await makeOpenBookings(g, wanted, day(20));
  await atRest(g);
  const after = await measure();
  const [ratio, rawRatio] = [after.ours / before.ours, after.bare / before.bare];
  const errors = before.errors + after.errors;
  const what = `hold p50 with ${open} open bookings ÷ with none; ${errors} errors; raw in the same moments ${rawRatio.toFixed(2)} ×`;
  const met = ratio <= 1.2 && open >= wanted && errors === 0;
  return [row('growth', what, after.ours, 'ms', before.ours, ratio, '≤ 1.2 ×', met)];
}
