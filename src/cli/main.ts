import { parseArgs } from 'node:util';
import { ROLES } from '../db/access.ts';
import { DomainError } from '../domain/errors.ts';
import { businessKeys, createBusinessFrom } from './business.ts';
import { bookingShow, eventsRedrive, paymentsSync, tokenCreate } from './commands.ts';
import { doctor } from './doctor.ts';
import { findInstance } from './instance.ts';
import { createReach, type Reach } from './reach.ts';
import { rehearseOrder } from './rehearse.ts';
import { telegramConnect, telegramRemoveWebhook, telegramSetWebhook } from './telegram.ts';
import { type Flags, type Said, Usage } from './usage.ts';

const USAGE = `npm run pesan -- …
  token create --business B --role ${ROLES.join('|')} [--label WORDS]
  business create --file FILE|-         a JSON file, or stdin (docs/operations.md describes it)
  business create --business B --name WORDS --kind permit|appointment --email E
                  --offering ID,NAME,PRICE … --capacity N [--zone Asia/Jakarta] [--phone P]
                  [--server-key K --client-key K]   the sandbox's keys when absent
                  of a plan: --offering ID,NAME,PRICE,DAYS …, and no --capacity
  business keys --business B --server-key K --client-key K   for a plan: --webhook-token T instead
  payments sync [--business B] [--code C]
  events redrive [--business B] [--id N]            all dead ones, or one
  telegram connect --business B --token T [--owner CHAT]   the token of @BotFather
  telegram set-webhook|remove-webhook --business B
  booking show CODE [--json]            an order's story for a person, or for a script
  rehearse CODE --forward 31d|12h|90m   what will happen, tried on a marked twin
  replay FILE                           a history against today's workflow code
  doctor                                looks at everything Pesan stands on

The instance is the one of PESAN_DATA_DIR. Exit: 0 done, 1 refused, 2 wrong usage.`;

type Command = (reach: Reach, flags: Flags, rest: string[]) => Promise<Said>;

const COMMANDS: Record<string, Command> = {
  'token create': tokenCreate,
  'business create': createBusinessFrom,
  'business keys': businessKeys,
  'payments sync': paymentsSync,
  'events redrive': eventsRedrive,
  'telegram connect': telegramConnect,
  'telegram set-webhook': telegramSetWebhook,
  'telegram remove-webhook': telegramRemoveWebhook,
  'booking show': bookingShow,
  rehearse: rehearseOrder,
  doctor: (reach) => doctor(findInstance(), reach),
};

process.exit(await main(process.argv.slice(2)));

async function main(args: string[]): Promise<number> {
  try {
    const { flags, words } = readArgs(args);
    if (flags.help || words[0] === 'help') {
      console.log(USAGE);
      return 0;
    }
    const { text, ok = true } =
      words[0] === 'replay' ? await replay(words) : await run(flags, words);
    if (text !== undefined) console.log(text);
    return ok ? 0 : 1;
  } catch (error) {
    return complain(error);
  }
}

function readArgs(args: string[]): { flags: Flags; words: string[] } {
  const text = { type: 'string' } as const;
  const names = [
    'business',
    'role',
    'label',
    'file',
    'code',
    'id',
    'name',
    'kind',
    'email',
  ] as const;
  const more = [
    'capacity',
    'zone',
    'phone',
    'server-key',
    'client-key',
    'token',
    'owner',
    'forward',
  ] as const;
  const options = Object.fromEntries([...names, ...more].map((name) => [name, text]));
  try {
    const { values, positionals } = parseArgs({
      args,
      options: {
        ...options,
        offering: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    return { flags: values as Flags, words: positionals };
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}

async function run(flags: Flags, words: string[]): Promise<Said> {
  const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((known) => known in COMMANDS);
  if (!name) throw new Usage(words.length > 0 ? `There is no command "${words.join(' ')}".` : '');
  const rest = words.slice(name.split(' ').length);
  const wanted = ['booking show', 'rehearse'].includes(name) ? 1 : 0;
  if (rest.length > wanted) throw new Usage(`"${rest.at(-1)}" is one word too many.`);
  const reach = createReach(findInstance());
  try {
    return await COMMANDS[name]!(reach, flags, rest);
  } finally {
    await reach.close();
  }
}

/** Needs no instance: only the history and the code. */
async function replay(words: string[]): Promise<Said> {
  const [, file] = words;
  if (!file || words.length > 2) throw new Usage('FILE is needed.');
  // Temporal's core is large: only this command loads it.
  const { replayHistory } = await import('./replay.ts');
  await replayHistory(file);
  return { text: 'The history replays.' };
}

function complain(error: unknown): number {
  if (error instanceof Usage) {
    console.error([error.message, USAGE].filter(Boolean).join('\n\n'));
    return 2;
  }
  const faults = error instanceof DomainError ? error.errors.map((fault) => fault.message) : [];
  console.error([wordsOf(error), ...faults].join('\n'));
  return 1;
}

function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  if (code === 'ECONNREFUSED') {
    return 'The database does not answer: run `npm start`, with the same PESAN_DATA_DIR.';
  }
  return message || String(error);
}
