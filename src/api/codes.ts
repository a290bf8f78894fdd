import type { ErrorCode } from '../domain/errors.ts';

/** Every code that an answer may carry; `INTERNAL` is a bug of ours. */
export type Code = ErrorCode | 'INTERNAL';

/** What a code is called, and what whoever meets it does (docs/error-codes.md says it at length). */
export const CODES: Record<Code, { title: string; help: string }> = {
  INVALID: {
    title: 'The request has wrong fields',
    help: 'Mend what `errors` points at, and send it again.',
  },
  OTP_WRONG: {
    title: 'Not the code that was sent',
    help: 'Type the code of the newest mail to the registered address of the base.',
  },
  OTP_EXPIRED: {
    title: 'This code is over',
    help: 'Ask for a new one: a code is good for ten minutes, and once.',
  },
  OTP_TOO_MANY: {
    title: 'Too many wrong codes',
    help: 'Ask for a new code.',
  },
  UNAUTHORIZED: {
    title: 'Not signed, or not signed in',
    help: 'Send a token that lives; sign a webhook with the key of its business.',
  },
  FORBIDDEN: {
    title: 'This token may not do that',
    help: 'Use a token of this business whose role may.',
  },
  NOT_FOUND: {
    title: 'There is nothing here',
    help: 'Check the address: the business, the code, or the link that was copied.',
  },
  SOLD_OUT: {
    title: 'Sold out',
    help: 'Choose another date, fewer places, or join the waiting list.',
  },
  CLOSED: {
    title: 'Closed',
    help: 'Choose another date or time: this one is closed, or outside the opening hours.',
  },
  IDENTITY_ALREADY_BOOKED: {
    title: 'An identity holds a place on this date already',
    help: 'One identity holds one place a day. Its booking can be found by the link in its mail.',
  },
  NOT_ALLOWED: {
    title: 'Not allowed by the rules of the business',
    help: '`detail` says which rule; ask the business.',
  },
  NOT_PAID: {
    title: 'Not paid yet',
    help: 'Pay first: documents are there once the money is.',
  },
  IDEMPOTENCY_MISMATCH: {
    title: 'The key was used for another request',
    help: 'Use a new Idempotency-Key for a new request.',
  },
  TOO_LARGE: {
    title: 'The request is too large',
    help: 'Send less: at most 256 kB, 64 kB for a webhook.',
  },
  SLOW_DOWN: {
    title: 'Too many requests',
    help: 'Wait as many seconds as `Retry-After` says.',
  },
  UNAVAILABLE: {
    title: 'Not available right now',
    help: 'Nothing is lost: ask again after `Retry-After` seconds, with the same key.',
  },
  INTERNAL: {
    title: 'Something failed here',
    help: 'A fault of ours, and noted. Ask again with the same key.',
  },
};

/** Where the documentation speaks of a code. */
export function anchorOf(code: string): string {
  return code.toLowerCase().replaceAll('_', '-');
}
