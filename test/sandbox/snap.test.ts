import { afterAll, beforeAll, expect, test } from 'vitest';
import { bcaCharge, order, type Running, startSandbox, until } from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

const PAID_AND_UTILIZED =
  'transaction_details.order_id has been paid and utilized, please use another order ID';

test('a created page answers 201 with a token of 36 characters and an absolute address', async () => {
  const { status, body } = await box.snap(order('snap-1'));
  expect(status).toBe(201);
  expect(body.token).toMatch(/^[0-9a-f-]{36}$/);
  expect(body.redirect_url).toBe(`${box.url}/midtrans/snap/v3/redirection/${body.token}`);
});

test('a missing order id and amount are told in one list', async () => {
  const { status, body } = await box.snap({});
  expect(status).toBe(400);
  expect(body.error_messages).toEqual([
    'transaction_details.gross_amount is required',
    'transaction_details.gross_amount is not a number',
    'transaction_details.order_id is required',
  ]);
});

test.each([
  ['a fraction of a rupiah', order('snap-bad', 10.5)],
  ['nothing to pay', order('snap-bad', 0)],
  ['an order id of 51 characters', order('x'.repeat(51))],
  ['an order id with a slash', order('a/b')],
  ['no channel that exists', { ...order('snap-bad'), enabled_payments: ['barter'] }],
  ['a finish address that is not one', { ...order('snap-bad'), callbacks: { finish: 'nowhere' } }],
])('%s is refused with 400', async (_what, body) => {
  const answer = await box.snap(body);
  expect(answer.status).toBe(400);
  expect(answer.body.error_messages).toHaveLength(1);
});

test('items that do not sum up to the amount are refused', async () => {
  const items = { item_details: [{ name: 'Izin', price: 25_000, quantity: 2 }] };
  const refused = await box.snap({ ...order('snap-sum', 75_000), ...items });
  expect(refused.status).toBe(400);
  expect(refused.body.error_messages).toEqual([
    'transaction_details.gross_amount is not equal to the sum of item_details',
  ]);
  const discount = { name: 'Potongan', price: -5_000, quantity: 1 };
  const summed = { item_details: [...items.item_details, discount] };
  expect((await box.snap({ ...order('snap-sum', 45_000), ...summed })).status).toBe(201);
});

test('a key that is not a server key is refused with two sentences', async () => {
  const { status, body } = await box.call('POST', '/midtrans/snap/v1/transactions', {
    body: order('snap-401'),
  });
  expect(status).toBe(401);
  expect(body.error_messages).toHaveLength(2);
});

