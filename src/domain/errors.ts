/** Every code that a caller can meet, with the HTTP status that the API answers it with. */
export const ERROR_STATUS = {
  INVALID: 400,
  OTP_WRONG: 400,
  OTP_EXPIRED: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SOLD_OUT: 409,
  CLOSED: 409,
  IDENTITY_ALREADY_BOOKED: 409,
  NOT_ALLOWED: 409,
  NOT_PAID: 409,
  IDEMPOTENCY_MISMATCH: 409,
  TOO_LARGE: 413,
  OTP_TOO_MANY: 429,
  SLOW_DOWN: 429,
  UNAVAILABLE: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/** One wrong field: an RFC 6901 pointer into the request and a sentence about it. */
export interface FieldError {
  pointer: string;
  message: string;
}

/** A request that is refused for a reason the caller can act on. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly code: ErrorCode,
    detail: string,
    readonly errors: FieldError[] = [],
    readonly retryAfterSeconds?: number,
  ) {
    super(detail);
  }
}

/** A request with wrong fields; says them all at once. */
export function invalid(...errors: FieldError[]): DomainError {
  const [first] = errors;
  const detail = errors.length === 1 ? first!.message : `${errors.length} fields are wrong.`;
  return new DomainError('INVALID', detail, errors);
}
