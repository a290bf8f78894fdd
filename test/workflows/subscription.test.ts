import { afterAll, describe, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { many, one, run } from '../../src/db/pool.ts';
import { until } from '../../src/local/until.ts';
import { subscriptionWorkflowId } from '../../src/workflows/messages.ts';
import { askToPay, atXendit, registerBase, talkTo, toldIn } from '../bot/plan/ground.ts';
import type { Talk } from '../bot/talk.ts';
import { keepHistory } from '../ground/history.ts';
import { useStack } from '../ground/stack.ts';

const stack = useStack({ polls: true });
const DAILY = 'Harian: Rp3.000 · 1 hari';

afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'rafess', new Date());
  expect(differences).toEqual([]);
});

interface Paid {
  base: string;
  code: string;
  talk: Talk;
}

/** A subscription that its owner has paid for in the chat. */
async function paid(name: string, owner: number): Promise<Paid> {
  const base = await registerBase(stack, name, owner);
  const talk = talkTo(stack, owner);
  await talk.say('/start');
  const ref = await askToPay(stack, talk, base, DAILY);
  await atXendit(stack, ref, 'pay');
  await toldIn(talk, 'telah Berhasil');
  return { base, code: ref.slice(0, 8), talk };
}

const idOf = (code: string) => subscriptionWorkflowId({ business: 'rafess', code });

async function runsOf(code: string): Promise<string[]> {
  const runs: string[] = [];
  const query = `WorkflowId = '${idOf(code)}'`;
  for await (const execution of stack.client.workflow.list({ query })) {
    runs.push(execution.status.name);
  }
  return runs.sort();
}

/** The run with which a subscription began. */
async function firstRunOf(code: string): Promise<string> {
  const runs: { runId: string; at: number }[] = [];
  for await (const one of stack.client.workflow.list({ query: `WorkflowId = '${idOf(code)}'` })) {
    runs.push({ runId: one.runId, at: one.startTime.getTime() });
  }
  return runs.sort((a, b) => a.at - b.at)[0]!.runId;
}

/** Brings the end of a subscription so near that a test can see it. */
async function endsIn(code: string, seconds: number): Promise<void> {
  const soon = `now() + ${seconds} * interval '1 second'`;
  await run(stack.pool, `delete from reminders where code = $1`, [code]);
  await run(stack.pool, `update subscriptions set active_until = ${soon} where code = $1`, [code]);
  await run(
    stack.pool,
    `update orders set ends_at = ${soon}, remind_at = null, next_deadline = 'end',
       next_deadline_at = ${soon} where code = $1`,
    [code],
  );
  await stack.client.workflow.getHandle(idOf(code)).signal('wake');
}

async function stateOf(code: string): Promise<string> {
  const sql = 'select state from orders where code = $1';
  return (await one<{ state: string }>(stack.pool, sql, [code])).state;
}

