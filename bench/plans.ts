import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createClient } from '../src/commands/client.ts';
import { createWorkflows } from '../src/commands/workflows.ts';
import { getSubject } from '../src/db/order/subjects.ts';
import { saveBase } from '../src/db/plan/bases.ts';
import { inTransaction } from '../src/db/pool.ts';
import { until } from '../src/local/until.ts';
import type { Ground } from './ground.ts';
import { sample, statistics } from './measure.ts';
import { type Row, row } from './report.ts';
import { openChat } from './talk.ts';

const BOT = 'rafess';
const PLAN = 'Harian: Rp3.000 · 1 hari';

/** What was published of the bot that sells subscriptions (n = 30), in milliseconds. */
const PUBLISHED = { link: 587, send: 417, webhook: 535, notify: 424, total: 1_963 };

/**
 * One payment after another, in the four parts that were published of such a bot, and a thousand
 * subscriptions that are reminded at the same instant.
 */
export async function planRows(
  g: Ground,
  times: (count: number) => number,
  renewals: number,
): Promise<Row[]> {
  return [...(await payments(g, times(30))), ...(await reminders(g, renewals))];
}

async function payments(g: Ground, count: number): Promise<Row[]> {
  const own = await ownTimes(g);
  const took = {
    link: [] as number[],
    send: [] as number[],
    webhook: [] as number[],
    notify: [] as number[],
  };
  for (let turn = 0; turn < count; turn += 1) {
    const one = await payOnce(g, turn);
    for (const part of ['link', 'send', 'webhook', 'notify'] as const) took[part].push(one[part]);
  }
  const net = (part: keyof typeof took, ownMs: number) =>
    Math.max(0, statistics(took[part]).mean - ownMs);
  const parts = {
    link: net('link', own.createMs),
    send: net('send', own.sendMs),
    webhook: net('webhook', 0),
    notify: net('notify', own.sendMs),
  };
  const total = parts.link + parts.send + parts.webhook + parts.notify;
  const sandbox = (ms: number) => `sandbox's own ${ms.toFixed(0)} ms taken off`;
  const part = (id: string, what: string, value: number, theirs: number) =>
    row(id, what, value, 'ms', theirs, value / theirs, 'theirs', value <= theirs);
  return [
    part(
      'plan-link',
      `T1 asked → invoice at Xendit, mean; ${sandbox(own.createMs)}`,
      parts.link,
      PUBLISHED.link,
    ),
    part(
      'plan-send',
      `T2 asked → link in the chat, mean; ${sandbox(own.sendMs)}`,
      parts.send,
      PUBLISHED.send,
    ),
    part(
      'plan-webhook',
      'T3 webhook sent → subscription active, mean',
      parts.webhook,
      PUBLISHED.webhook,
    ),
    part(
      'plan-notify',
      `T4 active → told in the chat, mean; ${sandbox(own.sendMs)}`,
      parts.notify,
      PUBLISHED.notify,
    ),
    part('plan-total', 'T1 + T2 + T3 + T4', total, PUBLISHED.total),
  ];
}

