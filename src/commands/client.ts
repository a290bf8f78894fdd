import {
  Client,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/** The one call that may not be sent twice: each takes the clock further (`createFastForward`). */
const ONCE = '/UpdateWorkflowExecutionOptions';

/**
 * A client of Temporal. Connects when it is first used, so that a process may start, and store what
 * arrives, while Temporal is down. Close its `connection`.
 */
export function createClient(address: string, namespace: string): Client {
  return new Client({ connection: Connection.lazy({ address, interceptors: [retry] }), namespace });
}

const again = makeGrpcRetryInterceptor(defaultGrpcRetryOptions());
const never = makeGrpcRetryInterceptor({
  ...defaultGrpcRetryOptions(),
  retryableDecider: () => false,
});

/** As the client does by itself, but for the call that may not be repeated unseen. */
const retry: Interceptor = (options, nextCall) => {
  const isOnce = options.method_definition.path.endsWith(ONCE);
  return (isOnce ? never : again)(options, nextCall);
};
