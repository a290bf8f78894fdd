import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isGenuine } from '../../docs/examples/webhook.ts';
import {
  RedrivenServiceEvent,
  ServiceEvents,
  ServiceHook,
  ServiceHookSet,
} from '../../src/api/admin/shapes.ts';
import { tellService } from '../../src/db/plan/service.ts';
import { getSubscription } from '../../src/db/plan/subscriptions.ts';
import { inTransaction, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import type { Answer } from '../ground/http.ts';
import { type Receiver, standardSignature, startReceiver } from '../ground/receiver.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';
import { expectProblem, expectShape } from './support.ts';

const stack = useStack();
const { ask, pay, active } = subscribersOf(stack);
const ADMIN = '/api/v1/admin/rafess';
const HOOK = `${ADMIN}/service-hook`;
const EVENTS = `${ADMIN}/service-events`;
let token: string;
let service: Receiver;
let secret: string;

beforeAll(async () => {
  token = await stack.tokenOf('owner', 'rafess');
});
beforeEach(async () => {
  service = await startReceiver();
  secret = (await putHook({ url: service.url })).body.secret;
});
afterEach(async () => {
  // What a test left untold concerns no other.
  await run(stack.pool, `update service_events set state = 'sent' where state = 'due'`);
  await service.close();
});

const putHook = (body: object) => stack.call('PUT', HOOK, { token, body });
const redrive = (id: string) => stack.call('POST', `${EVENTS}/${id}/redrive`, { token });

async function eventsOf(code: string, state = ''): Promise<Answer['body'][]> {
  const query = state && `?state=${state}`;
  const answer = await stack.call('GET', `${EVENTS}${query}`, { token });
  expectShape(answer, ServiceEvents);
  return answer.body.items.filter((event: { code: string }) => event.code === code).reverse();
}

/** Waits until the newest try of an event has been written down. */
async function tried(code: string, tries: number): Promise<Answer['body']> {
  let event: Answer['body'];
  await until(`tried ${tries} times`, 20_000, async () => {
    [event] = await eventsOf(code);
    return event?.tries === tries;
  });
  return event;
}

/** The wait until an event is tried again is over, as is the half minute that upkeep leaves to others. */
async function itIsTime(code: string): Promise<void> {
  await run(
    stack.pool,
    `update service_events set next_try_at = now(), created_at = created_at - interval '1 minute'
     where code = $1 and state = 'due'`,
    [code],
  );
}

describe('the address of a service', () => {
  it('is set with a new secret that is shown once', async () => {
    const set = await putHook({ url: 'https://menfess.example/hook?of=rafess' });
    expectShape(set, ServiceHookSet);
    expect(set.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const shown = await stack.call('GET', HOOK, { token });
    expectShape(shown, ServiceHook);
    expect(shown.body).toEqual({ url: 'https://menfess.example/hook?of=rafess' });
    const { sealed } = await one<{ sealed: Buffer }>(
      stack.pool,
      `select secret_sealed as sealed from service_hooks where business_id = 'rafess'`,
    );
    expect(sealed.toString('latin1')).not.toContain(set.body.secret);
  });

  it('keeps a secret that is given, also when it is set twice', async () => {
    const given = `whsec_${Buffer.alloc(24, 7).toString('base64')}`;
    const body = { url: 'https://menfess.example/hook', secret: given };
    expect((await putHook(body)).body).toEqual(body);
    expect((await putHook(body)).body).toEqual(body);
  });

  it.each([
    'http://menfess.example/hook',
    'http://10.0.0.1/hook',
    'http://localhost.example/hook',
    'ftp://menfess.example/hook',
    'https://user:pass@menfess.example/hook',
    'menfess.example/hook',
    '',
  ])('is not %j', async (url) => {
    expectProblem(await putHook({ url }), 400, 'INVALID', '/url');
  });

  it.each(['http://127.0.0.1:9/hook', 'http://[::1]/hook', 'http://localhost/hook'])(
    'may be %s, on this machine',
    async (url) => {
      expect((await putHook({ url })).status).toBe(200);
    },
  );

  it.each(['secret', 'whsec_', 'whsec_c2hvcnQ=', `whsec_${'A'.repeat(92)}`, 'whsec_not base 64'])(
    'takes no secret %j',
    async (wrong) => {
      const answer = await putHook({ url: 'https://menfess.example/hook', secret: wrong });
      expectProblem(answer, 400, 'INVALID', '/secret');
    },
  );

  it('is gone when it is removed; who did what is known, the secret is not', async () => {
    const removed = await stack.call('DELETE', HOOK, { token });
    expect([removed.status, removed.body]).toEqual([200, { ok: true }]);
    expectProblem(await stack.call('DELETE', HOOK, { token }), 404, 'NOT_FOUND');
    expectProblem(await stack.call('GET', HOOK, { token }), 404, 'NOT_FOUND');
    const { body } = await stack.call('GET', `${ADMIN}/audit`, { token });
    const actions = body.items.slice(0, 2).map((entry: { action: string }) => entry.action);
    expect(actions).toEqual(['service-hook.remove', 'service-hook.set']);
    expect(JSON.stringify(body)).not.toContain('whsec_');
  });
});

describe('a service', () => {
  it('is told by webhooks that are signed as Standard Webhooks says', async () => {
    const { base, code } = await active();
    const [hook] = await service.has(1);
    expect(hook).toMatchObject({
      path: '/hook',
      headers: { 'content-type': 'application/json' },
      body: {
        type: 'subscription.activated',
        data: { base, code, plan: 'weekly', active: true },
      },
    });
    expect(hook!.headers['webhook-signature']).toBe(standardSignature(secret, hook!));
    expect(standardSignature(secret, { ...hook!, text: `${hook!.text} ` })).not.toBe(
      hook!.headers['webhook-signature'],
    );
    const { headers, text } = hook!;
    expect(isGenuine(secret, headers, text)).toBe(true);
    expect(isGenuine(secret, headers, `${text} `)).toBe(false);
    expect(isGenuine(`whsec_${'A'.repeat(32)}`, headers, text)).toBe(false);
    expect(isGenuine(secret, headers, text, Date.now() + 301_000)).toBe(false);
    expect(isGenuine(secret, { ...headers, 'webhook-timestamp': undefined }, text)).toBe(false);
    const sentAt = Number(hook!.headers['webhook-timestamp']) * 1_000;
    expect(Math.abs(Date.now() - sentAt)).toBeLessThan(60_000);
    expect(new Date(hook!.body.data.activeUntil).getTime()).toBeGreaterThan(Date.now());
    const event = await tried(code, 1);
    expect(event).toMatchObject({
      id: hook!.headers['webhook-id'],
      state: 'sent',
      status: 204,
      error: null,
      nextTryAt: null,
      payload: hook!.body,
    });
  });

  it('is told of a base in order: the later waits while the earlier is not taken', async () => {
    service.answer(500);
    const subscriber = await active();
    await service.has(1);
    await tried(subscriber.code, 1);
    await ask('daily', subscriber.base);
    await pay(subscriber, 2);
    expect(await eventsOf(subscriber.code, 'due')).toMatchObject([
      { type: 'subscription.activated', tries: 1, status: 500, error: 'HTTP_500' },
      { type: 'subscription.renewed', tries: 0, status: null, error: null },
    ]);
    expect(service.received).toHaveLength(1);
    await itIsTime(subscriber.code);
    await stack.upkeep();
    const received = await service.has(3);
    expect(received.map(({ body }) => body.type)).toEqual([
      'subscription.activated',
      'subscription.activated',
      'subscription.renewed',
    ]);
    const [first, again] = received;
    expect(again!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
    expect(again!.text).toBe(first!.text);
    expect(again!.headers['webhook-signature']).toBe(standardSignature(secret, again!));
  });

  it('is told of one base while another waits, and how many wait is measured', async () => {
    const untold = async () => {
      const { body } = await stack.call('GET', '/metrics');
      return Number(/^pesan_untold_service_events (\d+)$/m.exec(body)?.[1]);
    };
    service.answer(500);
    const waiting = await active();
    await tried(waiting.code, 1);
    expect(await untold()).toBe(0);
    const other = await active();
    expect(await tried(other.code, 1)).toMatchObject({ state: 'sent' });
    expect(await eventsOf(waiting.code, 'due')).toHaveLength(1);
    await run(stack.pool, 'update service_events set tries = 3 where code = $1', [waiting.code]);
    expect(await untold()).toBe(1);
  });

  it('is told of the end', async () => {
    const subscriber = await active();
    await service.has(1);
    await stack.client.workflow.getHandle(`subscription:rafess:${subscriber.code}`).cancel();
    const received = await service.has(2);
    expect(received[1]!.body).toMatchObject({
      type: 'subscription.ended',
      data: { base: subscriber.base, active: false },
    });
  });

  it('that is silent is tried again, later each time', async () => {
    service.answer('silence', 503);
    const { code } = await active();
    const silent = await tried(code, 1);
    expect(silent).toMatchObject({ state: 'due', status: null, error: 'NO_ANSWER' });
    await itIsTime(code);
    await stack.upkeep();
    const refused = await tried(code, 2);
    expect(refused).toMatchObject({ state: 'due', status: 503, error: 'HTTP_503' });
    const waitMs = Date.parse(refused.nextTryAt) - Date.now();
    expect(waitMs).toBeGreaterThan(5_000);
    expect(waitMs).toBeLessThanOrEqual(11_000);
    await itIsTime(code);
    await stack.upkeep();
    expect(await tried(code, 3)).toMatchObject({ state: 'sent', status: 204 });
    expect(new Set(service.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('that sends us elsewhere is not followed', async () => {
    service.answer({ redirect: '/elsewhere' });
    const { code } = await active();
    expect(await tried(code, 1)).toMatchObject({ state: 'due', status: 302, error: 'HTTP_302' });
    expect(service.received.map(({ path }) => path)).toEqual(['/hook']);
  });

  it('is told nothing of a rehearsal', async () => {
    const { code } = await active();
    await service.has(1);
    const real = await getSubscription(stack.pool, { business: 'rafess', code });
    await inTransaction(stack.pool, async (tx) => {
      await tellService(tx, { ...real, twin: true }, 'subscription.ended', new Date());
    });
    expect(await eventsOf(code)).toHaveLength(1);
    await inTransaction(stack.pool, async (tx) => {
      await tellService(tx, real, 'subscription.ended', new Date());
    });
    expect(await eventsOf(code)).toHaveLength(2);
  });

  it('that has no address is told nothing, then or later', async () => {
    await stack.call('DELETE', HOOK, { token });
    const { code } = await active();
    expect(await eventsOf(code)).toEqual([]);
  });
});

describe('an event of a service', () => {
  it('that was given up after a week is told when an operator wishes', async () => {
    service.answer(500, 500);
    const { code } = await active();
    const { id } = await tried(code, 1);
    await run(
      stack.pool,
      `update service_events set created_at = now() - interval '8 days' where event_id = $1`,
      [id],
    );
    await itIsTime(code);
    await stack.upkeep();
    expect(await tried(code, 2)).toMatchObject({ state: 'failed', nextTryAt: null });
    expect((await eventsOf(code, 'failed')).map((event) => event.id)).toEqual([id]);
    const answer = await redrive(id);
    expectShape(answer, RedrivenServiceEvent);
    expect(answer.body).toEqual({ id, state: 'due', code });
    expect(await tried(code, 3)).toMatchObject({ state: 'sent' });
    expect((await redrive(id)).body).toEqual({ id, state: 'sent', code });
    expect(service.received).toHaveLength(3);
  });

  it('that nobody knows, or of another business, is not found', async () => {
    const { code } = await active();
    const { id } = await tried(code, 1);
    const slamet = await stack.tokenOf('owner');
    const other = `/api/v1/admin/slamet/service-events/${id}/redrive`;
    expectProblem(await stack.call('POST', other, { token: slamet }), 404, 'NOT_FOUND');
    expectProblem(await redrive(randomUUID()), 404, 'NOT_FOUND');
    expectProblem(await redrive('7'), 404, 'NOT_FOUND');
  });

  it('is listed by pages, newest first', async () => {
    const { code } = await active();
    await tried(code, 1);
    await run(
      stack.pool,
      `insert into service_events (business_id, event_id, code, type, payload, state)
       select business_id, gen_random_uuid(), code, type, payload, 'sent'
       from service_events, generate_series(1, 60) where code = $1`,
      [code],
    );
    const first = await stack.call('GET', EVENTS, { token });
    expect(first.body.items).toHaveLength(50);
    const rest = await stack.call('GET', `${EVENTS}?after=${first.body.next}`, { token });
    const ids = [...first.body.items, ...rest.body.items].map((event: { id: string }) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(rest.body.items.length).toBeGreaterThanOrEqual(11);
    const wrong = await stack.call('GET', `${EVENTS}?after=x&state=lost`, { token });
    expectProblem(wrong, 400, 'INVALID', '/after', '/state');
  });
});
