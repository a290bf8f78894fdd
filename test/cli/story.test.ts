import { describe, expect, it } from 'vitest';
import { issueTickets } from '../../src/activities/issue.ts';
import { findHead, storyLines } from '../../src/cli/story.ts';
import { planNext, setReminders } from '../../src/commands/plan/plan.ts';
import { audit } from '../../src/db/audit.ts';
import { type NewEvent, storeEvent } from '../../src/db/money/events.ts';
import { markNotice, markNoticeFailed } from '../../src/db/order/notices.ts';
import { readStory } from '../../src/db/order/story.ts';
import { findRehearsed, insertTwin } from '../../src/db/plan/twins.ts';
import { inTransaction } from '../../src/db/pool.ts';
import type { BookingRef } from '../../src/domain/booking.ts';
import { newOrder, partyWish } from '../ground/core.ts';
import { ask, heldParty, liveUntil, paidParty, useCore } from '../ground/life.ts';
import { askInvoice, liveTo, newBase, pay } from '../ground/plans.ts';

const core = useCore();
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00 · /;

async function told({ code }: BookingRef): Promise<string[]> {
  const head = (await findHead(core.pool, code))!;
  return storyLines(head, await readStory(core.pool, head));
}

/** What happened, without its instants. */
const happenings = (lines: string[]) => lines.slice(3).map((line) => line.replace(INSTANT, ''));

