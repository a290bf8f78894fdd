import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WithStartWorkflowOperation } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import express from 'express';
import { listAvailability, lockSlotsOf } from '../src/db/places/quotas.ts';
import { createPool } from '../src/db/pool.ts';
import { goSignal, rawHold, rawSignal, takeUpdate } from './raw.workflow.ts';

const QUEUE = 'bench-raw';

/** Temporal, Postgres and Express with nothing of Pesan around them. */
export interface Raw {
  hold(): Promise<void>;
  signal(): Promise<number>;
  quota(): Promise<void>;
  availability(from: string, to: string): Promise<void>;
  close(): Promise<void>;
}

export async function startRaw(databaseUrl: string, address: string, date: string): Promise<Raw> {
  const pool = createPool(databaseUrl, 20);
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  await pool.query(
    'create table if not exists bench_place (id int primary key, capacity int, held int)',
  );
  await pool.query('insert into bench_place values (1, 100000000, 0) on conflict do nothing');
  const takePlace = async (): Promise<boolean> => {
    const { rowCount } = await pool.query(
      'update bench_place set held = held + 1 where id = 1 and held < capacity',
    );
    return rowCount === 1;
  };
  const worker = await Worker.create({
    connection,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./raw.workflow.ts', import.meta.url)),
    activities: { takePlace },
  });
  const running = worker.run();
  const route = await startRoute(pool);
  return {
    hold: async () => {
      await client.workflow.executeUpdateWithStart(takeUpdate, {
        updateId: 'take',
        startWorkflowOperation: new WithStartWorkflowOperation(rawHold, {
          workflowId: `raw-${randomUUID()}`,
          taskQueue: QUEUE,
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      });
    },
    signal: () => signalOnce(client),
    quota: async () => {
      const connected = await pool.connect();
      await connected.query('begin');
      const tx = Object.assign(connected, { inTransaction: true as const });
      await lockSlotsOf(tx, 'bench', 'wide', date, null);
      await connected.query('update bench_place set held = held + 1 where id = 1');
      await connected.query('commit');
      connected.release();
    },
    availability: async (from, to) => {
      const answer = await fetch(`${route.url}?from=${from}&to=${to}`);
      await answer.json();
    },
    close: async () => {
      worker.shutdown();
      await running;
      await route.close();
      await Promise.all([pool.end(), connection.close(), client.connection.close()]);
    },
  };
}

/** From the signal until the workflow's result is there, in milliseconds. */
async function signalOnce(client: Client): Promise<number> {
  const workflowId = `raw-${randomUUID()}`;
  const handle = await client.workflow.start(rawSignal, { workflowId, taskQueue: QUEUE });
  await new Promise((resolve) => setTimeout(resolve, 150));
  const begun = performance.now();
  await handle.signal(goSignal);
  await handle.result();
  return performance.now() - begun;
}

/** A bare Express route with the same query as ours. */
async function startRoute(pool: Parameters<typeof listAvailability>[0]) {
  const app = express();
  app.get('/', async (request, response) => {
    const { from, to } = request.query as { from: string; to: string };
    response.json({ days: await listAvailability(pool, 'bench', 'wide', from, to) });
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
