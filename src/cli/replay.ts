import { readFileSync } from 'node:fs';
import { Worker } from '@temporalio/worker';
import { bundleWorkflows } from '../worker/bundle.ts';

/**
 * Replays a workflow history (the JSON that Temporal's UI and CLI download) with today's code. Throws
 * when the code would have decided differently.
 */
export async function replayHistory(file: string): Promise<void> {
  const history = JSON.parse(readFileSync(file, 'utf8'));
  const workflowBundle = await bundleWorkflows();
  await Worker.runReplayHistory({ workflowBundle }, history);
}
