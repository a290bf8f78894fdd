import type { Client } from '@temporalio/client';

/**
 * All that Temporal knows of a namespace as one text: histories, memos, search attributes, summaries
 * and schedules, with every payload as it was written.
 */
export async function everythingInTemporal(client: Client): Promise<string> {
  const texts: string[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    const handle = client.workflow.getHandle(workflowId, runId);
    const history = await handle.fetchHistory();
    texts.push(textOf(history), textOf((await handle.describe()).raw));
  }
  for await (const schedule of client.schedule.list()) texts.push(JSON.stringify(schedule));
  return texts.join('\n');
}

/** All bytes and strings of a message, nested ones too: payloads are not readable in its JSON. */
function textOf(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value === 'string') return value;
  if (value && typeof value === 'object') return Object.values(value).map(textOf).join(' ');
  return '';
}
