import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type BusinessSpec, createBusiness } from '../src/commands/business.ts';
import { createToken } from '../src/db/access.ts';
import { createVault } from '../src/db/vault.ts';
import { addDays, dateIn } from '../src/domain/calendar.ts';
import type { ProviderReport } from '../src/domain/report.ts';
import { sandboxAccount } from '../src/local/demo.ts';
import { until } from '../src/local/until.ts';
import { providersSvg } from '../src/pages/providers.tsx';
import { BENCH_SECRET, type Ground } from './ground.ts';
import { paymentReady } from './ours.ts';
import { type Row, row } from './report.ts';

const ZONE = 'Asia/Jakarta';
const PICTURE = fileURLToPath(new URL('../docs/examples/providers.svg', import.meta.url));

/** A business of its own for each provider, so that its report holds what is measured here alone. */
const SIDES = [
  { provider: 'midtrans', business: 'bench-midtrans', pay: 'settle' },
  { provider: 'xendit', business: 'bench-xendit', pay: 'pay' },
] as const;

type Side = (typeof SIDES)[number];

/** What is made to go wrong with the webhook of a payment, in turns. */
const TURNS = ['well', 'dropped', 'doubled', 'late', 'reordered', 'lost'] as const;
type Turn = (typeof TURNS)[number];

const FAULTS: Partial<Record<Turn, object>> = {
  dropped: { drop: 2 },
  doubled: { duplicate: 1 },
  late: { delayMs: 400 },
  reordered: { reorder: true },
};

/**
 * The same payments at both providers, with the same faults in turns, as the operator's own report
 * compares them. With `drawn` the report's picture is kept beside the documents.
 */
export async function providerRows(g: Ground, count: number, drawn: boolean): Promise<Row[]> {
  const turns = Array.from({ length: count }, (_, no) => TURNS[no % TURNS.length]!);
  const reports: ProviderReport[] = [];
  for (const side of SIDES) {
    await makeShop(g, side);
    for (const turn of turns) await payOnce(g, side, turn);
    reports.push(await reportOf(g, side));
  }
  if (drawn) writeFileSync(PICTURE, `${providersSvg('Midtrans and Xendit', reports)}\n`);
  return reports.flatMap((report) => rowsOf(report, turns));
}

function rowsOf({ provider, total }: ProviderReport, turns: readonly Turn[]): Row[] {
  const made = (turn: Turn) => turns.filter((one) => one === turn).length;
  const counted = (id: string, what: string, value: number, wanted: number) => {
    const target = `= ${wanted} made`;
    const name = `providers-${id}-${provider}`;
    return row(name, what, value, '', undefined, undefined, target, value === wanted);
  };
  const timed = (id: string, what: string, ms: number | null) => {
    const name = `providers-${id}-${provider}`;
    return row(name, what, ms ?? Number.NaN, 'ms', undefined, undefined, '', ms !== null);
  };
  const { retries, duplicates } = total;
  const again = `webhooks that came again: ${retries} before their event was finished, ${duplicates} after`;
  return [
    timed('p50', `${total.payments} payments: money there → webhook, p50`, total.latencyP50Ms),
    timed('p95', 'the same, p95', total.latencyP95Ms),
    counted('again', again, retries + duplicates, made('doubled')),
    counted('disorder', 'webhooks out of order', total.outOfOrder, made('reordered')),
    counted('found', 'payments found by asking', total.foundByAsking, made('lost')),
    counted('lost', 'of which no webhook ever told', total.lost, made('lost')),
  ];
}

