import path from 'node:path';
import { Connection } from '@temporalio/client';
import proto from '@temporalio/proto';
import { SEARCH_ATTRIBUTES } from '../workflows/messages.ts';
import { launchGuarded } from './guarded.ts';
import { endStray } from './strays.ts';
import { type Launched, supervise, type Watch } from './supervise.ts';
import { findCli } from './temporalcli.ts';

export interface LocalTemporal {
  address: string;
  cli: string;
  stop(): Promise<void>;
}

export interface TemporalOptions extends Watch {
  dataDir: string;
  port: number;
  uiPort: number;
  /** The CLI to use (`TEMPORAL_CLI`); found or fetched when absent. */
  cli?: string | undefined;
  /** Where a fetched CLI is shared by all data folders of a person. */
  cacheDir?: string | undefined;
}

/**
 * Brings up the Temporal dev server with its UI on loopback and keeps it up: its state in the data
 * folder, Pesan's search attributes registered, time skipping on.
 */
export async function startTemporal(options: TemporalOptions): Promise<LocalTemporal> {
  const cli = await findCli(options);
  const address = `127.0.0.1:${options.port}`;
  const launch = async (): Promise<Launched> => {
    await endStray(options.dataDir, 'temporal');
    return launchServer(cli, options, () => isReady(address));
  };
  const server = await supervise('Temporal', launch, options);
  return { address, cli, stop: server.stop };
}

function launchServer(
  cli: string,
  { dataDir, port, uiPort }: TemporalOptions,
  answers: () => Promise<boolean>,
): Launched {
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn'],
    ...['--port', String(port), '--ui-port', String(uiPort)],
    ...['--db-filename', path.resolve(dataDir, 'temporal.db')],
    // A killed server loses nothing with these; without them every step waits for the disk.
    ...['--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=NORMAL'],
    ...['--dynamic-config-value', 'frontend.WorkflowTimeSkippingEnabled=true'],
    ...attributes.flatMap(({ name, shown }) => ['--search-attribute', `${name}=${shown}`]),
  ];
  const stopSignal = 'SIGTERM' as const;
  return launchGuarded({ name: 'temporal', command: cli, args, dataDir, stopSignal }, answers);
}

const attributes = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => ({
  name,
  shown: type === 'DATETIME' ? 'Datetime' : 'Keyword',
}));

/** Whether it answers, with every search attribute: they come a moment after the rest. */
async function isReady(address: string): Promise<boolean> {
  let connection: Connection | undefined;
  try {
    connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
    const namespace = 'default';
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace,
    });
    await connection.workflowService.describeNamespace({ namespace });
    return attributes.every(({ name, shown }) => customAttributes[name] === TYPES[shown]);
  } catch {
    return false;
  } finally {
    await connection?.close();
  }
}

const { IndexedValueType } = proto.temporal.api.enums.v1;

const TYPES: Record<string, number> = {
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
};