/** What the sandbox itself takes for an invoice and for a message, at p50. */
async function ownTimes(g: Ground): Promise<{ createMs: number; sendMs: number }> {
  const key = Buffer.from(`xnd_development_${BOT}:`).toString('base64');
  const headers = { authorization: `Basic ${key}`, 'content-type': 'application/json' };
  let no = 0;
  const create = await sample(1, 30, async () => {
    no += 1;
    const list = await fetch(`${g.sandboxUrl}/xendit/v2/invoices?external_id=own-${no}`, {
      headers,
    });
    await list.json();
    const body = JSON.stringify({ external_id: `own-${no}`, amount: 10_000 });
    const made = await fetch(`${g.sandboxUrl}/xendit/v2/invoices/`, {
      method: 'POST',
      headers,
      body,
    });
    if (!made.ok) throw new Error(`Xendit of the sandbox answers ${made.status}.`);
    await made.json();
  });
  const person = openChat(g.sandboxUrl, BOT, 50_000);
  await person.say('/help');
  const send = await sample(1, 30, async () => {
    const answer = await fetch(`${g.sandboxUrl}/telegram/bot9000:sandbox-${BOT}/sendMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ chat_id: 50_000, text: 'own' }),
    });
    if (!answer.ok) throw new Error(`Telegram of the sandbox answers ${answer.status}.`);
    await answer.json();
  });
  return { createMs: create.p50, sendMs: send.p50 };
}

/** A base whose owner has shown their address before, so that no code is typed between. */
async function makeBase(g: Ground, name: string, chatId: number): Promise<string> {
  const base = `@${name}`;
  const email = `${name}@example.com`;
  await inTransaction(g.pool, (tx) =>
    saveBase(tx, { business: BOT, base, name, ownerChat: chatId, email }),
  );
  await g.pool.query(
    `insert into chat_emails (business_id, chat_id, email) values ($1, $2, $3) on conflict do nothing`,
    [BOT, chatId, email],
  );
  return base;
}

async function payOnce(g: Ground, turn: number) {
  const chatId = 51_000 + turn;
  const base = await makeBase(g, `paying_${turn}`, chatId);
  const person = openChat(g.sandboxUrl, BOT, chatId);
  await person.say(`/bayar ${base}`);
  const asked = Date.parse((await person.press(PLAN)).at);
  const linkAt = await saidAt(person, '/pay/');
  const { rows } = await g.pool.query(
    `select p.provider_ref as ref from payments p join subscriptions s using (business_id, code)
     where s.base = $1`,
    [base],
  );
  const { ref } = rows[0] as { ref: string };
  const madeAt = await invoiceAt(g, ref);
  const paid = await fetch(`${g.sandboxUrl}/control/xendit/${ref}/pay`, { method: 'POST' });
  if (!paid.ok) throw new Error(`The invoice could not be paid: ${paid.status}.`);
  const sentAt = await deliveryAt(g, ref);
  const activeAt = await seenActive(g, ref.slice(0, 8));
  const toldAt = await saidAt(person, 'telah Berhasil');
  return {
    link: madeAt - asked,
    send: linkAt - asked,
    webhook: activeAt - sentAt,
    notify: Math.max(0, toldAt - activeAt),
  };
}

/** Looks every few milliseconds: what is measured takes some tens of them. */
async function seenActive(g: Ground, code: string): Promise<number> {
  const end = Date.now() + 30_000;
  while (Date.now() < end) {
    const { rowCount } = await g.pool.query('select 1 from periods where code = $1', [code]);
    if (rowCount) return Date.now();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('The subscription did not become active.');
}

async function saidAt(person: ReturnType<typeof openChat>, words: string): Promise<number> {
  let at = Number.NaN;
  await until(`the chat is told: ${words}`, 30_000, async () => {
    const said = (await person.messages()).find(({ text }) => text.includes(words));
    if (said) at = Date.parse(said.at);
    return said !== undefined;
  });
  return at;
}

async function invoiceAt(g: Ground, ref: string): Promise<number> {
  let at = Number.NaN;
  await until('Xendit has the invoice', 30_000, async () => {
    const answer = await fetch(`${g.sandboxUrl}/control/transactions?provider=xendit&ref=${ref}`);
    const { transactions } = (await answer.json()) as { transactions: { createdAt: string }[] };
    if (transactions[0]) at = Date.parse(transactions[0].createdAt);
    return transactions.length > 0;
  });
  return at;
}

async function deliveryAt(g: Ground, ref: string): Promise<number> {
  let at = Number.NaN;
  await until('the webhook is sent', 30_000, async () => {
    const answer = await fetch(`${g.sandboxUrl}/control/deliveries?ref=${ref}`);
    const { deliveries } = (await answer.json()) as { deliveries: { at: string }[] };
    if (deliveries[0]) at = Date.parse(deliveries[0].at);
    return deliveries.length > 0;
  });
  return at;
}

/** How long before the common instant the last workflow is started at the latest. */
const LEAD_MS = 15_000;

/** So many subscriptions whose owners are reminded at the same instant. */
async function reminders(g: Ground, count: number): Promise<Row[]> {
  const refusedBefore = await refusedCalls(g);
  const refs = await makeActive(g, count);
  const client = createClient(g.temporalAddress, 'default');
  const workflows = createWorkflows(client);
  const queue = [...refs];
  const hand = async () => {
    for (let code = queue.shift(); code; code = queue.shift()) {
      const subject = await getSubject(g.pool, { business: BOT, code });
      await workflows.wake(subject);
    }
  };
  await Promise.all(Array.from({ length: 10 }, hand));
  await until('all of them wait', 300_000, async () => {
    const { rows } = await g.pool.query(
      'select count(*)::int as n from orders where code = any($1) and opened_at is not null',
      [refs],
    );
    return rows[0].n === count;
  });
  const at = Date.now() + LEAD_MS;
  await remindAt(g, refs, new Date(at));
  const again = [...refs];
  const nudge = async () => {
    for (let code = again.shift(); code; code = again.shift()) {
      await workflows.wake(await getSubject(g.pool, { business: BOT, code }));
    }
  };
  await Promise.all(Array.from({ length: 10 }, nudge));
  const told = await lastOf(
    g,
    `select count(*)::int as n, extract(epoch from max(sent_at)) * 1000 as last
    from outgoing where notice like '%.ending.%' and state = 'sent'`,
    count,
  );
  const made = await lastOf(
    g,
    `select count(*)::int as n, extract(epoch from max(o.changed_at)) * 1000 as last
    from payments p join orders o using (business_id, code)
    where p.code = any($1) and p.page_url is not null`,
    count,
    [refs],
  );
  await client.connection.close();
  const [toldS, madeS] = [(told - at) / 1_000, (made - at) / 1_000];
  const memory = await workerMegabytes();
  const refused = await refusedCalls(g);
  return [
    row(
      'renew-told',
      `${count} owners reminded at one instant: until the last was told`,
      toldS,
      's',
      180,
      toldS / 180,
      '≤ 180 s',
      toldS <= 180,
    ),
    row(
      'renew-invoices',
      `until the last invoice was at Xendit, at most 600 a minute`,
      madeS,
      's',
      count / 10,
      madeS / (count / 10),
      '',
      true,
    ),
    row(
      'renew-calls',
      'invoices a second',
      count / madeS,
      '/s',
      10,
      count / madeS / 10,
      '≤ 10 /s',
      count / madeS <= 10,
    ),
    row(
      'renew-refused',
      'calls that Xendit refused with 429',
      refused - refusedBefore,
      '',
      undefined,
      undefined,
      '0',
      refused === refusedBefore,
    ),
    row(
      'renew-memory',
      'memory of the worker after it',
      memory,
      'MB',
      undefined,
      undefined,
      '',
      true,
    ),
  ];
}

/** How often the sandbox's Xendit was called more often than its limit allows. */
async function refusedCalls(g: Ground): Promise<number> {
  const answer = await fetch(`${g.sandboxUrl}/control/xendit/calls`);
  return ((await answer.json()) as { refused: number }).refused;
}

async function lastOf(
  g: Ground,
  sql: string,
  count: number,
  values: unknown[] = [],
): Promise<number> {
  let last = Number.NaN;
  await until('all of them are there', 900_000, async () => {
    const { rows } = await g.pool.query(sql, values);
    last = Number(rows[0].last);
    return rows[0].n >= count;
  });
  return last;
}

/** Active for two more days, none of their reminders ahead. */
async function makeActive(g: Ground, count: number): Promise<string[]> {
  const codes: string[] = [];
  for (let no = 0; no < count; no += 1) {
    const base = await makeBase(g, `renewing_${no}`, 60_000 + no);
    const code = `Z${no.toString(36).toUpperCase().padStart(7, '0')}`;
    codes.push(code);
    await g.pool.query(
      `with o as (insert into orders (business_id, code, kind, offering_id, date, quantity, state,
           amount_idr, booked_idr, owed_idr, customer_name, customer_email, token_hash, pay_token_hash,
           requested_at, visit_at, ends_at, chat_id, next_deadline, next_deadline_at)
         values ($1, $2, 'plan', 'weekly', current_date, 1, 'active', 15000, 15000, 0, 'b', $3,
           decode(md5($2::text), 'hex'), decode(md5('p' || $2::text), 'hex'), now(), now() + interval '2 days',
           now() + interval '2 days', $4, 'end', now() + interval '2 days') returning code)
       insert into subscriptions (business_id, code, base, periods, active_until)
       select $1, code, $5, 1, now() + interval '2 days' from o`,
      [BOT, code, `${base.slice(1)}@example.com`, 60_000 + no, base],
    );
  }
  return codes;
}

async function remindAt(g: Ground, codes: string[], at: Date): Promise<void> {
  await g.pool.query(
    `insert into reminders (business_id, code, at, state)
     select $1, unnest($2::text[]), $3, 'ahead'`,
    [BOT, codes, at],
  );
  await g.pool.query(
    `update orders set remind_at = $2, next_deadline = 'ending', next_deadline_at = $2
     where code = any($1)`,
    [codes, at],
  );
}

/** The resident memory of this run's worker, from the process table. */
async function workerMegabytes(): Promise<number> {
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('worker/main.ts')) continue;
      const [, kilobytes] =
        /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (kilobytes) return Number(kilobytes) / 1_024;
    } catch {
      // It ended while we looked.
    }
  }
  return Number.NaN;
}
