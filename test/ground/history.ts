import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bookingWorkflowId } from '../../src/workflows/messages.ts';
import type { Stack } from './stack.ts';

export type History = Awaited<ReturnType<typeof fetchHistory>>;

/** The history of a booking's workflow, as Temporal has it now. */
export function fetchHistory(stack: Stack, code: string) {
  const workflowId = bookingWorkflowId({ business: 'slamet', code });
  return stack.client.workflow.getHandle(workflowId).fetchHistory();
}

/**
 * Keeps a history for the replay of later versions, when asked to by `PESAN_RECORD=1`: before a change
 * of workflow code, so that what runs then still replays.
 */
export function keepHistory(name: string, history: History): void {
  if (process.env.PESAN_RECORD !== '1') return;
  const file = fileURLToPath(new URL(`../histories/${name}.json`, import.meta.url));
  writeFileSync(file, `${historyToJSON(history)}\n`);
}
