import { afterAll, describe, expect, it } from 'vitest';
import { setReminders } from '../../src/commands/plan/plan.ts';
import { createFastForward, type FastForward } from '../../src/commands/rehearsal/fastforward.ts';
import { type Ending, rehearse, type Step } from '../../src/commands/rehearsal/rehearse.ts';
import { createWorkflows } from '../../src/commands/workflows.ts';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { inTransaction, many, one, run } from '../../src/db/pool.ts';
import { subscriptionWorkflowId } from '../../src/workflows/messages.ts';
import { useCli } from '../ground/cli.ts';
import { useStack } from '../ground/stack.ts';
import { type Subscriber, subscribersOf } from '../ground/subscriber.ts';

const stack = useStack();
const { active, ask, pay } = subscribersOf(stack);
const DAY_MS = 86_400_000;
const cli = useCli(stack);

afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'rafess', new Date());
  expect(differences).toEqual([]);
});

/** Runs `pesan rehearse` as an operator would. */
const pesan = (args: string[]) => cli.pesan(['rehearse', ...args]);

/** Rehearses within this process; the Bot API is said to be the sandbox's, or a real one. */
async function rehearsed(
  { code }: Subscriber,
  days: number,
  isTelegramSandboxed = true,
  fastForward = createFastForward(stack.client),
): Promise<{ twin: string; steps: Step[]; ending: Ending }> {
  const steps: Step[] = [];
  let twin = '';
  const deps = {
    ...{ pool: stack.pool, vault: stack.vault, workflows: createWorkflows(stack.client) },
    ...{ publicUrl: stack.url, holdMinutes: undefined, now: () => new Date() },
    provider: () => {
      throw new Error('Who rehearses asks no provider.');
    },
    fastForward,
    isTelegramSandboxed,
  };
  const ending = await rehearse(
    deps,
    { code, forwardMs: days * DAY_MS },
    {
      made: (made) => {
        twin = made.code;
      },
      stepped: (step) => void steps.push(step),
    },
  );
  return { twin, steps, ending };
}

/** Moves time by `moreMs` more than was asked for, the `nth` time after the first. */
function hasty(nth: number, moreMs: number): FastForward {
  const real = createFastForward(stack.client);
  let moves = -1;
  return {
    ...real,
    forward: (workflowId, ms) => {
      moves += 1;
      return real.forward(workflowId, moves === nth ? ms + moreMs : ms);
    },
  };
}

/** A month, rehearsed to its end. */
const MONTH = ['begins: active', ...Array(3).fill('ending: active'), 'end: ended'];

const whats = (steps: Step[]) => steps.map(({ what, state }) => `${what}: ${state}`);
const orderOf = (code: string) => one(stack.pool, 'select * from orders where code = $1', [code]);

/** What is put to chats because of an order, whether or not it was sent. */
const saidOf = (code: string) =>
  many(stack.pool, `select 1 from outgoing where notice like $1 || '.%'`, [code]);

