import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { one } from '../../src/db/pool.ts';
import { freePort } from '../../src/local/ports.ts';
import { until } from '../../src/local/until.ts';
import { SEARCH_ATTRIBUTES } from '../../src/workflows/messages.ts';
import { dayAhead, partyWish } from '../ground/core.ts';
import { callerOf } from '../ground/http.ts';
import { type Running, settingsOf, startProcess } from '../ground/processes.ts';
import { useStack } from '../ground/stack.ts';
import { everythingInTemporal } from '../ground/telltale.ts';

/** What no history and no log may hold; links and tokens join when they are made. */
const secrets: Record<string, string> = {
  name: 'Unmistakable Wirawan',
  'name of a member': 'Peculiar Suryani',
  email: 'unmistakable@example.com',
  phone: '081298765432',
  'phone as it is kept': '81298765432',
  passport: 'U7654321',
};
const PERSON = `${secrets.name} <${secrets.email}> ${secrets.phone} ${secrets.passport}`;

const stack = useStack({ holdMinutes: 5 });
const mailServer = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  logger: false,
  onRcptTo({ address }, _session, done) {
    done(Object.assign(new Error(`${address} (${PERSON}) is unknown`), { responseCode: 450 }));
  },
});
const provider = { refusals: 0, server: createServer() };
let api: { running: Running; call: ReturnType<typeof callerOf>; url: string };
let worker: Running;

beforeAll(async () => {
  await stack.worker.stop();
  mailServer.listen(0, '127.0.0.1');
  await once(mailServer.server, 'listening');
  const { port } = mailServer.server.address() as AddressInfo;
  provider.server.on('request', refuseOrPass);
  provider.server.listen(0, '127.0.0.1');
  await once(provider.server, 'listening');
  const apiPort = await freePort();
  const url = `http://127.0.0.1:${apiPort}`;
  const settings = {
    ...settingsOf(stack, inject('temporalAddress')),
    PORT: String(apiPort),
    PUBLIC_URL: url,
    PESAN_LOG_LEVEL: 'debug',
    PESAN_HOLD_MINUTES: '5',
    PESAN_RECONCILE_SECONDS: '2',
    SMTP_URL: `smtp://127.0.0.1:${port}`,
    MIDTRANS_SNAP_URL: `${urlOf(provider.server)}/midtrans/snap/v1`,
    MIDTRANS_CORE_URL: `${urlOf(provider.server)}/midtrans`,
  };
  worker = startProcess('worker/main.ts', settings);
  api = { running: startProcess('api/main.ts', settings), call: callerOf(url), url };
  await Promise.all([worker.ready, api.running.ready]);
  await failPostgres();
  await live();
}, 90_000);

afterAll(async () => {
  await Promise.all([worker?.kill(), api?.running.kill()]);
  mailServer.close();
  provider.server.close();
});

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The provider, who refuses the first page in words about the customer, then does its work. */
const refuseOrPass: RequestListener = async (request, response) => {
  const body = Buffer.concat(await request.toArray());
  if (request.method === 'POST' && provider.refusals < 1) {
    provider.refusals += 1;
    response.writeHead(400, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error_messages: [`customer_details of ${PERSON} is wrong`] }));
    return;
  }
  const { authorization = '' } = request.headers;
  const answer = await fetch(new URL(request.url!, stack.sandbox.url), {
    method: request.method!,
    headers: { authorization, 'content-type': 'application/json' },
    ...(request.method === 'POST' && { body }),
  });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(await answer.text());
};

/** Orders and tickets fail to be written at first, as a broken uniqueness would have them. */
async function failPostgres(): Promise<void> {
  await stack.pool.query(`
    create sequence failures;
    create function fail() returns trigger language plpgsql as $$
    begin
      if nextval('failures') > tg_argv[0]::int then return new; end if;
      raise unique_violation using message = 'duplicate key of ${PERSON}',
        detail = 'Key (who)=(${PERSON}) already exists.', constraint = 'a_constraint';
    end $$;
    create trigger fail before insert on participants for each row execute function fail(1);
    create trigger fail before insert on tickets for each row execute function fail(4)`);
}

