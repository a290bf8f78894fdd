import { Counter } from 'prom-client';
import { takeWebhook } from '../commands/webhook.ts';
import { DomainError } from '../domain/errors.ts';
import { Taken } from './answers.ts';
import { type Call, type Operation, operation, param } from './operation.ts';

const answers = new Counter({
  name: 'pesan_webhooks_total',
  help: 'Webhooks of payment providers by what they were',
  labelNames: ['provider', 'business', 'answer'],
});

/**
 * Where Midtrans tells us of payments, of the business in the address or, at addresses that were given
 * out before Pesan, of the one named here. Whatever cannot be verified is 401, whether it is no JSON,
 * not signed, or signed with another key: who cannot sign learns nothing more.
 */
export function midtransWebhook(name: string, business?: string): Operation {
  return operation({
    name,
    does: 'Takes a notification of Midtrans',
    about:
      'Signed as Midtrans does: SHA-512 of order id, status code, gross amount and server key. Stored before it is answered; a notification about nothing we know is kept for the operator.',
    bytes: { most: '64kb' },
    answers: [{ status: 200, says: 'Stored; `duplicate` when it was here before', shape: Taken }],
    refuses: ['UNAUTHORIZED', 'NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
    handle: (call) => take(call, 'midtrans', business ?? param(call, 'business')),
  });
}

/** Where Xendit tells us of invoices and refunds, of the business in the address. */
export const xenditWebhook: Operation = operation({
  name: 'xendit',
  does: 'Takes a webhook of Xendit',
  about:
    'With the callback token of the account in `x-callback-token`. Stored before it is answered; a webhook about nothing we know is kept for the operator.',
  bytes: { most: '64kb' },
  answers: [{ status: 200, says: 'Stored; `duplicate` when it was here before', shape: Taken }],
  refuses: ['UNAUTHORIZED', 'NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
  handle: (call) => take(call, 'xendit', param(call, 'business')),
});

async function take(call: Call, provider: 'midtrans' | 'xendit', business: string): Promise<void> {
  const { deps, request, response } = call;
  const body = readJson(request.body);
  const answer = await storable(() =>
    takeWebhook(deps, business, provider, body, (name) => request.get(name)),
  );
  if (answer === 'no-account') {
    throw new DomainError(
      'NOT_FOUND',
      `No business here is paid through ${provider} by this name.`,
    );
  }
  answers.inc({ provider, business, answer });
  if (answer === 'forged' || answer === 'malformed') {
    deps.log.warn({ business, provider, answer }, 'A webhook was refused');
    throw new DomainError(
      'UNAUTHORIZED',
      'This does not prove to come from the account of this business.',
    );
  }
  response.json(answer === 'duplicate' ? { ok: true, duplicate: true } : { ok: true });
}

/** Any JSON value, whatever the content type says: signatures decide, not headers. */
function readJson(body: unknown): unknown {
  try {
    return Buffer.isBuffer(body) ? JSON.parse(body.toString('utf8')) : undefined;
  } catch {
    return undefined;
  }
}

/** Whatever fails here is our store: 503 has the provider send it again, as 500 would not. */
async function storable<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw Object.assign(new DomainError('UNAVAILABLE', 'Not stored; send it again.', [], 30), {
      cause,
    });
  }
}
