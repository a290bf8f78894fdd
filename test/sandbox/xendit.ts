import { basic, type callerOf, type Json, type Receiver } from './support.ts';

/** The calls that a merchant of Xendit and a tester make. */
export function xenditCallerOf(
  { call, control }: Pick<ReturnType<typeof callerOf>, 'call' | 'control'>,
  receiver: Receiver,
) {
  const api = (
    method: string,
    path: string,
    body?: unknown,
    { merchant = 'rafess', headers = {} as Record<string, string> } = {},
  ) => {
    const authorization = basic(`xnd_development_${merchant}`);
    return call(method, `/xendit${path}`, { body, headers: { authorization, ...headers } });
  };
  return {
    api,
    /** A new invoice, as it was answered. */
    create: async (externalId: string, more: Json = {}) =>
      (await api('POST', '/v2/invoices', { external_id: externalId, amount: 15_000, ...more }))
        .body,
    get: async (invoice: Json) => (await api('GET', `/v2/invoices/${invoice.id}`)).body,
    /** How Xendit is from now on; PAID stays PAID unless it is asked to settle. */
    be: (habits: Json = {}) => control('PUT', '/xendit/limits', { settles: false, ...habits }),
    pay: (ref: unknown, body: Json = {}) => control('POST', `/xendit/${ref}/pay`, body),
    /** The webhooks of an invoice, in the order they came. */
    toldOf: (invoice: Json) => receiver.received.filter(({ body }) => body.id === invoice.id),
  };
}
