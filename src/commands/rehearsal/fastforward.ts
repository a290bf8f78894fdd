import { randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import proto from '@temporalio/proto';

// A CommonJS package, of which Node finds no names.
const { google, temporal } = proto;
const { WorkflowExecutionStatus } = temporal.api.enums.v1;

/** The clock of one execution, which may run ahead of everybody else's (design: rehearsal). */
export interface FastForward {
  /** The workflow's own time, as its newest event has it. */
  now(workflowId: string): Promise<Date>;
  /** Lets its time pass at once. The server does not take it back: only ever for a twin. */
  forward(workflowId: string, ms: number): Promise<void>;
  /** `busy` while a task or an activity is under way, `retrying` while an activity waits to be tried again. */
  look(workflowId: string): Promise<'rest' | 'busy' | 'retrying'>;
  /** Terminates it, if it runs. Safe to repeat. */
  end(workflowId: string): Promise<void>;
}

/** Needs `frontend.WorkflowTimeSkippingEnabled` in the dynamic config of a server from 1.32 on. */
export function createFastForward(client: Client): FastForward {
  const { workflowService } = client.connection;
  const { namespace } = client.options;
  return {
    async now(workflowId) {
      const { history } = await workflowService.getWorkflowExecutionHistoryReverse({
        namespace,
        execution: { workflowId },
        maximumPageSize: 1,
      });
      const at = history?.events?.[0]?.eventTime;
      if (!at) throw new Error(`The workflow ${workflowId} has no history.`);
      return new Date(Number(at.seconds) * 1000 + Math.floor((at.nanos ?? 0) / 1e6));
    },
    async forward(workflowId, ms) {
      const duration = durationOf(ms);
      await workflowService.updateWorkflowExecutionOptions({
        namespace,
        workflowExecution: { workflowId },
        workflowExecutionOptions: {
          timeSkippingConfig: { enabled: true, fastForwardConfig: { id: randomUUID(), duration } },
        },
        updateMask: google.protobuf.FieldMask.fromObject({ paths: ['time_skipping_config'] }),
      });
    },
    async look(workflowId) {
      const found = await workflowService.describeWorkflowExecution({
        namespace,
        execution: { workflowId },
      });
      const { status } = found.workflowExecutionInfo ?? {};
      if (status !== WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) return 'rest';
      const activities = found.pendingActivities ?? [];
      if (activities.some(({ attempt }) => (attempt ?? 1) > 1)) return 'retrying';
      return activities.length > 0 || found.pendingWorkflowTask ? 'busy' : 'rest';
    },
    async end(workflowId) {
      const ended = client.workflow.getHandle(workflowId).terminate('The rehearsal is over.');
      await ended.catch((error: unknown) => {
        if (!(error instanceof WorkflowNotFoundError)) throw error;
      });
    },
  };
}

function durationOf(ms: number) {
  return google.protobuf.Duration.fromObject({
    seconds: Math.floor(ms / 1000),
    nanos: (ms % 1000) * 1e6,
  });
}

/** The sandbox listens on the loopback only: a Bot API elsewhere reaches customers. */
export function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
}
