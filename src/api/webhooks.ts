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

interface Sender {
  provider: 'midtrans' | 'xendit';
  called: string;
  proof: string;
}

const MIDTRANS: Sender = {
  provider: 'midtrans',
  called: 'Midtrans',
  proof: 'Signed as Midtrans does: SHA-512 of order id, status code, gross amount and server key.',
};

const XENDIT: Sender = {
  provider: 'xendit',
  called: 'Xendit',
  proof: 'Proved by the `x-callback-token` header, which is the one of the account here.',
};

/** At addresses that were given out before Pesan, the business is named here. */
export function midtransWebhook(name: string, business?: string): Operation {
  return webhook(MIDTRANS, name, business);
}

export function xenditWebhook(name: string): Operation {
  return webhook(XENDIT, name);
}

/**
 * Where a provider tells us of payments, of the business in the address. Whatever cannot be verified is
 * 401, whether it is no JSON, not signed, or signed with another key: who cannot sign learns nothing
 * more.
 */
function webhook(sender: Sender, name: string, business?: string): Operation {
  return operation({
    name,
    does: `Takes a notification of ${sender.called}`,
    about: `${sender.proof} Stored before it is answered; a notification about nothing we know is kept for the operator.`,
    bytes: { most: '64kb' },
    answers: [{ status: 200, says: 'Stored; `duplicate` when it was here before', shape: Taken }],
    refuses: ['UNAUTHORIZED', 'NOT_FOUND', 'TOO_LARGE', 'UNAVAILABLE'],
    handle: (call) => take(call, sender, business ?? param(call, 'business')),
  });
}

async function take(call: Call, { provider, called }: Sender, business: string): Promise<void> {
  const { deps, request, response } = call;
  const { headers } = request;
  const body = readJson(request.body);
  const answer = await storable(() => takeWebhook(deps, business, provider, body, headers));
  if (answer === 'no-account') {
    const text = `No business here is paid through ${called} by this name.`;
    throw new DomainError('NOT_FOUND', text);
  }
  answers.inc({ provider, business, answer });
  if (answer === 'forged' || answer === 'malformed') {
    deps.log.warn({ business, provider, answer }, 'A webhook was refused');
    throw new DomainError('UNAUTHORIZED', 'This is not signed with the key of this business.');
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
