import { randomBytes } from 'node:crypto';
import type { Client, Connection } from '@temporalio/client';
import { google, temporal } from '@temporalio/proto';
import { createClient } from '../../src/commands/client.ts';
import { until } from '../../src/local/until.ts';
import { SEARCH_ATTRIBUTES } from '../../src/workflows/messages.ts';

const { IndexedValueType } = temporal.api.enums.v1;

/** A namespace of its own: workers of other test files never see its work. */
export async function createNamespace(address: string): Promise<Client> {
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const client = createClient(address, namespace);
  const { connection } = client;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: google.protobuf.Duration.fromObject({ seconds: 86_400 }),
  });
  // A new namespace is known to the whole server a moment later.
  await until('the namespace takes search attributes', 30_000, () =>
    addAttributes(connection, namespace, Object.values(SEARCH_ATTRIBUTES)).then(
      () => true,
      () => false,
    ),
  );
  return client;
}

/** Makes search attributes known to a namespace. */
export async function addAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
  attributes: { name: string; type: string }[],
): Promise<void> {
  const types = attributes.map(({ name, type }) => [
    name,
    type === 'DATETIME'
      ? IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
      : IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  ]);
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(types),
  });
}
