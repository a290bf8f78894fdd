import { type Client, ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { TASK_QUEUE } from '../workflows/messages.ts';

/** How often the whole of the open orders is held against the running workflows. */
const SWEEP_SECONDS = 300;

/**
 * Has Temporal run upkeep every `reconcileSeconds` and the sweep every few minutes. Safe to call by
 * every worker at its start: an existing schedule gets the new interval.
 */
export async function ensureSchedules(client: Client, reconcileSeconds: number): Promise<void> {
  await ensure(client, 'upkeep', reconcileSeconds, [{ reconcileSeconds }]);
  await ensure(client, 'sweep', Math.max(SWEEP_SECONDS, reconcileSeconds), []);
}

async function ensure(client: Client, name: string, everySeconds: number, args: unknown[]) {
  const spec = { intervals: [{ every: everySeconds * 1000 }] };
  const action = {
    type: 'startWorkflow' as const,
    workflowType: name,
    workflowId: name,
    taskQueue: TASK_QUEUE,
    args,
    staticSummary: `A round of ${name}`,
  };
  // One round at a time, and after an outage one round, not all that were missed.
  const policies = { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10 seconds' };
  try {
    await client.schedule.create({ scheduleId: name, spec, action, policies });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await client.schedule
      .getHandle(name)
      .update((before) => ({ ...before, spec, action, policies }));
  }
}
