import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import type { Deps } from '../activities/deps.ts';
import { createCleanFailures } from '../activities/failures.ts';
import { createActivities, createUpkeep } from '../activities/index.ts';
import { bookForm } from '../bot/booking.ts';
import { createWorkflows } from '../commands/workflows.ts';
import type { FactsDeps } from '../db/order/facts.ts';
import { getSubject } from '../db/order/subjects.ts';
import type { Logger } from '../log.ts';
import type { Telegram } from '../notify/telegram.ts';
import {
  ERRAND_QUEUE,
  INVOICE_QUEUE,
  NOTICE_QUEUE,
  TASK_QUEUE,
  workflowIdOf,
} from '../workflows/messages.ts';

/** What a worker needs; `wake` and the rest of Temporal are made from `client`. */
export interface WorkerDeps {
  connection: NativeConnection;
  client: Client;
  namespace: string;
  workflowBundle: WorkflowBundleOption;
  log: Logger;
  hands: Omit<Deps, 'wake'> & FactsDeps & { telegram: Telegram };
  /** What the provider takes a minute at an endpoint: Xendit 60 in test mode, 600 live. */
  invoicesPerMinute: number;
  report(figure: 'strays' | 'ledger_differences', value: number): void;
}

/**
 * Four workers in one process: one decides (workflows and their short transactions), one runs errands
 * (providers, tickets, upkeep), one speaks to people and services, one makes invoices, at the provider's
 * pace. What waits at a provider never waits in front of a decision, nor what waits at Telegram in front
 * of a page to pay on.
 */
export async function createWorkers(deps: WorkerDeps): Promise<Worker[]> {
  const { connection, namespace, workflowBundle } = deps;
  const activities = activitiesOf(deps);
  const interceptors = { activity: [() => createCleanFailures(deps.log)] };
  const shared = { connection, namespace, interceptors, activities };
  return Promise.all([
    Worker.create({ ...shared, taskQueue: TASK_QUEUE, workflowBundle }),
    Worker.create({
      ...shared,
      taskQueue: ERRAND_QUEUE,
      // Enough to keep a slow provider busy, few enough to leave connections to the decisions.
      maxConcurrentActivityTaskExecutions: 20,
    }),
    Worker.create({
      ...shared,
      taskQueue: NOTICE_QUEUE,
      maxConcurrentActivityTaskExecutions: 20,
    }),
    Worker.create({
      ...shared,
      taskQueue: INVOICE_QUEUE,
      maxConcurrentActivityTaskExecutions: 20,
      // Of all workers together: the server keeps it (TaskQueueMetadata, SDK 1.24).
      // Less than the limit: its minutes are not ours, and others call the same endpoints beside it.
      maxTaskQueueActivitiesPerSecond: (deps.invoicesPerMinute / 60) * 0.85,
    }),
  ]);
}

function activitiesOf({ client, hands, report, log }: WorkerDeps) {
  const workflows = createWorkflows(client);
  const deps: Deps & FactsDeps = {
    ...hands,
    wake: async (ref) => workflows.wake(await getSubject(hands.pool, ref)),
  };
  const upkeep = createUpkeep({
    ...deps,
    report,
    keyOf: workflowIdOf,
    bookForm: (chat) =>
      bookForm({ ...hands, workflows, log, now: () => new Date() }, chat, 'upkeep'),
    listRunning: () => workflows.listRunning(),
    signalPayment: async (ref, eventId) =>
      workflows.signalPayment(await getSubject(hands.pool, ref), eventId),
  });
  return { ...createActivities(deps), ...upkeep };
}
