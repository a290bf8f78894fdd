export interface Sent {
  /** Null when nobody answered. */
  status: number | null;
  /** The beginning of the answered body, or why there is none. */
  answer: string;
  /** What the receiver asked for in `Retry-After`. */
  retryAfterSeconds?: number;
}

export interface Posting {
  url: string;
  headers: Record<string, string>;
  body: string;
  timeoutMs: number;
  signal: AbortSignal;
}

const LONGEST_ANSWER = 2_000;

/**
 * Posts bytes and says what came back; never throws. 307 and 308 are followed with POST, other
 * redirects are answers (Midtrans, HTTP notification page, 2025-11: at most five hops).
 */
export async function post(posting: Posting, hopsLeft = 5): Promise<Sent> {
  try {
    const response = await fetch(posting.url, {
      method: 'POST',
      headers: posting.headers,
      body: posting.body,
      redirect: 'manual',
      signal: AbortSignal.any([posting.signal, AbortSignal.timeout(posting.timeoutMs)]),
    });
    const answer = await beginningOf(response);
    const target = redirectOf(response, posting.url);
    if (!target || hopsLeft === 0) {
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      const asked = seconds >= 0 && { retryAfterSeconds: seconds };
      return { status: response.status, answer, ...asked };
    }
    return await post({ ...posting, url: target }, hopsLeft - 1);
  } catch (error) {
    return { status: null, answer: reasonOf(error) };
  }
}

function redirectOf(response: Response, from: string): string | undefined {
  const location = response.headers.get('location');
  const followed = response.status === 307 || response.status === 308;
  return followed && location ? new URL(location, from).href : undefined;
}

async function beginningOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length >= LONGEST_ANSWER) break;
  }
  return text.slice(0, LONGEST_ANSWER);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return cause?.code ?? cause?.message ?? error.message;
}

/** Lets at most `limit` tasks run at once; the others wait for their turn. */
export function createGate(limit: number) {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async <T>(task: () => Promise<T>): Promise<T> => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
