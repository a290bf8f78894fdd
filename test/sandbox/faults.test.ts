import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { basic, order, type Running, signatureOf, startSandbox, until } from './support.ts';

let box: Running;
beforeEach(async () => {
  box = await startSandbox();
});
afterEach(() => box.stop());

const SNAP = '/midtrans/snap/v1/transactions';
const authorized = { authorization: basic('SB-Mid-server-slamet') };

function fault(body: Record<string, unknown>) {
  return box.control('PUT', '/faults', { provider: 'midtrans', ...body });
}

async function settle(id: string): Promise<void> {
  await box.snap(order(id));
  await box.control('POST', `/midtrans/${id}/settle`);
}

async function attemptsOf(id: string) {
  const { body } = await box.control('GET', `/deliveries?ref=${id}`);
  return body as { deliveries: { status: number | null; attempt: number }[]; waiting: unknown[] };
}

test('a dropped webhook counts as failed and comes by the schedule', async () => {
  await fault({ webhook: { drop: 2 }, times: 1 });
  await settle('f-drop');
  await until('the webhook', () => box.receiver.of('f-drop').length === 1);
  const { deliveries } = await attemptsOf('f-drop');
  expect(deliveries.slice(0, 2)).toMatchObject([{ status: null }, { status: null }]);
  await until('its record', async () => (await attemptsOf('f-drop')).deliveries[2]?.status === 200);
});

test('a webhook dropped at every attempt is lost for good', async () => {
  await fault({ webhook: { drop: 100 } });
  await settle('f-lost');
  await until('six attempts', async () => {
    const { deliveries, waiting } = await attemptsOf('f-lost');
    return deliveries.length === 6 && waiting.length === 0;
  });
  expect(box.receiver.of('f-lost')).toHaveLength(0);
});

test('lifting the faults ends the drops that are under way', async () => {
  await box.control('PUT', '/clock', { retryScale: 1 });
  await fault({ webhook: { drop: 100 } });
  await settle('f-lifted');
  await until('a drop', async () => (await attemptsOf('f-lifted')).deliveries.length === 1);
  await box.control('DELETE', '/faults');
  await box.control('PUT', '/clock', { retryScale: 0.00001 });
  await until('the webhook', () => box.receiver.of('f-lifted').length === 1);
});

test('a duplicated webhook comes so many times more, with the same bytes', async () => {
  await fault({ webhook: { duplicate: 2 }, times: 1 });
  await settle('f-dup');
  await until('three', () => box.receiver.of('f-dup').length === 3);
  expect(new Set(box.receiver.of('f-dup').map(({ text }) => text)).size).toBe(1);
});

test('a delayed webhook comes later than the next one', async () => {
  await fault({ webhook: { delayMs: 150 }, times: 1 });
  await settle('f-delay');
  await settle('f-prompt');
  await until('both', () => box.receiver.of('f-delay').length === 1);
  const order = box.receiver.received.map(({ body }) => body.order_id);
  expect(order).toEqual(['f-prompt', 'f-delay']);
});

test('reordered webhooks of an order arrive the other way round', async () => {
  // Held back for fifty minutes at this scale, so that only the next one can release it.
  await box.control('PUT', '/clock', { retryScale: 1 });
  await fault({ webhook: { reorder: true } });
  const { body } = await box.snap(order('f-order'));
  await box.submit(String(body.token), 'method', { method: 'bca_va' });
  await box.control('POST', '/midtrans/f-order/settle');
  await until('both', () => box.receiver.of('f-order').length === 2);
  const states = box.receiver.of('f-order').map((each) => each.body.transaction_status);
  expect(states).toEqual(['settlement', 'pending']);
});

test('a webhook that was held back for another is released when none comes', async () => {
  await fault({ webhook: { reorder: true }, times: 1 });
  await settle('f-alone');
  await until('the webhook', () => box.receiver.of('f-alone').length === 1);
});

