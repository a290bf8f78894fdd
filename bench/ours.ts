import { createHash, randomUUID } from 'node:crypto';
import type { Pool } from '../src/db/pool.ts';
import { sandboxAccount } from '../src/local/demo.ts';
import { until } from '../src/local/until.ts';

let people = 0;

/** Pesan over HTTP, as a customer and as Midtrans. */
export interface Ours {
  url: string;
  sandboxUrl: string;
  pool: Pool;
}

export interface Held {
  code: string;
  token: string;
}

/** Books one place; throws for any answer but the wanted one. */
export async function hold(
  ours: Ours,
  offering: string,
  date: string,
  wanted = 201,
): Promise<Held> {
  people += 1;
  const identityNumber = `B${String(people).padStart(8, '0')}`;
  const answer = await fetch(`${ours.url}/api/v1/businesses/bench/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: JSON.stringify({
      offering,
      date,
      quantity: 1,
      customer: { name: 'Bench', email: 'bench@example.com' },
      participants: [{ name: 'Bench', identityType: 'passport', identityNumber }],
    }),
  });
  const body = (await answer.json()) as Held & { code: string };
  if (answer.status !== wanted) throw new Error(`${answer.status} ${body.code}`);
  return body;
}

export async function availability(ours: Ours, from: string, to: string): Promise<void> {
  const query = `offering=wide&from=${from}&to=${to}`;
  const answer = await fetch(`${ours.url}/api/v1/businesses/bench/availability?${query}`);
  if (!answer.ok) throw new Error(String(answer.status));
  await answer.json();
}

/** Waits until a held booking has its page, so that it can be paid. */
export async function paymentReady({ pool }: Ours, code: string): Promise<void> {
  await until('the page is there', 60_000, async () => {
    const { rowCount } = await pool.query(
      'select 1 from payments where code = $1 and page_url is not null',
      [code],
    );
    return rowCount === 1;
  });
}

/** Pays at the provider without a word to us, then sends the webhook: ms until PAID is visible. */
export async function payByWebhook(ours: Ours, held: Held): Promise<number> {
  const begun = await sendSettlement(ours, 'bench', held.code);
  for (;;) {
    const answer = await fetch(`${ours.url}/api/v1/bookings/${held.token}`);
    const { state } = (await answer.json()) as { state: string };
    if (state === 'paid') return performance.now() - begun;
    if (performance.now() - begun > 30_000) throw new Error(`${held.code} is ${state}`);
  }
}

/** The same without waiting for what comes of it: answers the moment before the webhook left. */
export async function sendSettlement(ours: Ours, business: string, code: string): Promise<number> {
  const ref = `${code}-1`;
  await post(`${ours.sandboxUrl}/control/midtrans/${ref}/settle`, { notify: false });
  const body = await notificationOf(ours, business, ref);
  const begun = performance.now();
  await post(`${ours.url}/webhooks/midtrans/${business}`, body);
  return begun;
}

async function notificationOf(
  ours: Ours,
  business: string,
  ref: string,
): Promise<Record<string, string>> {
  const key = sandboxAccount(business).serverKey;
  const answer = await fetch(`${ours.sandboxUrl}/midtrans/v2/${ref}/status`, {
    headers: { authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
  });
  const body = (await answer.json()) as Record<string, string>;
  const signed = `${body.order_id}${body.status_code}${body.gross_amount}${key}`;
  return { ...body, signature_key: createHash('sha512').update(signed).digest('hex') };
}

async function post(url: string, body: object): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  await answer.arrayBuffer();
}
