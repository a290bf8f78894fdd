import type { Config } from '../config.ts';
import { DEMO_CHATS } from './demo.ts';
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
    ['Sandbox', sandbox],
    ['Chat with the bots', `${sandbox}/chat`],
    ['Mailbox', `${sandbox}/mail`],
    ['Postgres', database.href],
    ['Logs', `${config.dataDir}/logs`],
  ];
  const signIns = local.signIns.map(({ email, password, role, business }) => [
    `${business} ${role}`,
    `${email}  ${password}`,
  ]);
  return [
    '',
    ...rows(addresses),
    '',
    'Demo sign-ins (for the API: each gives a token)',
    ...rows(signIns),
    ...howToSignIn(config, local),
    '',
    `Demo chats (at ${sandbox}/chat; codes by mail are at ${sandbox}/mail)`,
    ...rows(DEMO_CHATS.map(({ chatId, who }) => [String(chatId), who])),
    '',
  ].join('\n');
}

/** There is no page to sign in on: a line to paste shows how these are used. */
function howToSignIn({ publicUrl }: Config, { signIns }: Local): string[] {
  const [first] = signIns;
  if (!first) return [];
  const body = JSON.stringify({ email: first.email, password: first.password });
  return [
    '',
    `  curl -s ${publicUrl}/api/v1/admin/${first.business}/sign-in \\`,
    `    -H 'Content-Type: application/json' -d '${body}'`,
  ];
}

function rows(pairs: string[][]): string[] {
  const width = Math.max(...pairs.map(([name]) => name!.length));
  return pairs.map(([name, value]) => `  ${name!.padEnd(width)}  ${value}`);
}