describe('the story of an order', () => {
  it('is a line a happening, oldest first, in the zone of the business', async () => {
    const party = await paidParty(core, 2);
    await issueTickets(core.deps, party, Date.now());
    const lines = await told(party);
    expect(lines[0]).toMatch(new RegExp(`^${party.code} · slamet · .* · 2 places$`));
    expect(lines[1]).toBe('paid · price Rp200.000 · paid Rp200.000');
    const rest = lines.slice(3);
    for (const line of rest) expect(line).toMatch(INSTANT);
    const said = happenings(lines);
    expect(said.slice(0, 2)).toEqual(['asked for', 'place held']);
    const ref = `payment ${party.code}-1`;
    const order = [
      `${ref}: Rp200.000 to pay for a visit`,
      `${ref}: the provider told "paid"`,
      `${ref}: Rp200.000 paid`,
    ].map((what) => said.indexOf(what));
    expect(order).not.toContain(-1);
    expect(said.filter((line) => line.startsWith('tickets issued for '))).toHaveLength(1);
    expect(said.at(-1)).toMatch(/^next: /);
    const instants = rest.slice(0, -1).map((line) => line.slice(0, 25));
    expect(instants).toEqual([...instants].sort());
  });

  it('tells until when a place is held, and of one given back how it ended', async () => {
    const party = await heldParty(core, 1);
    expect((await told(party)).join('\n')).toMatch(/ · place held until \d{4}-.*\+07:00$/m);
    await liveUntil(core, party, party.endsMs);
    const ended = await told(party);
    expect(ended[1]).toMatch(/^expired · /);
    expect(happenings(ended)).toContain('the order is expired');
  });

  it('tells what was asked of it, what goes back, and who was told or could not be', async () => {
    const party = await paidParty(core, 1);
    await issueTickets(core.deps, party, Date.now());
    await ask(core, party, 'refund', 'token:7', { amountIdr: 40_000, reason: 'Kabut' });
    const notice = { ...party, kind: 'paid', occurrence: '1', channel: 'email' } as const;
    await markNotice(core.pool, notice, 'sent');
    await core.pool.query(
      `insert into notices (business_id, code, kind, occurrence, channel, state)
       values ('slamet', $1, 'refunded', '9', 'operator', 'due')`,
      [party.code],
    );
    const refused = { ...party, kind: 'refunded', occurrence: '9', channel: 'operator' } as const;
    await markNoticeFailed(core.pool, refused, 'EENVELOPE', true);
    const said = happenings(await told(party));
    expect(said).toContain('told the customer by e-mail: "paid"');
    expect(said).toContain('token:7 asked to refund Rp40.000 · done · Kabut');
    expect(said).toContain('refund 1: Rp40.000 to give back · Kabut · now due');
    expect(said).toContain(
      'to tell the operator by e-mail: "refunded" · could not be sent · tries: 1 · EENVELOPE',
    );
  });

  it('names nobody, and opens nothing', async () => {
    const customer = { name: 'Rahasia', email: 'rahasia@example.com', phone: '+628123456789' };
    const party = await paidParty(core, 2, { customer });
    await issueTickets(core.deps, party, Date.now());
    const text = (await told(party)).join('\n');
    expect(text).not.toMatch(/ahasia|8123456789|Pendaki|http/);
    expect(text).not.toContain(core.vault.tokenOf('booking', party));
  });

  it('is told of an order that never held a place, too', async () => {
    const ref = await newOrder(core, partyWish(1));
    expect((await told(ref))[1]).toMatch(/^new · /);
  });

  it('tells the periods of a subscription', async () => {
    const base = await newBase(core);
    const invoice = await askInvoice(core, base, 'weekly', new Date());
    await pay(core, invoice, invoice.attempt, new Date());
    const lines = await told(invoice);
    expect(lines[0]).toContain(base);
    expect(lines[1]).toMatch(/^active · .* · active until .*\+07:00$/);
    expect(lines.join('\n')).toMatch(
      / · period 1: weekly, from .*\+07:00 to .*\+07:00 · for Rp15\.000$/m,
    );
  });

  it('tells who paused and resumed reminders, chose the next plan and changed the owner, once', async () => {
    const base = await newBase(core);
    const ref = await activeOf(base);
    const who = 'telegram:800001';
    await inTransaction(core.pool, async (tx) => {
      await audit(tx, 'rafess', 'telegram:900001', 'base.register', '@other_base', {});
      for (const isPaused of [true, true, false]) await setReminders(tx, ref, isPaused, who);
      for (const plan of ['monthly', 'monthly']) await planNext(tx, ref, plan, who);
      const owners = { ownerChat: 800_099, wasOwnerChat: 800_001 };
      await audit(tx, 'rafess', 'telegram:900001', 'base.register', base, owners);
    });
    const said = happenings(await told(ref));
    expect(said.filter((line) => line.startsWith('telegram:'))).toEqual([
      `${who} paused the reminders`,
      `${who} resumed the reminders`,
      `${who} chose the next plan: monthly`,
      'telegram:900001 changed the owner of the base: chat 800099 instead of 800001',
    ]);
  });

  it('says what a provider told in its own word, and nothing where it has none', async () => {
    const ref = await activeOf(await newBase(core));
    const event: Omit<NewEvent, 'identity' | 'payload'> = {
      ...{ business: 'rafess', code: ref.code, provider: 'xendit', ref: `${ref.code}-1` },
      ...{ attempt: 1, status: 'unknown', paidIdr: 0, state: 'done', reason: null },
    };
    const payload = { event: 'refund.succeeded' };
    await storeEvent(core.pool, { ...event, identity: 'told-1', payload });
    await storeEvent(core.pool, { ...event, identity: 'told-2', payload: {} });
    const dead = { ...event, state: 'dead', reason: 'Nobody knows' } as const;
    await storeEvent(core.pool, { ...dead, identity: 'told-3', payload: {} });
    const said = happenings(await told(ref)).filter((line) => /refund\.|unknown/.test(line));
    expect(said).toEqual([
      `payment ${ref.code}-1: the provider told "refund.succeeded"`,
      expect.stringMatching(/the provider told "unknown" · event \d+ is dead · Nobody knows$/),
    ]);
  });

  it("is by the twin's own time in a rehearsal", async () => {
    const ref = await activeOf(await newBase(core));
    const order = (await findRehearsed(core.pool, ref.code))!;
    const twin = await inTransaction(core.pool, (tx) => insertTwin(tx, core.vault, order, null));
    await liveTo(core, twin, new Date(Date.now() + 8 * 86_400_000));
    const lines = (await told(twin)).slice(3);
    const kinds = lines.flatMap((line) => /e-mail: "(.*?)"/.exec(line)?.[1] ?? []);
    expect(kinds).toEqual(['ending', 'ending', 'ending', 'ended', 'ended']);
    const midnights = lines.filter((line) => line.includes('by e-mail: "ending"'));
    for (const line of midnights) expect(line).toMatch(/T00:00:00\+07:00 · /);
    const instants = lines.map((line) => Date.parse(line.slice(0, 25)));
    expect(instants).toEqual([...instants].sort((one, other) => one - other));
    const ends = lines.findIndex((line) => line.includes('the order is ended'));
    expect(ends).toBe(lines.findIndex((line) => line.includes('"ended"')) - 1);
  });
});

/** A weekly subscription of a base that was paid for. */
async function activeOf(base: string): Promise<BookingRef & { attempt: number }> {
  const invoice = await askInvoice(core, base, 'weekly', new Date());
  await pay(core, invoice, invoice.attempt, new Date());
  return invoice;
}
