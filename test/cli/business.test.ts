import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBusinessFrom } from '../../src/cli/business.ts';
import type { Reach } from '../../src/cli/reach.ts';
import { findAccount } from '../../src/db/businesses.ts';
import { one } from '../../src/db/pool.ts';
import { useDatabase } from '../ground/database.ts';

const ground = useDatabase();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'pesan-business-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Adds a business whose file names this account. */
function create(business: string, account: object) {
  const file = path.join(folder, `${business}.json`);
  const spec = {
    ...{ business, name: business, kind: 'permit', timeZone: 'Asia/Jakarta' },
    ...{ email: 'desk@example.com', account, quotas: [{ quotaId: 'q', name: 'Q', capacity: 9 }] },
    offerings: [{ offeringId: 'o', name: 'O', priceIdr: 10_000, quotas: ['q'] }],
  };
  writeFileSync(file, JSON.stringify(spec));
  const reach = { ...ground, publicUrl: 'http://127.0.0.1', now: () => new Date() };
  return createBusinessFrom(reach as unknown as Reach, { file });
}

describe('the account of a business', () => {
  it('at Xendit is a key and a token, both sealed, and what it collects by', async () => {
    const keys = { serverKey: 'xnd_development_bromo', webhookToken: 'token-of-bromo' };
    const said = await create('bromo', { provider: 'xendit', ...keys });
    expect(said.text).toContain('/webhooks/xendit/bromo');
    const account = await findAccount(ground.pool, ground.vault, 'bromo', 'xendit');
    expect(account).toMatchObject({ business: 'bromo', ...keys });
    const row = await one<{ kept: string }>(
      ground.pool,
      `select encode(server_key_sealed || webhook_token_sealed, 'escape') as kept
       from provider_accounts where business_id = 'bromo'`,
      [],
    );
    expect(row.kept).not.toMatch(/bromo/);
  });

  it('at Midtrans has no token', async () => {
    await create('semeru', {
      serverKey: 'SB-Mid-server-semeru',
      clientKey: 'SB-Mid-client-semeru',
    });
    const account = await findAccount(ground.pool, ground.vault, 'semeru', 'midtrans');
    expect(account).not.toHaveProperty('webhookToken');
  });

  it.each([
    [{ provider: 'xendit', serverKey: 'xnd_development_x' }, '/account/webhookToken'],
    [{ provider: 'midtrans', serverKey: 'SB-Mid-server-x' }, '/account/clientKey'],
  ])('%j is not enough', async (account, pointer) => {
    await expect(create('arjuno', account)).rejects.toThrow(pointer);
  });

  it('of the demo is at the provider that it names', async () => {
    const account = await findAccount(ground.pool, ground.vault, 'rafess', 'xendit');
    expect(account?.webhookToken).toBe('xnd-callback-rafess');
  });
});
