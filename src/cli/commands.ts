import { syncPayments } from '../commands/sync.ts';
import { redriveEvent } from '../commands/webhook.ts';
import { createToken, ROLES, type Role } from '../db/access.ts';
import { audit } from '../db/audit.ts';
import { getBusiness, listBusinesses } from '../db/businesses.ts';
import { listEvents } from '../db/money/events.ts';
import { readFacts } from '../db/order/facts.ts';
import { readStory } from '../db/order/story.ts';
import { readSubscription } from '../db/plan/subscriptionfacts.ts';
import type { BookingRef } from '../domain/booking.ts';
import type { Reach } from './reach.ts';
import { findHead, storyLines } from './story.ts';
import { type Flags, type Said, Usage, wanted } from './usage.ts';

/** Makes a token for a role; prints just the token, which nobody can look up later. */
export async function tokenCreate(reach: Reach, flags: Flags): Promise<Said> {
  const business = wanted(flags.business, '--business');
  const role = wanted(flags.role, '--role') as Role;
  if (!ROLES.includes(role)) throw new Usage(`--role is one of ${ROLES.join(', ')}.`);
  await getBusiness(reach.pool, business);
  const token = await createToken(reach.pool, business, role, flags.label ?? 'command line');
  await audit(reach.pool, business, 'cli', 'token.create', role);
  return { text: token };
}

/** Asks the providers now about all open payments, or one booking's. */
export async function paymentsSync(reach: Reach, { business, code }: Flags): Promise<Said> {
  const lines: string[] = [];
  for (const name of await businessesOf(reach, business)) {
    const synced = await syncPayments(reach, name, code?.toUpperCase());
    lines.push(`${name}: ${synced.checked} checked, ${synced.changed.length} changed`);
    lines.push(...synced.changed.map((one) => `  ${one.code}: ${one.from} → ${one.to}`));
    lines.push(...(synced.unanswered ?? []).map((one) => `  ${one}: no answer`));
    await audit(reach.pool, name, 'cli', 'payments.sync', code ?? 'all');
  }
  return { text: lines.join('\n') };
}

async function businessesOf(reach: Reach, only: string | undefined): Promise<string[]> {
  if (only) return [(await getBusiness(reach.pool, only)).business];
  return (await listBusinesses(reach.pool)).map((business) => business.business);
}

/** How many dead events of a business one call drives again. */
const MOST_EVENTS = 500;

/** Drives dead events again, with a fresh set of tries. */
export async function eventsRedrive(reach: Reach, { business, id }: Flags): Promise<Said> {
  if (id && !/^\d{1,15}$/.test(id)) throw new Usage('--id is the number of an event.');
  const lines: string[] = [];
  for (const name of await businessesOf(reach, business)) {
    const dead = await listEvents(reach.pool, name, { state: 'dead' }, MOST_EVENTS);
    const ids = id ? [Number(id)] : dead.map((event) => event.eventId);
    for (const eventId of ids) {
      const event = await redriveEvent(reach, name, eventId);
      if (!event) continue;
      await audit(reach.pool, name, 'cli', 'event.redrive', String(eventId));
      lines.push(`${name} ${eventId} ${event.ref}: ${event.state}`);
    }
  }
  return { text: lines.join('\n') || 'Nothing to drive again.' };
}

/**
 * An order's story for a person, or with `--json` for a script. Whom it is for, and links that open it,
 * stay in the database.
 */
export async function bookingShow(reach: Reach, { json }: Flags, rest: string[]): Promise<Said> {
  const code = wanted(rest[0], 'CODE').toUpperCase();
  const head = await findHead(reach.pool, code);
  if (!head) throw new Error(`There is no booking ${code}.`);
  const story = await readStory(reach.pool, head);
  if (!json) return { text: storyLines(head, story).join('\n') };
  const shown = (await bookingOf(reach, head)) ?? (await subscriptionOf(reach, head));
  if (!shown)
    throw new Error(`${code} is no booking: it is ${head.state}. Without --json, it is shown.`);
  return { text: JSON.stringify({ business: head.business, ...shown, story }, null, 2) };
}

async function bookingOf(reach: Reach, ref: BookingRef): Promise<object | undefined> {
  const facts = await readFacts(reach.pool, reach, ref);
  if (!facts) return undefined;
  const { customer, tickets, statusUrl, paymentUrl, ticketsUrl, business, ...shown } = facts;
  return shown;
}

async function subscriptionOf(reach: Reach, ref: BookingRef): Promise<object | undefined> {
  const facts = await readSubscription(reach.pool, reach, ref);
  if (!facts) return undefined;
  const { email, ownerChat, statusUrl, business, invoices, ...shown } = facts;
  return { ...shown, invoices: invoices.map(({ paymentUrl, chatId, ...invoice }) => invoice) };
}