describe('a rehearsal from the command line', () => {
  it("prints the twin's code, then a line a step, and exits 0", async () => {
    const { code } = await active('monthly');
    const before = await orderOf(code);
    const ended = await pesan([code.toLowerCase(), '--forward', '31d']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    const [twin, ...lines] = ended.out.trimEnd().split('\n');
    expect(twin).toMatch(/^[0-9A-Z]{8}$/);
    expect(twin).not.toBe(code);
    expect(lines.map((line) => line.split(' · ').slice(1, 3).join(': '))).toEqual([
      'begins: active',
      'ending: active',
      'ending: active',
      'ending: active',
      'end: ended',
    ]);
    for (const line of lines.slice(1, 4)) {
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\dT00:00:00\+07:00 · ending · active · .*chat 900002 told "ending": /,
      );
    }
    const links = lines.flatMap((line) => /chat 900002 told "ending": (\S+)/.exec(line)?.[1] ?? []);
    expect(links).toHaveLength(3);
    expect(new Set(links).size).toBe(3);
    for (const link of links) expect(link).toContain(`${stack.url}/pay/`);
    const told = lines.at(-1)!.split(' · ').slice(3);
    expect(told.map((one) => one.replace(/: .*/, ''))).toEqual([
      'admin@rafess.example told "ended"',
      'operator told "ended"',
      'chat 900002 told "ended"',
    ]);
    expect(await orderOf(code)).toEqual(before);
  }, 120_000);

  it('over a span in which nothing is due, says how it stands at its end and what comes next', async () => {
    const { code } = await active('monthly');
    const ended = await pesan([code, '--forward', '2d']);
    expect([ended.code, ended.err]).toEqual([0, '']);
    const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00/g;
    expect(ended.out.replaceAll(instant, 'AT').split('\n').slice(1)).toEqual([
      'AT · begins · active · nobody told',
      'until AT nothing more · active until AT · next: ending at AT',
      '',
    ]);
    const [, until, activeUntil, next] = ended.out.match(instant)!.map((at) => Date.parse(at));
    expect(Math.abs(until! - Date.now() - 2 * DAY_MS)).toBeLessThan(60_000);
    expect(next).toBeLessThan(activeUntil!);
  }, 120_000);

  it.each([
    ['no order', []],
    ['no span', ['AAAAAAAA']],
    ['a span that is none', ['AAAAAAAA', '--forward', 'soon']],
    ['a span beyond a year', ['AAAAAAAA', '--forward', '400d']],
  ])('given %s makes nothing, and exits 2', async (_what, args) => {
    const ended = await pesan(args);
    expect([ended.code, ended.out]).toEqual([2, '']);
    expect(ended.err).toContain('rehearse CODE --forward');
  });

  it('of what is not there, is a rehearsal or has ended exits 1, and says why', async () => {
    const subscriber = await active('daily');
    const { twin } = await rehearsed(subscriber, 2);
    const { code } = await active('daily');
    const gone = `update orders set state = 'ended', closed_at = now(), ends_at = null,
      remind_at = null, next_deadline = null, next_deadline_at = null where code = $1`;
    await stack.client.workflow
      .getHandle(subscriptionWorkflowId({ business: 'rafess', code }))
      .terminate();
    await run(stack.pool, gone, [code]);
    const cases = [
      ['AAAAAAAA', /no order AAAAAAAA/],
      [twin, /is a rehearsal itself/],
      [code, /Nothing more happens/],
    ] as const;
    for (const [which, why] of cases) {
      const ended = await pesan([which, '--forward', '31d']);
      expect([ended.code, ended.out], which).toEqual([1, '']);
      expect(ended.err).toMatch(why);
    }
  }, 120_000);
});

