import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import proto from '@temporalio/proto';

// A CommonJS package, of which Node finds no names.
const { google, temporal } = proto;
const { WorkflowExecutionStatus } = temporal.api.enums.v1;

/** The clock of one execution, which may run ahead of everybody else's (design: rehearsal). */
export interface FastForward {
  /** The workflow's own time. */
  now(workflowId: string): Promise<Date>;
  /**
   * Lets its time pass at once, and once, also when the answer is lost. The server does not take it
   * back: only ever for a twin.
   */
  forward(workflowId: string, ms: number): Promise<void>;
  /**
   * `busy` while its time, a task or an activity is under way, `retrying` while an activity waits to be
   * tried again.
   */
  look(workflowId: string): Promise<'rest' | 'busy' | 'retrying'>;
  /** Terminates it, if it runs. Safe to repeat. */
  end(workflowId: string): Promise<void>;
}

/** How often the server is asked to move time: one that is overloaded refuses for some seconds. */
const TRIES = 5;

/** Needs `frontend.WorkflowTimeSkippingEnabled` in the dynamic config of a server from 1.32 on. */
export function createFastForward(client: Client): FastForward {
  const { workflowService } = client.connection;
  const { namespace } = client.options;
  const describe = (workflowId: string) =>
    workflowService.describeWorkflowExecution({ namespace, execution: { workflowId } });
  const skippingOf = async (workflowId: string) =>
    (await describe(workflowId)).workflowExtendedInfo?.timeSkippingInfo;

  /** The server does not tell one id from another: each call moves time. */
  async function move(workflowId: string, id: string, ms: number): Promise<void> {
    await workflowService.updateWorkflowExecutionOptions({
      namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, fastForwardConfig: { id, duration: durationOf(ms) } },
      },
      updateMask: google.protobuf.FieldMask.fromObject({ paths: ['time_skipping_config'] }),
    });
  }

  return {
    async now(workflowId) {
      const at = (await skippingOf(workflowId))?.currentTime;
      // Until its time was first moved it is everybody's.
      return at
        ? new Date(Number(at.seconds) * 1000 + Math.floor((at.nanos ?? 0) / 1e6))
        : new Date();
    },
    async forward(workflowId, ms) {
      const id = randomUUID();
      for (let tries = 1; ; tries += 1) {
        try {
          return await move(workflowId, id, ms);
        } catch (error) {
          // Only the answer may be lost: asked a second time, it would pass a second deadline, too.
          if ((await skippingOf(workflowId))?.effectiveConfig?.fastForwardConfig?.id === id) return;
          if (tries === TRIES) throw error;
          await delay(tries * 500);
        }
      }
    },
    async look(workflowId) {
      const { workflowExecutionInfo, workflowExtendedInfo, ...found } = await describe(workflowId);
      const status = workflowExecutionInfo?.status;
      if (status !== WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) return 'rest';
      const activities = found.pendingActivities ?? [];
      if (activities.some(({ attempt }) => (attempt ?? 1) > 1)) return 'retrying';
      // The server takes it back once the time that was asked for has passed.
      const isMoving = workflowExtendedInfo?.timeSkippingInfo?.effectiveConfig?.enabled === true;
      return isMoving || activities.length > 0 || found.pendingWorkflowTask ? 'busy' : 'rest';
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
