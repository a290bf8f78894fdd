import { Connection } from '@temporalio/client';
import type { Config } from '../config.ts';
import { listBusinesses } from '../db/businesses.ts';
import { checkLedger } from '../db/ledger.ts';
import { one } from '../db/pool.ts';
import { countOpen } from '../db/upkeep.ts';
import type { Reach } from './reach.ts';

/** One thing that was looked at: how it is, and whether that is well. */
export interface Finding {
  what: string;
  well: boolean;
  how: string;
}

/** Looks at everything that Pesan stands on. Changes nothing but the date of the ledger check. */
export async function examine(config: Config, reach: Reach): Promise<Finding[]> {
  const looks: [string, () => Promise<string>][] = [
    ['Node', async () => process.version],
    ['Postgres', () => askPostgres(reach)],
    ['Temporal', () => askTemporal(config)],
    ['api', () => askHttp(`${config.publicUrl}/readyz`)],
    ['provider', () => askHttp(config.midtrans.coreUrl, true)],
    ['orders', () => askOrders(reach)],
    ['ledger', () => askLedger(reach)],
  ];
  const findings: Finding[] = [];
  for (const [what, look] of looks) {
    findings.push(
      await look().then(
        (how) => ({ what, well: true, how }),
        (error: Error) => ({ what, well: false, how: error.message }),
      ),
    );
  }
  return findings;
}

async function askPostgres({ pool }: Reach): Promise<string> {
  const sql = `select current_setting('server_version') as version`;
  return (await one<{ version: string }>(pool, sql)).version;
}

async function askTemporal(config: Config): Promise<string> {
  const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`;
  const connection = await Connection.connect({ address, connectTimeout: '5 seconds' });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  await connection.close();
  return `${serverVersion} at ${address}`;
}

/** Any answer below 500 shows that somebody is there; `anyStatus` for what wants a key. */
async function askHttp(url: string, anyStatus = false): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!anyStatus && !response.ok) throw new Error(`${url} answers ${response.status}`);
  return `${url} answers`;
}

async function askOrders({ pool }: Reach): Promise<string> {
  const counts = await countOpen(pool);
  const words = Object.entries(counts)
    .map(([what, count]) => `${what} ${count}`)
    .join(', ');
  if (counts.overdue > 0 || counts.deadEvents > 0) throw new Error(words);
  return words;
}

async function askLedger(reach: Reach): Promise<string> {
  const wrong: string[] = [];
  for (const { business } of await listBusinesses(reach.pool)) {
    const { differences } = await checkLedger(reach.pool, business, reach.now());
    wrong.push(...differences.map((d) => `${business} ${d.what} ${d.subject}`));
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return 'no differences';
}
