import { createServer } from 'node:http';
import { NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import { Gauge, register } from 'prom-client';
import { createClient } from '../commands/client.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { bundleWorkflows } from './bundle.ts';
import { createHands } from './hands.ts';
import { ensureSchedules } from './schedules.ts';
import { createWorkers } from './worker.ts';

const config = readConfig();
const log = createLog('worker', config.logLevel);
Runtime.install({ shutdownSignals: [] });

const address = config.temporalAddress ?? `127.0.0.1:${config.temporalPort}`;
const connection = await NativeConnection.connect({ address });
const client = createClient(address, config.temporalNamespace);
const hands = createHands(config);
const gauges = {
  strays: new Gauge({ name: 'pesan_stray_orders', help: 'Open orders found without a workflow' }),
  ledger_differences: new Gauge({ name: 'pesan_ledger_differences', help: 'Differences found' }),
};

const workers = await createWorkers({
  connection,
  client,
  namespace: config.temporalNamespace,
  workflowBundle: await bundleWorkflows(),
  log,
  hands,
  invoicesPerMinute: config.invoicesPerMinute,
  report: (figure, value) => gauges[figure].set(value),
});
await ensureSchedules(client, config.reconcileSeconds);

const metrics = createServer((_request, response) => {
  register.metrics().then((text) => response.end(text));
});
metrics.listen(config.workerMetricsPort, '127.0.0.1');

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
// Started by `npm start`, this process ends with its parent, however that ends.
if (process.channel) process.once('disconnect', stop);
console.log(JSON.stringify({ ready: true }));
await Promise.all(workers.map((worker) => worker.run()));
metrics.close();
await Promise.all([connection.close(), client.connection.close(), hands.pool.end()]);
process.exit(0);

function stop(): void {
  for (const worker of workers) shutDown(worker);
}

function shutDown(worker: Worker): void {
  if (worker.getState() === 'RUNNING') worker.shutdown();
}