/** A booking that meets every failure: at its order, its page, its ticket and its mails. */
async function live(): Promise<void> {
  const broken = await book();
  expect(broken.status).toBe(500);
  await expectNoWebhook(`{"who": "${PERSON}"}`);
  await expectNoWebhook(JSON.stringify({ order_id: PERSON, signature_key: PERSON }));
  const held = await book();
  expect(held.status).toBe(201);
  const { token, code, paymentUrl } = held.body;
  await until('a page was refused', 20_000, () => provider.refusals > 0);
  // Who waits for a page asks for another one only after a minute: that minute is over.
  await stack.pool.query(`update payments set created_at = created_at - interval '2 minutes'`);
  await until('a page is there in the end', 30_000, async () => {
    await api.call('GET', new URL(paymentUrl).pathname);
    return (await find(token)).payment.state === 'pending';
  });
  await tellOfMoney(code);
  await until('the tickets are issued', 30_000, async () => (await find(token)).tickets.length > 0);
  await until('the mail server refused', 20_000, async () => {
    const { refused } = await one<{ refused: number }>(
      stack.pool,
      `select count(*) as refused from notices where code = $1 and error = 'SMTP_450'`,
      [code],
    );
    return refused > 0;
  });
  const { tickets } = await find(token);
  const page = await one<{ token: string; url: string }>(
    stack.pool,
    `select page_token as token, page_url as url from payments
     where code = $1 and page_url is not null`,
    [code],
  );
  Object.assign(secrets, {
    token,
    'token for paying': new URL(paymentUrl).pathname.split('/').pop()!,
    'page of the provider': page.url,
    'token of the provider': page.token,
    ticket: tickets[0].qr,
    'token of staff': await stack.tokenOf('owner'),
  });
  // Asked with it, the api has had it in hand.
  await api.call('GET', '/api/v1/admin/slamet/bookings', { token: secrets['token of staff']! });
}

function book() {
  const wish = partyWish(1, { date: dayAhead(3) });
  wish.customer = { name: secrets.name!, email: secrets.email!, phone: secrets.phone! };
  wish.participants![0]!.name = secrets['name of a member']!;
  wish.participants![0]!.identityNumber = secrets.passport!;
  return api.call('POST', '/api/v1/businesses/slamet/bookings', { body: wish, key: randomUUID() });
}

const find = async (token: string) => (await api.call('GET', `/api/v1/bookings/${token}`)).body;

async function expectNoWebhook(body: string): Promise<void> {
  expect((await api.call('POST', '/webhooks/midtrans/slamet', { body })).status).toBe(401);
}

/** Settles at the provider, which tells the api that is a process. */
async function tellOfMoney(code: string): Promise<void> {
  const { body } = await stack.sandbox.call('GET', `/control/transactions?ref=${code}`);
  const ref = body.transactions[0].orderId;
  await stack.provider(ref, 'settle', { notify: false });
  const fields = { order_id: ref, status_code: '200', gross_amount: '100000.00' };
  const signed = `${Object.values(fields).join('')}SB-Mid-server-slamet`;
  const told = await api.call('POST', '/webhooks/midtrans/slamet', {
    body: {
      ...fields,
      transaction_id: randomUUID(),
      transaction_status: 'settlement',
      payment_type: 'bank_transfer',
      customer_details: { first_name: secrets.name, email: secrets.email },
      currency: 'IDR',
      signature_key: createHash('sha512').update(signed).digest('hex'),
    },
  });
  expect(told.status).toBe(200);
}

/** Which secrets stand in a text. */
function found(text: string): string[] {
  return Object.keys(secrets).filter((what) => text.includes(secrets[what]!));
}

describe('what people typed, and what lets in', () => {
  it('reaches Temporal neither by a success nor by a failure', async () => {
    const text = await everythingInTemporal(stack.client);
    // The failures are there, in our words.
    expect(text).toContain('a_constraint');
    expect(text).toContain('The payment provider failed');
    expect(text).toContain('Mail failed: SMTP_450');
    expect(found(text)).toEqual([]);
  });

  it('reaches no log, however much is logged', () => {
    const [ofApi, ofWorker] = [api.running.printed(), worker.printed()];
    expect(ofApi).toContain('A request failed');
    expect(ofApi).toContain('A webhook was refused');
    expect(ofWorker).toContain('Mail failed: SMTP_450');
    expect(ofWorker).toContain('a_constraint');
    expect([...found(ofApi), ...found(ofWorker)]).toEqual([]);
  });
});

describe('the search for it', () => {
  const { name, email, phone, passport } = secrets as Record<string, string>;
  it.each([
    ['an argument', { args: [{ note: name }] }, 'name'],
    ['a memo', { memo: { note: email } }, 'email'],
    ['a summary', { staticSummary: `of ${phone}` }, 'phone'],
    ['details', { staticDetails: `of ${passport}` }, 'passport'],
  ])('finds what stands in %s', async (_where, planted, what) => {
    expect(found(await scanOf(planted))).toContain(what);
  });

  it('finds what stands in a search attribute', async () => {
    const { name: attribute } = SEARCH_ATTRIBUTES.code;
    const text = await scanOf({ searchAttributes: { [attribute]: [secrets.email!] } });
    expect(found(text)).toContain('email');
  });

  it('finds what stands in a log', () => {
    expect(found(`{"msg":"sent to ${secrets.email}"}`)).toEqual(['email']);
  });

  /** All that Temporal knows while there is one execution that should not be like this. */
  async function scanOf(planted: object): Promise<string> {
    const planting = await stack.client.workflow.start('booking', {
      taskQueue: 'of-nobody',
      workflowId: randomUUID(),
      ...planted,
    });
    await until('the execution is listed', 10_000, async () => {
      const query = `WorkflowId = '${planting.workflowId}'`;
      return (await stack.client.workflow.count(query)).count > 0;
    });
    const text = await everythingInTemporal(stack.client);
    await planting.terminate();
    return text;
  }
});
