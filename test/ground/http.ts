/** An answer as a test looks at it. `body` is parsed when it is JSON, else its text. */
export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into bodies of every shape.
  body: any;
}

export interface Ask {
  body?: unknown;
  headers?: Record<string, string>;
  token?: string;
  /** The Idempotency-Key. */
  key?: string;
}

export type Call = (method: string, path: string, ask?: Ask) => Promise<Answer>;

/** Calls a server as a client would; redirects are answers, not followed. */
export function callerOf(base: string): Call {
  return async (method, path, { body, headers = {}, token, key } = {}) => {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(new URL(path, base), {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(key && { 'idempotency-key': key }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  };
}
