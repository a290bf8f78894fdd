import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Json, order, type Running, startSandbox, until } from './support.ts';

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

const FINISH = 'http://localhost:3000/pay/abc?from=snap';

async function opened(id: string, extra: Json = {}): Promise<string> {
  const callbacks = { finish: FINISH };
  const { body } = await box.snap({ ...order(id), callbacks, ...extra });
  return String(body.token);
}

async function textOf(token: string): Promise<string> {
  return (await box.page(token)).text();
}

test('the page names merchant, amount, order and the time that is left, and is a sandbox', async () => {
  const token = await opened('p-1', { expiry: { duration: 30, unit: 'minutes' } });
  const text = await textOf(token);
  for (const part of ['Slamet', 'Rp 75.000', 'p-1', 'menit lagi', 'SANDBOX']) {
    expect(text).toContain(part);
  }
});

test('the page loads nothing from elsewhere and runs no script', async () => {
  const response = await box.page(await opened('p-csp'));
  const policy = response.headers.get('content-security-policy');
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('script-src');
  expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  expect(await response.text()).not.toContain('<script');
});

test('the page offers only what the merchant enabled', async () => {
  const token = await opened('p-enabled', { enabled_payments: ['bca_va', 'other_qris'] });
  const text = await textOf(token);
  expect([...text.matchAll(/value="(\w+)"/g)].map(([, id]) => id)).toEqual(['bca_va', 'qris']);
  await box.submit(token, 'method', { method: 'gopay' });
  expect((await box.core('GET', '/p-enabled/status')).body.status_code).toBe('404');
});

test('a virtual account is shown with its number, and paying leads back to the merchant', async () => {
  const token = await opened('p-va');
  const chosen = await box.submit(token, 'method', { method: 'bca_va' });
  expect(chosen.status).toBe(303);
  const status = (await box.core('GET', '/p-va/status')).body;
  const [account] = status.va_numbers as { va_number: string }[];
  expect((await textOf(token)).replaceAll(' ', '')).toContain(account?.va_number);
  const paid = await box.submit(token, 'pay');
  const back = new URL(paid.headers.get('location') ?? '');
  expect(back.origin + back.pathname).toBe('http://localhost:3000/pay/abc');
  expect(Object.fromEntries(back.searchParams)).toEqual({
    from: 'snap',
    order_id: 'p-va',
    status_code: '200',
    transaction_status: 'settlement',
  });
  expect(await textOf(token)).toContain('Pembayaran berhasil');
});

test('the same payment sent twice is one settlement', async () => {
  const token = await opened('p-twice');
  await box.submit(token, 'method', { method: 'bni_va' });
  await box.submit(token, 'pay');
  expect((await box.submit(token, 'pay')).status).toBe(303);
  await until('nothing to wait', async () => {
    const { body } = await box.control('GET', '/deliveries?ref=p-twice');
    return (body.waiting as unknown[]).length === 0;
  });
  const settled = box.receiver.of('p-twice').filter(({ body }) => body.status_code === '200');
  expect(settled).toHaveLength(1);
});

test('QRIS shows a picture', async () => {
  const token = await opened('p-qris');
  await box.submit(token, 'method', { method: 'qris' });
  const src = /<img src="([^"]+)"/.exec(await textOf(token))?.[1];
  const response = await fetch(box.url + src);
  expect(response.headers.get('content-type')).toContain('image/png');
});

test('a denied wallet leaves the page open for another method', async () => {
  const token = await opened('p-deny');
  await box.submit(token, 'method', { method: 'gopay' });
  await box.submit(token, 'deny');
  expect(await textOf(token)).toContain('Pembayaran dengan GoPay ditolak.');
  await box.submit(token, 'method', { method: 'bri_va' });
  await box.submit(token, 'pay');
  const { body } = await box.core('GET', '/p-deny/status');
  expect(body).toMatchObject({ transaction_status: 'settlement', payment_type: 'bank_transfer' });
});

const CARD = { number: '4811 1111 1111 1114', expiry: '12/39', cvv: '123' };

test('a good card with the right code is captured', async () => {
  const token = await opened('p-card');
  await box.submit(token, 'card', CARD);
  expect(await textOf(token)).toContain('Verifikasi kartu');
  const paid = await box.submit(token, 'otp', { otp: '112233' });
  expect(paid.headers.get('location')).toContain('transaction_status=capture');
  const { body } = await box.core('GET', '/p-card/status');
  expect(body).toMatchObject({
    transaction_status: 'capture',
    fraud_status: 'accept',
    masked_card: '48111111-1114',
  });
});

test('the bad card is denied, and the good one works on the same page', async () => {
  const token = await opened('p-card-deny');
  await box.submit(token, 'card', { ...CARD, number: '4911111111111113' });
  await box.submit(token, 'otp', { otp: '112233' });
  expect((await box.core('GET', '/p-card-deny/status')).body.transaction_status).toBe('deny');
  expect(await textOf(token)).toContain('ditolak');
  await box.submit(token, 'card', CARD);
  await box.submit(token, 'otp', { otp: '112233' });
  expect((await box.core('GET', '/p-card-deny/status')).body.transaction_status).toBe('capture');
});

test('a wrong code is denied', async () => {
  const token = await opened('p-otp');
  await box.submit(token, 'card', CARD);
  await box.submit(token, 'otp', { otp: '000000' });
  expect((await box.core('GET', '/p-otp/status')).body.transaction_status).toBe('deny');
});

test.each([
  ['an unknown number', { number: '4000000000000002' }],
  ['a card that is over', { expiry: '01/20' }],
  ['a wrong CVV', { cvv: '999' }],
])('%s is told in the form, and nothing is charged', async (what, change) => {
  const id = `p-form-${what.length}`;
  const token = await opened(id);
  const response = await box.submit(token, 'card', { ...CARD, ...change });
  expect(response.status).toBe(422);
  expect(await response.text()).toContain('role="alert"');
  expect((await box.core('GET', `/${id}/status`)).body.status_code).toBe('404');
});

test('another method takes the place of the one that waits', async () => {
  const token = await opened('p-change');
  await box.submit(token, 'method', { method: 'bca_va' });
  await box.submit(token, 'method', { method: 'echannel' });
  const { body } = await box.core('GET', '/p-change/status');
  expect(body).toMatchObject({ payment_type: 'echannel', transaction_status: 'pending' });
});

test('an expired page says so and still lets late money come', async () => {
  const token = await opened('p-expired');
  await box.submit(token, 'method', { method: 'bca_va' });
  await box.core('POST', '/p-expired/expire', null);
  const page = await box.page(token);
  expect(page.status).toBe(410);
  const text = await page.text();
  expect(text).toContain('Waktu pembayaran habis');
  expect(text).toContain('late money');
  await box.submit(token, 'pay');
  expect((await box.core('GET', '/p-expired/status')).body.transaction_status).toBe('settlement');
});

test('an unknown page is a clear 404', async () => {
  const page = await box.page('nothing');
  expect(page.status).toBe(404);
  expect(await page.text()).toContain('Halaman tidak ditemukan');
});

test('what a merchant sends is shown as text', async () => {
  const customer_details = { first_name: '<script>alert(1)</script>', last_name: 'أمين 🏔' };
  const item_details = [{ name: '<b>Izin</b>', price: 75_000, quantity: 1 }];
  const text = await textOf(await opened('p-escape', { customer_details, item_details }));
  expect(text).not.toContain('<script');
  expect(text).toContain('&lt;script>alert(1)');
  expect(text).toContain('&lt;b>Izin');
});
