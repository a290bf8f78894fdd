import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { XENDIT_POLICY } from '../../src/sandbox/xendit/policy.ts';
import { type Json, type Running, startSandbox, until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

let box: Running;
let xendit: ReturnType<typeof xenditCallerOf>;
beforeAll(async () => {
  box = await startSandbox();
  xendit = xenditCallerOf(box, box.receiver);
  await xendit.be();
});
afterEach(async () => {
  box.receiver.answerWith(200);
  await box.control('DELETE', '/faults');
  await box.control('PUT', '/clock', { retryScale: 0.00001 });
  await xendit.be();
});
afterAll(() => box.stop());

const fault = (of: Json) => box.control('PUT', '/faults', { provider: 'xendit', ...of });
const deliveriesOf = async (ref: string) =>
  (await box.control('GET', `/deliveries?ref=${ref}`)).body as {
    deliveries: { id: string; attempt: number; status: number | null }[];
    waiting: { attempts: number; dueAt: string }[];
  };

async function told(invoice: Json, times: number) {
  return until(`${times} webhooks`, () => {
    const all = xendit.toldOf(invoice);
    return all.length >= times ? all : undefined;
  });
}

test('the six windows are 15, 45, 120, 180, 360 and 720 minutes after the first try', () => {
  let minutes = 0;
  const windows = [1, 2, 3, 4, 5, 6].map((retry) => {
    minutes += XENDIT_POLICY.waitMs(retry) / 60_000;
    return minutes;
  });
  expect(windows).toEqual([15, 45, 120, 180, 360, 720]);
  expect([200, 204, 299].map(XENDIT_POLICY.retriesAfter)).toEqual([0, 0, 0]);
  expect([null, 301, 401, 404, 500, 503].map(XENDIT_POLICY.retriesAfter)).toEqual([
    6, 6, 6, 6, 6, 6,
  ]);
});

test('who never answers well is told seven times in all, each time the same', async () => {
  box.receiver.answerWith(503);
  const made = await xendit.create('w-seven');
  await xendit.pay('w-seven');
  await until('the end of it', async () => {
    const { deliveries, waiting } = await deliveriesOf('w-seven');
    return deliveries.length === 7 && waiting.length === 0;
  });
  const all = xendit.toldOf(made);
  expect(all).toHaveLength(7);
  expect(new Set(all.map(({ text }) => text)).size).toBe(1);
  expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
});

test.each([1, 2, 3, 4, 5, 6])('a 2xx at retry %i ends it', async (retry) => {
  const made = await xendit.create(`w-window-${retry}`);
  box.receiver.answerBy((res) => {
    res.writeHead(xendit.toldOf(made).length > retry ? 202 : 500).end();
  });
  await xendit.pay(made.id);
  const { deliveries } = await until('the end of it', async () => {
    const seen = await deliveriesOf(`w-window-${retry}`);
    return seen.deliveries.at(-1)?.status === 202 && seen.waiting.length === 0 ? seen : undefined;
  });
  expect(deliveries.map(({ status }) => status)).toEqual([...Array(retry).fill(500), 202]);
});

test('the first retry waits a quarter of an hour by the clock of the provider', async () => {
  await box.control('PUT', '/clock', { retryScale: 1 });
  box.receiver.answerWith(500);
  await xendit.create('w-quarter');
  const before = Date.now();
  await xendit.pay('w-quarter');
  const { waiting } = await until('a failed try', async () => {
    const seen = await deliveriesOf('w-quarter');
    return seen.deliveries.length === 1 && seen.waiting.length === 1 ? seen : undefined;
  });
  const waitMs = Date.parse(waiting[0]!.dueAt) - before;
  expect(waitMs).toBeGreaterThanOrEqual(15 * 60_000);
  expect(waitMs).toBeLessThan(16 * 60_000);
});

test('a duplicated webhook comes again with the same bytes and the same webhook-id', async () => {
  await fault({ webhook: { duplicate: 2 }, times: 1 });
  const made = await xendit.create('w-double');
  await xendit.pay('w-double');
  const all = await told(made, 3);
  expect(new Set(all.map(({ text, headers }) => `${headers['webhook-id']} ${text}`)).size).toBe(1);
});

test('a bad signature is a wrong token over the same body', async () => {
  await fault({ webhook: { badSignature: true }, times: 1 });
  const made = await xendit.create('w-forged');
  await xendit.pay('w-forged');
  const [forged] = await told(made, 1);
  expect(forged?.headers['x-callback-token']).toBe('forged');
  await xendit.pay('w-forged');
  const [, good] = await told(made, 2);
  expect(good?.headers['x-callback-token']).toBe('xnd-callback-rafess');
  expect(good?.text).toBe(forged?.text);
});

test('dropped webhooks come by the schedule of retries', async () => {
  await fault({ webhook: { drop: 2 }, times: 1 });
  const made = await xendit.create('w-dropped');
  await xendit.pay('w-dropped');
  await told(made, 1);
  const { deliveries } = await until('three tries', async () => {
    const seen = await deliveriesOf('w-dropped');
    return seen.deliveries.length === 3 ? seen : undefined;
  });
  expect(deliveries.map(({ status }) => status)).toEqual([null, null, 200]);
});

test('a reordered webhook comes after the next one of its invoice', async () => {
  await fault({ webhook: { reorder: true }, times: 1 });
  const made = await xendit.create('w-order');
  await box.control('POST', '/xendit/w-order/expire');
  await xendit.pay('w-order');
  const all = await told(made, 2);
  expect(all.map(({ body }) => body.status)).toEqual(['PAID', 'EXPIRED']);
});

test('a delivery is sent again as it was', async () => {
  const made = await xendit.create('w-resend');
  await xendit.pay('w-resend');
  await told(made, 1);
  const [first] = await until('its record', async () => {
    const { deliveries } = await deliveriesOf('w-resend');
    return deliveries.length > 0 ? deliveries : undefined;
  });
  const again = await box.control('POST', `/deliveries/${first!.id}/resend`);
  expect(again.body).toMatchObject({ status: 200 });
  const [one, two] = await told(made, 2);
  expect(two?.text).toBe(one?.text);
  expect(two?.headers['webhook-id']).toBe(one?.headers['webhook-id']);
});

test.each([
  [401, 'INVALID_API_KEY'],
  [403, 'REQUEST_FORBIDDEN_ERROR'],
  [404, 'INVOICE_NOT_FOUND_ERROR'],
  [429, 'RATE_LIMIT_EXCEEDED'],
  [500, 'SERVER_ERROR'],
  [503, 'SERVER_ERROR'],
])('a fault %i of the API is refused as %s, and does nothing', async (status, code) => {
  await fault({ api: { status }, times: 1 });
  const wish = { external_id: `w-fault-${status}`, amount: 15_000 };
  const refused = await xendit.api('POST', '/v2/invoices', wish);
  expect([refused.status, refused.body.error_code]).toEqual([status, code]);
  const { body } = await box.control('GET', `/transactions?ref=w-fault-${status}`);
  expect(body.transactions).toEqual([]);
});

test('a lost answer is an invoice that was made', async () => {
  await fault({ api: { lostResponse: true }, times: 1 });
  await expect(xendit.create('w-lost')).rejects.toThrow('fetch failed');
  const { body } = await box.control('GET', '/transactions?ref=w-lost');
  expect(body.transactions).toHaveLength(1);
});

test('an error page of the API is HTML', async () => {
  await fault({ api: { html: true, status: 503 } });
  const made = await xendit.api('POST', '/v2/invoices', { external_id: 'w-html', amount: 15_000 });
  expect(made).toMatchObject({ status: 503, text: expect.stringContaining('<html>') });
});

test('calls are counted by merchant and endpoint, and beyond the limit refused with 429', async () => {
  await xendit.be({ perMinute: 2 });
  const before = (await box.control('GET', '/xendit/calls')).body as { [what: string]: number };
  const merchant = 'often';
  const list = () =>
    fetch(`${box.url}/xendit/v2/invoices`, {
      headers: { authorization: `Basic ${btoa(`xnd_development_${merchant}:`)}` },
    });
  const answers = [await list(), await list(), await list()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  const { body: calls } = await box.control('GET', '/xendit/calls');
  expect(calls).toEqual({ taken: before.taken! + 2, refused: before.refused! + 1 });
  const [, last, refused] = answers;
  expect(last?.headers.get('rate-limit-limit')).toBe('2');
  expect(last?.headers.get('rate-limit-remaining')).toBe('0');
  expect(Number(refused?.headers.get('rate-limit-reset'))).toBeGreaterThan(0);
  expect(await refused?.json()).toMatchObject({ error_code: 'RATE_LIMIT_EXCEEDED' });
  const other = await xendit.api('GET', '/v2/invoices/x', undefined, { merchant });
  expect(other.status).toBe(404);
  expect((await xendit.api('GET', '/v2/invoices', undefined, { merchant: 'seldom' })).status).toBe(
    200,
  );
});
