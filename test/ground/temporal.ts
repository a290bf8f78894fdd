import { randomBytes } from 'node:crypto';
import type { Client } from '@temporalio/client';
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
  const attributes = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [
    name,
    type === 'DATETIME'
      ? IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
      : IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  ]);
  // A new namespace is known to the whole server a moment later.
  await until('the namespace takes search attributes', 30_000, () =>
    connection.operatorService
      .addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(attributes) })
      .then(
        () => true,
        () => false,
      ),
  );
  return client;
}
