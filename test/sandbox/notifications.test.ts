import { afterEach, beforeEach, expect, test } from 'vitest';
import { retriesAfter } from '../../src/sandbox/midtrans/policy.ts';
import {
  bcaCharge,
  order,
  type Received,
  type Running,
  signatureOf,
  startReceiver,
  startSandbox,
  until,
} from './support.ts';

let box: Running;
beforeEach(async () => {
  box = await startSandbox();
});
afterEach(() => box.stop());

const SERVER_KEY = 'SB-Mid-server-slamet';

async function notified(id: string, count = 1): Promise<Received[]> {
  await until(`${count} notices of ${id}`, () => box.receiver.of(id).length >= count);
  return box.receiver.of(id);
}

test('a settlement is told to the merchant, signed, by Veritrans', async () => {
  await box.snap(order('n-1'));
  await box.control('POST', '/midtrans/n-1/settle');
  const [notice] = await notified('n-1');
  expect(notice?.path).toBe('/webhooks/midtrans/slamet');
  expect(notice?.headers).toMatchObject({
    'user-agent': 'Veritrans',
    'content-type': 'application/json',
  });
  expect(notice?.body).toMatchObject({
    transaction_status: 'settlement',
    status_code: '200',
    status_message: 'midtrans payment notification',
    payment_type: 'bank_transfer',
    gross_amount: '75000.00',
    va_numbers: [{ bank: 'bca', va_number: expect.any(String) }],
    payment_amounts: [],
    settlement_time: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
  });
  expect(notice?.body.signature_key).toBe(signatureOf(notice?.body ?? {}, SERVER_KEY));
});

test('the signature of the known vector holds', () => {
  const body = { order_id: '1111', status_code: '200', gross_amount: '100000.00' };
  const key = 'askvnoibnosifnboseofinbofinfgbiufglnbfg';
  expect(signatureOf(body, key)).toMatch(/^edc076b21793ebe3e17926350f5b8ae6/);
});

test('choosing a virtual account is told as pending', async () => {
  await box.core('POST', '/charge', bcaCharge('n-pending'));
  const [notice] = await notified('n-pending');
  expect(notice?.body).toMatchObject({ transaction_status: 'pending', status_code: '201' });
  expect(notice?.body.settlement_time).toBeUndefined();
});

test.each([
  ['expire', '407'],
  ['cancel', '200'],
])('%s is told as 202 while status says %s', async (move, code) => {
  await box.snap(order('n-202'));
  await box.control('POST', `/midtrans/n-202/${move}`);
  const [notice] = await notified('n-202');
  expect(notice?.body).toMatchObject({ transaction_status: move, status_code: '202' });
  expect(notice?.body.signature_key).toBe(signatureOf(notice?.body ?? {}, SERVER_KEY));
  expect((await box.core('GET', '/n-202/status')).body.status_code).toBe(code);
});

test('a card payment is told with its masked number, and custom fields come back', async () => {
  await box.snap({ ...order('n-card'), custom_field1: 'rombongan 3' });
  await box.control('POST', '/midtrans/n-card/capture');
  const [notice] = await notified('n-card');
  expect(notice?.body).toMatchObject({
    transaction_status: 'capture',
    fraud_status: 'accept',
    payment_type: 'credit_card',
    masked_card: '48111111-1114',
    custom_field1: 'rombongan 3',
  });
});

test('a transaction expires by itself, and this is told', async () => {
  const custom_expiry = { expiry_duration: 1, unit: 'second' };
  await box.core('POST', '/charge', { ...bcaCharge('n-self'), custom_expiry });
  const notices = await notified('n-self', 2);
  expect(notices[1]?.body).toMatchObject({ transaction_status: 'expire', status_code: '202' });
});

test('X-Override-Notification is told instead, X-Append-Notification besides', async () => {
  const other = await startReceiver();
  const both = { 'x-append-notification': `${other.url}/more` };
  await box.snap(order('n-append'), { headers: both });
  await box.control('POST', '/midtrans/n-append/settle');
  await notified('n-append');
  await until('the appended address', () => other.of('n-append').length === 1);

  const override = `${other.url}/a,${other.url}/b,${other.url}/c,${other.url}/d`;
  await box.snap(order('n-over'), { headers: { ...both, 'x-override-notification': override } });
  await box.control('POST', '/midtrans/n-over/settle');
  await until('three addresses', () => other.of('n-over').length === 3);
  expect(
    other
      .of('n-over')
      .map(({ path }) => path)
      .sort(),
  ).toEqual(['/a', '/b', '/c']);
  expect(box.receiver.of('n-over')).toHaveLength(0);
  await other.close();
});

