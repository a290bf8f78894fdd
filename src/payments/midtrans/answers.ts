import type { MidtransError } from 'midtrans-client';
import type { Account } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';

/** What Midtrans answered: the Core API's status is the one in its body, under HTTP 200. */
export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

export interface RawAnswer {
  /** Absent when the call went well by HTTP. */
  status: number | undefined;
  body: unknown;
}

/**
 * What midtrans-client rejected with, as an answer if there was one. Throws a temporary
 * `ProviderError` when there was none; nothing of the package's error is kept, since it carries the
 * server key.
 */
export function failed(error: unknown): RawAnswer {
  if (error instanceof ProviderError) throw error;
  const { httpStatusCode, ApiResponse, rawHttpClientData } = error as Partial<MidtransError>;
  if (httpStatusCode !== null && httpStatusCode !== undefined) {
    return { status: Number(httpStatusCode), body: ApiResponse };
  }
  // A redirect is neither refused nor answered by the package: axios' own error comes through.
  const { response } = error as { response?: { status: number } };
  if (response) return { status: response.status, body: undefined };
  throw new ProviderError(`Midtrans ${unreachable(rawHttpClientData)}.`, true);
}

function unreachable(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  if (code === 'ERR_CANCELED') return 'did not answer in time';
  if (typeof code === 'string' && /^E[A-Z_]{2,40}$/.test(code)) return `did not answer (${code})`;
  return 'did not answer';
}

/**
 * An answer that says something: throws a `ProviderError` for one that is no JSON object, for
 * trouble on their side (temporary) and for a key that they refuse (permanent).
 */
export function checked({ status: http, body }: RawAnswer, account: Account): Answer {
  const status = http ?? statusIn(body);
  if (!isRecord(body) || !Number.isInteger(status)) {
    throw new ProviderError('Midtrans answered something that is not its own.', true, http);
  }
  // A 404 of something else at a wrong address must not pass for "no such transaction".
  if (status >= 400 && !('status_code' in body) && !('error_messages' in body)) {
    throw new ProviderError('Midtrans refused in words that are not its own.', true, status);
  }
  if (status === 401) throw new ProviderError(keyRefused(account), false, 401);
  if (status === 429 || status >= 500 || (status >= 300 && status < 400)) {
    throw new ProviderError('Midtrans is not able to answer now.', true, status);
  }
  return { status, body };
}

function statusIn(body: unknown): number {
  return isRecord(body) ? Number(body.status_code ?? 200) : Number.NaN;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keyRefused({ business }: Account): string {
  return (
    `Midtrans does not know the server key of ${business}: check the account's server key, and that ` +
    'MIDTRANS_SNAP_URL and MIDTRANS_CORE_URL are of the same environment (sandbox or production)'
  );
}

/** The permanent error of an answer that nobody expected, with as much of its words as is safe. */
export function refusal(wanted: string, answer: Answer): ProviderError {
  const words = safeWords(messagesOf(answer.body));
  return new ProviderError(`Midtrans would not ${wanted}: ${words}`, false, answer.status);
}

export function messagesOf({ error_messages: many, status_message: one }: Answer['body']): string {
  return (Array.isArray(many) ? many : [one]).filter((word) => typeof word === 'string').join(' ');
}

/**
 * The words that Midtrans' refusals are made of (docs, "Error codes" and "Snap errors", 2026-05). What
 * is none of them may be a name, a key or a number: failures are kept where anybody may read them.
 */
const TECHNICAL = new Set(
  `a already allowed amount an and at attempted bad be been before but by can cancel cannot capture card
  charge customer customer_details declined denied details digits does duplicate duration enabled equal
  exceed exceeded exist expire expired expiry failed fee field for format found fraud from gross_amount
  has id in inactive integer invalid is item_details it its key least length longer match maximum
  merchant method minimum minutes missing modified modify more most must name no not number of on one or
  order order_id page parameter partial payment payment_type performed permitted please price processed
  provider quantity reached refund refunded rejected request required settled settlement snap start_time
  state status sum supported than that the there this time to token transaction transaction_details
  type unit updated url utilized valid value was with`.split(/\s+/),
);

/** The technical words of a refusal and its small numbers; `…` for everything else. */
function safeWords(words: string): string {
  const safe = words.split(/\s+/).map((word) => {
    const bare = word.toLowerCase().replace(/^["'(]+|[.,:;!?"')]+$/g, '');
    return TECHNICAL.has(bare) || /^\d{1,3}$/.test(bare) ? word : '…';
  });
  const text = safe.join(' ').replace(/…( …)+/g, '…');
  return text.slice(0, 200) || 'no words were given.';
}
