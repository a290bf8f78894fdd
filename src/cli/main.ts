import { parseArgs } from 'node:util';
import { syncPayments } from '../commands/sync.ts';
import { redriveEvent } from '../commands/webhook.ts';
import { createToken, ROLES, type Role } from '../db/access.ts';
import { audit } from '../db/audit.ts';
import { getBusiness, listBusinesses } from '../db/businesses.ts';
import { listEvents } from '../db/events.ts';
import { readFacts } from '../db/facts.ts';
import { maybeOne } from '../db/pool.ts';
import { readStory } from '../db/story.ts';
import { DomainError } from '../domain/errors.ts';
import { createBusinessFrom } from './business.ts';
import { examine } from './doctor.ts';
import { findInstance } from './instance.ts';
import { createReach, type Reach } from './reach.ts';
import { replayHistory } from './replay.ts';

const USAGE = `npm run pesan -- …
  token create --business B --role ${ROLES.join('|')} [--label WORDS]
  business create --file FILE           adds a business (docs/operations.md has an example)
  payments sync [--business B] [--code C]
  events redrive [--business B] [--id N]   all dead ones, or one
  booking show CODE
  replay FILE                           a history against today's workflow code
  doctor                                looks at everything Pesan stands on`;

/** A wrong way to call: exit 2, with the usage. */
class Usage extends Error {}

interface Flags {
  business?: string | undefined;
  role?: string | undefined;
  label?: string | undefined;
  file?: string | undefined;
  code?: string | undefined;
  id?: string | undefined;
}

type Command = (reach: Reach, flags: Flags, rest: string[]) => Promise<string>;

const COMMANDS: Record<string, Command> = {
  'token create': tokenCreate,
  'business create': (reach, { file }) => createBusinessFrom(reach, wanted(file, '--file')),
  'payments sync': paymentsSync,
  'events redrive': eventsRedrive,
  'booking show': bookingShow,
  doctor,
};

process.exit(await main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  try {
    const { flags, words } = readArgs(args);
    if (words[0] === 'replay') return await replay(words[1]);
    const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((known) => known in COMMANDS);
    if (!name) throw new Usage(words.length ? `There is no command "${words.join(' ')}".` : '');
    const reach = createReach(findInstance());
    try {
      const rest = words.slice(name.split(' ').length);
      console.log(await COMMANDS[name]!(reach, flags, rest));
    } finally {
      await reach.close();
    }
    return 0;
  } catch (error) {
    return complain(error);
  }
}

function readArgs(args: string[]): { flags: Flags; words: string[] } {
  const string = { type: 'string' } as const;
  const options = {
    business: string,
    role: string,
    label: string,
    file: string,
    code: string,
    id: string,
  };
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return { flags: values, words: positionals };
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

function complain(error: unknown): number {
  if (error instanceof Usage) {
    console.error([error.message, USAGE].filter(Boolean).join('\n\n'));
    return 2;
  }
  const faults = error instanceof DomainError ? error.errors.map((fault) => fault.message) : [];
  console.error([(error as Error).message, ...faults].join('\n'));
  return 1;
}

function wanted(value: string | undefined, flag: string): string {
  if (!value) throw new Usage(`${flag} is needed.`);
  return value;
}

async function tokenCreate(reach: Reach, flags: Flags): Promise<string> {
  const business = wanted(flags.business, '--business');
  const role = wanted(flags.role, '--role') as Role;
  if (!ROLES.includes(role)) throw new Usage(`--role is one of ${ROLES.join(', ')}.`);
  await getBusiness(reach.pool, business);
  const token = await createToken(reach.pool, business, role, flags.label ?? 'command line');
  await audit(reach.pool, business, 'cli', 'token.create', role);
  return token;
}

async function paymentsSync(reach: Reach, { business, code }: Flags): Promise<string> {
  const lines: string[] = [];
  for (const name of await businessesOf(reach, business)) {
    const { checked, changed } = await syncPayments(reach, name, code?.toUpperCase());
    lines.push(`${name}: ${checked} checked, ${changed.length} changed`);
    lines.push(...changed.map((one) => `  ${one.code}: ${one.from} → ${one.to}`));
  }
  return lines.join('\n');
}

async function businessesOf(reach: Reach, only: string | undefined): Promise<string[]> {
  if (only) return [(await getBusiness(reach.pool, only)).business];
  const all = await listBusinesses(reach.pool);
  // Plans are paid through another provider.
  return all.filter((business) => business.kind !== 'plan').map((business) => business.business);
}

async function eventsRedrive(reach: Reach, { business, id }: Flags): Promise<string> {
  const lines: string[] = [];
  for (const name of await businessesOf(reach, business)) {
    const dead = await listEvents(reach.pool, name, { state: 'dead' }, 500);
    const ids = id ? [Number(id)] : dead.map((event) => event.eventId);
    for (const eventId of ids) {
      const event = await redriveEvent(reach, name, eventId);
      if (event) lines.push(`${name} ${eventId} ${event.ref}: ${event.state}`);
    }
  }
  return lines.join('\n') || 'Nothing to drive again.';
}

async function bookingShow(reach: Reach, _flags: Flags, [code]: string[]): Promise<string> {
  const wantedCode = wanted(code, 'CODE').toUpperCase();
  const ref = await maybeOne<{ business: string; code: string }>(
    reach.pool,
    'select business_id as business, code from orders where code = $1',
    [wantedCode],
  );
  const facts = ref && (await readFacts(reach.pool, reach, ref));
  if (!ref || !facts) throw new Error(`There is no booking ${wantedCode}.`);
  const {
    customer: _,
    tickets: __,
    statusUrl: ___,
    paymentUrl: ____,
    ticketsUrl: _____,
    ...shown
  } = facts;
  return JSON.stringify({ ...shown, story: await readStory(reach.pool, ref) }, null, 2);
}

async function replay(file: string | undefined): Promise<number> {
  await replayHistory(wanted(file, 'FILE'));
  console.log('The history replays.');
  return 0;
}

async function doctor(reach: Reach): Promise<string> {
  const findings = await examine(findInstance(), reach);
  const lines = findings.map(({ what, well, how }) => `${well ? 'ok ' : 'BAD'} ${what}: ${how}`);
  if (findings.every((finding) => finding.well)) return lines.join('\n');
  throw new Error(lines.join('\n'));
}
