/** What a call is refused with; its text is Telegram's own, word by word. */
export class Refusal extends Error {
  readonly code: number;
  readonly retryAfter: number | undefined;

  constructor(code: number, description: string, retryAfter?: number) {
    super(description);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** The common refusal: 400 `Bad Request: …`. */
export function bad(what: string): Refusal {
  return new Refusal(400, `Bad Request: ${what}`);
}

export function tooMany(seconds: number): Refusal {
  const wait = Math.max(1, Math.ceil(seconds));
  return new Refusal(429, `Too Many Requests: retry after ${wait}`, wait);
}
