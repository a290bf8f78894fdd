import { Invoice, Refund } from 'xendit-node';
import type { Account } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';

export interface XenditOptions {
  /** Without a path behind the host, such as `https://api.xendit.co`. */
  url: string;
  timeoutMs: number;
}

/** The requests that one call of the port may make; together they end within the time-out. */
export interface Call {
  readonly account: Account;
  createInvoice(body: object): Promise<unknown>;
  /** All invoices of an external id; Xendit takes any number of them. */
  listInvoices(externalId: string): Promise<unknown>;
  /** Throws `Refused` for one that is not pending. */
  expireInvoice(id: string): Promise<unknown>;
  createRefund(body: object, key: string): Promise<unknown>;
  listRefunds(invoiceId: string): Promise<unknown>;
}

/** What Xendit would not do, by its own code, which names nobody. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`Xendit refused: ${code}.`);
  }
}

/**
 * Makes calls with xendit-node 7.0.0 and closes what it leaves open: it has no time-out, fails without
 * a status on answers that are no JSON, and drops `paid_amount`, `paid_at`, `payment_channel` and the
 * state of refunds. So its requests go through a fetch of ours, and its answers are read as they came.
 */
export function createClient({ url, timeoutMs }: XenditOptions) {
  const xenditURL = url.replace(/\/+$/, '');
  return function begin(account: Account): Call {
    const signal = AbortSignal.timeout(timeoutMs);
    const bounded = (to: string, init: RequestInit) => send(account, to, init, signal);
    const options = { secretKey: account.serverKey, xenditURL };
    const invoices = within<Raw<'createInvoice' | 'getInvoices' | 'expireInvoice'>>(
      new Invoice(options),
      bounded,
    );
    const refunds = within<Raw<'createRefund' | 'getAllRefunds'>>(new Refund(options), bounded);
    return {
      account,
      createInvoice: (body) => read(invoices.createInvoiceRaw({ data: body })),
      listInvoices: (externalId) => read(invoices.getInvoicesRaw({ externalId, limit: 20 })),
      expireInvoice: (id) => read(invoices.expireInvoiceRaw({ invoiceId: id })),
      createRefund: (body, key) =>
        read(refunds.createRefundRaw({ data: body, idempotencyKey: key })),
      listRefunds: (id) => read(refunds.getAllRefundsRaw({ invoiceId: id, limit: 50 })),
    };
  };
}

/** The package's calls before it maps their answers; it has them, and does not tell. */
type Raw<Names extends string> = {
  [name in `${Names}Raw`]: (asked: object) => Promise<{ raw: Response }>;
};

function within<T>(api: object, bounded: (url: string, init: RequestInit) => Promise<Response>): T {
  return Object.assign(api, { fetchApi: bounded }) as T;
}

async function read(calling: Promise<{ raw: Response }>): Promise<unknown> {
  const { raw } = await calling;
  return parsed(await textOf(raw));
}

/** An answer is some kilobytes. */
const LONGEST = 1_000_000;

async function textOf(response: Response): Promise<string> {
  try {
    const text = await response.text();
    if (text.length <= LONGEST) return text;
  } catch {
    throw new ProviderError('Xendit did not answer in time.', true);
  }
  throw new ProviderError('Xendit answered more than an answer can be.', true);
}

/** Sends a request; answers that are no success end here, whatever their bytes are. */
async function send(
  account: Account,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
): Promise<Response> {
  // A redirect would take the key elsewhere.
  const sending = fetch(url, { ...init, signal, redirect: 'error' });
  const response = await sending.catch((error: unknown) => {
    throw new ProviderError(`Xendit ${unreachable(error, signal)}.`, true);
  });
  if (response.ok) return response;
  throw refusalOf(account, response.status, await textOf(response));
}

function unreachable(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'did not answer in time';
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown };
  const isPlain = typeof code === 'string' && /^[A-Z_]{3,40}$/.test(code);
  return isPlain ? `did not answer (${code})` : 'did not answer';
}

function refusalOf({ business }: Account, status: number, text: string): Error {
  if (status === 429 || status >= 500) {
    return new ProviderError('Xendit is not able to answer now.', true, status);
  }
  const { error_code: code } = (tryParse(text) ?? {}) as { error_code?: unknown };
  // Something else at a wrong address must not pass for Xendit's own word.
  if (typeof code !== 'string' || !/^[A-Z_]{3,80}$/.test(code)) {
    return new ProviderError('Xendit refused in words that are not its own.', true, status);
  }
  if (status === 401) {
    const help = 'check its secret key, and that XENDIT_URL is of the same environment';
    return new ProviderError(`Xendit does not know the key of ${business}: ${help}.`, false, 401);
  }
  return new Refused(status, code);
}

function parsed(text: string): unknown {
  const body = tryParse(text);
  if (body === undefined) {
    throw new ProviderError('Xendit answered something that is not its own.', true);
  }
  return body;
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The permanent error of a refusal that nobody expected. */
export function refusal(wanted: string, { status, code }: Refused): ProviderError {
  return new ProviderError(`Xendit would not ${wanted}: ${code}`, false, status);
}
