import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createBusiness } from '../src/commands/business.ts';
import { readConfig } from '../src/config.ts';
import { createPool, type Pool } from '../src/db/pool.ts';
import { createVault } from '../src/db/vault.ts';
import { sandboxAccount } from '../src/local/demo.ts';
import { freePort, freeSandboxPort } from '../src/local/ports.ts';
import { bringUp } from '../src/local/up.ts';

/** What everything of a run is sealed with. */
export const BENCH_SECRET = 'a-secret-for-the-benchmark-0123456789abcdef';

export interface Ground {
  url: string;
  sandboxUrl: string;
  databaseUrl: string;
  temporalAddress: string;
  pool: Pool;
  close(): Promise<void>;
}

/** All of Pesan as `npm start` runs it, on free ports and in a folder that goes with it. */
export async function startGround(): Promise<Ground> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'pesan-bench-'));
  const ports = await freePorts();
  const limits = { PESAN_BOOKINGS_PER_MINUTE: '10000000', PESAN_LOG_LEVEL: 'warn' };
  // The children of `bringUp` inherit what is not its own.
  Object.assign(process.env, limits);
  const secret = BENCH_SECRET;
  const config = readConfig({ ...ports, ...limits, PESAN_DATA_DIR: dataDir, PESAN_SECRET: secret });
  mkdirSync(path.join(dataDir, 'logs'));
  const local = await bringUp(config, () => undefined);
  const pool = createPool(local.databaseUrl, 10);
  await makeBusiness(pool, secret);
  return {
    url: `http://127.0.0.1:${config.port}`,
    sandboxUrl: `http://127.0.0.1:${config.sandboxPort}`,
    databaseUrl: local.databaseUrl,
    temporalAddress: local.temporalAddress,
    pool,
    close: async () => {
      await pool.end();
      await local.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function freePorts(): Promise<Record<string, string>> {
  const ports: Record<string, string> = { SANDBOX_PORT: String(await freeSandboxPort()) };
  for (const name of ['PORT', 'TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'POSTGRES_PORT']) {
    ports[name] = String(await freePort());
  }
  return ports;
}

/** A trail with room for 20,000 a day, and one that is full. */
async function makeBusiness(pool: Pool, secret: string): Promise<void> {
  const trail = (offeringId: string) => ({
    offeringId,
    name: offeringId,
    about: '',
    priceIdr: 25_000,
    quotas: [offeringId],
  });
  await createBusiness(
    { pool, vault: createVault(secret), now: () => new Date() },
    {
      business: 'bench',
      name: 'Bench',
      about: '',
      kind: 'permit',
      timeZone: 'Asia/Jakarta',
      email: 'bench@example.com',
      phone: '',
      // Nothing that was held ends, or is reminded of its end, while something else is measured.
      rules: { holdMinutes: 1_440 },
      account: sandboxAccount('bench'),
      quotas: [
        { quotaId: 'wide', name: 'Wide', capacity: 20_000, hours: null },
        { quotaId: 'full', name: 'Full', capacity: 0, hours: null },
      ],
      offerings: [trail('wide'), trail('full')],
    },
  );
}
