import type { Account } from '../../domain/payment.ts';
import { ProviderError } from '../provider.ts';

/** What Xendit said: an object, a list of invoices, or `{error_code, message}`. */
export interface Answer {
  status: number;
  body: unknown;
}

/**
 * An answer that says something. Throws a `ProviderError` for one that is no JSON of Xendit and for
 * trouble on their side (temporary), and for a key that they refuse (permanent).
 */
export function checked(answer: Answer, account: Account): Answer {
  const { status, body } = answer;
  if (status === 429 || status >= 500 || (status >= 300 && status < 400)) {
    throw new ProviderError('Xendit is not able to answer now.', true, status);
  }
  if (typeof body !== 'object' || body === null) {
    throw new ProviderError('Xendit answered something that is not its own.', true, status);
  }
  // A 404 of something else at a wrong address must not pass for "no such invoice".
  if (status >= 400 && !codeOf(answer)) {
    throw new ProviderError('Xendit refused in words that are not its own.', true, status);
  }
  if (status === 401) throw new ProviderError(keyRefused(account), false, 401);
  return answer;
}

function keyRefused({ business }: Account): string {
  return (
    `Xendit does not know the secret key of ${business}: check the account's server key, and that ` +
    'XENDIT_URL is of the same environment (sandbox or production)'
  );
}

/**
 * The error code of a refusal; undefined where there is none. Only codes are kept of a refusal: its
 * message may repeat what was sent.
 */
export function codeOf({ body }: Answer): string | undefined {
  const code = (body as { error_code?: unknown } | null)?.error_code;
  return typeof code === 'string' && /^[A-Z][A-Z_]{2,60}$/.test(code) ? code : undefined;
}

/** The permanent error of an answer that nobody expected. */
export function refusal(wanted: string, answer: Answer): ProviderError {
  const code = codeOf(answer) ?? 'no code was given';
  return new ProviderError(`Xendit would not ${wanted}: ${code}`, false, answer.status);
}