test('malformed JSON is a clear 400 in the shape of Snap', async () => {
  const response = await fetch(`${box.url}/midtrans/snap/v1/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"transaction_details":',
  });
  expect(response.status).toBe(400);
  expect((await response.json()).error_messages).toHaveLength(1);
});

test('the same order id gets a new token while no method was chosen, and the old token dies', async () => {
  const first = await box.snap(order('snap-twice'));
  const second = await box.snap(order('snap-twice'));
  expect(second.status).toBe(201);
  expect(second.body.token).not.toBe(first.body.token);
  const old = await box.page(String(first.body.token));
  expect(old.status).toBe(410);
  expect(await old.text()).toContain('Halaman ini sudah diganti');
  expect((await box.page(String(second.body.token))).status).toBe(200);
});

test('an order id is used once a method was chosen', async () => {
  const { body } = await box.snap(order('snap-chosen'));
  await box.submit(String(body.token), 'method', { method: 'bca_va' });
  const again = await box.snap(order('snap-chosen'));
  expect(again.status).toBe(400);
  expect(again.body.error_messages).toEqual([PAID_AND_UTILIZED]);
});

test('an order id is free again after its transaction expired', async () => {
  await box.snap(order('snap-free'));
  await box.control('POST', '/midtrans/snap-free/expire');
  expect((await box.snap(order('snap-free'))).status).toBe(201);
  const status = await box.core('GET', '/snap-free/status');
  expect(status.body.status_code).toBe('404');
});

test('order ids of two merchants do not meet', async () => {
  await box.snap(order('snap-shared', 10_000));
  await box.snap(order('snap-shared', 20_000), { merchant: 'jiot' });
  const body = { notify: false, merchant: 'slamet' };
  await box.control('POST', '/midtrans/snap-shared/settle', body);
  const mine = await box.core('GET', '/snap-shared/status');
  const theirs = await box.core('GET', '/snap-shared/status', undefined, 'jiot');
  expect(mine.body.gross_amount).toBe('10000.00');
  expect(theirs.body.status_code).toBe('404');
  const byId = await box.core('GET', `/${mine.body.transaction_id}/status`, undefined, 'jiot');
  expect(byId.body.status_code).toBe('404');
});

test('a page is cancelled once, and shows so', async () => {
  const { body } = await box.snap(order('snap-cancel'));
  const path = `/midtrans/snap/v1/transactions/${body.token}/cancel`;
  const init = { headers: { authorization: 'Basic U0ItTWlkLXNlcnZlci1zbGFtZXQ6' } };
  const first = await box.call('POST', path, init);
  expect(first.status).toBe(200);
  expect(Date.parse(String(first.body.canceled_at))).toBeGreaterThan(0);
  const second = await box.call('POST', path, init);
  expect(second.body.error_messages).toEqual(['token already canceled']);
  const page = await box.page(String(body.token));
  expect(page.status).toBe(410);
  expect(await page.text()).toContain('Pembayaran dibatalkan');
});

test('a page on which a method was chosen is not cancelled', async () => {
  const { body } = await box.snap(order('snap-progress'));
  await box.submit(String(body.token), 'method', { method: 'qris' });
  const answer = await box.call('POST', `/midtrans/snap/v1/transactions/${body.token}/cancel`, {
    headers: { authorization: 'Basic U0ItTWlkLXNlcnZlci1zbGFtZXQ6' },
  });
  expect(answer.status).toBe(400);
  expect(answer.body.error_messages).toEqual(['Transaction is on progress']);
});

test.each([
  ['expiry', 4, 'minutes', 400],
  ['expiry', 5, 'minute', 201],
  ['expiry', 7, 'days', 201],
  ['expiry', 8, 'days', 400],
  ['page_expiry', 4, 'minute', 400],
  ['page_expiry', 1, 'hours', 201],
])('%s of %i %s answers %i', async (name, duration, unit, status) => {
  const id = `snap-${name}-${duration}-${unit}`;
  expect((await box.snap({ ...order(id), [name]: { duration, unit } })).status).toBe(status);
});

test('a page whose time is over says so, and no webhook tells of it', async () => {
  const start_time = jakarta(Date.now() - 5 * 60_000 + 1_500);
  const expiry = { start_time, duration: 5, unit: 'minutes' };
  const { body, status } = await box.snap({ ...order('snap-over'), expiry });
  expect(status).toBe(201);
  await until410(String(body.token));
  await box.submit(String(body.token), 'method', { method: 'bca_va' });
  const found = await box.core('GET', '/snap-over/status');
  expect(found.body.status_code).toBe('404');
  expect(box.receiver.of('snap-over')).toHaveLength(0);
});

test('the expiry of the page alone leaves the virtual account a day', async () => {
  const { body } = await box.snap({
    ...order('snap-page-only'),
    page_expiry: { duration: 5, unit: 'minutes' },
  });
  await box.submit(String(body.token), 'method', { method: 'bca_va' });
  const status = await box.core('GET', '/snap-page-only/status');
  expect(lifeOf(status.body)).toBe(24 * 3_600_000);
});

test('expiry is the end of whatever method is chosen', async () => {
  const { body } = await box.snap({
    ...order('snap-both'),
    expiry: { duration: 30, unit: 'minutes' },
  });
  await box.submit(String(body.token), 'method', { method: 'gopay' });
  const status = await box.core('GET', '/snap-both/status');
  expect(Math.abs(lifeOf(status.body) - 30 * 60_000)).toBeLessThanOrEqual(5_000);
});

test('a core charge takes the place of a page on which nothing was chosen', async () => {
  const { body } = await box.snap(order('snap-core'));
  expect((await box.core('POST', '/charge', bcaCharge('snap-core'))).body.status_code).toBe('201');
  expect(await (await box.page(String(body.token))).text()).toContain('BCA Virtual Account');
});

function jakarta(ms: number): string {
  const local = new Date(ms + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
  return `${local} +0700`;
}

function lifeOf(status: Record<string, unknown>): number {
  return Date.parse(String(status.expiry_time)) - Date.parse(String(status.transaction_time));
}

async function until410(token: string): Promise<void> {
  await until('the page to expire', async () => (await box.page(token)).status === 410);
}
