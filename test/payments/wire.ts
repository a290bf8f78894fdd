import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from '../../src/domain/payment.ts';
import { type Provider, ProviderError } from '../../src/payments/provider.ts';
import { accountOf, midtransAt } from './ground.ts';

export interface Asked {
  /** Such as "GET /midtrans/v2/X/status". */
  line: string;
  headers: IncomingMessage['headers'];
  text: string;
}

export type Respond = (res: ServerResponse, asked: Asked) => unknown;

/** A server that answers whatever a test wants, where a provider should be. */
export async function startWire(
  at: (url: string, timeoutMs: number) => Provider = midtransAt,
  account: Account = accountOf('slamet'),
) {
  const asked: Asked[] = [];
  let connections = 0;
  const answers: { next: Respond[]; else: Respond } = { next: [], else: json({}) };
  const server = createServer(async (req, res) => {
    let text = '';
    for await (const chunk of req) text += chunk;
    const one = { line: `${req.method} ${req.url}`, headers: req.headers, text };
    asked.push(one);
    (answers.next.shift() ?? answers.else)(res, one);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    account,
    provider: at(url, 2_000),
    impatient: (timeoutMs: number) => at(url, timeoutMs),
    asked,
    connections: () => connections,
    /** Answers the next calls one after the other; the last answer stays. */
    answer(...next: [...Respond[], Respond]) {
      answers.else = next.at(-1) as Respond;
      answers.next = next.slice(0, -1);
      asked.length = 0;
    },
    close() {
      server.closeAllConnections();
      return new Promise<void>((done) => server.close(() => done()));
    },
  };
}

export type Wire = Awaited<ReturnType<typeof startWire>>;

/** An answer of the Core API is HTTP 200, with its status in the body. */
export function json(body: unknown, status = 200): Respond {
  return (res) => {
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

export function text(body: string, status = 200, type = 'text/html'): Respond {
  return (res) => void res.writeHead(status, { 'content-type': type }).end(body);
}

export const REF = 'WIRE0001-1';

/** A transaction as GET status tells it. */
export function transaction(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    status_code: '200',
    status_message: 'Success, transaction is found',
    transaction_id: '249fc620-6017-4540-af7c-5a1c25788f46',
    order_id: REF,
    merchant_id: 'G812785002',
    gross_amount: '75000.00',
    currency: 'IDR',
    payment_type: 'qris',
    transaction_time: '2026-02-01 10:00:00',
    transaction_status: 'settlement',
    fraud_status: 'accept',
    ...change,
  };
}

/** The same as a notification of an account. */
export function notification(
  change: Record<string, unknown> = {},
  serverKey = accountOf('slamet').serverKey,
): Record<string, unknown> {
  const body = transaction(change);
  const signed = `${body.order_id}${body.status_code}${body.gross_amount}${serverKey}`;
  return { ...body, signature_key: createHash('sha512').update(signed).digest('hex'), ...change };
}

/** An invoice of Xendit as the API answers it, as bare as it can be: without `available_*`. */
export function invoice(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: '65f000000000000000000001',
    external_id: REF,
    status: 'PENDING',
    amount: 75_000,
    currency: 'IDR',
    invoice_url: 'https://checkout.example/web/65f000000000000000000001',
    expiry_date: '2026-12-01T10:00:00.000Z',
    ...change,
  };
}

/** What stands in an invoice beside, once it was paid. */
export const PAID = {
  status: 'PAID',
  paid_amount: 75_000,
  paid_at: '2026-12-01T09:30:00.000Z',
  payment_id: 'ewc_1',
  payment_method: 'EWALLET',
  payment_channel: 'DANA',
};

/** What a call of a provider fails with; one that fails otherwise, or not at all, is a fault. */
export async function failureOf(call: Promise<unknown>): Promise<ProviderError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ProviderError) return error;
  throw new Error(`A ProviderError was wanted, not ${String(error)}`);
}