/** Books, and pays while the provider's webhooks go wrong in this way; waits until all of it was told. */
async function payOnce(g: Ground, side: Side, turn: Turn): Promise<void> {
  const code = await book(g, side);
  await paymentReady(g, code);
  const webhook = FAULTS[turn];
  if (webhook) {
    const faults = { provider: side.provider, webhook, times: 1 };
    await send(`${g.sandboxUrl}/control/faults`, 'PUT', faults);
  }
  const move = (how: string, body: object = {}) =>
    send(`${g.sandboxUrl}/control/${side.provider}/${code}-1/${how}`, 'POST', body);
  // What overtakes the money is that the transaction had expired.
  if (turn === 'reordered') await move('expire');
  await move(side.pay, { notify: turn !== 'lost' });
  if (turn === 'lost') {
    const token = await createToken(g.pool, side.business, 'staff', 'bench');
    await send(`${adminOf(g, side)}/payments/sync`, 'POST', { code }, token);
  }
  await until('it is paid', 60_000, async () => {
    const sql = `select 1 from orders where code = $1 and state = 'paid'`;
    return (await g.pool.query(sql, [code])).rowCount === 1;
  });
  await until('every webhook was delivered', 60_000, async () => {
    const answer = await fetch(`${g.sandboxUrl}/control/deliveries?ref=${code}-1`);
    const { deliveries, waiting } = (await answer.json()) as Delivered;
    const well = deliveries.filter(({ status }) => status === 200).length;
    return waiting.length === 0 && well >= WELL[turn];
  });
}

interface Delivered {
  deliveries: { status: number | null }[];
  waiting: unknown[];
}

/** How many deliveries must be answered before a turn is over. */
const WELL: Record<Turn, number> = {
  ...{ well: 1, dropped: 1, doubled: 2, late: 1, reordered: 2, lost: 0 },
};

let people = 0;

async function book(g: Ground, { business }: Side): Promise<string> {
  people += 1;
  const identityNumber = `C${String(people).padStart(8, '0')}`;
  const body = {
    offering: 'trail',
    date: addDays(dateIn(ZONE, new Date()), 5),
    quantity: 1,
    customer: { name: 'Bench', email: 'bench@example.com' },
    participants: [{ name: 'Bench', identityType: 'passport', identityNumber }],
  };
  const url = `${g.url}/api/v1/businesses/${business}/bookings`;
  return ((await send(url, 'POST', body)) as { code: string }).code;
}

async function reportOf(g: Ground, side: Side): Promise<ProviderReport> {
  const today = dateIn(ZONE, new Date());
  const token = await createToken(g.pool, side.business, 'owner', 'bench');
  const range = `from=${addDays(today, -1)}&to=${today}`;
  const url = `${adminOf(g, side)}/reports/providers?${range}`;
  const { providers } = (await send(url, 'GET', undefined, token)) as {
    providers: ProviderReport[];
  };
  const found = providers.find(({ provider }) => provider === side.provider);
  if (!found) throw new Error(`The report knows nothing of ${side.provider}.`);
  return found;
}

const adminOf = (g: Ground, { business }: Side) => `${g.url}/api/v1/admin/${business}`;

async function send(url: string, method: string, body?: object, token?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      'content-type': 'application/json',
      'idempotency-key': randomUUID(),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url} answers ${answer.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function makeShop({ pool }: Ground, { provider, business }: Side): Promise<void> {
  const account: BusinessSpec['account'] =
    provider === 'midtrans' ? sandboxAccount(business) : sandboxXendit(business);
  await createBusiness(
    { pool, vault: createVault(BENCH_SECRET), now: () => new Date() },
    {
      ...{ business, name: business, about: '', kind: 'permit', timeZone: ZONE, phone: '' },
      ...{ email: `${business}@example.com`, rules: { holdMinutes: 1_440 }, account },
      quotas: [{ quotaId: 'trail', name: 'Trail', capacity: 10_000, hours: null }],
      offerings: [
        { offeringId: 'trail', name: 'Trail', about: '', priceIdr: 25_000, quotas: ['trail'] },
      ],
    },
  );
}

/** The sandbox takes any name as a merchant's. */
function sandboxXendit(business: string): BusinessSpec['account'] {
  return {
    provider: 'xendit',
    serverKey: `xnd_development_${business}`,
    clientKey: '',
    webhookToken: `xnd-callback-${business}`,
  };
}