describe('a rehearsed subscription', () => {
  // Guards `isSkipped` of `remind`: the pause goes with the twin.
  it('whose reminders are paused hears of its end alone', async () => {
    const subscriber = await active('weekly');
    const ref = { business: 'rafess', code: subscriber.code };
    await inTransaction(stack.pool, (tx) => setReminders(tx, ref, true, 'telegram:900002'));
    const { steps } = await rehearsed(subscriber, 8);
    expect(whats(steps).at(-1)).toBe('end: ended');
    const told = steps.flatMap((step) => step.told.map(({ what }) => what));
    expect(new Set(told)).toEqual(new Set(['ended']));
    for (const step of steps.slice(0, -1)) expect(step.told).toEqual([]);
  }, 60_000);

  // Guards `listMet`: a server that repeats a move passes the next midnight with the same breath.
  it('loses no step, paused or not, when its time is moved further than to one deadline', async () => {
    const subscriber = await active('monthly');
    const ref = { business: 'rafess', code: subscriber.code };
    for (const isPaused of [false, true]) {
      await inTransaction(stack.pool, (tx) => setReminders(tx, ref, isPaused, 'telegram:900002'));
      const { steps } = await rehearsed(subscriber, 31, true, hasty(1, DAY_MS));
      expect(whats(steps)).toEqual(MONTH);
      const told = steps.map((step) => step.told.some(({ who }) => who === 'chat 900002'));
      expect(told).toEqual([false, !isPaused, !isPaused, !isPaused, true]);
      const ends = await rehearsed(subscriber, 31, true, hasty(2, 2 * DAY_MS));
      expect(whats(ends.steps)).toEqual(MONTH);
    }
  }, 120_000);

  it('is moved once when the answer of the server is lost', async () => {
    const subscriber = await active('monthly');
    const lost = Object.assign(new Error('Lost'), { code: 14 });
    const { workflowService } = stack.client.connection;
    const real = workflowService.updateWorkflowExecutionOptions.bind(workflowService);
    let calls = 0;
    const spied = Object.create(workflowService, {
      updateWorkflowExecutionOptions: {
        value: async (request: Parameters<typeof real>[0]) => {
          calls += 1;
          await real(request);
          throw lost;
        },
      },
    });
    const client = {
      ...stack.client,
      options: stack.client.options,
      workflow: stack.client.workflow,
    };
    Object.assign(client, { connection: { workflowService: spied } });
    const { steps } = await rehearsed(subscriber, 31, true, createFastForward(client as never));
    expect(whats(steps)).toEqual(MONTH);
    expect(calls).toBe(4);
  }, 60_000);

  it('that is paid for two periods ends once, after the second', async () => {
    const subscriber = await active('weekly');
    await pay(await ask('weekly', subscriber.base), 2);
    const { steps, twin } = await rehearsed(subscriber, 15);
    expect(whats(steps)).toEqual([
      'begins: active',
      'ending: active',
      'ending: active',
      'ending: active',
      'end: ended',
    ]);
    const days = (Date.parse(steps.at(-1)!.at) - Date.now()) / DAY_MS;
    expect(days).toBeGreaterThan(13.9);
    expect(days).toBeLessThan(14.1);
    const runs: string[] = [];
    const id = subscriptionWorkflowId({ business: 'rafess', code: twin });
    for await (const found of stack.client.workflow.list({ query: `WorkflowId = '${id}'` })) {
      runs.push(found.status.name);
    }
    // Nobody pays a twin, so no new period begins a new run.
    expect(runs).toHaveLength(1);
  }, 60_000);

  // Guards `chatId` of `rehearse` and `isSilenced` of `stepOf`: a real bot's chats are customers.
  it('says nothing in the chats of a real bot, and tells so', async () => {
    const subscriber = await active('weekly');
    const { steps, twin } = await rehearsed(subscriber, 8, false);
    expect(whats(steps).at(-1)).toBe('end: ended');
    const chats = steps.flatMap(({ told }) => told.filter(({ who }) => who.startsWith('chat')));
    expect(chats.map(({ sent }) => sent)).toEqual([false, false, false, false]);
    expect(await saidOf(twin)).toEqual([]);
    // What a sandboxed bot would have said: the query above can find it.
    const spoken = await rehearsed(subscriber, 8);
    expect(await saidOf(spoken.twin)).toHaveLength(4);
  }, 90_000);

  it('unlocks nothing, and counts in no report', async () => {
    const subscriber = await active('weekly');
    const owner = await stack.tokenOf('owner', 'rafess');
    const read = async (what: string) =>
      (await stack.call('GET', `/api/v1/${what}`, { token: owner })).body;
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    const all = [
      `businesses/rafess/entitlements/${subscriber.base.slice(1)}`,
      `admin/rafess/reports/revenue?from=${today}&to=${today}`,
      `admin/rafess/reports/providers?from=${today}&to=${today}`,
      `admin/rafess/ledger`,
    ];
    const before = await Promise.all(all.map(read));
    await rehearsed(subscriber, 8);
    const after = await Promise.all(all.map(read));
    const still = (bodies: unknown[]) =>
      bodies.map((body) => ({ ...(body as object), checkedAt: undefined }));
    expect(still(after)).toEqual(still(before));
  }, 60_000);
});
