import { randomUUID } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { describe, expect, it } from 'vitest';
import type { Activities } from '../../src/activities/index.ts';
import type { DeadlineKind, Nudge, Order } from '../../src/domain/booking.ts';
import type { booking } from '../../src/workflows/booking.ts';
import {
  ERRAND_QUEUE,
  NOTICE_QUEUE,
  paymentSignal,
  requestUpdate,
  TASK_QUEUE,
  wakeSignal,
} from '../../src/workflows/messages.ts';
import { useSkipping } from '../ground/skipping.ts';

const skipping = useSkipping();
const REF = { business: 'slamet', code: 'K7Q2M9XA' };
const MINUTE = 60_000;
/** How long after its instant a timer may be noticed. */
const PROMPT = 2_000;

/** What was asked of the facts, when by the workflow's clock, in the order of asking. */
interface Said {
  what: string;
  atMs: number;
}

/**
 * Facts in memory: a hold of half an hour that nobody pays. A test says what is different, and reads
 * in `said` what the workflow asked.
 */
function facts(different: Partial<Activities> = {}) {
  const said: Said[] = [];
  const began = { ms: 0 };
  const note = (what: string, atMs: number) => void said.push({ what, atMs: atMs - began.ms });
  const held = (): Order => ({
    state: 'held',
    visitAtMs: began.ms + 20 * 24 * 60 * MINUTE,
    nextDeadline: { kind: 'expire', atMs: began.ms + 30 * MINUTE },
    due: [],
  });
  const over = (state: Order['state']): Order => ({
    state,
    visitAtMs: held().visitAtMs,
    due: [],
  });
  const usual: Partial<Activities> = {
    openBooking: async (_ref, nowMs) => {
      began.ms ||= nowMs;
      return held();
    },
    settleBooking: async () => held(),
    meetDeadline: async () => over('expired'),
    createPayment: async () => 'ready',
    readPayment: async () => 'open',
    cancelPayment: async () => 'closed',
    sendNotices: async () => undefined,
  };
  const acts: Partial<Activities> = { ...usual, ...different };
  const activities: Partial<Activities> = {
    ...acts,
    settleBooking: (ref, nudge, nowMs) => {
      note(`settle ${nudge.kind}`, nowMs);
      return acts.settleBooking!(ref, nudge, nowMs);
    },
    meetDeadline: (ref, kind, asked, nowMs) => {
      note(`meet ${kind} ${asked}`, nowMs);
      return acts.meetDeadline!(ref, kind, asked, nowMs);
    },
    readPayment: (ref, eventId, nowMs) => {
      note(`read ${eventId ?? 'newest'}`, nowMs);
      return acts.readPayment!(ref, eventId, nowMs);
    },
    cancelPayment: (ref, nowMs) => {
      note('close', nowMs);
      return acts.cancelPayment!(ref, nowMs);
    },
    createPayment: (ref, nowMs) => {
      note('collect', nowMs);
      return acts.createPayment!(ref, nowMs);
    },
  };
  return { activities, said, held, over, whats: () => said.map(({ what }) => what) };
}

function begin() {
  return skipping.client.workflow.start<typeof booking>('booking', {
    taskQueue: TASK_QUEUE,
    workflowId: `booking:slamet:${randomUUID()}`,
    args: [REF],
  });
}

/** A promise that a test keeps when it wants to, and whether somebody waits for it. */
function door() {
  let open = () => {};
  let arrive = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  const pass = () => {
    arrive();
    return opened;
  };
  return { pass, arrived, open };
}

