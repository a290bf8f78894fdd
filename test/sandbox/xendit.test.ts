import { afterAll, beforeAll, expect, test } from 'vitest';
import { Invoice } from 'xendit-node';
import { basic, type Running, startSandbox, until } from './support.ts';
import { xenditCallerOf } from './xendit.ts';

let box: Running;
let xendit: ReturnType<typeof xenditCallerOf>;
beforeAll(async () => {
  box = await startSandbox();
  xendit = xenditCallerOf(box, box.receiver);
});
afterAll(() => box.stop());

const clientOf = (merchant = 'rafess') =>
  new Invoice({ secretKey: `xnd_development_${merchant}`, xenditURL: `${box.url}/xendit` });

test('the published client creates, reads, lists and expires an invoice', async () => {
  const client = clientOf();
  const data = {
    externalId: 'client-1',
    amount: 15_000,
    description: 'Langganan mingguan',
    payerEmail: 'sari@example.com',
    successRedirectUrl: 'http://localhost:3000/done',
    items: [{ name: 'Mingguan', price: 15_000, quantity: 1 }],
    metadata: { base: '@demo_base' },
  };
  const made = await client.createInvoice({ data: { ...data, invoiceDuration: 3_600 } });
  expect(made).toMatchObject({ ...data, status: 'PENDING' });
  expect(made.id).toMatch(/^[0-9a-f]{24}$/);
  expect(made.expiryDate.getTime() - made.created.getTime()).toBe(3_600_000);
  expect(made.invoiceUrl).toBe(`${box.url}/xendit/web/${made.id}`);
  expect(await client.getInvoiceById({ invoiceId: made.id! })).toEqual(made);
  const asked = { externalId: 'client-1', statuses: ['PENDING' as const, 'PAID' as const] };
  expect(await client.getInvoices({ ...asked, limit: 5, createdAfter: new Date(0) })).toEqual([
    made,
  ]);
  const expired = await client.expireInvoice({ invoiceId: made.id! });
  expect(expired.status).toBe('EXPIRED');
  expect(await client.getInvoices(asked)).toEqual([]);
});

test('an invoice is answered with every list that the published client reads', async () => {
  const made = await xendit.create('lists', { payment_methods: ['BCA', 'QRIS', 'ALFAMART'] });
  expect(made).toMatchObject({
    available_banks: [
      {
        bank_code: 'BCA',
        collection_type: 'POOL',
        transfer_amount: 15_000,
        bank_branch: 'Virtual Account',
        account_holder_name: 'RAFESS',
        identity_amount: 0,
      },
    ],
    available_retail_outlets: [{ retail_outlet_name: 'ALFAMART' }],
    available_ewallets: [],
    available_qr_codes: [{ qr_code_type: 'QRIS' }],
    available_direct_debits: [],
    available_paylaters: [],
    should_exclude_credit_card: true,
    currency: 'IDR',
    merchant_name: 'Rafess',
  });
});

test('the same external id twice is two invoices', async () => {
  const [first, second] = [await xendit.create('twice'), await xendit.create('twice')];
  expect(first.id).not.toBe(second.id);
  const { text } = await xendit.api('GET', '/v2/invoices?external_id=twice');
  expect(JSON.parse(text).map(({ id }: { id: string }) => id)).toEqual([second.id, first.id]);
});

test('a list goes on after the last invoice that was seen', async () => {
  const made = [];
  for (const n of [1, 2, 3]) made.unshift(await xendit.create('paged', { description: String(n) }));
  const page = async (query: string) =>
    JSON.parse((await xendit.api('GET', `/v2/invoices?external_id=paged&${query}`)).text);
  expect(await page('limit=2')).toEqual(made.slice(0, 2));
  expect(await page(`limit=2&last_invoice=${made[1]?.id}`)).toEqual(made.slice(2));
  expect((await xendit.api('GET', '/v2/invoices?limit=0')).body.error_code).toBe(
    'API_VALIDATION_ERROR',
  );
});

