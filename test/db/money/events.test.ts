import { beforeEach, describe, expect, it } from 'vitest';
import { readPayment } from '../../../src/activities/collect.ts';
import { settleBooking } from '../../../src/activities/settle.ts';
import { redriveEvent, takeWebhook } from '../../../src/commands/webhook.ts';
import {
  findEvent,
  listEvents,
  listUnfinishedEvents,
  MAX_EVENT_TRIES,
  type NewEvent,
  reviveEvent,
  storeEvent,
  takeEventsToRedrive,
} from '../../../src/db/money/events.ts';
import { run } from '../../../src/db/pool.ts';
import type { ProviderEvent } from '../../../src/payments/provider.ts';
import { commandDeps } from '../../ground/asking.ts';
import { dayAhead } from '../../ground/core.ts';
import { heldParty, ledgerOf, payableAttempt, rowOf, told, useCore } from '../../ground/life.ts';

const NO_HEADERS = {};
const core = useCore();

beforeEach(() => run(core.pool, 'truncate payment_events'));

const unknown: NewEvent = {
  business: 'slamet',
  provider: 'midtrans',
  identity: 'tx-1 settlement 200',
  ref: 'ZZZZZZZZ-1',
  code: null,
  attempt: null,
  status: 'paid',
  paidIdr: 100_000,
  payload: {},
  state: 'stored',
  reason: null,
};

/** Makes an event due to be driven again. */
const due = () => run(core.pool, 'update payment_events set next_try_at = now()');

describe('an event of a provider', () => {
  // Guards the unique identity of `payment_events`.
  it('is stored once, and seen after that, at once as well', async () => {
    const many = await Promise.all(Array.from({ length: 6 }, () => storeEvent(core.pool, unknown)));
    expect(many.filter(({ seen }) => !seen)).toHaveLength(1);
    expect(new Set(many.map(({ eventId }) => eventId)).size).toBe(1);
    expect(await listEvents(core.pool, 'slamet', {}, 10)).toHaveLength(1);
  });

  it('is another one for another business, provider or identity', async () => {
    await storeEvent(core.pool, unknown);
    const others = [
      { ...unknown, business: 'jiot' },
      { ...unknown, provider: 'xendit' },
      { ...unknown, identity: 'tx-1 refund 200' },
    ];
    for (const other of others) expect((await storeEvent(core.pool, other)).seen).toBe(false);
  });

  it('is driven again later and later, and dead after twelve tries', async () => {
    const { eventId } = await storeEvent(core.pool, unknown);
    expect(await takeEventsToRedrive(core.pool, 10)).toEqual([]);
    for (let tries = 1; tries <= MAX_EVENT_TRIES; tries += 1) {
      await due();
      const [taken] = await takeEventsToRedrive(core.pool, 10);
      expect(taken).toMatchObject({ eventId, tries });
      expect(taken!.state).toBe(tries < MAX_EVENT_TRIES ? 'stored' : 'dead');
      expect(await takeEventsToRedrive(core.pool, 10)).toEqual([]);
    }
    await due();
    expect(await takeEventsToRedrive(core.pool, 10)).toEqual([]);
    const [dead] = await listEvents(core.pool, 'slamet', { state: 'dead' }, 10);
    expect(dead).toMatchObject({ eventId, reason: 'TOO_MANY_TRIES' });
  });

  it('is taken by one of many who drive at once', async () => {
    for (let n = 0; n < 10; n += 1) {
      await storeEvent(core.pool, { ...unknown, identity: `tx-${n}` });
    }
    await due();
    const takers = Array.from({ length: 5 }, () => takeEventsToRedrive(core.pool, 4));
    const taken = (await Promise.all(takers)).flat().map(({ eventId }) => eventId);
    expect(taken).toHaveLength(new Set(taken).size);
  });

  it('waits 10 seconds after its first try, and never more than an hour', async () => {
    const { eventId } = await storeEvent(core.pool, unknown);
    const waits: number[] = [];
    for (let tries = 1; tries < MAX_EVENT_TRIES; tries += 1) {
      await due();
      await takeEventsToRedrive(core.pool, 10);
      const { rows } = await core.pool.query(
        `select extract(epoch from next_try_at - now()) as seconds from payment_events
         where event_id = $1`,
        [eventId],
      );
      waits.push(Math.round(Number(rows[0].seconds)));
    }
    expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 2560, 3600, 3600]);
  });

  it('gets a fresh set of tries from an operator, and finds the order that it lacked', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(5) });
    const { eventId } = await storeEvent(core.pool, {
      ...unknown,
      ref: `${party.code}-1`,
      state: 'dead',
      reason: 'UNKNOWN_ORDER',
    });
    expect(await reviveEvent(core.pool, 'slamet', eventId)).toMatchObject({ state: 'dead' });
    await payableAttempt(core, party, Date.now());
    expect(await reviveEvent(core.pool, 'jiot', eventId)).toBeUndefined();
    expect(await reviveEvent(core.pool, 'slamet', eventId)).toMatchObject({
      state: 'stored',
      tries: 0,
      code: party.code,
      attempt: 1,
    });
    await run(core.pool, `update payment_events set state = 'done'`);
    expect(await reviveEvent(core.pool, 'slamet', eventId)).toMatchObject({ state: 'done' });
  });
});