describe('the workflow of a booking', () => {
  it('has messages wait elsewhere than pages to pay on: a Telegram that hangs holds up none', async () => {
    const queues: Record<string, string> = {};
    const note = (what: string) => {
      queues[what] = Context.current().info.taskQueue;
    };
    const world = facts({
      settleBooking: async () => ({ ...world.held(), due: ['notices', 'collect'] }),
      sendNotices: async () => note('notices'),
      createPayment: async () => {
        note('collect');
        return 'ready';
      },
    });
    await skipping.withWorkers(world.activities, async () => {
      const run = await begin();
      await run.signal(wakeSignal);
      expect(await run.result()).toBe('expired');
    });
    expect(queues).toEqual({ notices: NOTICE_QUEUE, collect: ERRAND_QUEUE });
  });

  it('meets the deadlines that it is given, each at its instant', async () => {
    const kinds: [DeadlineKind, number][] = [
      ['remind', 20],
      ['expire', 30],
    ];
    const at = (step: number): Order => {
      const [kind, minutes] = kinds[step]!;
      const startMs = world.held().nextDeadline!.atMs - 30 * MINUTE;
      return { ...world.held(), nextDeadline: { kind, atMs: startMs + minutes * MINUTE } };
    };
    const world = facts({
      settleBooking: async () => at(0),
      meetDeadline: async (_ref, kind) => (kind === 'remind' ? at(1) : world.over('expired')),
    });
    await skipping.withWorkers(world.activities, async () => {
      const run = await begin();
      await run.signal(wakeSignal);
      expect(await run.result()).toBe('expired');
    });
    const met = world.said.filter(({ what }) => what.startsWith('meet'));
    expect(met.map(({ what }) => what)).toEqual(['meet remind not-asked', 'meet expire closed']);
    for (const [step, { atMs }] of met.entries()) {
      const lateMs = atMs - kinds[step]![1] * MINUTE;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThan(PROMPT);
    }
  });

  it('takes up a payment that is signalled while it decides something else, once', async () => {
    const deciding = door();
    const world = facts({
      settleBooking: async (_ref, nudge: Nudge) => {
        if (nudge.kind !== 'wake') return world.over('paid');
        await deciding.pass();
        return world.held();
      },
    });
    await skipping.withWorkers(world.activities, async () => {
      const run = await begin();
      await run.signal(wakeSignal);
      await deciding.arrived;
      await run.signal(paymentSignal, 7);
      await run.signal(paymentSignal, 7);
      deciding.open();
      expect(await run.result()).toBe('paid');
    });
    expect(world.whats()).toEqual(['settle wake', 'read 7', 'settle payment']);
  });

  it('goes on waiting when what was signalled cannot be read back', async () => {
    const world = facts({
      readPayment: async (_ref, eventId) => {
        if (eventId !== undefined) throw new Error('The provider is away.');
        return 'open';
      },
    });
    await skipping.withWorkers(world.activities, async () => {
      const run = await begin();
      await run.signal(paymentSignal, 7);
      expect(await run.result()).toBe('expired');
    });
    expect(world.whats()).not.toContain('settle payment');
    expect(world.whats().at(-1)).toBe('meet expire closed');
  });

  it('answers who asks for a cancellation at the deadline with how it ended', async () => {
    const closing = door();
    const world = facts({
      cancelPayment: async () => {
        await closing.pass();
        return 'closed';
      },
      settleBooking: async () => world.over('expired'),
    });
    await skipping.withWorkers(world.activities, async () => {
      const run = await begin();
      const result = run.result();
      await closing.arrived;
      const asked = run.executeUpdate(requestUpdate, { args: ['12'] });
      // An operator's cancellation of the execution, at the same moment.
      await run.cancel();
      closing.open();
      expect((await asked).state).toBe('expired');
      expect(await result).toBe('expired');
    });
    const decisions = world.whats().filter((what) => /^(meet|settle)/.test(what));
    expect(decisions[0]).toBe('meet expire closed');
    expect(decisions.slice(1).sort()).toEqual(['settle operator', 'settle request']);
  });

  it('brings back no hold that is over when it is started again', async () => {
    const world = facts({ openBooking: async () => world.over('expired') });
    await skipping.withWorkers(world.activities, async () => {
      expect(await (await begin()).result()).toBe('expired');
    });
    expect(world.whats()).toEqual([]);
  });

  it('meets its deadline though everything beside the wait fails for ever', async () => {
    const away = async () => {
      throw new Error('Nobody is there.');
    };
    const world = facts({
      openBooking: async (_ref, nowMs) => {
        startMs ||= nowMs;
        return { ...held(startMs), due: ['collect', 'notices'] };
      },
      meetDeadline: async () => world.over('expired'),
      createPayment: away,
      sendNotices: away,
      readPayment: away,
    });
    let startMs = 0;
    const held = (ms: number): Order => ({
      ...world.held(),
      nextDeadline: { kind: 'expire', atMs: ms + 30 * MINUTE },
    });
    await skipping.withWorkers(world.activities, async () => {
      expect(await (await begin()).result()).toBe('expired');
    });
    const met = world.said.find(({ what }) => what.startsWith('meet'))!;
    expect(met.what).toBe('meet expire unreachable');
    // Two minutes of patience with the provider, and not one more.
    const lateMs = met.atMs - startMs - 30 * MINUTE;
    expect(lateMs).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(lateMs).toBeLessThan(2 * MINUTE + 10 * PROMPT);
    expect(world.whats()).not.toContain('close');
  });

  it('pauses before it asks again about a payment that changed while it was closed', async () => {
    let closes = 0;
    const world = facts({
      cancelPayment: async () => {
        closes += 1;
        return closes < 4 ? 'again' : 'closed';
      },
    });
    await skipping.withWorkers(world.activities, async () => {
      expect(await (await begin()).result()).toBe('expired');
    });
    const reads = world.said.filter(({ what }) => what === 'read newest');
    expect(reads).toHaveLength(4);
    for (const [step, { atMs }] of reads.slice(1).entries()) {
      expect(atMs - reads[step]!.atMs).toBeGreaterThanOrEqual(3_000);
    }
  });

  it('gives up closing after two minutes when the provider never lets it', async () => {
    const world = facts({ cancelPayment: async () => 'again' });
    await skipping.withWorkers(world.activities, async () => {
      expect(await (await begin()).result()).toBe('expired');
    });
    expect(world.whats().filter((what) => what === 'close').length).toBeLessThanOrEqual(41);
    expect(world.whats().at(-1)).toBe('meet expire unreachable');
  });

  it.each(['paid', 'review'] as const)(
    'closes nothing that turns out to be in state %s',
    async (state) => {
      const world = facts({
        readPayment: async () => state,
        meetDeadline: async () => world.over('paid'),
      });
      await skipping.withWorkers(world.activities, async () => {
        expect(await (await begin()).result()).toBe('paid');
      });
      expect(world.whats()).toEqual(['read newest', 'meet expire closed']);
    },
  );
});