test.each([
  ['nothing', '', undefined],
  ['another service', basic('SB-Mid-server-rafess'), undefined],
  ['a password', `Basic ${Buffer.from('xnd_development_rafess:x').toString('base64')}`, undefined],
])('a key that is %s is 401 INVALID_API_KEY', async (_what, authorization) => {
  const { status, body } = await box.call('GET', '/xendit/v2/invoices', {
    headers: { authorization },
  });
  expect([status, body.error_code]).toEqual([401, 'INVALID_API_KEY']);
});

test("another merchant's invoice is not there", async () => {
  const made = await xendit.create('mine');
  const other = await xendit.api('GET', `/v2/invoices/${made.id}`, undefined, { merchant: 'jiot' });
  expect(other).toMatchObject({ status: 404, body: { error_code: 'INVOICE_NOT_FOUND_ERROR' } });
  await expect(
    clientOf('jiot').expireInvoice({ invoiceId: String(made.id) }),
  ).rejects.toMatchObject({
    status: 404,
    errorCode: 'INVOICE_NOT_FOUND_ERROR',
  });
  expect((await xendit.get(made)).status).toBe('PENDING');
});

test.each([
  [{ amount: 0 }, 'API_VALIDATION_ERROR'],
  [{ amount: -5_000 }, 'API_VALIDATION_ERROR'],
  [{ amount: 15_000.5 }, 'API_VALIDATION_ERROR'],
  [{ amount: '15000' }, 'API_VALIDATION_ERROR'],
  [{ external_id: undefined }, 'API_VALIDATION_ERROR'],
  [{ success_redirect_url: 'javascript:alert(1)' }, 'API_VALIDATION_ERROR'],
  [{ amount: 999 }, 'MINIMAL_TRANSFER_AMOUNT_ERROR'],
  [{ amount: 2_000_000_000 }, 'MAXIMUM_TRANSFER_AMOUNT_ERROR'],
  [{ payer_email: 'sari' }, 'EMAIL_FORMAT_ERROR'],
  [{ currency: 'PHP' }, 'UNSUPPORTED_CURRENCY'],
  [{ payment_methods: ['BCA', 'BANK_OF_NOWHERE'] }, 'UNAVAILABLE_PAYMENT_METHOD_ERROR'],
  [{ reminder_time: 99, reminder_time_unit: 'days' }, 'INVALID_REMINDER_TIME'],
])('a wish with %j is refused as %s', async (wrong, code) => {
  const wish = { external_id: 'refused', amount: 15_000, ...wrong };
  const { status, body } = await xendit.api('POST', '/v2/invoices/', wish);
  expect([status, body.error_code]).toEqual([400, code]);
  expect(body.message).toEqual(expect.any(String));
  expect(body.errors !== undefined).toBe(code === 'API_VALIDATION_ERROR');
});

test('a validation error names every field that is wrong', async () => {
  const { body } = await xendit.api('POST', '/v2/invoices', { amount: 'much' });
  const fields = (body.errors as { field: string }[]).map(({ field }) => field);
  expect(fields).toEqual(['external_id', 'amount']);
});

test('a body that is no JSON is refused in the shape of Xendit', async () => {
  const response = await fetch(`${box.url}/xendit/v2/invoices`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: basic('xnd_development_rafess') },
    body: '{"external_id":',
  });
  expect(response.status).toBe(400);
  expect((await response.json()).error_code).toBe('INVALID_JSON_FORMAT');
});

test('an invoice lives a day when nobody says otherwise', async () => {
  const { created, expiry_date } = await xendit.create('a-day');
  expect(Date.parse(String(expiry_date)) - Date.parse(String(created))).toBe(86_400_000);
});

test('an invoice expires by itself when its time is over, and says so', async () => {
  const made = await xendit.create('expires', { invoice_duration: 1 });
  const told = await until('the webhook', () => xendit.toldOf(made)[0]);
  expect(told).toMatchObject({
    path: '/webhooks/xendit/rafess',
    headers: { 'x-callback-token': 'xnd-callback-rafess', 'webhook-id': expect.any(String) },
    body: { id: made.id, external_id: 'expires', status: 'EXPIRED', amount: 15_000 },
  });
  expect((await xendit.get(made)).status).toBe('EXPIRED');
  const again = await xendit.api('POST', `/invoices/${made.id}/expire!`);
  expect(again.status).toBe(404);
  expect(again.body.message).toContain('Could not find and update PENDING invoice');
});
