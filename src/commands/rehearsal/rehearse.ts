import { setTimeout as delay } from 'node:timers/promises';
import { getSubject } from '../../db/order/subjects.ts';
import {
  endTwin,
  findRehearsed,
  hasErrands,
  insertTwin,
  listReminded,
  listTold,
  type Rehearsed,
  readTwinContacts,
  type Told,
} from '../../db/plan/twins.ts';
import { inTransaction } from '../../db/pool.ts';
import type { BookingRef } from '../../domain/booking.ts';
import { isoIn } from '../../domain/calendar.ts';
import { DomainError } from '../../domain/errors.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { type CommandDeps, linksOf } from '../deps.ts';
import type { FastForward } from './fastforward.ts';

export interface RehearseDeps extends CommandDeps {
  fastForward: FastForward;
  /** Whether the Bot API is the sandbox's: only there a twin may speak in a chat. */
  isTelegramSandboxed: boolean;
}

/** One thing that happened to a twin, and who was told of it. */
export interface Step {
  /** The twin's own time, in the zone of its business. */
  at: string;
  what: string;
  state: string;
  told: { who: string; what: string; link: string; sent: boolean }[];
}

/** How a twin stands when its span is over, in the zone of its business. */
export interface Ending {
  until: string;
  state: string;
  /** Of a subscription that was paid for. */
  activeUntil: string | null;
  /** What would come after the span; null when nothing does. */
  next: { what: string; at: string } | null;
}

/** Longer than a worker needs for a step; past it something is down. */
const PATIENCE_MS = 120_000;

/** How often a step is looked for: Postgres and Temporal tell of none by themselves. */
const LOOK_EVERY_MS = 100;

/** The longest span: a year, and the day a leap year has more. */
const MAX_FORWARD_MS = 366 * 86_400_000;

const UNITS: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000 };

/** How long `31d`, `12h` or `90m` is; undefined for anything else, and beyond a year. */
export function parseSpan(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([dhm])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  return ms > 0 && ms <= MAX_FORWARD_MS ? ms : undefined;
}

/**
 * Makes a marked twin of an order and lets its time pass from deadline to deadline, until the span is
 * over; answers how it stands then. `made` hears the twin's code first, `stepped` every step as it
 * happens. The order itself, quotas, reports and entitlements stay as they are; each run makes another
 * twin. Throws `NOT_FOUND`, and `NOT_ALLOWED`
 * for an order to which nothing happens by time alone.
 */
export async function rehearse(
  deps: RehearseDeps,
  wish: { code: string; business?: string; forwardMs: number },
  heard: { made(twin: BookingRef): void; stepped(step: Step): void },
): Promise<Ending> {
  const order = await findRehearsed(deps.pool, wish.code, wish.business);
  if (!order) throw new DomainError('NOT_FOUND', `There is no order ${wish.code}.`);
  if (order.twinOf) throw new DomainError('NOT_ALLOWED', `${wish.code} is a rehearsal itself.`);
  if (!order.deadlineAt) {
    throw new DomainError('NOT_ALLOWED', `Nothing more happens to ${wish.code} by time alone.`);
  }
  const chatId = deps.isTelegramSandboxed ? order.chatId : null;
  const twin = await inTransaction(deps.pool, (tx) => insertTwin(tx, deps.vault, order, chatId));
  heard.made(twin);
  const workflowId = workflowIdOf({ ...twin, kind: order.kind });
  try {
    return await live(deps, { order, twin, workflowId }, wish.forwardMs, heard.stepped);
  } finally {
    await deps.fastForward.end(workflowId);
    await inTransaction(deps.pool, (tx) => endTwin(tx, twin));
  }
}

interface Rehearsal {
  order: Rehearsed;
  twin: BookingRef;
  workflowId: string;
}

async function live(
  deps: RehearseDeps,
  rehearsal: Rehearsal,
  forwardMs: number,
  stepped: (step: Step) => void,
): Promise<Ending> {
  const { twin, workflowId } = rehearsal;
  const until = new Date(deps.now().getTime() + forwardMs);
  await deps.workflows.wake(await getSubject(deps.pool, twin));
  let state = await comeToRest(deps, rehearsal, undefined);
  let met: Met[] = [{ at: deps.now(), what: 'begins' }];
  let told: Told[] = [];
  let before = state;
  for (;;) {
    const all = await listTold(deps.pool, twin);
    const news = all.filter((one) => !told.some((before) => keyOf(before) === keyOf(one)));
    for (const step of partNews(met, news)) {
      // Only the last one of several can have ended it.
      const stands = step.at === met.at(-1)!.at ? state : before;
      stepped(await stepOf(deps, rehearsal, { ...step, state: stands.state }));
    }
    told = all;
    before = state;
    const { deadline, deadlineAt } = state;
    if (!deadline || !deadlineAt || deadlineAt > until) break;
    const now = await deps.fastForward.now(workflowId);
    // A second more, so that the timer is over; never past the next deadline by more than that.
    const ms = Math.max(0, deadlineAt.getTime() - now.getTime()) + 1000;
    await deps.fastForward.forward(workflowId, ms);
    state = await comeToRest(deps, rehearsal, state);
    met = await listMet(deps, rehearsal, { at: deadlineAt, what: deadline }, state);
  }
  return endingOf(deps, rehearsal, until, state);
}