test.each([
  [200, 0],
  [204, 0],
  [301, 0],
  [302, 0],
  [303, 0],
  [400, 2],
  [404, 2],
  [500, 1],
  [503, 4],
  [401, 5],
  [403, 5],
  [502, 5],
  [null, 5],
])('after an answer of %s there are %i retries', (status, retries) => {
  expect(retriesAfter(status)).toBe(retries);
});

test.each([
  [500, 2],
  [404, 3],
  [503, 5],
  [401, 6],
  [302, 1],
])(
  'a receiver that always answers %i is called %i times with the same bytes',
  async (status, calls) => {
    box.receiver.answerWith(status, { location: '/elsewhere' });
    await box.snap(order('n-retry'));
    await box.control('POST', '/midtrans/n-retry/settle');
    const notices = await notified('n-retry', calls);
    expect(new Set(notices.map(({ text }) => text)).size).toBe(1);
    await until('nothing to wait', async () => (await waitingOf('n-retry')).length === 0);
    const rows = await deliveriesOf('n-retry');
    expect(rows.map(({ attempt }) => attempt)).toEqual(
      Array.from({ length: calls }, (_, i) => i + 1),
    );
    expect(box.receiver.of('n-retry')).toHaveLength(calls);
  },
);

test('the last answer decides how often: 503 twice, then 200, ends it', async () => {
  let calls = 0;
  box.receiver.answerBy((res) => {
    calls += 1;
    res.writeHead(calls < 3 ? 503 : 200).end('{}');
  });
  await box.snap(order('n-heals'));
  await box.control('POST', '/midtrans/n-heals/settle');
  await until('the third attempt', async () => (await deliveriesOf('n-heals')).length === 3);
  expect((await deliveriesOf('n-heals')).map(({ status }) => status)).toEqual([503, 503, 200]);
});

test('307 is followed with POST', async () => {
  box.receiver.answerBy((res, path) =>
    path === '/moved' ? res.end('{}') : res.writeHead(307, { location: '/moved' }).end(),
  );
  await box.snap(order('n-307'));
  await box.control('POST', '/midtrans/n-307/settle');
  const notices = await notified('n-307', 2);
  expect(notices.map(({ path }) => path)).toEqual(['/webhooks/midtrans/slamet', '/moved']);
  expect(notices[1]?.text).toBe(notices[0]?.text);
});

test('the first retry is due within two minutes of the provider, and the clock can be sped up', async () => {
  await box.control('PUT', '/clock', { retryScale: 1 });
  box.receiver.answerWith(503);
  await box.snap(order('n-slow'));
  await box.control('POST', '/midtrans/n-slow/settle');
  const [next] = await until('a first retry to wait', async () => {
    const rows = await waitingOf('n-slow');
    return rows[0]?.attempts === 1 ? rows : undefined;
  });
  const inSeconds = (Date.parse(next?.dueAt ?? '') - Date.now()) / 1_000;
  expect(inSeconds).toBeGreaterThan(30);
  expect(inSeconds).toBeLessThanOrEqual(120);
  await box.control('PUT', '/clock', { retryScale: 0.00001 });
  await notified('n-slow', 5);
});

test('a webhook that is being answered is not sent again when the clock changes', async () => {
  const answers: (() => void)[] = [];
  box.receiver.answerBy((res) => answers.push(() => res.end('{}')));
  await box.snap(order('n-flight'));
  await box.control('POST', '/midtrans/n-flight/settle');
  await until('the call', () => answers.length === 1);
  await box.control('PUT', '/clock', { retryScale: 0.00002 });
  answers[0]?.();
  await until('its record', async () => (await deliveriesOf('n-flight')).length === 1);
  expect(await waitingOf('n-flight')).toEqual([]);
  expect(box.receiver.of('n-flight')).toHaveLength(1);
});

test('a delivery is sent again with the same bytes on demand', async () => {
  await box.snap(order('n-resend'));
  await box.control('POST', '/midtrans/n-resend/settle');
  const row = await until('the record', async () => (await deliveriesOf('n-resend'))[0]);
  expect(row).toMatchObject({ provider: 'midtrans', ref: 'n-resend', attempt: 1, status: 200 });
  expect(row.url).toBe(`${box.receiver.url}/webhooks/midtrans/slamet`);
  const again = await box.control('POST', `/deliveries/${row.id}/resend`);
  expect(again.body).toEqual({ status: 200, answer: '{"ok":true}' });
  const [first, second] = box.receiver.of('n-resend');
  expect(second?.text).toBe(first?.text);
});

async function waitingOf(ref: string) {
  const { body } = await box.control('GET', `/deliveries?ref=${ref}`);
  return body.waiting as { attempts: number; dueAt: string }[];
}

async function deliveriesOf(ref: string) {
  const { body } = await box.control('GET', `/deliveries?ref=${ref}`);
  return body.deliveries as { id: string; attempt: number; status: number | null; url: string }[];
}