describe('a subscription on the real server', { timeout: 90_000 }, () => {
  it('lives each period as a run of its own, with a short history and nothing personal in it', async () => {
    const { code, base, talk } = await paid('short_runs', 730_001);
    await until('a new run', 20_000, async () => (await runsOf(code)).length === 2);
    expect(await runsOf(code)).toEqual(['CONTINUED_AS_NEW', 'RUNNING']);
    const first = await askToPay(stack, talk, base, DAILY);
    await atXendit(stack, first, 'pay');
    await until('a third run', 20_000, async () => (await runsOf(code)).length === 3);
    const handle = stack.client.workflow.getHandle(idOf(code), await firstRunOf(code));
    const history = await handle.fetchHistory();
    keepHistory('subscription-first-period', history);
    expect(history.events!.at(-1)!.workflowExecutionContinuedAsNewEventAttributes).toBeTruthy();
    expect(history.events!.length).toBeLessThanOrEqual(60);
    const text = JSON.stringify(history);
    for (const secret of ['short_runs@example.com', '730001', 'Short', '/pay/']) {
      expect(text).not.toContain(secret);
    }
  });

  it('ends, and starts again when money comes late to an old link', async () => {
    const { code, base, talk } = await paid('late_money', 730_002);
    const old = await askToPay(stack, talk, base, DAILY);
    await until('its page', 20_000, async () => {
      const page = 'select 1 from payments where provider_ref = $1 and page_url is not null';
      return (await many(stack.pool, page, [old])).length === 1;
    });
    await endsIn(code, 2);
    expect(await toldIn(talk, 'telah berakhir')).toBe(1);
    await until(
      'the workflow is over',
      20_000,
      async () => !(await runsOf(code)).includes('RUNNING'),
    );
    keepHistory(
      'subscription-ended',
      await stack.client.workflow.getHandle(idOf(code)).fetchHistory(),
    );
    await atXendit(stack, old, 'pay');
    await until('it is active again', 20_000, async () => (await stateOf(code)) === 'active');
    expect(await runsOf(code)).toContain('RUNNING');
    await until('it is told', 20_000, async () => (await toldIn(talk, 'telah Berhasil')) === 2);
  });

  // Guards `finishEvent`: money that only a webhook tells of is asked about again, and never forgotten.
  it('is not started by money that Xendit does not confirm, until it does', async () => {
    const { code, base, talk } = await paid('unconfirmed', 730_003);
    const old = await askToPay(stack, talk, base, DAILY);
    await until('its page', 20_000, async () => {
      const page = 'select 1 from payments where provider_ref = $1 and page_url is not null';
      return (await many(stack.pool, page, [old])).length === 1;
    });
    await endsIn(code, 1);
    await toldIn(talk, 'telah berakhir');
    const limits = (showsLatePayment: boolean) =>
      stack.sandbox.call('PUT', '/control/xendit/limits', { body: { showsLatePayment } });
    await limits(false);
    await atXendit(stack, old, 'pay');
    const eventOf = () =>
      many<{ state: string; reason: string | null }>(
        stack.pool,
        `select state, reason from payment_events where provider_ref = $1 and status = 'paid'`,
        [old],
      );
    await until('it was looked at', 20_000, async () => {
      const asked = `select 1 from payments where provider_ref = $1 and asked_at > (select received_at
        from payment_events where provider_ref = $1 and status = 'paid')`;
      return (await many(stack.pool, asked, [old])).length === 1;
    });
    expect(await eventOf()).toEqual([{ state: 'stored', reason: null }]);
    expect(await stateOf(code)).toBe('ended');
    // Once Xendit says it too, driving it again is all that an operator has to do.
    await limits(true);
    const token = await stack.tokenOf('staff', 'rafess');
    const { body } = await stack.call('GET', '/api/v1/admin/rafess/events?state=stored', { token });
    const { id } = body.items.find((event: { ref: string }) => event.ref === old);
    await stack.call('POST', `/api/v1/admin/rafess/events/${id}/redrive`, { token, body: {} });
    await until('it is active again', 20_000, async () => (await stateOf(code)) === 'active');
  });

  it('goes on from its facts when its execution was terminated or cancelled', async () => {
    const { code, talk } = await paid('terminated', 730_004);
    await stack.client.workflow.getHandle(idOf(code)).terminate();
    await run(
      stack.pool,
      `update orders set changed_at = now() - interval '1 hour' where code = $1`,
      [code],
    );
    await stack.client.workflow.execute('sweep', {
      taskQueue: 'pesan',
      workflowId: `sweep-${code}`,
    });
    await until('it runs again', 20_000, async () => (await runsOf(code)).includes('RUNNING'));
    expect(await stateOf(code)).toBe('active');
    await stack.client.workflow.getHandle(idOf(code)).cancel();
    expect(await toldIn(talk, 'dihentikan')).toBe(1);
    expect(await stateOf(code)).toBe('ended');
  });

  it('is renewed by money that came while the worker was away, before its end is decided', async () => {
    const { code, base, talk } = await paid('outage', 730_005);
    const next = await askToPay(stack, talk, base, DAILY);
    await until('its page', 20_000, async () => {
      const page = 'select 1 from payments where provider_ref = $1 and page_url is not null';
      return (await many(stack.pool, page, [next])).length === 1;
    });
    await endsIn(code, 3);
    await stack.worker.stop();
    await atXendit(stack, next, 'pay', { notify: false });
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    await stack.worker.start();
    await until('the second period', 30_000, async () => {
      return (await many(stack.pool, 'select 1 from periods where code = $1', [code])).length === 2;
    });
    expect(await stateOf(code)).toBe('active');
    expect((await talk.messages()).some(({ text }) => text.includes('telah berakhir'))).toBe(false);
  });
});
