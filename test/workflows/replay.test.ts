import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker, type WorkflowBundle } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleWorkflows } from '../../src/worker/bundle.ts';

const FOLDER = fileURLToPath(new URL('../histories', import.meta.url));
const names = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
const read = (name: string) => JSON.parse(readFileSync(`${FOLDER}/${name}`, 'utf8'));

describe('recorded histories', () => {
  let workflowBundle: WorkflowBundle;
  beforeAll(async () => {
    workflowBundle = await bundleWorkflows();
  });

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(6);
  });

  it.each(names)('%s replays with the code of today', async (name) => {
    await Worker.runReplayHistory({ workflowBundle }, read(name));
  });

  it('would not replay if a decision had gone another way', async () => {
    const history = read('paid.json');
    const timer = history.events.find(
      (event: Record<string, unknown>) => event.timerStartedEventAttributes,
    );
    timer.eventType = 'EVENT_TYPE_ACTIVITY_TASK_CANCEL_REQUESTED';
    delete timer.timerStartedEventAttributes;
    timer.activityTaskCancelRequestedEventAttributes = {
      scheduledEventId: '7',
      workflowTaskCompletedEventId: '4',
    };
    const replay = Worker.runReplayHistory({ workflowBundle }, history);
    await expect(replay).rejects.toThrow(DeterminismViolationError);
  });
});
