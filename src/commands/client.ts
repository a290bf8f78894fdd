import { Client, Connection } from '@temporalio/client';

/**
 * A client of Temporal. Connects when it is first used, so that a process may start, and store what
 * arrives, while Temporal is down. Close its `connection`.
 */
export function createClient(address: string, namespace: string): Client {
  return new Client({ connection: Connection.lazy({ address }), namespace });
}
