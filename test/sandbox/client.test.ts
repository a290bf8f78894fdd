import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bcaCharge, type Json, order, type Running, startSandbox } from './support.ts';

/** What of the published client is used here; it comes without types. */
interface Client {
  apiConfig: { getSnapApiBaseUrl: () => string; getCoreApiBaseUrl: () => string };
  createTransaction(body: Json): Promise<{ token: string; redirect_url: string }>;
  charge(body: Json): Promise<Json>;
  transaction: Record<'status' | 'cancel' | 'expire' | 'approve', (id: string) => Promise<Json>> & {
    refund(id: string, body: Json): Promise<Json>;
  };
}
type ClientClass = new (options: Json) => Client;
const { Snap, CoreApi } = createRequire(import.meta.url)('midtrans-client') as Record<
  'Snap' | 'CoreApi',
  ClientClass
>;

let box: Running;
beforeAll(async () => {
  box = await startSandbox();
});
afterAll(() => box.stop());

function clientOf(Kind: ClientClass, serverKey = 'SB-Mid-server-slamet'): Client {
  const client = new Kind({
    isProduction: false,
    serverKey,
    clientKey: 'SB-Mid-client-slamet',
  });
  client.apiConfig.getSnapApiBaseUrl = () => `${box.url}/midtrans/snap/v1`;
  client.apiConfig.getCoreApiBaseUrl = () => `${box.url}/midtrans`;
  return client;
}

test('the published client creates a page', async () => {
  const page = await clientOf(Snap).createTransaction(order('client-snap'));
  expect(page.redirect_url.endsWith(page.token)).toBe(true);
});

test('the published client sees an error of Snap by its HTTP code', async () => {
  const failed = clientOf(Snap).createTransaction({});
  await expect(failed).rejects.toMatchObject({
    httpStatusCode: 400,
    ApiResponse: { error_messages: expect.any(Array) },
  });
});

test('the published client sees a wrong key', async () => {
  const failed = clientOf(CoreApi, 'wrong').transaction.status('anything');
  await expect(failed).rejects.toMatchObject({ httpStatusCode: 401 });
});

test('the published client charges, reads and cancels with its body null', async () => {
  const core = clientOf(CoreApi);
  const charged = await core.charge(bcaCharge('client-core'));
  expect(await core.transaction.status('client-core')).toMatchObject({
    transaction_id: charged.transaction_id,
    transaction_status: 'pending',
  });
  expect(await core.transaction.cancel('client-core')).toMatchObject({ status_code: '200' });
});

test('the published client takes 407 of an expiry as success', async () => {
  const core = clientOf(CoreApi);
  await core.charge(bcaCharge('client-expire'));
  expect(await core.transaction.expire('client-expire')).toMatchObject({ status_code: '407' });
});

test('the published client sees the codes in bodies as strings', async () => {
  const core = clientOf(CoreApi);
  const unknown = core.transaction.status('client-nobody');
  await expect(unknown).rejects.toMatchObject({ httpStatusCode: '404' });
  await core.charge(bcaCharge('client-412'));
  const approved = core.transaction.approve('client-412');
  await expect(approved).rejects.toMatchObject({ httpStatusCode: '412' });
});

test('the published client refunds', async () => {
  const core = clientOf(CoreApi);
  await core.charge({ ...order('client-refund'), payment_type: 'qris' });
  await box.control('POST', '/midtrans/client-refund/settle', { notify: false });
  const refund = await core.transaction.refund('client-refund', {
    refund_key: 'r',
    amount: 75_000,
  });
  expect(refund).toMatchObject({ transaction_status: 'refund', refund_amount: '75000.00' });
});