describe('a webhook', () => {
  const eventOf = (ref: string, word: Partial<ProviderEvent['word']>): ProviderEvent => ({
    identity: `${ref} ${word.state}`,
    ref,
    word: { state: 'paid', status: 'x', paidIdr: 0, refundedIdr: 0, refundKeys: [], ...word },
    currency: 'IDR',
    payload: {},
  });

  const take = (event: ProviderEvent | 'forged' | 'malformed', business = 'slamet') => {
    core.provider.readWebhook = () => event;
    return takeWebhook(commandDeps(core), business, 'midtrans', {}, NO_HEADERS);
  };

  it('is stored and decided on; seen again it changes nothing', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    const settlement = eventOf(attempt.ref, { state: 'paid', paidIdr: 100_000 });
    core.provider.words.set(attempt.ref, { state: 'paid', paidIdr: 100_000 });
    await readPayment(core.deps, party, undefined, Date.now());
    expect(await take(settlement)).toBe('stored');
    expect((await rowOf(core, party)).state).toBe('paid');
    expect(await take(settlement)).toBe('duplicate');
    expect(await listEvents(core.pool, 'slamet', { state: 'done' }, 10)).toHaveLength(1);
  });

  // Guards `finishNudge` in settle.ts: Xendit tells of late money that its own status may not show.
  it('of money that the provider does not confirm stays open until it does', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    const settlement = eventOf(attempt.ref, { state: 'paid', paidIdr: 100_000 });
    expect(await take(settlement)).toBe('stored');
    const open = await listUnfinishedEvents(core.pool, party);
    expect(open).toMatchObject([{ state: 'stored', paidIdr: 100_000 }]);
    expect((await rowOf(core, party)).state).toBe('held');
    core.provider.words.set(attempt.ref, { state: 'paid', paidIdr: 100_000 });
    await readPayment(core.deps, party, open[0]?.eventId, Date.now());
    expect(await take(settlement)).toBe('duplicate');
    expect((await rowOf(core, party)).state).toBe('paid');
    expect(await listUnfinishedEvents(core.pool, party)).toEqual([]);
  });

  // Guards `stored.state === 'stored'` in `takeWebhook`: an unfinished event is signalled again.
  it('whose signal was lost is signalled again when it comes again', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    const denial = eventOf(attempt.ref, { state: 'denied' });
    core.provider.readWebhook = () => denial;
    const deps = commandDeps(core);
    const down = async () => {
      throw new Error('Temporal is down.');
    };
    const without = { ...deps, workflows: { ...deps.workflows, signalPayment: down } };
    expect(await takeWebhook(without, 'slamet', 'midtrans', {}, NO_HEADERS)).toBe('stored');
    expect(await told(core, party)).toEqual([]);
    expect(await takeWebhook(deps, 'slamet', 'midtrans', {}, NO_HEADERS)).toBe('duplicate');
    expect(await told(core, party)).toEqual(['denied']);
    expect(await takeWebhook(deps, 'slamet', 'midtrans', {}, NO_HEADERS)).toBe('duplicate');
    expect(await told(core, party)).toEqual(['denied']);
  });

  it('of "pending" is written down and wakes nobody', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    await take(eventOf(attempt.ref, { state: 'pending', method: 'bca_va' }));
    const [event] = await listEvents(core.pool, 'slamet', {}, 10);
    expect(event).toMatchObject({ state: 'done', code: party.code });
  });

  // Guards the business in `findAttempt`.
  it('about an order of another business, or none, is kept for the operator', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    expect(await take(eventOf(attempt.ref, { paidIdr: 100_000 }), 'jiot')).toBe('stored');
    expect(await take(eventOf('NOBODY00-1', { paidIdr: 100_000 }))).toBe('stored');
    expect(await listEvents(core.pool, 'jiot', {}, 10)).toMatchObject([
      { state: 'dead', reason: 'UNKNOWN_ORDER', code: null },
    ]);
    expect(await listEvents(core.pool, 'slamet', {}, 10)).toMatchObject([
      { state: 'dead', reason: 'UNKNOWN_ORDER', code: null },
    ]);
    expect((await rowOf(core, party)).state).toBe('held');
  });

  it.each(['forged', 'malformed'] as const)('that is %s is not stored', async (answer) => {
    expect(await take(answer)).toBe(answer);
    expect(await listEvents(core.pool, 'slamet', {}, 10)).toEqual([]);
  });

  it('that was dead is driven again by an operator', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    const { eventId } = await storeEvent(core.pool, {
      ...unknown,
      ref: attempt.ref,
      code: party.code,
      attempt: 1,
      status: 'denied',
      paidIdr: 0,
      state: 'dead',
      reason: 'TOO_MANY_TRIES',
    });
    await redriveEvent(commandDeps(core), 'slamet', eventId);
    expect(await findEvent(core.pool, 'slamet', eventId)).toMatchObject({
      state: 'done',
      reason: null,
    });
    expect(await redriveEvent(commandDeps(core), 'slamet', 999_999)).toBeUndefined();
  });

  it('is decided on once, however often its signal comes', async () => {
    const party = await heldParty(core, 1, { date: dayAhead(6) });
    const attempt = await payableAttempt(core, party, Date.now());
    await take(eventOf(attempt.ref, { state: 'denied' }));
    const [event] = await listEvents(core.pool, 'slamet', {}, 10);
    const nudge = { kind: 'payment', eventId: event!.eventId } as const;
    await Promise.all([1, 2, 3].map(() => settleBooking(core.deps, party, nudge, Date.now())));
    expect(await told(core, party)).toEqual(['denied']);
    expect(await ledgerOf(core)).toEqual([]);
  });
});
