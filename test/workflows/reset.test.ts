import { randomUUID } from 'node:crypto';
import { temporal } from '@temporalio/proto';
import { afterAll, expect, it } from 'vitest';
import { checkLedger } from '../../src/db/money/ledger.ts';
import { one } from '../../src/db/pool.ts';
import { bookingWorkflowId } from '../../src/workflows/messages.ts';
import { dayAhead, partyWish, slotOf } from '../ground/core.ts';
import { useStack } from '../ground/stack.ts';

const stack = useStack({ holdMinutes: 0.1 });

afterAll(async () => {
  const { differences } = await checkLedger(stack.pool, 'slamet', new Date());
  expect(differences).toEqual([]);
});

const { ResetWorkflowExecutionRequest } = temporal.api.workflowservice.v1;

/** Has Temporal run a booking again from its very first task, and answers how that run ends. */
async function rerun(code: string): Promise<unknown> {
  const workflowId = bookingWorkflowId({ business: 'slamet', code });
  const { workflow, connection, options } = stack.client;
  const { runId } = await workflow.getHandle(workflowId).describe();
  const request = ResetWorkflowExecutionRequest.fromObject({
    namespace: options.namespace,
    workflowExecution: { workflowId, runId },
    reason: 'a test',
    // The end of the first task: nothing was decided before.
    workflowTaskFinishEventId: 4,
    requestId: randomUUID(),
  });
  const again = await connection.workflowService.resetWorkflowExecution(request);
  return workflow.getHandle(workflowId, again.runId).result();
}

async function payable(days: number): Promise<{ token: string; code: string }> {
  const body = partyWish(1, { date: dayAhead(days) });
  const ask = { body, key: randomUUID() };
  const held = await stack.call('POST', '/api/v1/businesses/slamet/bookings', ask);
  expect(held.status).toBe(201);
  await stack.booking(held.body.token, (b) => b.payment.state === 'pending');
  return held.body;
}

function holdOf(code: string): Promise<object> {
  const sql = 'select expires_at, closed_at from orders where code = $1';
  return one(stack.pool, sql, [code]);
}

// Guards `order.state === 'new'` in `openBooking`: an order that was decided is found, not opened.
it('an expired booking that is reset does not take its places back', async () => {
  const { token, code } = await payable(5);
  await stack.booking(token, (b) => b.state === 'expired');
  const before = await holdOf(code);
  expect(await rerun(code)).toBe('expired');
  // Not even for a moment: a new hold would have a new end.
  expect(await holdOf(code)).toEqual(before);
  expect(await slotOf(stack, 'baturraden', dayAhead(5))).toMatchObject({ held: 0, sold: 0 });
});

it('a cancelled booking that is reset gives its money back no second time', async () => {
  const { token, code } = await payable(6);
  await stack.provider(`${code}-1`, 'settle', { paymentType: 'gopay' });
  await stack.booking(token, (b) => b.tickets.length === 1);
  await stack.call('POST', `/api/v1/bookings/${token}/cancel`, { body: {} });
  const before = await stack.booking(token, (b) => b.state === 'refunded');
  expect(await rerun(code)).toBe('refunded');
  expect((await stack.call('GET', `/api/v1/bookings/${token}`)).body.refund).toEqual(before.refund);
  const { rows } = await stack.pool.query(
    'select count(*) as refunds from refunds where code = $1',
    [code],
  );
  expect(rows).toEqual([{ refunds: 1 }]);
  expect(await slotOf(stack, 'baturraden', dayAhead(6))).toMatchObject({ held: 0, sold: 0 });
});
