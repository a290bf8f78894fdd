import { Configuration, Invoice, Refund } from 'xendit-node';
import type { Account } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';
import { type Answer, checked } from './answers.ts';

export interface XenditOptions {
  /** Without a path, such as `https://api.xendit.co`. */
  url: string;
  timeoutMs: number;
}

type InvoiceWish = Parameters<Invoice['createInvoice']>[0]['data'];
type RefundWish = NonNullable<NonNullable<Parameters<Refund['createRefund']>[0]>['data']>;

/** The requests that one call of the port may make; together they end within the time-out. */
export interface Call {
  readonly account: Account;
  createInvoice(data: InvoiceWish): Promise<Answer>;
  listInvoices(externalId: string): Promise<Answer>;
  getInvoice(id: string): Promise<Answer>;
  expireInvoice(id: string): Promise<Answer>;
  createRefund(key: string, data: RefundWish): Promise<Answer>;
  listRefunds(invoiceId: string): Promise<Answer>;
}

/** As many as Xendit lists at once; a ref has one, or some when answers were lost. */
const MOST_INVOICES = 100;

/**
 * Asks with xendit-node 7.0.0 and hears the answers itself: the package has no time-out and no bound on
 * an answer, follows redirects with the key, fails on errors that are no JSON and on lists that are left
 * out, and drops what was paid. Nothing is kept between calls but open connections.
 */
export function createClient({ url, timeoutMs }: XenditOptions) {
  const xenditURL = url.replace(/\/+$/, '');

  return function begin(account: Account): Call {
    const fetchApi = hearing(AbortSignal.timeout(timeoutMs));
    const options = { secretKey: account.serverKey, xenditURL };
    const invoices = new Invoices(options, fetchApi);
    const refunds = new Refunds(options, fetchApi);
    const send = async (request: () => Promise<unknown>) => checked(await heard(request), account);

    return {
      account,
      createInvoice: (data) => send(() => invoices.createInvoice({ data })),
      listInvoices: (externalId) =>
        send(() => invoices.getInvoices({ externalId, limit: MOST_INVOICES })),
      getInvoice: (invoiceId) => send(() => invoices.getInvoiceById({ invoiceId })),
      expireInvoice: (invoiceId) => send(() => invoices.expireInvoice({ invoiceId })),
      createRefund: (idempotencyKey, data) =>
        send(() => refunds.createRefund({ idempotencyKey, data })),
      listRefunds: (invoiceId) => send(() => refunds.getAllRefunds({ invoiceId })),
    };
  };
}

interface Options {
  secretKey: string;
  xenditURL: string;
}

class Invoices extends Invoice {
  constructor(options: Options, fetchApi: typeof fetch) {
    super(options);
    this.configuration = new Configuration({ basePath: options.xenditURL, fetchApi });
  }
}

class Refunds extends Refund {
  constructor(options: Options, fetchApi: typeof fetch) {
    super(options);
    this.configuration = new Configuration({ basePath: options.xenditURL, fetchApi });
  }
}

/** Carries an answer past the package, which would read it and drop half. */
class Heard extends Error {
  constructor(readonly answer: Answer) {
    super('Xendit answered.');
  }
}

async function heard(request: () => Promise<unknown>): Promise<Answer> {
  const thrown: unknown = await request().catch((error: unknown) => error);
  if (thrown instanceof Heard) return thrown.answer;
  if (thrown instanceof ProviderError) throw thrown;
  // A key that is no text for a header, say; nothing of the package's error is kept.
  throw new ProviderError('Xendit could not be asked: check the secret key.', false);
}

/** A `fetch` that hears the whole answer before the deadline, which is one for all of a call. */
function hearing(signal: AbortSignal): typeof fetch {
  return async (url, init) => {
    const answer = await hear(() => fetch(url, { ...init, redirect: 'manual', signal }));
    throw new Heard(answer);
  };
}

async function hear(request: () => Promise<Response>): Promise<Answer> {
  try {
    const response = await request();
    return { status: response.status, body: jsonOf(await textOf(response)) };
  } catch (error) {
    if (error instanceof ProviderError) throw error;
    throw new ProviderError(`Xendit ${unreachable(error)}.`, true);
  }
}

/** An answer is some kilobytes. */
const LONGEST = 1_000_000;

async function textOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let text = '';
  for (;;) {
    const chunk = await reader?.read();
    if (!chunk || chunk.done) return text + decoder.decode();
    text += decoder.decode(chunk.value, { stream: true });
    if (text.length <= LONGEST) continue;
    await reader?.cancel();
    throw new ProviderError('Xendit answered more than it can have to say.', true);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function unreachable(error: unknown): string {
  if ((error as { name?: unknown } | null)?.name === 'TimeoutError')
    return 'did not answer in time';
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  if (typeof code === 'string' && /^[EU][A-Z_]{2,40}$/.test(code))
    return `did not answer (${code})`;
  return 'did not answer';
}
