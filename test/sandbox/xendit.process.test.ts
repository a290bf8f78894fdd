import { expect, test } from 'vitest';
import { end, useProcesses } from './spawned.ts';
import { until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

const { held, start } = useProcesses();

test('invoices, refunds, numbers and webhooks are there again after a hard kill', async () => {
  held.receiver.answerWith(503);
  const first = await start();
  const before = xenditCallerOf(first, held.receiver);
  await first.control('PUT', '/clock', { retryScale: 1 });
  await before.be({ refunds: 'wait', perMinute: 50 });
  const open = await before.create('k-open');
  const ending = await before.create('k-ending', { invoice_duration: 1 });
  const paid = await before.create('k-paid');
  await before.pay('k-paid', { channel: 'DANA' });
  const wish = { invoice_id: paid.id, reason: 'OTHERS' };
  const key = { headers: { 'idempotency-key': 'k' } };
  const refund = await before.api('POST', '/refunds', wish, key);
  const body = new URLSearchParams({ channel: 'BCA' });
  const page = await fetch(`${first.ready.url}/xendit/web/${open.id}/channel`, {
    method: 'POST',
    body,
  });
  const number = /data-copy="(\d{16})"/.exec(await page.text())?.[1];
  await until('a failed webhook', async () => {
    const answer = await first.control('GET', '/deliveries?ref=k-paid');
    return (answer.body.deliveries as unknown[]).length === 1;
  });
  const [told] = before.toldOf(paid);
  await end(first.child, 'SIGKILL');

  held.receiver.answerWith(200);
  const second = await start();
  const after = xenditCallerOf(second, held.receiver);
  expect(await after.get(paid)).toMatchObject({ status: 'PAID', payment_channel: 'DANA' });
  expect((await after.api('POST', '/refunds', wish, key)).body).toEqual(refund.body);
  expect((await second.control('GET', '/xendit/limits')).body).toMatchObject({ perMinute: 50 });
  await after.pay('k-open', { notify: false });
  expect(await after.get(open)).toMatchObject({ payment_destination: number });
  await until('the expiry', async () => (await after.get(ending)).status === 'EXPIRED');
  await second.control('PUT', '/clock', { retryScale: 0.00001 });
  const again = await until('the retry', () => after.toldOf(paid)[1]);
  expect(again.text).toBe(told?.text);
  expect(again.headers['webhook-id']).toBe(told?.headers['webhook-id']);
});
