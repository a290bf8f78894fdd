import { readdirSync } from 'node:fs';
import path from 'node:path';
import { Connection } from '@temporalio/client';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { listBusinesses } from '../db/businesses.ts';
import { listBots } from '../db/chat/bots.ts';
import { checkLedger } from '../db/money/ledger.ts';
import { many, one } from '../db/pool.ts';
import { countOpen } from '../db/upkeep.ts';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import type { Reach } from './reach.ts';
import type { Said } from './usage.ts';

/** One thing that was looked at: how it is, and whether that is well. */
interface Finding {
  what: string;
  well: boolean;
  how: string;
}

/** Looks at everything that Pesan stands on; fails when something is wrong. */
export async function doctor(config: Config, reach: Reach): Promise<Said> {
  const findings = await examine(config, reach);
  const lines = findings.map(({ what, well, how }) => `${well ? 'ok ' : 'BAD'} ${what}: ${how}`);
  if (isDown(findings))
    lines.push('Nothing runs here: run `npm start`, with the same PESAN_DATA_DIR.');
  return { text: lines.join('\n'), ok: findings.every((finding) => finding.well) };
}

function isDown(findings: Finding[]): boolean {
  return ['Postgres', 'api'].every((what) =>
    findings.some((one) => one.what === what && !one.well),
  );
}

/** Changes nothing but the date of the ledger check. */
async function examine(config: Config, reach: Reach): Promise<Finding[]> {
  const looks: [string, () => Promise<string>][] = [
    ['Node', askNode],
    ['Postgres', () => askPostgres(reach)],
    ['schema', () => askSchema(reach)],
    ['Temporal', () => askTemporal(config)],
    ['search attributes', () => askAttributes(config)],
    ['api', () => askHttp(`${config.publicUrl}/readyz`)],
    ['provider', () => askHttp(config.midtrans.coreUrl, true)],
    ['provider (Xendit)', () => askHttp(config.xendit.url, true)],
    ['bots', () => askBots(reach)],
    ['orders', () => askOrders(reach)],
    ['ledger', () => askLedger(reach)],
  ];
  const findings: Finding[] = [];
  for (const [what, look] of looks) {
    findings.push(
      await look().then(
        (how) => ({ what, well: true, how }),
        (error: unknown) => ({ what, well: false, how: wordsOf(error) }),
      ),
    );
  }
  return findings;
}

function wordsOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || 'no answer';
}

async function askNode(): Promise<string> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return process.version;
  throw new Error(`20.19 or newer is needed; this is ${process.version}`);
}

/** Every migration of this code was played, and none that it does not know. */
async function askSchema({ pool }: Reach): Promise<string> {
  const folder = new URL('../db/migrations/', import.meta.url);
  const known = readdirSync(folder).map((file) => path.parse(file).name);
  const played = await many<{ name: string }>(pool, 'select name from migrations order by id');
  const names = played.map(({ name }) => name);
  const missing = known.filter((name) => !names.includes(name));
  const foreign = names.filter((name) => !known.includes(name));
  if (missing.length > 0) throw new Error(`not played: ${missing.join(', ')}; start Pesan once`);
  if (foreign.length > 0) throw new Error(`newer than this code: ${foreign.join(', ')}`);
  return `${names.length} migration(s) played`;
}

async function askPostgres({ pool }: Reach): Promise<string> {
  const sql = `select current_setting('server_version') as version`;
  return (await one<{ version: string }>(pool, sql)).version;
}

function askTemporal(config: Config): Promise<string> {
  return atTemporal(config, async ({ workflowService }, address) => {
    const { serverVersion } = await workflowService.getSystemInfo({});
    return `${serverVersion} at ${address}`;
  });
}

/** Without them no workflow starts. */
function askAttributes(config: Config): Promise<string> {
  return atTemporal(config, async ({ operatorService }) => {
    const namespace = config.temporalNamespace;
    const { customAttributes } = await operatorService.listSearchAttributes({ namespace });
    const wanted = Object.values(SEARCH_ATTRIBUTES).map(({ name }) => name);
    const missing = wanted.filter((name) => customAttributes?.[name] === undefined);
    if (missing.length > 0) throw new Error(`not registered: ${missing.join(', ')}`);
    return `${wanted.length} registered in ${namespace}`;
  });
}

async function atTemporal<T>(
  config: Config,
  ask: (connection: Connection, address: string) => Promise<T>,
): Promise<T> {
  const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`;
  const connection = await Connection.connect({ address, connectTimeout: '5 seconds' });
  try {
    return await ask(connection, address);
  } finally {
    await connection.close();
  }
}

/** Any answer below 500 shows that somebody is there; `anyStatus` for what wants a key. */
async function askHttp(url: string, anyStatus = false): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  if (!anyStatus && !response.ok) {
    const why = (await response.text()).slice(0, 200);
    throw new Error(`${url} answers ${response.status} ${why}`.trim());
  }
  return `${url} answers`;
}

const Hook = z.object({ url: z.string(), last_error_message: z.string().optional() });

/** Telegram sends updates where we think it does, or keeps them for us to ask for. */
async function askBots({ pool, vault, telegram }: Reach): Promise<string> {
  const bots = await listBots(pool, vault);
  const wrong: string[] = [];
  for (const { business, token, webhookUrl } of bots) {
    const told = Hook.parse(await telegram.call(token, 'getWebhookInfo'));
    if (told.url !== (webhookUrl ?? '')) {
      const way = webhookUrl ? `telegram set-webhook --business ${business}` : 'start the api';
      wrong.push(`${business} sends updates to '${told.url}': ${way}`);
    } else if (webhookUrl && told.last_error_message) {
      wrong.push(`${business}'s webhook fails: ${told.last_error_message}`);
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('; '));
  return `${bots.length} reached`;
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