/** A deadline that a twin met. */
interface Met {
  at: Date;
  what: string;
}

/**
 * The deadline that time was moved to, and those that were met since: a server that repeats a move which
 * it took for failed passes the next ones, too. What was met is in Postgres, so no step is lost.
 */
async function listMet(
  { pool }: RehearseDeps,
  { order, twin }: Rehearsal,
  first: Met,
  { closedAt }: Rehearsed,
): Promise<Met[]> {
  if (order.kind !== 'plan') return [first];
  const later = (await listReminded(pool, twin)).filter((at) => at > first.at);
  const isEnd = closedAt !== null && first.what !== 'end' && first.what !== 'expire';
  return [
    first,
    ...later.map((at) => ({ at, what: 'ending' })),
    ...(isEnd ? [{ at: closedAt, what: 'end' }] : []),
  ];
}

/** A reminder is named by its instant; all else was told by what was met last. */
function partNews(met: Met[], news: Told[]): (Met & { told: Told[] })[] {
  const isOf = (one: Told, { at, what }: Met) =>
    what === 'ending' && one.kind === 'ending' && one.occurrence === at.toISOString();
  const rest = news.filter((one) => !met.slice(0, -1).some((step) => isOf(one, step)));
  return met.map((step, index) => ({
    ...step,
    told: index === met.length - 1 ? rest : news.filter((one) => isOf(one, step)),
  }));
}

async function endingOf(
  { pool }: RehearseDeps,
  { twin }: Rehearsal,
  until: Date,
  { state, activeUntil, deadline, deadlineAt }: Rehearsed,
): Promise<Ending> {
  const { timeZone } = await readTwinContacts(pool, twin);
  return {
    until: isoIn(timeZone, until),
    state,
    activeUntil: activeUntil && isoIn(timeZone, activeUntil),
    next: deadline && deadlineAt ? { what: deadline, at: isoIn(timeZone, deadlineAt) } : null,
  };
}

/**
 * Waits until a deadline's effect is in Postgres, all that it led to is done, and the workflow waits
 * again. Time must not be moved before: what is being retried would use up all its tries at once.
 */
async function comeToRest(
  { pool, fastForward }: RehearseDeps,
  { twin, workflowId }: Rehearsal,
  before: Rehearsed | undefined,
): Promise<Rehearsed> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const now = (await findRehearsed(pool, twin.code))!;
    const isMet = before === undefined || meets(before) !== meets(now);
    if (
      isMet &&
      !(await hasErrands(pool, twin)) &&
      (await fastForward.look(workflowId)) === 'rest'
    ) {
      return (await findRehearsed(pool, twin.code))!;
    }
    if (Date.now() > end) {
      throw new Error(
        `The twin ${twin.code} stands still before "${before?.deadline ?? 'its start'}": is a ` +
          'worker running, and may workflows skip time (docs/operations.md)?',
      );
    }
    await delay(LOOK_EVERY_MS);
  }
}

function meets({ state, deadline, deadlineAt }: Rehearsed): string {
  return `${state} ${deadline} ${deadlineAt?.toISOString()}`;
}

function keyOf({ kind, occurrence, channel }: Told): string {
  return `${kind} ${occurrence} ${channel}`;
}

async function stepOf(
  deps: RehearseDeps,
  { order, twin }: Rehearsal,
  step: { at: Date; what: string; state: string; told: Told[] },
): Promise<Step> {
  const { email, timeZone, attempt } = await readTwinContacts(deps.pool, twin);
  const links = linksOf(deps, twin);
  const invoiceUrl = `${deps.publicUrl}/pay/${deps.vault.tokenOf('invoice', twin, attempt ?? 1)}`;
  const statusUrl = order.kind === 'plan' ? links.statusUrl.replace('/b/', '/s/') : links.statusUrl;
  const linkOf = ({ kind }: Told) => {
    if (kind === 'ending') return invoiceUrl;
    return ['held', 'offered', 'remind', 'denied'].includes(kind) ? links.paymentUrl : statusUrl;
  };
  const told = step.told.flatMap((one) => {
    const said = { what: one.kind, link: linkOf(one), sent: one.state === 'sent' };
    if (one.channel === 'telegram') return [{ who: `chat ${order.chatId}`, ...said }];
    const mailed = { who: one.channel === 'operator' ? `operator ${email}` : email, ...said };
    // Where a bot is a real one, its chat is only said to be told.
    const isSilenced = order.chatId !== null && !deps.isTelegramSandboxed;
    if (one.channel !== 'email' || !isSilenced) return [mailed];
    return [mailed, { ...said, who: `chat ${order.chatId}`, sent: false }];
  });
  return { at: isoIn(timeZone, step.at), what: step.what, state: step.state, told };
}
