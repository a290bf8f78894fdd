import type { Config } from '../config.ts';
import type { Local } from './up.ts';

/** What a person needs to begin: every address, and the demo's sign-ins. */
export function tableOf(config: Config, local: Local): string {
  const sandbox = `http://127.0.0.1:${config.sandboxPort}`;
  const database = new URL(local.databaseUrl);
  database.password = '';
  const businesses = [...new Set(local.signIns.map((signIn) => signIn.business))];
  const addresses = [
    ['All businesses', config.publicUrl],
    ...businesses.map((business) => [business, `${config.publicUrl}/${business}`]),
    ['API', `${config.publicUrl}/api/docs`],
    ['Workflows', config.temporalAddress ?? `http://127.0.0.1:${config.temporalUiPort}`],
    ['Sandbox of Midtrans', sandbox],
    ['Mailbox', `${sandbox}/mail`],
    ['Postgres', database.href],
    ['Logs', `${config.dataDir}/logs`],
  ];
  const signIns = local.signIns.map(({ email, password, role, business }) => [
    `${business} ${role}`,
    `${email}  ${password}`,
  ]);
  return ['', ...rows(addresses), '', 'Demo sign-ins', ...rows(signIns), ''].join('\n');
}

function rows(pairs: string[][]): string[] {
  const width = Math.max(...pairs.map(([name]) => name!.length));
  return pairs.map(([name, value]) => `  ${name!.padEnd(width)}  ${value}`);
}