test('a bad signature does not hold', async () => {
  await fault({ webhook: { badSignature: true }, times: 1 });
  await settle('f-forged');
  await until('the webhook', () => box.receiver.of('f-forged').length === 1);
  const body = box.receiver.of('f-forged')[0]?.body ?? {};
  expect(body.signature_key).toMatch(/^[0-9a-f]{128}$/);
  expect(body.signature_key).not.toBe(signatureOf(body, 'SB-Mid-server-slamet'));
});

test('a status fault refuses in the shape of each API, so many times', async () => {
  await fault({ api: { status: 503 }, times: 2 });
  const snap = await box.snap(order('f-503'));
  expect(snap.status).toBe(503);
  expect(snap.body.error_messages).toHaveLength(1);
  const core = await box.core('GET', '/f-503/status');
  expect([core.status, core.body.status_code]).toEqual([503, '503']);
  expect((await box.snap(order('f-503'))).status).toBe(201);
});

test('an HTML fault answers 502 with a page that is not JSON', async () => {
  await fault({ api: { html: true }, times: 1 });
  const answer = await box.call('POST', SNAP, { body: order('f-html'), headers: authorized });
  expect(answer.status).toBe(502);
  expect(answer.text).toContain('<html>');
});

test('a slow call is answered after its latency', async () => {
  await fault({ api: { latencyMs: 80 }, times: 1 });
  const before = performance.now();
  expect((await box.snap(order('f-slow'))).status).toBe(201);
  expect(performance.now() - before).toBeGreaterThan(75);
});

test('a call that hangs is never answered', async () => {
  await fault({ api: { hang: true }, times: 1 });
  const call = fetch(`${box.url}${SNAP}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorized },
    body: JSON.stringify(order('f-hang')),
    signal: AbortSignal.timeout(150),
  });
  await expect(call).rejects.toMatchObject({ name: 'TimeoutError' });
  const { body } = await box.control('GET', '/transactions?ref=f-hang');
  expect(body.transactions).toEqual([]);
});

test('a lost response has done its work', async () => {
  await fault({ api: { lostResponse: true }, times: 1 });
  const call = box.snap(order('f-lostanswer'));
  await expect(call).rejects.toThrow('fetch failed');
  const { body } = await box.control('GET', '/transactions?ref=f-lostanswer');
  expect(body.transactions).toHaveLength(1);
});

test('a fault without times stays until it is deleted', async () => {
  await fault({ api: { status: 500 } });
  expect((await box.snap(order('f-stay'))).status).toBe(500);
  expect((await box.snap(order('f-stay'))).status).toBe(500);
  await box.control('DELETE', '/faults');
  expect((await box.snap(order('f-stay'))).status).toBe(201);
});

test('faults of calls and webhooks do not touch the control and the payment page', async () => {
  const { body } = await box.snap(order('f-page'));
  await fault({ api: { status: 500 } });
  expect((await box.page(String(body.token))).status).toBe(200);
  expect((await box.control('GET', '/transactions')).status).toBe(200);
});

test.each([451, 550])('SMTP refuses a message with %i', async (status) => {
  await box.control('PUT', '/faults', { provider: 'smtp', api: { status }, times: 1 });
  const transport = createTransport(box.smtpUrl);
  await expect(transport.sendMail(LETTER)).rejects.toMatchObject({ responseCode: status });
  await transport.sendMail(LETTER);
  const { body } = await box.control('GET', '/mail');
  expect(body.messages).toHaveLength(1);
});

test('SMTP hangs until the sender gives up, and keeps nothing', async () => {
  await box.control('PUT', '/faults', { provider: 'smtp', api: { hang: true }, times: 1 });
  const transport = createTransport({ url: box.smtpUrl, socketTimeout: 150 });
  await expect(transport.sendMail(LETTER)).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  expect((await box.control('GET', '/mail')).body.messages).toEqual([]);
});

test('SMTP keeps a message and loses its answer', async () => {
  await box.control('PUT', '/faults', { provider: 'smtp', api: { lostResponse: true }, times: 1 });
  await expect(createTransport(box.smtpUrl).sendMail(LETTER)).rejects.toThrow();
  expect((await box.control('GET', '/mail')).body.messages).toHaveLength(1);
});

const LETTER = { from: 'a@pesan.example', to: 'b@example.com', subject: 'Halo', text: 'Isi' };
