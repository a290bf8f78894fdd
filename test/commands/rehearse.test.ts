import { describe, expect, it } from 'vitest';
import { createFastForward } from '../../src/commands/rehearsal/fastforward.ts';
import { parseSpan, rehearse, type Step } from '../../src/commands/rehearsal/rehearse.ts';
import { createWorkflows } from '../../src/commands/workflows.ts';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one } from '../../src/db/pool.ts';
import { book } from '../api/support.ts';
import { dayAhead } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';
import { subscribersOf } from '../ground/subscriber.ts';

const stack = useStack();
const DAY_MS = 86_400_000;

/** Rehearses an order as the command line does; answers the twin's code and its steps. */
async function rehearsed(
  code: string,
  forwardMs: number,
): Promise<{ twin: string; steps: Step[] }> {
  const steps: Step[] = [];
  let twin = '';
  const deps = {
    ...{ pool: stack.pool, vault: stack.vault, workflows: createWorkflows(stack.client) },
    ...{ publicUrl: stack.url, holdMinutes: undefined, now: () => new Date() },
    provider: () => {
      throw new Error('Who rehearses asks no provider.');
    },
    fastForward: createFastForward(stack.client),
    isTelegramSandboxed: true,
  };
  const heard = {
    made: (made: { code: string }) => {
      twin = made.code;
    },
    stepped: (step: Step) => void steps.push(step),
  };
  await rehearse(deps, { code, forwardMs }, heard);
  return { twin, steps };
}

/** All that must stay as it is, whatever is rehearsed. */
async function realOf(code: string) {
  const order = await one(stack.pool, 'select * from orders where code = $1', [code]);
  const told = await many(
    stack.pool,
    'select kind, occurrence, channel from notices where code = $1 order by kind, occurrence, channel',
    [code],
  );
  const slots = await many(
    stack.pool,
    'select slot_id, held, sold, waiting from quota_slots where held + sold + waiting > 0 order by slot_id',
  );
  return { order, told, slots };
}

const whats = (steps: Step[]) => steps.map(({ what, state }) => `${what}: ${state}`);

describe('a rehearsed subscription', () => {
  it('is reminded at three midnights and ends, and the real one stays as it is', async () => {
    const { code } = await subscribersOf(stack).active('monthly');
    const before = await realOf(code);
    const { twin, steps } = await rehearsed(code, 31 * DAY_MS);
    expect(twin).not.toBe(code);
    expect(whats(steps)).toEqual([
      'begins: active',
      'ending: active',
      'ending: active',
      'ending: active',
      'end: ended',
    ]);
    for (const step of steps.slice(1, 4)) {
      expect(step.at).toMatch(/T00:00:00(\.000)?\+07:00$/);
      expect(step.told.some(({ what, link }) => what === 'ending' && link.includes('/pay/'))).toBe(
        true,
      );
    }
    const said = await stack.sandbox.call('GET', '/control/telegram/900002/messages?bot=rafess');
    const marked = said.body.messages.filter(({ text }: { text: string }) =>
      text.includes('LATIHAN'),
    );
    const chats = steps.flatMap(({ told }) => told.filter(({ who }) => who === 'chat 900002'));
    expect(chats.map(({ sent }) => sent)).toEqual([true, true, true, true]);
    expect(marked).toHaveLength(4);
    expect((await realOf(code)).order).toEqual(before.order);
    expect((await realOf(code)).told).toEqual(before.told);
    const ledger = await checkLedger(stack.pool, 'rafess', new Date());
    expect(ledger.differences).toEqual([]);
  }, 120_000);

  it('of a day is reminded once before its end', async () => {
    const { code } = await subscribersOf(stack).active('daily');
    const { steps } = await rehearsed(code, 2 * DAY_MS);
    expect(whats(steps)).toEqual(['begins: active', 'ending: active', 'end: ended']);
  }, 60_000);
});

describe('a rehearsed booking', () => {
  it('expires unpaid, and gives back nothing that it never held', async () => {
    const { body } = await book(stack, 2, { date: dayAhead(5) });
    const before = await realOf(body.code);
    const { twin, steps } = await rehearsed(body.code, 3_600_000);
    expect(steps.at(-1)).toMatchObject({ what: 'expire', state: 'expired' });
    const mails = await stack.sandbox.call('GET', '/control/mail?to=basecamp@slamet.example');
    expect(mails.body.messages.map(({ subject }: { subject: string }) => subject)).toContainEqual(
      expect.stringContaining('LATIHAN'),
    );
    const after = await realOf(body.code);
    expect(after.slots).toEqual(before.slots);
    expect(after.order).toMatchObject({ state: 'held' });
    expect((await checkLedger(stack.pool, 'slamet', new Date())).differences).toEqual([]);
    const sql = 'select twin_of, next_deadline_at from orders where code = $1';
    expect(await one(stack.pool, sql, [twin])).toEqual({
      twin_of: body.code,
      next_deadline_at: null,
    });
  }, 60_000);

  it('that was paid is reminded of its visit, and completes', async () => {
    const { body } = await book(stack, 1, { date: dayAhead(6) });
    await stack.booking(body.token, (seen) => seen.payment.state === 'pending');
    await stack.provider(`${body.code}-1`, 'settle');
    await stack.booking(body.token, (seen) => seen.state === 'paid' && seen.tickets.length === 1);
    const { twin, steps } = await rehearsed(body.code, 30 * DAY_MS);
    expect(whats(steps)).toEqual(['begins: paid', 'visit: paid', 'complete: completed']);
    expect(await many(stack.pool, 'select 1 from tickets where code = $1', [twin])).toEqual([]);
    expect((await stack.booking(body.token, () => true)).state).toBe('paid');
  }, 60_000);
});

describe('a rehearsal by the API', () => {
  it('answers every step, and lets nobody ask anything of the twin', async () => {
    const booked = await book(stack, 1, { date: dayAhead(20) });
    const { code, token: link } = booked.body;
    await stack.booking(link, ({ payment }) => payment.state === 'pending');
    const before = await realOf(code);
    const token = await stack.tokenOf('staff');
    const call = (body: object) =>
      stack.call('POST', '/api/v1/admin/slamet/rehearsals', { token, body });
    const answer = await call({ code: code.toLowerCase(), forward: '2h' });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(whats(answer.body.steps).at(-1)).toBe('expire: expired');
    expect(await realOf(code)).toEqual(before);
    const asked = await stack.call(
      'POST',
      `/api/v1/admin/slamet/bookings/${answer.body.twin}/cancel`,
      {
        token,
        body: { reason: 'Not real' },
      },
    );
    expect([asked.status, asked.body.code]).toEqual([409, 'NOT_ALLOWED']);
    expect((await call({ code, forward: 'a month' })).body.errors[0].pointer).toBe('/forward');
    expect((await call({ code: 'AAAAAAAA', forward: '1d' })).status).toBe(404);
    expect((await call({ code: answer.body.twin, forward: '1d' })).body.code).toBe('NOT_ALLOWED');
  });
});

describe('a span', () => {
  it.each([
    ['31d', 31 * DAY_MS],
    ['12h', 12 * 3_600_000],
    ['90m', 90 * 60_000],
    ['', undefined],
    ['0d', undefined],
    ['31', undefined],
    ['-1d', undefined],
    ['367d', undefined],
  ])('%s is %s', (text, ms) => expect(parseSpan(text)).toBe(ms));
});
