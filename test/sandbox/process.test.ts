import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { expect, test } from 'vitest';
import { end, useProcesses } from './spawned.ts';
import { bcaCharge, order, until } from './support.ts';

const { held, run, start } = useProcesses();

test('everything is there again after a hard kill, and what waited goes on', async () => {
  // One webhook fails, another is still being answered when the process dies.
  held.receiver.answerBy((res, path) => path === '/slow' || res.writeHead(503).end());
  const first = await start();
  await first.control('PUT', '/clock', { retryScale: 1 });
  const page = await first.snap(order('r-page'));
  await first.snap(order('r-paid'));
  await first.control('POST', '/midtrans/r-paid/settle');
  const slow = { 'x-override-notification': `${held.receiver.url}/slow` };
  await first.snap(order('r-flight'), { headers: slow });
  await first.control('POST', '/midtrans/r-flight/settle');
  await until('a webhook under way', () => held.receiver.of('r-flight').length === 1);
  const custom_expiry = { expiry_duration: 1, unit: 'second' };
  await first.core('POST', '/charge', { ...bcaCharge('r-expires'), custom_expiry });
  await createTransport(first.ready.smtpUrl).sendMail({
    from: 'a@pesan.example',
    to: 'b@example.com',
    subject: 'Bertahan',
    attachments: [{ filename: 'a.txt', content: 'isi' }],
  });
  await first.control('PUT', '/faults', { provider: 'smtp', api: { status: 451 } });
  await until('a failed delivery', () => held.receiver.of('r-paid').length === 1);
  await until('its record', async () => {
    const { body } = await first.control('GET', '/deliveries?ref=r-paid');
    return (body.deliveries as unknown[]).length === 1;
  });
  await end(first.child, 'SIGKILL');
  // The line that a kill can leave behind.
  appendFileSync(join(held.dataDir, 'journal.jsonl'), '["midtrans.orders","slamet/torn",{"mer');

  held.receiver.answerWith(200);
  const second = await start();
  await until('the webhook that was under way', () => held.receiver.of('r-flight').length === 2);
  expect((await second.page(String(page.body.token))).status).toBe(200);
  expect((await second.core('GET', '/r-paid/status')).body.transaction_status).toBe('settlement');
  const mail = (await second.control('GET', '/mail')).body.messages as { id: string }[];
  expect(mail).toMatchObject([{ subject: 'Bertahan', attachments: [{ size: 3 }] }]);
  const file = await fetch(`${second.ready.url}/mail/${mail[0]?.id}/attachments/0`);
  expect(await file.text()).toBe('isi');
  expect((await second.control('GET', '/clock')).body.retryScale).toBe(1);
  expect((await second.control('GET', '/faults')).body.faults).toHaveLength(1);

  await until('the expiry', async () => {
    const { body } = await second.core('GET', '/r-expires/status');
    return body.transaction_status === 'expire';
  });
  const [sent] = held.receiver.of('r-paid');
  await second.control('PUT', '/clock', { retryScale: 0.00001 });
  await until('the retry', () => held.receiver.of('r-paid').length === 2);
  expect(held.receiver.of('r-paid')[1]?.text).toBe(sent?.text);
});

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it at once and cleanly', async (signal) => {
  const { child, snap } = await start();
  await snap(order('r-open'));
  const before = performance.now();
  expect(await end(child, signal)).toBe(0);
  expect(performance.now() - before).toBeLessThan(1_500);
});

test('a taken port is one clear line and exit 1, and the data of the other is left alone', async () => {
  const { ready, snap, control } = await start();
  const http = new URL(ready.url).port;
  const smtp = new URL(ready.smtpUrl).port;
  const data = ['--data', held.dataDir];
  const [first, second, wrong] = await Promise.all([
    finished('--port', http, '--smtp-port', '0', ...data),
    finished('--port', '0', '--smtp-port', smtp, ...data),
    finished('--port', 'many', ...data),
  ]);
  const taken = (port: string, flag: string) =>
    `Port ${port} is taken; stop what uses it or choose another with ${flag}.\n`;
  expect(first).toEqual({ code: 1, stdout: '', stderr: taken(http, '--port') });
  expect(second).toEqual({ code: 1, stdout: '', stderr: taken(smtp, '--smtp-port') });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--port wants a port') });
  await snap(order('r-still'));
  expect((await control('GET', '/transactions')).body.transactions).toHaveLength(1);
});

async function finished(...args: string[]) {
  const { child, output } = run(...args);
  await once(child, 'close');
  return { code: child.exitCode, ...output };
}
